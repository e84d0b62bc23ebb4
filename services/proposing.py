"""Raising a topic and registering it (5.1): form B.1 comes in, its first clocks run, the committee learns of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from procedure import proposing as rules
from procedure.catalogue import check_annex
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.examples import Chooser, Chosen, Suggested
from procedure.proposing import ProposalFields
from procedure.terms import Standing, TopicStage
from services import alike, clocks, contacts, examples, search_texts, supporting
from services.act import Actor, Receipt
from services.board_facts import iso
from services.case import Case, topic_action
from services.people import person_of
from services.telling_people import tell
from storage.tables import Community, CommunityRole, Deadline, Person, Topic
from storage.work import UnitOfWork

BEFORE_REVIEW: Final = (TopicStage.PROPOSED.value, TopicStage.REVIEW.value)


def places(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[dict[str, Any]]:
    """The communities in which this account may raise a topic, by name."""
    rows = uow.rows(
        "SELECT DISTINCT c.id, c.name FROM person p JOIN community c ON c.id = p.community_id"
        " WHERE p.account_id = :account AND p.left_at IS NULL ORDER BY c.name, c.id",
        {"account": actor.account_id or 0},
    )
    return [{"community_id": int(row[0]), "name": row[1]} for row in rows]


def where(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """The choice of a community, for somebody of several."""
    return Receipt("propose_where", {"places": places(uow, actor, now=now)})


def open_to(uow: UnitOfWork, actor: Actor, *, community_id: int, now: datetime) -> dict[str, Any]:
    """As whom this person may propose here: the form's choices.

    Raises RuleBroken not_in_community, which_person, too_many_proposals.
    """
    person, roles = _proposer(uow, actor, community_id)
    return {"kinds": [kind.value for kind in rules.kinds_for(roles, person.category)]}


def _proposer(uow: UnitOfWork, actor: Actor, community_id: int) -> tuple[Person, set[Standing]]:
    if actor.account_id is None or uow.get(Community, community_id) is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    person = uow.must(Person, person_of(uow, actor.account_id, community_id))
    if person.left_at is not None:
        raise RuleBroken("not_in_community", OUR_RULE)
    rules.check_open(uow.count(Topic, proposer_id=person.id, stage=BEFORE_REVIEW))
    return person, {Standing(row.role) for row in uow.all(CommunityRole, person_id=person.id)}


def propose(
    uow: UnitOfWork,
    actor: Actor,
    *,
    community_id: int,
    kind: str,
    row: int,
    title: str,
    reason: str,
    proposal: str,
    now: datetime,
    other: str = "",
    item: str | None = None,
    annex: str | None = None,
    contact: dict[str, str] | None = None,
    suggested: Suggested | None = None,
    like: Sequence[dict[str, Any]] = (),
) -> Receipt:
    """Form B.1 becomes a topic. `item` of annex C and `annex` D are what the proposer thinks, if anything.

    `suggested` is what their form suggested to them, None when there was nothing to suggest with.
    `like`: the topics it was found like, with the words they share. `contact` (name, phone, email, address) was given
    with consent; None when it was not. The receipt names the number.
    Raises what `open_to`, `procedure.proposing.check` and `check_kind` raise, and unknown_annex.
    """
    uow.lock("community", community_id)
    person, roles = _proposer(uow, actor, community_id)
    texts: dict[str, Any] = {"title": title, "reason": reason, "proposal": proposal, "other": other}
    fields = ProposalFields(
        kind=rules.check_kind(kind, roles, person.category), row=row, item=item, **texts, **_contact(contact)
    )
    rules.check(fields)
    if annex is not None:
        check_annex(annex)
    case = Case(uow, _add(uow, person, fields, annex, now), actor)
    _record(case, contact if fields.has_contact else None, now)
    examples.keep(case, Chooser.PROPOSER, suggested, Chosen(fields.item, annex), now)
    alike.keep(case, like)
    _begin(case, now)
    return Receipt("topic_proposed", {"number": case.topic.number, "topic_id": case.id})


def _add(uow: UnitOfWork, person: Person, fields: ProposalFields, annex: str | None, now: datetime) -> Topic:
    """The topic, with the community's next number; the community is locked."""
    assert person.id is not None
    topic = Topic(
        community_id=person.community_id,
        number=next_number(uow, person.community_id),
        title=fields.title,
        reason=fields.reason,
        proposal=fields.proposal,
        other=fields.other,
        proposer_id=person.id,
        proposer_kind=fields.kind.value,
        table_row=fields.row,
        catalogue=fields.item,
        annex=annex,
        stage=TopicStage.PROPOSED.value,
        created_at=now,
    )
    return uow.add(topic)


def _contact(contact: dict[str, str] | None) -> dict[str, Any]:
    given = contact or {}
    return {
        "contact_name": given.get("name", ""),
        "phone": given.get("phone", ""),
        "email": given.get("email", ""),
        "address": given.get("address", ""),
        "consent": contact is not None,
    }


def next_number(uow: UnitOfWork, community_id: int) -> int:
    """What the community's next topic is called by."""
    row = uow.one("SELECT COALESCE(MAX(number), 0) FROM topic WHERE community_id = :id", {"id": community_id})
    assert row is not None
    return int(row[0]) + 1


def _record(case: Case, contact: dict[str, str] | None, now: datetime) -> None:
    """The journal gets the salted hash of what was proposed; the words stay erasable."""
    topic, person_id = case.topic, case.topic.proposer_id
    content, digest = case.keep("\n".join((topic.title, topic.reason, topic.proposal, topic.other)), person_id)
    case.note("topic_proposed", now, person=person_id, number=topic.number, content=content, text=digest)
    if contact is not None:
        fields = {name: text.strip() for name, text in contact.items()}
        community_id = topic.community_id
        contacts.give(
            case.uow, person_id=person_id, community_id=community_id, topic_id=case.id, fields=fields, now=now
        )


def _begin(case: Case, now: datetime) -> None:
    """5.1.3, 5.2.1: from the sending on the committee has a working day to register, both committees a month."""
    register = clocks.start(case, DeadlineKind.REGISTER, now)
    review = clocks.start(case, DeadlineKind.REVIEW, now)
    facts = {"register_till": iso(register.ends_at), "review_till": iso(review.ends_at)}
    for person_id in case.with_role(Standing.COMMITTEE):
        tell(case, "topic_proposed", person_id, about(case) | facts, now)
    tell(case, "proposal_received", case.topic.proposer_id, facts, now)
    search_texts.keep(case)


def about(case: Case) -> dict[str, Any]:
    """What the committees are shown of a proposal in a message: no contact data."""
    topic = case.topic
    return {
        "proposer": case.label(topic.proposer_id),
        "proposer_kind": topic.proposer_kind,
        "row": topic.table_row,
        "reason": topic.reason,
        "proposal": topic.proposal,
        "item": topic.catalogue,
        "annex": topic.annex,
        "told": examples.proposer_was_told(case),
        "alike": alike.shown(case),
        "support": supporting.for_committees(case),
    }


def committees(case: Case) -> list[int]:
    """Everybody of both committees (两委), each once."""
    return sorted({*case.with_role(Standing.COMMITTEE), *case.with_role(Standing.PARTY_BRANCH)})


@topic_action("register_topic")
def register_topic(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.1.3: the committee takes the topic on its list; it goes to review."""
    topic = case.topic
    topic.stage = TopicStage.REVIEW.value
    topic.registered_at = now
    clocks.finish(case, DeadlineKind.REGISTER, now)
    case.note("topic_registered", now, person=person_id)
    review = case.uow.first(Deadline, order="-id", topic_id=case.id, kind=DeadlineKind.REVIEW.value)
    facts = {"review_till": iso(review.ends_at) if review is not None else None}
    for member in committees(case):
        tell(case, "topic_to_review", member, about(case) | facts, now)
    tell(case, "topic_registered", topic.proposer_id, facts, now)
    for supporter in supporting.supporters(case):
        tell(case, "topic_registered", supporter, facts | {"joined": True}, now)
    return Receipt("topic_registered", {"number": topic.number})
