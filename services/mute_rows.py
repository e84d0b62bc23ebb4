"""The stored obligation of a mute, and the steps towards Telegram that each change of it takes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from procedure.mutes import MuteState, Rights
from services import boards
from services.delivery import enqueue
from services.messages import to_person
from services.sitting import Sitting
from storage.tables import Restriction, Timer
from storage.work import UnitOfWork

TIMER: Final = "mute_end"
LOOK: Final = "member_look"
RESTRICT: Final = "member_restrict"
RESTORE: Final = "member_restore"


def open_rows(uow: UnitOfWork, meeting_id: int) -> Sequence[Restriction]:
    """Mutes of this meeting that are not undone yet."""
    return uow.all(Restriction, meeting_id=meeting_id, closed_at=None)


def label(sitting: Sitting, row: Restriction) -> str | None:
    """How the muted member is shown; None for whoever is not on the roster."""
    return sitting.label(row.person_id) if row.person_id is not None else None


def step(sitting: Sitting, row: Restriction, kind: str, now: datetime, **facts: Any) -> None:
    """The next call to Telegram, through the outbox like everything else."""
    row.steps += 1
    enqueue(
        sitting.uow,
        kind,
        sitting.meeting.chat_id,
        {"restriction_id": row.id, "user_id": row.account_id} | facts,
        unique_key=f"{kind}:{row.id}:{row.steps}",
        now=now,
        community_id=row.community_id,
        subject_id=sitting.id,
    )


def lift(sitting: Sitting, row: Restriction, why: str, now: datetime, *, by: int | None = None) -> None:
    """Give the right to write back: first look at what the member is now. What Telegram never heard of is just over."""
    if row.state == MuteState.WANTED:
        close(sitting, row, MuteState.LIFTED, why, now, by=by)
    elif row.state != MuteState.LIFTING:
        row.state, row.why = MuteState.LIFTING.value, why
        _no_timer(sitting, row, now)
        sitting.note("mute_lifting", now, restriction=row.id, person=row.person_id, why=why, by=by)
        step(sitting, row, LOOK, now)
        boards.touch(sitting.uow, sitting.id)


def close(
    sitting: Sitting, row: Restriction, state: MuteState, why: str, now: datetime, *, by: int | None = None
) -> None:
    """The obligation is over: lifted, refused, or another administrator has decided."""
    row.state, row.why, row.closed_at = state.value, why, now
    _no_timer(sitting, row, now)
    count(sitting)
    sitting.note(f"mute_{state.value}", now, restriction=row.id, person=row.person_id, why=why, by=by)
    boards.touch(sitting.uow, sitting.id)


def count(sitting: Sitting) -> None:
    """How many mutes are open is on the meeting's row: guards and boards need no query for it."""
    sitting.uow.flush()
    sitting.meeting.muted = sitting.uow.count(Restriction, meeting_id=sitting.id, closed_at=None)


def tell_chair(sitting: Sitting, row: Restriction, code: str, now: datetime) -> None:
    """One word to whoever chairs."""
    facts = {"code": code, "label": label(sitting, row)}
    to_person(sitting, "order_told", sitting.meeting.chair_id, now, key=f"{row.id}:{row.steps}:{code}", **facts)


def rights(stored: dict[str, Any]) -> Rights | None:
    """The snapshot as it is kept in the row."""
    return Rights(stored["status"], stored["until"], stored["permissions"]) if stored else None


def _no_timer(sitting: Sitting, row: Restriction, now: datetime) -> None:
    timer = sitting.uow.first(Timer, meeting_id=sitting.id, kind=TIMER, subject_id=row.id, done_at=None)
    if timer is not None:
        timer.done_at = now
