"""Telegram refuses, fails or says nothing in the middle of a meeting: nothing is lost, nothing happens twice."""

import pytest

from bot.rehearsal.wires import Wire
from tests.chat import steps
from tests.chat.steps import STAKEHOLDERS
from tests.chat.town import Town

STAGE = "discussion"
SECOND = 1_000_000
TURN = "SELECT granted_at, starts_at, ends_at FROM turn WHERE kind = 'speech'"


def fault(town: Town, method: str, error: object, times: int = 1, **more: object) -> Wire:
    """A fault for calls to the group."""
    return {"method": method, "chat": town.group, "error": error, "times": times, **more}


async def grant_into(town: Town, *faults: Wire) -> None:
    """Two hands; the chair grants while these faults wait."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await town.passes(61)  # the way here was quick: the group's minute is full
    await town.wires.faults(*faults)
    await town.taps("chair", "请 1-102 发言")


def attempts(town: Town, kind: str) -> list[tuple[str, int]]:
    """What became of the newest message of this kind."""
    return [
        tuple(row) for row in town.rows(f"SELECT state, attempts FROM outbox WHERE kind = '{kind}' ORDER BY id DESC")
    ][:1]


async def test_a_429_does_not_eat_the_speakers_time(town: Town) -> None:
    """The clock runs from the grant message's own date."""
    await grant_into(town, fault(town, "sendMessage", 429, retry_after=25))
    assert town.rows(TURN)[0][1] is None
    await town.waits_until("SELECT count(*) FROM turn WHERE starts_at IS NOT NULL AND ended_at IS NULL")
    granted, starts, ends = town.rows(TURN)[0]
    assert 24 * SECOND < starts - granted <= 30 * SECOND and ends - starts == 180 * SECOND
    assert starts % SECOND == 0  # Telegram's dates are whole seconds
    await town.says("r102", "我赞成。")
    await town.taps("r102", "我说完了")
    assert town.value("SELECT count(*) FROM speech WHERE standing = 'speech' AND turn_id = 2") == 1


async def test_a_grant_of_unknown_delivery(town: Town) -> None:
    """Sent, but nobody knows: the turn starts 10 s after, the board is posted again, there is one turn."""
    before = await town.count("group", "1-102（赞成")
    await grant_into(town, fault(town, "sendMessage", "timeout_after"))
    await town.quiet()
    granted, starts, _ = town.rows(TURN)[0]
    assert 9 * SECOND <= starts - granted <= 13 * SECOND
    assert attempts(town, "board_post") == [("sent", 2)]
    assert await town.count("group", "1-102（赞成") >= before + 1
    assert town.value("SELECT count(*) FROM turn WHERE kind = 'speech'") == 1


@pytest.mark.parametrize(("error", "seen"), [("timeout_before", 1), ("timeout_after", 2), (500, 1)])
async def test_a_hand_over_of_unknown_delivery_is_repeated(town: Town, error: object, seen: int) -> None:
    """The floor is worth saying twice rather than never; the turn ends once."""
    await grant_into(town)
    await town.waits_until("SELECT count(*) FROM turn WHERE starts_at IS NOT NULL AND ended_at IS NULL")
    await town.says("r102", "我赞成。")
    await town.quiet()
    await town.wires.faults(fault(town, "sendMessage", error))
    await town.taps("r102", "我说完了")
    await town.quiet()
    assert await town.count("group", "1-102 说完了，谢谢") == seen
    assert attempts(town, "handover") == [("sent", 2)]
    assert town.value("SELECT count(*) FROM turn WHERE kind = 'speech' AND ended_at IS NOT NULL") == 1


async def test_a_nudge_of_unknown_delivery_is_left(town: Town) -> None:
    """Asking a silent speaker twice would only confuse."""
    await grant_into(town)
    await town.waits_until("SELECT count(*) FROM turn WHERE starts_at IS NOT NULL AND ended_at IS NULL")
    await town.quiet()
    await town.wires.faults(fault(town, "sendMessage", "timeout_after"))
    await town.reaches(town.rows(TURN)[0][1], 100)
    assert await town.count("group", "1-102，还在说吗？") == 1
    assert attempts(town, "silence_ask") == [("unsure", 1)]


def result_row(town: Town) -> int:
    """The number of the result's row in the outbox."""
    return int(town.value("SELECT id FROM outbox WHERE kind = 'result'"))


@pytest.mark.parametrize("town", ["vote"], indirect=True)
@pytest.mark.parametrize(("error", "seen"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_t44_a_result_of_unknown_delivery_asks_a_human(town: Town, error: str, seen: int) -> None:
    """The announcement is never sent twice by guessing; it stays visible as unsure."""
    await steps.three_calls(town, yes=STAKEHOLDERS[:7])
    await town.quiet()
    await town.wires.faults(fault(town, "sendPhoto", error))
    await town.taps("chair", "公布结果")
    await town.quiet()
    await town.passes(120)
    assert await town.count("group", "📊 协商结果") == seen
    assert attempts(town, "result") == [("unsure", 1)]
    assert town.state() == "announced"
    for who in ("chair", "recorder", "supervisor"):
        assert "可能没有送达，请看一眼群里" in (await town.last(who, "结果可能"))["text"]
    assert (await town.forges("r101", f"send_again:1:{result_row(town)}")).toast.startswith("这一步要由")
    if seen:
        assert (await town.taps("supervisor", "已看到")).toast == "好的，谢谢您看了一眼"
    else:
        assert (await town.taps("recorder", "再发一次")).toast == "再发一次，马上就到"
    await town.quiet()
    assert await town.count("group", "📊 协商结果") == 1
    assert (await town.taps("chair", "再发一次")).toast.startswith("这条消息已经处理好了")


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_a_vote_in_bad_weather(town: Town) -> None:
    """Updates delivered twice, answers and edits failing: twelve hands, each once, and the sums are right."""
    await town.taps("chair", "请赞成的举手")
    await town.quiet()
    await town.wires.faults(
        {"error": "duplicate_update", "times": 6},
        {"method": "answerCallbackQuery", "error": 500, "times": 2},
        fault(town, "editMessageText", 500, times=2),
        fault(town, "sendMessage", "timeout_before"),
        fault(town, "pinChatMessage", 429, retry_after=3),
    )
    taps = [await town.taps_unanswered(who, "✋ 赞成") for who in STAKEHOLDERS[:8]]
    await town.settle()
    assert town.value("SELECT count(*) FROM vote_trail WHERE motion_id = 2") == 8
    for tap in taps:
        tap.cancel()
    await town.passes(90)
    await town.taps("chair", "结束赞成这一轮")
    await town.quiet()
    await town.all_tap(STAKEHOLDERS[8:], "✋ 反对")
    await town.passes(75)
    await town.taps("chair", "结束反对这一轮")
    await town.passes(75)
    await town.taps("chair", "结束弃权这一轮")
    await town.passes(75)
    assert town.rows("SELECT in_favour, against, abstain FROM motion WHERE kind = 'main'") == [(8, 4, 0)]
    assert town.value("SELECT count(*) FROM vote_trail WHERE motion_id = 2") == 12
