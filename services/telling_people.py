"""One message of a topic's course to one person, in their private chat."""

from datetime import datetime
from typing import Any

from services.case import Case
from services.delivery import enqueue_private
from storage.types import to_micros


def tell(case: Case, kind: str, person_id: int, facts: dict[str, Any], now: datetime) -> bool:
    """Say it, the topic's heading added; False when this person cannot be reached by the bot.

    A person gets each kind at most once in one act.
    """
    return enqueue_private(
        case.uow,
        kind,
        person_id,
        case.heading() | facts,
        unique_key=f"{kind}:{case.id}:{person_id}:{to_micros(now)}",
        now=now,
        subject_id=case.id,
    )
