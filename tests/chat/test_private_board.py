"""The board in one's own private chat: same words, same buttons, through a restart and a blocked bot."""

from bot.rehearsal import eyes
from bot.rehearsal.wires import Wire
from tests.chat import steps
from tests.chat.town import Answer, Town, labels

STAGE = "discussion"


async def mine(town: Town, who: str) -> Wire:
    """The board in this person's private chat."""
    return await town.last(who, "💬 讨论 · 第 1 号议题")


async def taps_there(town: Town, who: str, button: str) -> Answer:
    """Tap a button of the private board, not of the group's."""
    chat, found = town.accounts[who], eyes.button(await mine(town, who), button)
    assert found is not None, button
    press = {"chat": chat, "from": chat, "message_id": (await mine(town, who))["id"], "data": found["data"]}
    return (await town.presses([press]))[0]


async def test_the_board_where_nothing_roars_past(town: Town) -> None:
    link = eyes.button(await town.board(), "在私聊里看进度")
    assert link is not None
    await town.starts("r102", link["url"].partition("start=")[2])
    await town.quiet()
    group, private = await town.board(), await mine(town, "r102")
    assert private["text"] == group["text"] and labels(private)[:3] == labels(group)[:3]
    assert labels(private)[-1] == "🔕 不在这里看进度了"
    assert (await taps_there(town, "r102", "举手赞成")).toast.startswith("🙋 手举起来了")
    await steps.hands_up(town, ("r202", "反对"))
    await town.stops_bot()
    await town.starts_bot()
    await town.passes(31)
    assert "举手 2 人" in (await mine(town, "r102"))["text"] and (await mine(town, "r102"))["id"] == private["id"]
    assert (await taps_there(town, "r102", "放下手")).toast.startswith("手放下了")
    await town.wires.ask("POST", "/block", {"user": town.accounts["r102"], "blocked": True})
    await steps.hands_up(town, ("r301", "反对"))
    await town.passes(31)
    assert town.value("SELECT count(*) FROM board WHERE view = 'closed'") == 1
    await town.wires.ask("POST", "/block", {"user": town.accounts["r102"], "blocked": False})
    await town.starts("r102")
    await town.taps("r102", "在这里看进度：…")
    await town.quiet()
    assert "举手 2 人" in (await mine(town, "r102"))["text"]
    assert (await taps_there(town, "r102", "不在这里看进度了")).toast.startswith("好的，这里不再更新")
    await town.quiet()
    assert not [one for one in await town.sees("r102") if "不在这里看进度了" in str(labels(one))]
