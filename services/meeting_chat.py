"""The group in which a meeting sits, or will."""

from datetime import datetime

from services.act import Actor
from storage.tables import Meeting
from storage.work import UnitOfWork


def of(
    uow: UnitOfWork, *, actor: Actor, now: datetime, meeting_id: int | None = None, topic_id: int | None = None
) -> int | None:
    """The chat of this meeting, or of the newest one of this topic; None where there is none."""
    if meeting_id is not None:
        meeting = uow.get(Meeting, meeting_id)
    else:
        meeting = uow.first(Meeting, order="-id", topic_id=topic_id)
    return meeting.chat_id if meeting is not None else None
