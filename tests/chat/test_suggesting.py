"""What people write is read: they are told what it looks like, and choose; the committees see both (5.1.3, 5.2)."""

from tests.chat.course import Typed, takes
from tests.chat.town import Town, labels

STAGE = "idea"
PARK = "村口建个小公园"
WHY = "大家没地方去，老人只能坐在马路边"
LEVY = "村里出一半，每人捐款五十块，出工三天"
TAP = "我家水龙头漏水"


async def tells(town: Town, *answers: str) -> None:
    """Answers to the open form, at the pace of somebody who thinks."""
    for answer in answers:
        await town.passes(4)
        await (town.writes("r101", answer) if isinstance(answer, Typed) else town.taps("r101", answer))


async def test_a_repair_is_shown_the_way_and_nobody_is_stopped(town: Town) -> None:
    """Left with its draft, restarted, taken up again, raised anyway; the committee knows."""
    await town.writes("r101", "/propose")
    await tells(town, "居民", "小区、楼道、村组里的事", Typed(TAP), Typed("师傅什么时候来修一下"))
    told = await town.last("r101", "像是要报修")
    assert "12345" in told["text"] and "“漏水”" in told["text"] and labels(told)[0] == "仍然提出"
    await tells(town, "不提了（草稿保留）")
    assert "都替您存着" in (await town.last("r101"))["text"]
    await town.stops_bot()
    await town.starts_bot()
    await town.writes("r101", "/propose")
    await town.last("r101", "先停一下")
    await tells(town, "仍然提出", Typed("请物业三天内来修"), "跳过…", "垃圾、宠物、绿化、设施、噪音…")
    await tells(town, "都不是", "不留", "发出去")
    await town.quiet()
    heard = await town.last("recorder", "新议题")
    assert "看着像报修" in heard["text"] and "仍然想提" in heard["text"]
    assert town.value("SELECT count(*) FROM example") == 1


async def test_a_levy_is_warned_of_and_the_joint_meeting_diverts_it(town: Town) -> None:
    """Suggested, warned, chosen otherwise; read again by the joint meeting; both choices are kept."""
    await town.writes("r101", "/propose")
    await tells(town, "居民", "社区和居民之间的事", Typed(PARK), Typed(WHY), Typed(LEVY), "跳过…")
    asked = await town.last("r101", "最像哪一类")
    assert "照写的字看" in asked["text"] and sum("（C." in one for one in labels(asked)) == 3
    await tells(town, "大多数居民关心的公共大事…")
    warned = await town.last("r101", "看到了")
    assert "“捐款”" in warned["text"] and "（D.h）" in warned["text"]
    await tells(town, "都不是", "不留", "发出去")
    await town.quiet()
    assert "提出人没有选它" in (await town.last("recorder", "新议题"))["text"]
    await takes(town, "recorder", "登记这个议题")
    await takes(town, "adviser", "转入“五议两公开”")
    assert "“捐款”" in (await town.last("adviser", "属于“五议两公开”里的哪一件"))["text"]
    await town.taps("adviser", "公益事业的兴办、集资、出工…")
    await town.writes("adviser", "要向大家筹钱、派工")
    await town.taps("adviser", "发出去")
    await town.quiet()
    kept = town.rows("SELECT chooser, item, annex FROM example ORDER BY id")
    assert kept == [("proposer", "C.1.6", None), ("committee", None, "D.h")]
