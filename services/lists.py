"""Everybody on pages, where a console shows the first few only: nobody is cut away (T5)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Capacity, Standing
from services import expert_facts
from services.act import Actor, Receipt
from services.board_facts import not_voted
from services.messages import heading
from services.sitting import HANDS_IN, Sitting, peek
from storage.tables import Meeting
from storage.work import UnitOfWork

PAGE_SIZE: Final = 30
READERS: Final = frozenset({Standing.CHAIR, Standing.DEPUTY_CHAIR, Standing.RECORDER, Standing.SUPERVISOR})
Entries = list[dict[str, Any]]


def read_list(uow: UnitOfWork, *, actor: Actor, meeting_id: int, page: str, number: int, now: datetime) -> Receipt:
    """One page of one list, from 1, for those who chair, record or supervise; beyond the last page the last one.

    Raises RuleBroken no_such_meeting, not_your_role, stale for a list that does not exist.
    """
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    sitting = peek(uow, meeting, actor)
    if READERS.isdisjoint(sitting.standings(sitting.person_id())):
        raise RuleBroken("not_your_role", OUR_RULE, action="read_list", who=tuple(sorted(READERS)))
    if page not in LISTS:
        raise RuleBroken("stale", OUR_RULE)
    entries = LISTS[page](sitting, actor, now)
    pages = max(1, -(-len(entries) // PAGE_SIZE))
    shown = min(max(number, 1), pages)
    facts = {
        "list": page,
        "lists": list(LISTS),
        "page": shown,
        "pages": pages,
        "count": len(entries),
        "first": (shown - 1) * PAGE_SIZE + 1,
        "entries": entries[(shown - 1) * PAGE_SIZE : shown * PAGE_SIZE],
    }
    return Receipt("name_list", heading(sitting) | facts)


def _queue(sitting: Sitting, actor: Actor, now: datetime) -> Entries:
    ranked = sitting.queue() if sitting.state in HANDS_IN else ()
    labels = _labels(sitting)
    return [
        {
            "label": labels.get(one.hand.person_id),
            "stance": one.hand.stance.value,
            "reason": one.reason.value,
            "seat": sitting.seats.get(one.hand.person_id),
        }
        for one in ranked
    ]


def _present(sitting: Sitting, actor: Actor, now: datetime) -> Entries:
    return _named(sitting, sorted(sitting.present))


def _absent(sitting: Sitting, actor: Actor, now: datetime) -> Entries:
    listed = (who for who, capacity in sitting.capacities.items() if capacity is Capacity.STAKEHOLDER)
    return _named(sitting, [who for who in listed if who not in sitting.present])


def _silent(sitting: Sitting, actor: Actor, now: datetime) -> Entries:
    return _named(sitting, not_voted(sitting))


def _questions(sitting: Sitting, actor: Actor, now: datetime) -> Entries:
    rows = expert_facts.asked(sitting.uow, actor=actor, meeting_id=sitting.id, now=now)
    return [{"number": number, "label": asker, "text": text} for _, number, asker, text in rows]


def _named(sitting: Sitting, people: list[int]) -> Entries:
    labels = _labels(sitting)
    return [{"label": labels.get(who), "seat": sitting.seats.get(who)} for who in people]


def _labels(sitting: Sitting) -> dict[int, str]:
    where = {"id": sitting.meeting.community_id}
    return dict(sitting.uow.rows("SELECT id, label FROM person WHERE community_id = :id", where))


LISTS: Final[Mapping[str, Callable[[Sitting, Actor, datetime], Entries]]] = MappingProxyType(
    {"queue": _queue, "not_voted": _silent, "absent": _absent, "present": _present, "questions": _questions}
)
"""By the name that a button carries, in the order of the buttons."""
