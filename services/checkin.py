"""Signing in (5.6.1 a, form B.2)."""

from datetime import datetime
from typing import Any

from procedure.terms import Capacity
from services import boards
from services.act import Receipt
from services.sitting import Sitting, meeting_action
from storage.tables import CheckIn


@meeting_action("check_in")
def check_in(sitting: Sitting, person_id: int, *, via: str, now: datetime) -> Receipt:
    """Once per sitting; a second tap gets the same kind answer. `via` is "button" or "typed"."""
    capacity = sitting.capacities.get(person_id)
    facts: dict[str, Any] = {"label": sitting.label(person_id), "capacity": capacity.value if capacity else "official"}
    if person_id in sitting.present:
        return Receipt("already_checked_in", facts)
    enter(sitting, person_id, via=via, now=now)
    boards.touch(sitting.uow, sitting.id)
    here = [who for who in sitting.present | {person_id} if sitting.capacities.get(who) is Capacity.STAKEHOLDER]
    official = person_id in boards.officials(sitting)
    blind = official and boards.console_of(sitting, person_id, now) is None
    facts |= {"count": len(here)}
    return Receipt("checked_in_blind", facts) if blind else Receipt("checked_in", facts)


def enter(sitting: Sitting, person_id: int, *, via: str, now: datetime, seat: int | None = None) -> None:
    """This person is here, in the room if they have a seat; nothing changes for who was here already."""
    if person_id in sitting.present:
        return
    capacity = sitting.capacities.get(person_id)
    sitting.uow.add(
        CheckIn(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            sitting=sitting.meeting.sitting,
            capacity=capacity.value if capacity else None,
            via=via,
            seat=seat,
            at=now,
        )
    )
    stands = capacity.value if capacity else "official"
    sitting.note("checked_in", now, person=person_id, capacity=stands, via=via, **({"seat": seat} if seat else {}))
