"""What waits for a person: the clocks that concern them, and topics in which it is their turn."""

from datetime import datetime
from typing import Any

from procedure.clocks import DeadlineKind
from services import clocks, deadlines
from services.act import SYSTEM
from services.case import peek
from storage.tables import Deadline
from storage.work import UnitOfWork


def clocks_of(uow: UnitOfWork, person_id: int, now: datetime) -> list[dict[str, Any]]:
    """A person's running clocks by due date, so that what is late comes first; a meeting until it begins."""
    rows = uow.rows(
        "SELECT DISTINCT d.ends_at, d.id FROM deadline d JOIN deadline_step s ON s.deadline_id = d.id"
        " WHERE s.person_id = :person AND d.done_at IS NULL ORDER BY d.ends_at, d.id",
        {"person": person_id},
    )
    found = []
    for _, deadline_id in rows:
        deadline = uow.must(Deadline, deadline_id)
        case = peek(uow, deadline.topic_id, SYSTEM)
        role = clocks.role_in(case, deadline, person_id)
        if role is not None and not deadlines.over(case, deadline, now):
            found.append(deadlines.describe(case, deadline, now) | {"role": role.value})
    return found


def gather(uow: UnitOfWork, person_id: int, topics: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    """`items`: clocks; `waiting`: those of ``topics`` (`services.course.waiting_for`) that no clock speaks of."""
    items = clocks_of(uow, person_id, now)
    said = {item["topic_id"] for item in items if item["kind"] != DeadlineKind.MEETING}
    waiting = [one for one in topics if one["posts"] or (one["needed"] and one["topic_id"] not in said)]
    return {"items": items, "waiting": waiting}
