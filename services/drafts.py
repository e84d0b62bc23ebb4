"""What somebody has typed into a form: kept at every step, so that nothing is lost by a restart or a cancel."""

from datetime import datetime
from typing import Any

from procedure.errors import OUR_RULE, RuleBroken
from services.act import Actor, Receipt
from services.sitting import load
from storage.tables import Draft
from storage.work import UnitOfWork


def save(
    uow: UnitOfWork, actor: Actor, *, kind: str, meeting_id: int, fields: dict[str, Any], now: datetime
) -> Receipt:
    """Merge these fields into the person's open draft of this kind for this meeting."""
    sitting = load(uow, meeting_id, actor)
    person_id = sitting.person_id()
    if person_id is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    draft = _open(uow, person_id, kind, meeting_id)
    if draft is None:
        draft = uow.add(
            Draft(
                community_id=sitting.meeting.community_id,
                person_id=person_id,
                kind=kind,
                subject_id=meeting_id,
                updated_at=now,
            )
        )
    draft.fields = draft.fields | fields
    draft.updated_at = now
    return Receipt("draft", {"fields": draft.fields})


def read(uow: UnitOfWork, actor: Actor, *, kind: str, meeting_id: int, now: datetime) -> Receipt:
    """The open draft, or an empty one, with what the form may start from."""
    sitting = load(uow, meeting_id, actor)
    person_id = sitting.person_id()
    draft = _open(uow, person_id, kind, meeting_id) if person_id is not None else None
    return Receipt(
        "draft",
        {
            "fields": draft.fields if draft else {},
            "proposal": sitting.topic.proposal,
            "wording": sitting.meeting.wording,
            "tz": sitting.tz.key,
            "today": now.astimezone(sitting.tz).date().isoformat(),
        },
    )


def finish(uow: UnitOfWork, actor: Actor, *, kind: str, meeting_id: int, now: datetime) -> Receipt:
    """The form was sent or thrown away; a new one starts empty."""
    sitting = load(uow, meeting_id, actor)
    person_id = sitting.person_id()
    draft = _open(uow, person_id, kind, meeting_id) if person_id is not None else None
    if draft is not None:
        draft.submitted_at = now
    return Receipt("draft", {"fields": {}})


def _open(uow: UnitOfWork, person_id: int, kind: str, meeting_id: int) -> Draft | None:
    return uow.first(Draft, person_id=person_id, kind=kind, subject_id=meeting_id, submitted_at=None)
