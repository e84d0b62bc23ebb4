"""Notices stay on top of their chats: what was posted is pinned as soon as it is there."""

from datetime import datetime

from services.delivery import enqueue, when_delivered
from storage.tables import Outbox
from storage.work import UnitOfWork


def pin_when_delivered(kind: str) -> None:
    """Every message of this kind is pinned where it went."""
    when_delivered(kind)(_pin)


def _pin(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """Nothing happens while nobody knows which message it became."""
    if row.message_id is None:
        return
    enqueue(
        uow,
        "post_pin",
        row.chat_id,
        {"message_id": row.message_id},
        unique_key=f"post_pin:{row.id}",
        now=now,
        community_id=row.community_id,
        subject_id=row.subject_id,
    )
