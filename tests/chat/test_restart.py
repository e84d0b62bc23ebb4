"""The bot stops and comes back: nothing is lost, lost time is given back, and the group is told."""

import pytest

from tests.chat import steps
from tests.chat.steps import LABELS, STAKEHOLDERS
from tests.chat.town import Town

STAGE = "discussion"
TURN = "SELECT starts_at, ends_at FROM turn WHERE kind = 'speech'"
SECOND = 1_000_000


async def stopped_for(town: Town, seconds: int) -> None:
    """The bot is away for so long."""
    await town.stops_bot()
    await town.passes(seconds)
    await town.starts_bot()
    await town.quiet()


async def test_in_a_turn(town: Town) -> None:
    """The speaker gets the minute back; the button on the old board still answers."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await steps.grants(town, "r102")
    await town.says("r102", "我赞成。")
    _, ends = town.rows(TURN)[0]
    old = await town.board("我说完了")
    await town.passes(30)
    await stopped_for(town, 60)
    await town.says("r102", "刚才断了一下，我接着说。")
    _, later = town.rows(TURN)[0]
    assert 60 * SECOND <= later - ends <= 68 * SECOND
    told = (await town.last("group", "刚才系统停了"))["text"]
    assert f"现在是 {LABELS['r102']} 发言，至 " in told and "耽误的时间都补上" in told
    assert (await town.board())["id"] != old["id"]
    await town.reaches(ends, 5)
    assert town.value("SELECT count(*) FROM turn WHERE ended_at IS NULL") == 1
    assert (await town.taps_old("r102", old, "我说完了")).toast == "发言结束"
    await town.quiet()
    assert await town.count("group", f"{LABELS['r102']} 说完了") == 1


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_t37_a_tap_made_while_the_bot_was_down_in_a_call(town: Town) -> None:
    """Hands stay counted, the call runs on for what is missing, and a tap made meanwhile is not lost."""
    await town.taps("chair", "请赞成的举手")
    await town.quiet()
    await town.all_tap(STAKEHOLDERS[:5], "✋ 赞成")
    old, opened = await town.board(), town.value("SELECT call_opened_at FROM motion WHERE kind = 'main'")
    await town.stops_bot()
    meanwhile = await town.taps_unanswered(STAKEHOLDERS[5], "✋ 赞成")
    await town.passes(50)
    await town.starts_bot()
    assert (await meanwhile).toast.startswith("✅ 记下了：赞成")
    await town.quiet()
    later = town.value("SELECT call_opened_at FROM motion WHERE kind = 'main'")
    assert 50 * SECOND <= later - opened <= 60 * SECOND
    assert "正在请赞成的举手" in (await town.last("group", "刚才系统停了"))["text"]
    early = await town.forges("chair", "close_call:1:2:0")
    assert "每一轮至少一分钟" in early.toast
    assert (await town.taps_old(STAKEHOLDERS[6], old, "✋ 赞成")).toast.startswith("✅ 记下了：赞成")
    assert town.value("SELECT count(*) FROM vote WHERE motion_id = 2") == 7


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_t37_a_stop_over_the_end_of_correction_time(town: Town) -> None:
    """A stop that would swallow the time to correct gives it back; the vote decides itself afterwards."""
    for stance in steps.CALLS:
        if stance == "赞成":
            await town.taps("chair", "请赞成的举手")
            await town.all_tap(STAKEHOLDERS[:7], "✋ 赞成")
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(20)
    await stopped_for(town, 300)
    assert "核对举手的时间到" in (await town.last("group", "刚才系统停了"))["text"]
    assert town.value("SELECT stage FROM motion WHERE kind = 'main'") == "correcting"
    assert (await town.taps(STAKEHOLDERS[0], "✋ 反对")).toast.startswith("✅ 改成了：反对")
    await town.passes(61)
    assert town.rows("SELECT in_favour, against FROM motion WHERE kind = 'main'") == [(6, 1)]


async def test_a_short_stop_says_nothing(town: Town) -> None:
    """A restart of a moment changes nobody's time and is not worth a message."""
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    before = town.rows(TURN)
    await town.stops_bot()
    await town.starts_bot()
    assert town.rows(TURN) == before
    assert await town.count("group", "刚才系统停了") == 0
