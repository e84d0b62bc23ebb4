"""What is stored of the chair's standing permission (5.5.2 b)."""

from datetime import datetime
from typing import Final

from services.sitting import Sitting
from storage.tables import Timer

TIMER: Final = "standing"


def given(sitting: Sitting) -> bool:
    """Whether whoever holds the chair now has given it."""
    return sitting.meeting.standing_chair_id == sitting.meeting.chair_id


def timer(sitting: Sitting) -> Timer | None:
    """The running 10 s after which the next begins."""
    return sitting.uow.first(Timer, meeting_id=sitting.id, kind=TIMER, done_at=None)


def begins_at(sitting: Sitting) -> datetime | None:
    """When the next begins by themselves; asked of the database only where the permission is given."""
    running = timer(sitting) if given(sitting) else None
    return running.due_at if running is not None else None
