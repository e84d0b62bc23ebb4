"""Contact data: given with consent, sealed, readable for those who need it, erased when the consent is withdrawn.

It is kept of a person (`topic_id` None) or for one topic's form B.1. The journal hears that it was given or withdrawn,
never what it was. Whoever calls has asked for consent before the first field, and has checked who may read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from services import journal
from services.act import Actor, Receipt
from storage.tables import Contact, Document, File, Person, Topic
from storage.vault import SealBrokenError
from storage.work import UnitOfWork

FIELDS: Final = ("name", "phone", "email", "address")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person has given: for which topic (None: of themselves), when (UTC), and the fields."""

    topic_id: int | None
    consent_at: datetime
    fields: dict[str, str]


def give(
    uow: UnitOfWork,
    *,
    person_id: int,
    community_id: int,
    topic_id: int | None,
    fields: Mapping[str, str],
    now: datetime,
) -> None:
    """Seal the fields in place of what was given before; empty ones are left out. ValueError for any but FIELDS."""
    row = keep(
        uow, person_id=person_id, community_id=community_id, topic_id=topic_id, fields=fields, known=None, now=now
    )
    uow.flush()
    _note(uow, "contact_given", row, now)


def keep(
    uow: UnitOfWork,
    *,
    person_id: int,
    community_id: int,
    topic_id: int | None,
    fields: Mapping[str, str],
    known: Contact | None,
    now: datetime,
) -> Contact:
    """`give` without its journal entry and flush, for a whole roster at once; `known` is the row if one has it."""
    strange = set(fields) - set(FIELDS)
    if strange:
        raise ValueError(f"not contact data: {sorted(strange)}")
    row = known or uow.first(Contact, person_id=person_id, topic_id=topic_id)
    if row is None:
        row = Contact(community_id=community_id, person_id=person_id, topic_id=topic_id, consent_at=now)
    uow.orm.add(row)
    row.sealed = uow.vault.seal({name: text for name, text in fields.items() if text})
    row.consent_at = now
    row.erased_at = None
    return row


def read(uow: UnitOfWork, *, person_id: int, topic_id: int | None) -> dict[str, str] | None:
    """The fields, None when nothing was given or it was withdrawn. Raises SealBrokenError when our key is another."""
    row = uow.first(Contact, person_id=person_id, topic_id=topic_id)
    return None if row is None or row.sealed is None else uow.vault.unseal(row.sealed)


def withdraw(uow: UnitOfWork, *, person_id: int, topic_id: int | None, now: datetime) -> bool:
    """Erase what was given, keep that it was given and withdrawn; says whether there was anything."""
    if topic_id is not None:
        uow.lock("topic", topic_id)  # nobody keeps a form B.1 drawn with the data while they go
    row = uow.first(Contact, person_id=person_id, topic_id=topic_id)
    if row is None or row.sealed is None:
        return False
    row.sealed = None
    row.erased_at = now
    if topic_id is not None:
        _forget_drawn(uow, topic_id)
    uow.flush()
    _note(uow, "contact_withdrawn", row, now)
    return True


def _forget_drawn(uow: UnitOfWork, topic_id: int) -> None:
    """A form B.1 that was drawn with the data goes too; asked for again, it is drawn without them."""
    for document in uow.all(Document, topic_id=topic_id, kind="b1"):
        drawn = uow.get(File, document.sha256) if document.sha256 else None
        if drawn is not None:
            uow.orm.delete(drawn)
        document.sha256 = ""


def mine(uow: UnitOfWork, *, person_id: int) -> list[Given]:
    """Everything this person has given and not withdrawn, oldest first."""
    return [
        Given(row.topic_id, row.consent_at, uow.vault.unseal(row.sealed))
        for row in uow.all(Contact, person_id=person_id)
        if row.sealed is not None
    ]


def my_contacts(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """Everything the persons of this account have given, for their own eyes."""
    people = [person.id for person in uow.all(Person, account_id=actor.account_id)] if actor.account_id else []
    rows = uow.all(Contact, person_id=people, erased_at=None) if people else []
    return Receipt("my_contacts", {"given": [_shown(uow, row) for row in rows if row.sealed is not None]})


def _shown(uow: UnitOfWork, row: Contact) -> dict[str, Any]:
    topic = uow.get(Topic, row.topic_id) if row.topic_id is not None else None
    try:
        fields: dict[str, str] | None = uow.vault.unseal(row.sealed or "")
    except SealBrokenError:
        fields = None
    return {"contact_id": row.id, "topic": topic.number if topic else None, "fields": fields}


def withdraw_contact(uow: UnitOfWork, actor: Actor, *, contact_id: int, now: datetime) -> Receipt:
    """The owner takes it back. Raises RuleBroken not_your_contact."""
    row = uow.get(Contact, contact_id)
    person = uow.get(Person, row.person_id) if row is not None else None
    if row is None or person is None or not actor.account_id or person.account_id != actor.account_id:
        raise RuleBroken("not_your_contact", OUR_RULE)
    withdraw(uow, person_id=row.person_id, topic_id=row.topic_id, now=now)
    return Receipt("contact_withdrawn")


def _note(uow: UnitOfWork, kind: str, row: Contact, now: datetime) -> None:
    subject, subject_id = ("topic", row.topic_id) if row.topic_id is not None else ("community", row.community_id)
    uow.lock(subject, subject_id)
    journal.record(
        uow,
        kind,
        community_id=row.community_id,
        subject=subject,
        subject_id=subject_id,
        now=now,
        contact=row.id,
        person=row.person_id,
    )
