"""kill -9 at every step of the way of an update and of a message: no act is lost or applied twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import steps
from tests.chat.conftest import all_is_well
from tests.chat.process import ProcessTown
from tests.chat.stages import BEGINNING, opened, walk
from tests.chat.town import Town
from tests.chat.wire import Wire

HANGS = {"times": 1, "hold": 60}
MOTION = "SELECT count(*) FROM vote_trail WHERE motion_id = 1"

OPEN = "SELECT count(*) FROM inbox WHERE done_at IS NULL"


@pytest.fixture
async def killable(database_url: str, tmp_path: Path) -> AsyncIterator[ProcessTown]:
    """The rules are about to be voted on; the bot is a process."""
    async with opened(tmp_path, database_url, at=BEGINNING) as town:
        await walk(town, "rules")
        ours = await ProcessTown.takes_over(town)
        try:
            await ours.starts_bot()
            yield ours
            await all_is_well(ours)
        finally:
            await ours.stops_bot()
            ours.database.close()


async def toasts(town: Town, mark: int) -> list[str]:
    """The toasts that reached somebody since then."""
    return [
        str(one["args"].get("text"))
        for one in await town.wires.calls(after=mark, method="answerCallbackQuery")
        if one["ok"]
    ]


async def test_kill_at_every_step(killable: ProcessTown) -> None:
    """One vote, six lives of the bot."""
    town = killable
    await before_the_toast_and_in_a_send(town)
    await before_the_act(town)
    await before_the_update_is_done(town)
    await after_a_nudge_went_out(town)
    await after_a_board_went_out(town)
    await three_more_calls(town)


async def before_the_toast_and_in_a_send(town: ProcessTown) -> None:
    """The act is committed, the toast is not given; the announcement's row is `sending` and Telegram has nothing."""
    mark = await town.mark()
    await town.wires.faults(
        {"method": "answerCallbackQuery", "error": "timeout_before", **HANGS},
        {"method": "sendMessage", "chat": town.group, "error": "timeout_before", **HANGS},
    )
    await town.taps_unanswered("chair", "请赞成的举手")
    await town.hears_call("answerCallbackQuery", mark)
    await town.hears_call("sendMessage", mark, town.group)
    assert town.rows("SELECT kind FROM outbox WHERE state = 'sending' AND chat_id < 0") == [("vote_starts",)]
    assert await toasts(town, mark) == []
    await town.is_killed()
    await town.starts_bot()
    await town.quiet()
    assert await toasts(town, mark) == ["已请赞成的举手"]
    assert town.value("SELECT count(*) FROM call") == 1
    assert await town.count("group", "举手是公开的") == 1
    assert town.rows("SELECT state, attempts FROM outbox WHERE kind = 'vote_starts'") == [("sent", 2)]


async def before_the_act(town: ProcessTown) -> None:
    """The update is stored; the vote is being written and will never be."""
    mark = await town.mark()
    with town.jammed("BEFORE INSERT", "vote"):
        await town.taps_unanswered("r101", "✋ 赞成")
        await town.sees_stored(OPEN)
        assert town.value(MOTION) == 0
        await town.is_killed()
    assert town.value(MOTION) == 0
    await town.starts_bot()
    await town.quiet()
    assert town.value(MOTION) == 1
    assert [one for one in await toasts(town, mark) if one.startswith("✅ 记下了:赞成")] != []


async def before_the_update_is_done(town: ProcessTown) -> None:
    """The voter has their toast; that the update is done is not written."""
    await town.sees_stored(OPEN, 0)
    with town.jammed("BEFORE UPDATE", "inbox"):
        toast = await (await town.taps_unanswered("r102", "✋ 赞成"))
        assert toast.toast.startswith("✅ 记下了:赞成")
        assert town.value(MOTION) == 2
        await town.is_killed()
    assert town.value(OPEN) == 1
    await town.starts_bot()
    await town.quiet()
    assert town.value(MOTION) == 2
    await town.sees_stored(OPEN, 0)


async def after_a_nudge_went_out(town: ProcessTown) -> None:
    """A `once` message has reached the group, which we cannot know: it is unsure, and not said again."""
    fault: Wire = {"method": "sendMessage", "chat": town.group, "error": "timeout_after", **HANGS}
    await town.passes(61)  # nothing else waits for the group's minute
    await town.wires.faults(fault)
    await town.wires.ask("POST", f"/{town.group}/messages", {"from": town.accounts["r302"], "text": "反对"})
    await town.sees_stored("SELECT count(*) FROM outbox WHERE kind = 'typed_refusal' AND state = 'sending'")
    await town.hears("现在请的是赞成")
    await town.is_killed()
    await town.starts_bot()
    await town.quiet()
    assert await town.count("group", "现在请的是赞成") == 1
    assert town.rows("SELECT state, attempts FROM outbox WHERE kind = 'typed_refusal'") == [("unsure", 1)]


async def after_a_board_went_out(town: ProcessTown) -> None:
    """A `repeat` message has reached the group: it, or the newer board of a long stop, is sent; one call is closed."""
    await town.wires.faults({"method": "sendMessage", "chat": town.group, "error": "timeout_after", **HANGS})
    mark = await town.mark()
    await town.taps_unanswered("chair", "结束赞成这一轮")
    await town.hears_call("sendMessage", mark, town.group)
    caught = town.value("SELECT id FROM outbox WHERE state = 'sending' AND chat_id < 0 AND kind = 'board_post'")
    await town.is_killed()
    await town.starts_bot()
    await town.quiet()
    assert town.rows("SELECT state, attempts FROM outbox WHERE id = :id", id=caught)[0] in (("sent", 2), ("dropped", 1))
    assert "现在只请 反对 的举手" in (await town.board())["text"]
    assert town.value("SELECT count(*) FROM call WHERE closed_at IS NOT NULL") == 1


async def three_more_calls(town: ProcessTown) -> None:
    """The vote goes on to its end with exactly the hands that were raised."""
    for stance in steps.CALLS[1:]:
        await town.passes(90)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(75)
    assert town.rows("SELECT in_favour, against, abstain FROM motion") == [(2, 0, 0)]
