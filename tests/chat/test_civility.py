"""Words that go at a person, from the group to the chair's console and back as a warm reminder (5.5.2 e)."""

from tests.chat import steps
from tests.chat.town import Town

STAGE = "discussion"
READ = "SELECT count(*) FROM speech WHERE civility = 'unread'"
ATTACK = "你 就 是 个 沙 比，懂什么"
SHARP = "居委会这份账乱七八糟，物业收钱快办事慢，这个方案我坚决反对！"


async def test_the_chair_looks_and_reminds(town: Town) -> None:
    """A disguised attack comes before the chair alone, sharp words about a matter do not; a stop loses nothing."""
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    await town.says("r201", SHARP)
    await town.waits_until(READ, 0)
    await town.quiet()
    assert "看一看" not in (await town.console("chair"))["text"]
    await town.says("r201", ATTACK)
    await town.waits_until(READ, 0)
    await town.quiet()
    console = (await town.console("chair"))["text"]
    assert "① 1-201：“你 就 是 个 沙 比，懂什么”（像在指责人）" in console and "沙 比" in console
    assert "看一看" in (await town.console("supervisor"))["text"]
    for who in ("recorder", "r201"):
        assert not await town.count(who, "看一看")
    assert not await town.count("group", "看一看")

    await town.stops_bot()
    await town.says("r202", "你给我小心点，早晚收拾你")
    town.database.write_now(
        lambda uow: uow.raw("UPDATE speech SET civility = 'unread' WHERE civility = 'clear'") and None
    )
    await town.starts_bot()
    await town.waits_until(READ, 0)
    await town.quiet()
    assert town.rows("SELECT kind, state FROM civility_flag ORDER BY id") == [("ATTACK", "open"), ("THREAT", "open")]
    assert (await town.taps("chair", "① 不用管")).toast == "好的，这句不用管"
    await town.quiet()
    assert (await town.taps("chair", "① 提醒一句")).toast == "已在群里提醒一句"
    await town.quiet()
    reminder = await town.last("group", "对事不对人")
    assert reminder["text"].startswith("🤝 1-201，") and "5.5.2 e" in reminder["text"]
    assert "看一看" not in (await town.console("chair"))["text"]
    forged = await town.forges("r201", f"dismiss_flag:{town.value('SELECT meeting_id FROM civility_flag')}:1")
    assert "主持人" in forged.toast
