"""Coming back after a stop: whatever was running gets the lost time back, and the group is told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from procedure.meeting import wording_stands_at
from procedure.terms import MeetingState, MotionStage
from procedure.turns import given_back, shifted
from procedure.votes import earliest_close
from services import boards, muting
from services.act import SYSTEM, Actor, Receipt
from services.board_facts import iso
from services.messages import to_group, to_person
from services.mute_rows import TIMER
from services.sitting import Sitting, load
from storage.tables import Meeting, Setting, Timer
from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

LAST_TICK: Final = "last_tick"
SHORTEST_STOP: Final = timedelta(seconds=5)


def tick(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """Remember that the bot was alive at `now`."""
    uow.raw(
        "INSERT INTO setting (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": LAST_TICK, "value": str(to_micros(now))},
    )
    return Receipt("ticked")


def resume(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """Once at start, before anything else runs: turns, calls and correction times grow by the time that was lost.

    Whoever was muted is given the right to write back.
    """
    last = uow.get(Setting, LAST_TICK)
    since = from_micros(int(last.value)) if last is not None else now
    stopped = now - since > SHORTEST_STOP
    meetings = uow.all(Meeting, live=True) if stopped else []
    for meeting in meetings:
        assert meeting.id is not None
        _give_back(load(uow, meeting.id, SYSTEM), since, now)
    muting.lift_everywhere(uow, now)
    tick(uow, actor, now=now)
    return Receipt("resumed", {"meetings": len(meetings), "lost_seconds": (now - since) // timedelta(seconds=1)})


def clock_jumped(uow: UnitOfWork, actor: Actor, *, seconds: int, now: datetime) -> Receipt:
    """The machine's wall clock was set by so many seconds (either way): nobody's time grows or shrinks by it.

    Turns, calls and correction times move along; the chair is told. `now` is already the new time.
    """
    jump = timedelta(seconds=seconds)
    meetings = uow.all(Meeting, live=True)
    for meeting in meetings:
        assert meeting.id is not None
        sitting = load(uow, meeting.id, SYSTEM)
        if sitting.state is not MeetingState.SUSPENDED:  # it will be given back by the same wall clock
            _shift(sitting, lambda _: jump)
        turn = sitting.turn
        if turn is not None:
            # What is said from now on is dated by the new time, and must not lie before its own turn.
            turn.granted_at = min(turn.granted_at, turn.granted_at + jump)
            turn.starts_at = turn.starts_at and min(turn.starts_at, turn.starts_at + jump)
        sitting.note("clock_jumped", now, seconds=seconds)
        to_person(sitting, "clock_jumped", meeting.chair_id, now, key=iso(now), seconds=seconds)
        boards.touch(uow, meeting.id)
    tick(uow, actor, now=now)
    return Receipt("clock_jumped", {"meetings": len(meetings)})


def _give_back(sitting: Sitting, since: datetime, now: datetime) -> None:
    lost = now - since
    running: dict[str, Any] = {"turn": None, "motion": None}
    if sitting.state is not MeetingState.SUSPENDED:  # what stands still loses no time
        running = _shift(sitting, lambda due: given_back(now, since, due))
    sitting.note("resumed_after_stop", now, lost_seconds=lost // timedelta(seconds=1))
    to_group(
        sitting,
        "resumed_after_restart",
        now,
        key=iso(since),
        lost_seconds=lost // timedelta(seconds=1),
        state=sitting.meeting.state,
        stopped=sitting.meeting.stopped_at is not None,
        **running,
    )
    boards.renew(sitting, now, consoles=True)


def _shift(sitting: Sitting, grows: Callable[[datetime], timedelta]) -> dict[str, Any]:
    """Move every timer and every running end by what it grows; returns what the group may be told of it."""
    for timer in sitting.uow.all(Timer, meeting_id=sitting.id, done_at=None):
        if timer.kind not in ("sitting_due", TIMER):  # the announced hour stays what it is, and no mute grows
            timer.due_at = shifted(timer.due_at, grows(timer.due_at))
    return shift_running(sitting, grows)


def shift_running(sitting: Sitting, grows: Callable[[datetime], timedelta]) -> dict[str, Any]:
    """Move the ends of turn, call, last call, list and corrections; their timers are the caller's."""

    def later(instant: datetime | None) -> datetime | None:
        return None if instant is None else shifted(instant, grows(instant))

    turn, motion, meeting = sitting.turn, sitting.motion, sitting.meeting
    running: dict[str, Any] = {"turn": None, "motion": None}
    if turn is not None and turn.ends_at is not None and grows(turn.ends_at):
        lost = grows(turn.ends_at)
        turn.ends_at = shifted(turn.ends_at, lost)
        turn.last_word_at = turn.last_word_at and shifted(turn.last_word_at, lost)
        running["turn"] = {"label": sitting.label(turn.person_id), "ends_at": iso(turn.ends_at)}
    if motion is not None and motion.stage in (MotionStage.CALLING, MotionStage.CORRECTING):
        if motion.stage == MotionStage.CALLING and motion.call_opened_at is not None:
            motion.call_opened_at = shifted(motion.call_opened_at, grows(earliest_close(motion.call_opened_at)))
        motion.correction_until = later(motion.correction_until)
        running["motion"] = {"calling": motion.calling, "correction_until": iso(motion.correction_until)}
    meeting.last_call_until = later(meeting.last_call_until)
    meeting.list_closes_at = later(meeting.list_closes_at)
    if meeting.wording_posted_at is not None and meeting.state == "wording":
        posted = meeting.wording_posted_at
        meeting.wording_posted_at = shifted(posted, grows(wording_stands_at(posted)))
    return running
