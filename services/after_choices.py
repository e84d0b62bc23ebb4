"""What the forms after a meeting let one choose from: open corrections, persons not told yet, items, the roster."""

from datetime import datetime
from typing import Any

from procedure.terms import Standing
from services import following
from services.act import Actor
from services.case import Case, peek
from services.told import untold
from storage.tables import FollowItem, Person, RecordCorrection
from storage.work import UnitOfWork


def choices(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> dict[str, Any]:
    """Days are ISO days of the community; ``mine``: whether this person may report on the item."""
    case = peek(uow, topic_id, actor)
    person_id = case.person_id() or 0
    meeting = case.meeting
    return {
        "today": now.astimezone(case.tz).date().isoformat(),
        "tz": case.tz.key,
        "corrections": _corrections(case) if meeting is not None else [],
        "untold": []
        if meeting is None
        else [{"id": row.id, "label": case.label(row.person_id)} for row in untold(case.uow, meeting, published=True)],
        "items": [_item(case, item, person_id) for item in following.items(case)],
    }


def _corrections(case: Case) -> list[dict[str, Any]]:
    rows = case.uow.all(RecordCorrection, topic_id=case.id, answered_at=None, addendum=False)
    return [{"id": row.id, "label": case.label(row.person_id), "text": row.text} for row in rows]


def _item(case: Case, item: FollowItem, person_id: int) -> dict[str, Any]:
    standings = case.standings(person_id)
    any_item = not standings.isdisjoint(following.ANY_ITEM)
    return {
        "id": item.id,
        "number": item.number,
        "text": item.text,
        "received": item.received_at is not None,
        "done": item.done_at is not None,
        "mine": any_item or item.person_id == person_id or Standing.IMPLEMENTER not in standings,
    }


def people(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """The community's roster: who stands for a unit first, since they carry out most items; each by label."""
    case = peek(uow, topic_id, actor)
    rows = case.uow.all(Person, order="label", community_id=case.topic.community_id, left_at=None)
    return [
        {"id": row.id, "label": row.label, "name": row.name} for row in sorted(rows, key=lambda row: row.unit is None)
    ]
