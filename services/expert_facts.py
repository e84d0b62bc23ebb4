"""What boards, consoles and forms show of the questions to the experts (5.6.1 f)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final

from procedure.experts import ANSWERING, LISTED
from procedure.terms import Capacity, MeetingState, Standing
from services import question_rows
from services.act import Actor
from services.sitting import Sitting, peek
from storage.tables import ExpertQuestion, Meeting, Person
from storage.work import UnitOfWork

EXCERPT: Final = 60
SHOWN: Final = 5
ASSIGNING: Final = frozenset({Standing.CHAIR, Standing.RECORDER})


def shown(sitting: Sitting) -> dict[str, Any]:
    """For everybody: whether there is somebody to ask, how many questions wait, and which one is being answered."""
    return {
        "experts": any(capacity in LISTED for capacity in sitting.capacities.values()),
        "questions_open": sitting.meeting.questions_open,
        "question": _answered_now(sitting),
    }


def _answered_now(sitting: Sitting) -> dict[str, Any] | None:
    turn = sitting.turn if sitting.state is MeetingState.EXPERT_ANSWERS else None
    row = sitting.uow.get(ExpertQuestion, turn.question_id) if turn is not None and turn.question_id else None
    if row is None:
        return None
    text = question_rows.text_of(sitting, row)
    return {"number": row.number, "asker": sitting.label(row.person_id), "text": text}


def console(sitting: Sitting, standings: AbstractSet[Standing], labels: Mapping[int, str]) -> dict[str, Any]:
    """For chair and recorder the first questions that wait, those that somebody is to answer before the others."""
    rows = question_rows.waiting(sitting) if not ASSIGNING.isdisjoint(standings) else []
    first = sorted(rows, key=lambda row: (row.expert_id is None, row.number))[:SHOWN]
    return {"questions": [_row(sitting, row, labels) for row in first], "questions_more": len(rows)}


def _row(sitting: Sitting, row: ExpertQuestion, labels: Mapping[int, str]) -> dict[str, Any]:
    return {
        "question_id": row.id,
        "number": row.number,
        "label": labels.get(row.person_id),
        "excerpt": question_rows.text_of(sitting, row)[:EXCERPT],
        "expert": labels.get(row.expert_id) if row.expert_id is not None else None,
        "minutes": row.minutes,
        "here": row.expert_id in sitting.present,
    }


def asked(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> list[tuple[int, int, str, str]]:
    """(id, number, who asked, what) of every question that waits."""
    rows = uow.rows(
        "SELECT q.id, q.number, p.label, c.text FROM expert_question q JOIN person p ON p.id = q.person_id"
        " JOIN content c ON c.id = q.content_id WHERE q.meeting_id = :id AND q.state = 'waiting' ORDER BY q.number",
        {"id": meeting_id},
    )
    return [(row[0], row[1], row[2], row[3] or "") for row in rows]


def answerers(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> list[tuple[int, str]]:
    """(person, label) of whoever may be called to answer: experts and units before observers, the present first."""
    sitting = peek(uow, uow.must(Meeting, meeting_id), actor)
    order = tuple(Capacity)
    found = sorted(
        (who not in sitting.present, order.index(capacity), who)
        for who, capacity in sitting.capacities.items()
        if capacity in ANSWERING and who != sitting.meeting.chair_id
    )
    return [(who, sitting.label(who)) for _, _, who in found]


def askers(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> list[tuple[int, str]]:
    """(person, label) of the stakeholders who are here, those in the room first."""
    sitting = peek(uow, uow.must(Meeting, meeting_id), actor)
    here = [who for who, capacity in sitting.capacities.items() if capacity is Capacity.STAKEHOLDER]
    people = uow.all(Person, order="label,id", id=tuple(who for who in here if who in sitting.present))
    found = sorted(people, key=lambda person: person.id not in sitting.seats)
    return [(person.id or 0, person.label) for person in found]
