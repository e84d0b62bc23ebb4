"""Papers on their way: issued in an act, drawn outside every transaction, kept by hash, sent byte-identical after.

An act issues a document (`issue`): what it says is fixed then. A message carries it as ``sent_with(document)`` among
its facts; before the message goes out the courier asks `missing`, reads `prepared`, draws in a thread and `attach`es.
The bytes of a form with contact data are sealed, as the data itself is.
"""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.journal import canonical
from procedure.terms import Standing
from services import journal, minutes, paper_facts, result_paper, supervision_paper
from services.act import Actor, Receipt
from services.case import Case, peek
from services.delivery import enqueue_private
from services.documents import papers as word
from services.documents.frozen import frozen, thawed
from services.documents.papers import Paper, Proposal
from storage import files
from storage.tables import Document, File, Outbox, Topic
from storage.work import UnitOfWork

Composer = Callable[[Case, datetime], Paper]
COMPOSERS: Final = MappingProxyType[str, Composer](
    {
        "b1": paper_facts.proposal,
        "b1_public": paper_facts.public_proposal,
        "notice": paper_facts.notice,
        "b2": minutes.sign_in_sheet,
        "b3": minutes.meeting_record,
        "b4": supervision_paper.supervision_record,
        "result_notice": result_paper.result_notice,
    }
)
"""Kind of document → how it is made of what is stored."""

SEALED: Final = "application/octet-stream"
"""The type of stored bytes that have to be unsealed first."""
_OFFICIALS: Final = frozenset({Standing.CONVENER, Standing.RECORDER, Standing.ADVISER})
_SUPERVISION: Final = frozenset({Standing.SUPERVISOR, Standing.SUPERVISORY_COMMITTEE})
_BOTH: Final = frozenset({Standing.COMMITTEE, Standing.PARTY_BRANCH})
_LISTED: Final = frozenset(
    {Standing.STAKEHOLDER, Standing.EXPERT, Standing.UNIT, Standing.SELF_JOINED, Standing.OBSERVER, Standing.PROPOSER}
)
RECORD_READERS: Final = _BOTH | _SUPERVISION | _OFFICIALS | _LISTED
_READERS: Final = MappingProxyType(
    {
        "b1": frozenset({Standing.COMMITTEE}) | _SUPERVISION,
        "b2": _BOTH | _SUPERVISION | _OFFICIALS,
        "b3": RECORD_READERS,
    }
)
"""Who may see what is not for everybody; any other kind is for the whole community once it is published."""


def compose(case: Case, kind: str, now: datetime) -> Paper:
    """The paper as it stands now. LookupError when what it needs is not there yet."""
    return COMPOSERS[kind](case, now)


def issue(
    case: Case, kind: str, now: datetime, *, by: int | None = None, publish: bool = False, paper: Paper | None = None
) -> Document:
    """Fix what a paper says; the same words as in its last version make no new one, unless that is void.

    ``publish``: it is for everybody.
    ``by`` is a person; ``paper`` when the caller has composed it already. LookupError as `compose`.
    """
    composed = paper or compose(case, kind, now)
    facts = frozen(composed)
    if isinstance(composed, Proposal):
        facts.pop("contact")
    last = latest(case, kind)
    if last is None or last.facts != facts or last.voided_at is not None:
        last = _new(case, kind, composed, facts, now, by, last.version + 1 if last else 1)
    if publish and last.published_at is None:
        last.published_at = now
    case.uow.flush()
    return last


def _new(
    case: Case, kind: str, paper: Paper, facts: dict[str, Any], now: datetime, by: int | None, version: int
) -> Document:
    meeting = case.meeting if kind in ("b2", "b3", "b4", "result_notice") else None
    made = case.uow.add(
        Document(
            community_id=case.topic.community_id,
            topic_id=case.id,
            meeting_id=meeting.id if meeting else None,
            kind=kind,
            version=version,
            name=word.file_name(paper),
            facts=facts,
            issued_at=now,
            issued_by=by or None,
        )
    )
    case.note("paper_issued", now, paper=kind, version=version, by=by or None, digest=digest(facts))
    return made


def digest(facts: dict[str, Any]) -> str:
    """SHA-256 of what a paper says."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def latest(case: Case, kind: str) -> Document | None:
    """The last version."""
    return case.uow.first(Document, order="-version", topic_id=case.id, kind=kind)


def sent_with(document: Document) -> dict[str, Any]:
    """Facts of a message that carries this document; its view shows ``facts["document"]``."""
    name = {"topic_id": document.topic_id, "kind": document.kind, "version": document.version}
    return {"paper": name, "document": None}


def missing(facts: dict[str, Any]) -> bool:
    """Whether this message still wants its paper."""
    return facts.get("paper") is not None and facts.get("document") is None


def prepared(uow: UnitOfWork, facts: dict[str, Any]) -> Paper | None:
    """What is to be drawn for this message; None when its bytes are there. LookupError when nobody issued it."""
    document = _named(uow, facts["paper"])
    if document.sha256:
        return None
    if document.kind != "b1":
        return thawed(document.kind, document.facts)
    case = Case(uow, uow.must(Topic, document.topic_id), Actor(None))
    now_given = paper_facts.contact(case)
    return thawed("b1", document.facts | {"contact": frozen(now_given) if now_given else None})


def draw(paper: Paper) -> bytes:
    """The Word document; takes a while, so never inside a transaction or on the event loop."""
    return word.render(paper)


def personal(paper: Paper | None) -> bool:
    """Whether contact data stands in it."""
    return isinstance(paper, Proposal) and paper.contact is not None


def attach(
    uow: UnitOfWork, actor: Actor, *, outbox_id: int, body: bytes | None, now: datetime, personal: bool = False
) -> Receipt:
    """Keep the bytes and tie them to the message; the first ones drawn stay.

    ``personal``: contact data stands in them. LookupError when it was withdrawn while they were drawn.
    """
    row = uow.must(Outbox, outbox_id)
    name = row.facts["paper"]
    uow.lock("topic", name["topic_id"])
    document = _named(uow, name)
    if personal and paper_facts.contact(Case(uow, uow.must(Topic, document.topic_id), actor)) is None:
        raise LookupError("contact data was withdrawn meanwhile")
    if not document.sha256:
        assert body is not None
        _keep(uow, document, body, now)
    shown = {"document": [document.sha256, document.name]}
    row.facts = row.facts | shown
    return Receipt("attached", shown)


def _named(uow: UnitOfWork, name: dict[str, Any]) -> Document:
    found = uow.first(Document, topic_id=name["topic_id"], kind=name["kind"], version=name["version"])
    if found is None:
        raise LookupError(f"no document {name['kind']} {name['version']}")
    return found


def _keep(uow: UnitOfWork, document: Document, body: bytes, now: datetime) -> None:
    document.sha256 = hashlib.sha256(body).hexdigest()
    sealed = document.kind == "b1"
    files.keep(
        uow,
        sha256=document.sha256,
        community_id=document.community_id,
        name=document.name,
        mime=SEALED if sealed else word.MIME,
        body=uow.vault.seal({"body": base64.b64encode(body).decode()}).encode() if sealed else body,
    )
    journal.record(
        uow,
        "paper_drawn",
        community_id=document.community_id,
        subject_id=document.topic_id,
        now=now,
        paper=document.kind,
        version=document.version,
        sha256=document.sha256,
    )


def stored(uow: UnitOfWork, sha256: str) -> tuple[str, bytes]:
    """(name, bytes) of a stored picture or paper. LookupError when they are gone, SealBrokenError as the vault."""
    kept = uow.must(File, sha256)
    if kept.mime != SEALED:
        return kept.name, kept.body
    return kept.name, base64.b64decode(uow.vault.unseal(kept.body.decode())["body"])


def readable(case: Case, person_id: int) -> list[Document]:
    """The last version of every paper of every meeting that this person may see, in the order they came about."""
    mine = case.standings(person_id)
    found = {(row.kind, row.meeting_id): row for row in case.uow.all(Document, order="version", topic_id=case.id)}
    return sorted((row for row in found.values() if _may_read(row, mine)), key=lambda row: row.id or 0)


def _may_read(document: Document, mine: set[Standing]) -> bool:
    readers = _READERS.get(document.kind)
    if readers is None:
        return document.published_at is not None or not mine.isdisjoint(_BOTH | _SUPERVISION | _OFFICIALS)
    return not mine.isdisjoint(readers)


def topic_papers(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> Receipt:
    """The page of a topic's papers. Raises RuleBroken no_such_topic, not_in_community."""
    case = peek(uow, topic_id, actor)
    person_id = case.person_id()
    if person_id is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    listed = [
        {
            "id": row.id,
            "kind": row.kind,
            "issued_on": row.issued_at.astimezone(case.tz).date().isoformat(),
            "void": row.voided_at is not None,
        }
        for row in readable(case, person_id)
    ]
    return Receipt("topic_papers", case.heading() | {"papers": listed})


def fetch_paper(uow: UnitOfWork, actor: Actor, *, document_id: int, now: datetime) -> Receipt:
    """Send a paper to whoever asks and may see it. Raises RuleBroken paper_not_for_you, private_chat_closed."""
    document = uow.get(Document, document_id)
    if document is None:
        raise RuleBroken("paper_not_for_you", OUR_RULE)
    case = peek(uow, document.topic_id, actor)
    person_id = case.person_id()
    if person_id is None or document_id not in {row.id for row in readable(case, person_id)}:
        raise RuleBroken("paper_not_for_you", OUR_RULE)
    facts = case.heading() | sent_with(document) | {"kind": document.kind, "void": document.voided_at is not None}
    key = f"paper_copy:{document_id}:{person_id}:{actor.update_id}"
    if not enqueue_private(uow, "paper_copy", person_id, facts, unique_key=key, now=now):
        raise RuleBroken("private_chat_closed", OUR_RULE)
    return Receipt("paper_coming")
