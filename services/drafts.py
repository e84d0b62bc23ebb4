"""What somebody has typed into a form: kept at every step, so that nothing is lost by a restart or a cancel.

A draft belongs to one person, one kind of form and one subject: a meeting, a topic or the community itself.
"""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from procedure.errors import OUR_RULE, RuleBroken
from services.act import Actor, Receipt
from services.people import person_of
from storage.tables import Community, Draft, Meeting, Topic
from storage.work import UnitOfWork

SEALED: Final = "sealed"
"""A field that holds contact data is kept as {"sealed": …}, unreadable without the key (product: privacy)."""


def save(
    uow: UnitOfWork,
    actor: Actor,
    *,
    kind: str,
    subject: str,
    subject_id: int,
    fields: dict[str, Any],
    now: datetime,
    private: tuple[str, ...] = (),
) -> Receipt:
    """Merge these fields into the person's open draft; `private` names the ones to seal."""
    community_id = _community(uow, subject, subject_id)
    person_id = _person(uow, actor, community_id)
    draft = _open(uow, person_id, kind, subject, subject_id)
    if draft is None:
        draft = uow.add(
            Draft(
                community_id=community_id,
                person_id=person_id,
                kind=kind,
                subject=subject,
                subject_id=subject_id,
                updated_at=now,
            )
        )
    draft.fields = draft.fields | {name: _sealed(uow, value, name in private) for name, value in fields.items()}
    draft.updated_at = now
    # Receipts are kept for days: what was typed, sealed or not, goes back out only through `read`.
    return Receipt("draft")


def read(uow: UnitOfWork, actor: Actor, *, kind: str, subject: str, subject_id: int, now: datetime) -> Receipt:
    """The open draft, or an empty one, with what the form may start from."""
    community_id = _community(uow, subject, subject_id)
    person_id = _person(uow, actor, community_id)
    draft = _open(uow, person_id, kind, subject, subject_id)
    timezone = uow.must(Community, community_id).timezone
    known: dict[str, Any] = {
        "fields": {name: _opened(uow, value) for name, value in draft.fields.items()} if draft else {},
        "person_id": person_id,
        "tz": timezone,
        "now": now.isoformat(),
        "today": now.astimezone(ZoneInfo(timezone)).date().isoformat(),
    }
    if subject == "meeting":
        meeting = uow.must(Meeting, subject_id)
        known |= {"proposal": uow.must(Topic, meeting.topic_id).proposal, "wording": meeting.wording}
    return Receipt("draft", known)


def finish(uow: UnitOfWork, actor: Actor, *, kind: str, subject: str, subject_id: int, now: datetime) -> Receipt:
    """The form was sent or thrown away; a new one starts empty, and nothing personal stays in the old one."""
    person_id = _person(uow, actor, _community(uow, subject, subject_id))
    draft = _open(uow, person_id, kind, subject, subject_id)
    if draft is not None:
        draft.submitted_at = now
        draft.fields = {name: value for name, value in draft.fields.items() if not _is_sealed(value)}
    return Receipt("draft", {"fields": {}})


def _community(uow: UnitOfWork, subject: str, subject_id: int) -> int:
    if subject == "meeting":
        meeting = uow.get(Meeting, subject_id)
        if meeting is None:
            raise RuleBroken("no_such_meeting", OUR_RULE)
        uow.lock("topic", meeting.topic_id)
        return meeting.community_id
    if subject == "topic":
        uow.lock("topic", subject_id)
        topic = uow.get(Topic, subject_id)
        if topic is None:
            raise RuleBroken("no_such_topic", OUR_RULE)
        return topic.community_id
    uow.lock("community", subject_id)
    if uow.get(Community, subject_id) is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    return subject_id


def _person(uow: UnitOfWork, actor: Actor, community_id: int) -> int:
    if actor.account_id is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    return person_of(uow, actor.account_id, community_id)


def _open(uow: UnitOfWork, person_id: int, kind: str, subject: str, subject_id: int) -> Draft | None:
    return uow.first(Draft, person_id=person_id, kind=kind, subject=subject, subject_id=subject_id, submitted_at=None)


def _sealed(uow: UnitOfWork, value: Any, private: bool) -> Any:
    return {SEALED: uow.vault.seal({"value": str(value)})} if private and value else value


def _opened(uow: UnitOfWork, value: Any) -> Any:
    return uow.vault.unseal(value[SEALED])["value"] if _is_sealed(value) else value


def _is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {SEALED}
