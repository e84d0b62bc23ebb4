"""One message of a topic's course to one person, in their private chat."""

from datetime import datetime
from typing import Any

from services.case import Case
from services.delivery import enqueue_private


def tell(case: Case, kind: str, person_id: int, facts: dict[str, Any], now: datetime) -> bool:
    """Say it, the topic's heading added; False when this person cannot be reached by the bot.

    A person gets each kind at most once between two entries of the topic's journal: an act notes first, then tells.
    """
    row = case.uow.one(
        "SELECT COALESCE(MAX(number), 0) FROM journal WHERE subject = 'topic' AND subject_id = :id", {"id": case.id}
    )
    assert row is not None
    return enqueue_private(
        case.uow,
        kind,
        person_id,
        case.heading() | facts,
        unique_key=f"{kind}:{case.id}:{person_id}:{row[0]}",
        now=now,
        subject_id=case.id,
    )
