"""Instants at which a meeting does something by itself: rows, so that a crash forgets none."""

from datetime import datetime

from services.sitting import Sitting
from storage.tables import Timer
from storage.types import to_micros


def set_timer(sitting: Sitting, kind: str, subject_id: int, due_at: datetime) -> None:
    """One open timer per kind and subject: an earlier one is moved."""
    open_row = sitting.uow.first(Timer, meeting_id=sitting.id, kind=kind, subject_id=subject_id, done_at=None)
    if open_row is not None:
        open_row.due_at = due_at
        return
    sitting.uow.add(
        Timer(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            kind=kind,
            subject_id=subject_id,
            due_at=due_at,
        )
    )


def cancel(sitting: Sitting, now: datetime, *kinds: str) -> None:
    """Open timers of these kinds will not fire."""
    for kind in kinds:
        sitting.uow.raw(
            "UPDATE timer SET done_at = :now WHERE meeting_id = :id AND kind = :kind AND done_at IS NULL",
            {"now": to_micros(now), "id": sitting.id, "kind": kind},
        )
