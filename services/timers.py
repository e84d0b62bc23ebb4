"""What is due: timers of live meetings, each one act, and reminders, one act for each person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from procedure.errors import RuleBroken
from procedure.terms import MeetingState
from services import boards, calling, missed, mute_rows, mute_steps, opening, reminders, result, silence, standing_rows
from services.act import SYSTEM, Action, Actor, Receipt
from services.messages import to_group
from services.sitting import CHAIR_SILENT, Sitting, load
from storage.tables import Timer
from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

TRY_AGAIN: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Job:
    """One act to run as SYSTEM; the action itself makes sure that it happens once."""

    action: Action
    facts: dict[str, Any] = field(default_factory=dict)


def due(uow: UnitOfWork, *, now: datetime, limit: int = 200) -> list[Job]:
    """Everything due by now, oldest first, read unlocked: each act looks again under the lock."""
    where = {"now": to_micros(now), "most": limit}
    timers = uow.rows(
        "SELECT due_at, id FROM timer WHERE done_at IS NULL AND due_at <= :now ORDER BY due_at, id LIMIT :most", where
    )
    people = uow.rows(
        "SELECT MIN(due_at) AS first, person_id FROM deadline_step WHERE sent_at IS NULL AND due_at <= :now"
        " GROUP BY person_id ORDER BY first, person_id LIMIT :most",
        where,
    )
    jobs = [(row[0], Job(fire, {"timer_id": row[1]})) for row in timers]
    jobs += [(row[0], Job(reminders.remind, {"person_id": row[1]})) for row in people]
    return [job for _, job in sorted(jobs, key=lambda pair: pair[0])][:limit]


def next_due(uow: UnitOfWork) -> datetime | None:
    """The earliest instant at which something is due; None when nothing is."""
    row = uow.one(
        "SELECT MIN(due_at) FROM (SELECT MIN(due_at) AS due_at FROM timer WHERE done_at IS NULL"
        " UNION ALL SELECT MIN(due_at) FROM deadline_step WHERE sent_at IS NULL) AS waiting"
    )
    return None if row is None or row[0] is None else from_micros(int(row[0]))


def fire(uow: UnitOfWork, actor: Actor, *, timer_id: int, now: datetime) -> Receipt:
    """Run one timer, once: a thousand deliveries of the same event do no more than the first."""
    found = uow.one("SELECT meeting_id FROM timer WHERE id = :id", {"id": timer_id})
    if found is None:
        return Receipt("nothing_to_do")
    sitting = load(uow, found[0], SYSTEM)
    timer = uow.must(Timer, timer_id)
    if timer.done_at is not None or timer.due_at > now:
        return Receipt("nothing_to_do")
    timer.done_at = now
    _FIRE[timer.kind](sitting, timer, now)
    return Receipt("fired", {"kind": timer.kind})


def _open_check_in(sitting: Sitting, timer: Timer, now: datetime) -> None:
    try:
        opening.open_check_in(sitting.uow, SYSTEM, meeting_id=sitting.id, now=now)
    except RuleBroken as broken:
        if broken.code == "group_busy":
            timer.done_at, timer.due_at = None, now + TRY_AGAIN


def _list_closed(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """Once the discussion is over, hands are for the vote: nobody is to read that no more of them count."""
    if sitting.state not in (MeetingState.DISCUSSION, MeetingState.EXPERT_ANSWERS):
        return
    to_group(sitting, "list_closed", now, key=timer.id)
    boards.touch(sitting.uow, sitting.id)


def _decide(sitting: Sitting, timer: Timer, now: datetime) -> None:
    motion = sitting.motion
    if motion is not None and motion.id == timer.subject_id:
        result.end_correction(sitting.uow, SYSTEM, meeting_id=sitting.id, now=now)


def _show(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """A step has become lawful: consoles offer it."""
    boards.touch(sitting.uow, sitting.id)


_FIRE: Final[Mapping[str, Callable[[Sitting, Timer, datetime], None]]] = {
    "open_check_in": _open_check_in,
    "sitting_due": _show,
    CHAIR_SILENT: _show,
    "turn_warning": silence.warn,
    "turn_end": silence.end,
    "silence": silence.ask,
    standing_rows.TIMER: calling.begin_next,
    "silence_end": silence.give_up,
    "last_call_end": _show,
    "list_closes": _list_closed,
    "wording_end": _show,
    "call_ripe": _show,
    "correction_end": _decide,
    "hands_unanswered": _show,
    missed.KIND: missed.release,
    mute_rows.TIMER: mute_steps.time_up,
}
