"""What happens around a plan, told to whoever is concerned, with the next step as a button."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.case import Case
from services.delivery import enqueue_private


def news(
    case: Case,
    code: str,
    people: Iterable[int],
    now: datetime,
    *,
    key: object,
    steps: tuple[str, ...] = (),
    **facts: Any,
) -> list[int]:
    """One message of kind plan_news to each; ``code`` says which. Returns who cannot be reached."""
    told = case.heading() | {"code": code, "steps": list(steps)} | facts
    return [
        who
        for who in dict.fromkeys(people)
        if not enqueue_private(
            case.uow,
            "plan_news",
            who,
            told,
            unique_key=f"plan_news:{code}:{case.id}:{key}:{who}",
            now=now,
            subject_id=case.id,
        )
    ]
