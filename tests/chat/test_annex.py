"""Somebody says in the discussion that this belongs to 五议两公开: the meeting stops, and what comes of it (5.7.1)."""

from tests.chat import steps
from tests.chat.town import Town, labels

STAGE = "discussion"
BUTTON = "这事该走五议两公开"
WHY = "要动用集体资产，得先过五议两公开"


async def raises(town: Town, who: str = "r301") -> None:
    """From the private chat: item, reason, sent."""
    await town.starts(who)
    await town.taps(who, BUTTON)
    await town.taps(who, "集体资产出租…")
    await town.writes(who, WHY)
    await town.taps(who, "发出去")
    await town.quiet()
    assert (await town.last(who, "会停下了"))["text"].startswith("✅ ")


async def test_raised_in_a_turn_agreed_by_both_and_diverted(town: Town) -> None:
    """The turn stands still; without a verdict the meeting is over, and record and telling begin."""
    await town.taps("adviser", "刚到，签到")
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await steps.grants(town, "r102")
    await town.says("r102", "我支持，离楼远。")
    await raises(town)
    told = (await town.last("group", "会议先停一停"))["text"]
    assert "集体资产出租、处置、分红（D.d）" in told and WHY in told and "5.7.1" in told
    board = await town.board("暂停")
    assert "暂停" in board["text"] and labels(board) == ["📌 在私聊里看进度"]
    await town.passes(600)
    await town.quiet()
    assert town.rows("SELECT ended_at FROM turn WHERE kind = 'speech'") == [(None,)]
    await town.says("r401", "举手反对")
    assert "现在是「暂停」" in (await town.last("r401", "这一步要到"))["text"]
    assert (await town.taps("adviser", "同意转入“五议两公开”")).toast.startswith("记下了：您同意转入")
    assert (await town.taps("chair", "同意转入“五议两公开”")).toast == "转入“五议两公开”，协商会结束"
    await town.quiet()
    assert town.state() == "diverted" and town.value("SELECT verdict FROM meeting") is None
    said = (await town.last("group", "协商会到此结束"))["text"]
    assert "集体资产出租、处置、分红（D.d）" in said and "一步步办" in said and "11月9日（周一）前" in said
    assert "转入“五议两公开”" in (await town.board())["text"]
    assert await town.count("group", "协商结果") == 0
    await town.quiet()
    assert "记录" in (await town.last("recorder", "记录"))["text"]


async def test_dismissed_by_the_joint_meeting_the_meeting_goes_on(town: Town) -> None:
    """The chair sees it otherwise, the committee answers in its form, and the speaker has the time that was left."""
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    await raises(town)
    await town.taps("chair", "不属于，接着协商")
    await town.writes("chair", "只是放充电桩，不动集体资产")
    await town.taps("chair", "发出去")
    await town.quiet()
    assert "主持人认为不属于：只是放充电桩" in (await town.last("group", "交给两委联席会议看"))["text"]
    await town.taps("recorder", "答复：转不转“五议两公开”")
    await town.taps("recorder", "不属于，协商接着开")
    await town.writes("recorder", "空地归全体业主共用，没有动集体资产")
    await town.taps("recorder", "发出去")
    await town.quiet()
    assert "不属于，协商接着开" in (await town.last("group", "👍"))["text"]
    await town.taps("chair", "接着开会")
    await town.quiet()
    assert town.state() == "discussion" and "1-102" in (await town.board())["text"]
    await town.says("r102", "那我接着说。")
    await town.taps("r102", "我说完了")
    assert town.value("SELECT count(*) FROM speech WHERE standing = 'speech' AND person_id = :who", who=_id(town)) == 1


def _id(town: Town) -> int:
    return int(town.value("SELECT id FROM person WHERE label = '1-102'"))


async def test_forged_buttons_stop_nothing(town: Town) -> None:
    """Who is not asked, or not of this meeting, is answered and changes nothing."""
    meeting = town.value("SELECT id FROM meeting")
    for who in ("r101", "stranger", "supervisor"):
        for data in (
            f"agree_annex:{meeting}",
            f"resume_meeting:{meeting}",
            "agree_annex:999999",
            f"annex_form:{meeting}",
        ):
            assert (await town.forges(who, data)).toast
    assert town.state() == "discussion" and town.value("SELECT count(*) FROM journal WHERE entry LIKE '%annex%'") == 0
