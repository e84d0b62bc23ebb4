"""Words of a meeting on their way to the group or to one person."""

from datetime import datetime
from typing import Any

from services.delivery import enqueue, enqueue_private
from services.sitting import Sitting
from storage.tables import Speech


def heading(sitting: Sitting) -> dict[str, Any]:
    """What every message of a meeting says of itself."""
    return {
        "tz": sitting.tz.key,
        "meeting_id": sitting.id,
        "topic": {"number": sitting.topic.number, "title": sitting.topic.title},
    }


def to_group(sitting: Sitting, kind: str, now: datetime, *, key: object = "", **facts: object) -> None:
    """One message to the group, at most once per kind, meeting and key."""
    enqueue(
        sitting.uow,
        kind,
        sitting.meeting.chat_id,
        heading(sitting) | facts,
        unique_key=f"{kind}:{sitting.id}:{key}",
        now=now,
        community_id=sitting.meeting.community_id,
        subject_id=sitting.id,
    )


def to_person(sitting: Sitting, kind: str, person_id: int, now: datetime, *, key: object = "", **facts: object) -> bool:
    """One message to a person's private chat, if it is open to us; says whether it was enqueued."""
    return enqueue_private(
        sitting.uow,
        kind,
        person_id,
        heading(sitting) | facts,
        unique_key=f"{kind}:{sitting.id}:{person_id}:{key}",
        now=now,
        subject_id=sitting.id,
    )


def below(sitting: Sitting, said: Speech) -> int | None:
    """The message that a reply stands below; None for what was written in the room, and in the supergroup that the
    group has become, where the number is somebody else's message.
    """
    here = said.chat_id == sitting.meeting.chat_id and said.message_id > 0
    return said.message_id if here else None


def message_url(chat_id: int, message_id: int) -> str | None:
    """The link to a message of a supergroup or channel; basic groups have none."""
    text = str(chat_id)
    return f"https://t.me/c/{text[4:]}/{message_id}" if text.startswith("-100") else None
