"""What went wrong elsewhere: timers that fire again and again, queues that reset clocks, buttons that die."""

import asyncio

import pytest

from services import timers
from services.act import SYSTEM
from tests.chat import steps
from tests.chat.steps import STAKEHOLDERS
from tests.chat.town import Town

STAGE = "discussion"
TURN = "SELECT starts_at, ends_at FROM turn WHERE kind = 'speech'"


async def test_a_timer_delivered_a_thousand_times(town: Town) -> None:
    """The floor is handed over once."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await steps.grants(town, "r102")
    starts, ends = town.rows(TURN)[0]
    await town.reaches(starts, 80)
    await town.says("r102", "我赞成。")
    timer = town.value("SELECT id FROM timer WHERE kind = 'turn_end' AND done_at IS NULL")
    await town.reaches(ends, 1)
    assert town.app is not None
    fired = [town.app.door.act(timers.fire, SYSTEM, None, timer_id=timer) for _ in range(1000)]
    codes = {receipt.code for receipt in await asyncio.gather(*fired)}
    await town.quiet()
    assert codes == {"nothing_to_do"}
    assert await town.count("group", "1-102 时间到，谢谢") == 1
    assert town.value("SELECT count(*) FROM turn WHERE kind = 'speech'") == 1
    assert town.value("SELECT count(*) FROM journal WHERE entry LIKE '%\"turn_ended\"%'") == 2


async def test_the_queue_does_not_touch_the_running_turn(town: Town) -> None:
    """Hands go up and down, people come late, words fly: the speaker's end stays what it was."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await steps.grants(town, "r102")
    before = town.rows(TURN)
    for who in ("r301", "r401", "r501"):
        await town.taps(who, "举手反对")
    await town.taps("r301", "放下手")
    await town.says("neighbour", "签到")
    await town.says("r502", "我有不同看法")
    assert town.rows(TURN) == before
    await town.quiet()
    assert "🎤 1-102（赞成，第 1 次）发言" in (await town.board())["text"]


async def test_an_update_delivered_again(town: Town) -> None:
    """A duplicate is a no-op: one hand, one word, one entry."""
    await town.wires.faults({"error": "duplicate_update", "times": 3})
    await steps.hands_up(town, ("r102", "赞成"))
    await town.says("r202", "举手反对")
    await town.says("r201", "我先听听")
    await town.settle()
    assert town.rows("SELECT count(*) FROM hand") == [(2,)]
    assert town.value("SELECT count(*) FROM speech WHERE id > 1") == 1


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_every_old_button_answers(town: Town) -> None:
    """Whatever was ever on a board or a console, after a restart too, is answered in words and does nothing late."""
    await town.taps("chair", "请赞成的举手")
    await town.quiet()
    await town.stops_bot()
    await town.starts_bot()
    before = town.rows("SELECT state FROM meeting"), town.value("SELECT count(*) FROM hand")
    old = [
        *("check_in:1", "open_meeting:1", "put_rules:1", "declare_open:1", "start_explanation:1", "open_discussion:1"),
        *("raise_hand:1:0", "lower_hand:1", "grant:1:1", "yield_turn:1:2", "still_speaking:1:2", "last_call:1"),
        *("finish_explanation:1:1", "open_wording:1", "close_call:1:1:0", "cast_vote:1:1:0", "put_again:1"),
    ]
    for data in old:
        for who in ("chair", "r102"):
            answer = await town.forges(who, data, 2)
            assert "（依" in answer.toast, (who, data, answer)
    assert (town.rows("SELECT state FROM meeting"), town.value("SELECT count(*) FROM hand")) == before
    assert town.value("SELECT count(*) FROM vote WHERE motion_id = 2") == 0
    await town.all_tap(STAKEHOLDERS[:2], "✋ 赞成")
    assert town.value("SELECT count(*) FROM vote WHERE motion_id = 2") == 2
