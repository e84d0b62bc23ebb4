"""The four posts of an approved topic (5.2.3): offered, accepted with consent to be named, declined, offered anew."""

from datetime import datetime
from typing import Any, Final

from procedure import review as rules
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Post, Standing
from services import clocks
from services.act import Actor, Receipt
from services.case import Case, peek, topic_action
from services.plan_news import news
from services.proposing import committees
from services.telling_people import tell
from storage.tables import CommunityRole, Person, PostHolder
from storage.work import UnitOfWork

WAYS: Final[tuple[str, ...]] = ("phone", "visit", "writing")
"""How somebody is told, or answers, without Telegram: by telephone, at the door, in writing."""


def checked(case: Case, holders: dict[str, int]) -> dict[Post, int]:
    """The four posts with persons of this community's roster. Raises RuleBroken as procedure.review.check_posts does,
    and not_on_the_roster.
    """
    found = {Post(post): person_id for post, person_id in holders.items()}
    for person_id in found.values():
        _on_roster(case, person_id)
    rules.check_posts(found, {person_id: roles_of(case.uow, person_id) for person_id in found.values()})
    return found


def _on_roster(case: Case, person_id: int) -> None:
    person = case.uow.get(Person, person_id)
    if person is None or person.community_id != case.topic.community_id or person.left_at is not None:
        raise RuleBroken("not_on_the_roster", OUR_RULE)


def roles_of(uow: UnitOfWork, person_id: int) -> set[Standing]:
    """What a person is in the community."""
    return {Standing(row.role) for row in uow.all(CommunityRole, person_id=person_id)} | {Standing.RESIDENT}


def offer(case: Case, post: Post, person_id: int, now: datetime) -> None:
    """Ask this person, instead of whoever declined or did not answer; `ask_all` sends the messages."""
    row = case.uow.first(PostHolder, topic_id=case.id, post=post.value, deputy=False)
    if row is None:
        row = PostHolder(community_id=case.topic.community_id, topic_id=case.id, person_id=person_id, post=post.value)
    row.person_id = person_id
    row.offered_at = now
    row.accepted_at = row.declined_at = None
    case.uow.add(row)
    case.note("post_offered", now, post=post.value, person=person_id)


def ask_all(case: Case, now: datetime) -> None:
    """One message to each person asked at this instant; the committee learns who has to be asked in another way."""
    asked: dict[int, list[PostHolder]] = {}
    for row in case.posts():
        if row.offered_at == now and _is_open(row):
            asked.setdefault(row.person_id, []).append(row)
    unreached = [_said_of(row) for rows in asked.values() if not _ask(case, rows, now) for row in rows]
    if unreached:
        for member in case.with_role(Standing.COMMITTEE):
            tell(case, "post_unreachable", member, {"posts": unreached}, now)


def _ask(case: Case, rows: list[PostHolder], now: datetime) -> bool:
    return tell(case, "post_offered", rows[0].person_id, {"offers": [_said(row) for row in rows]}, now)


def _said(row: PostHolder) -> dict[str, Any]:
    return {"post": _said_of(row), "instead_of": row.post if row.deputy else None, "holder_id": row.id}


def _said_of(row: PostHolder) -> str:
    """The post as people are told of it; a deputy's has a word of its own."""
    return f"deputy_{row.post}" if row.deputy else row.post


def _is_open(row: PostHolder) -> bool:
    return row.accepted_at is None and row.declined_at is None


def _open(case: Case, person_id: int, holder_id: int | None) -> list[PostHolder]:
    """This person's unanswered offers, or the one that is meant."""
    return [row for row in case.posts() if row.person_id == person_id and _is_open(row) and holder_id in (None, row.id)]


def _answered(case: Case, person_id: int | None, facts: dict[str, Any]) -> Receipt | None:
    """The same answer a second time changes nothing."""
    holder = case.uow.get(PostHolder, facts["holder_id"]) if facts.get("holder_id") else None
    if holder is None or holder.topic_id != case.id or holder.person_id != person_id:
        return None
    if holder.accepted_at is not None:
        return Receipt("post_already_accepted", {"post": _said_of(holder)})
    return Receipt("post_already_declined", {"post": _said_of(holder)}) if holder.declined_at is not None else None


@topic_action("accept_post", repeated=_answered)
def accept_post(case: Case, person_id: int, *, now: datetime, holder_id: int | None = None) -> Receipt:
    """5.2.3: yes, and yes to one's name being published with the post. Raises RuleBroken offer_gone."""
    rows = _must_be_open(_open(case, person_id, holder_id))
    for row in rows:
        row.accepted_at = now
        case.note("post_accepted", now, post=row.post, deputy=row.deputy, person=person_id, consent=True)
    _settle(case, rows, now, yes=True)
    return Receipt("post_accepted", {"posts": [_said_of(row) for row in rows]})


@topic_action("decline_post", repeated=_answered)
def decline_post(case: Case, person_id: int, *, now: datetime, holder_id: int | None = None) -> Receipt:
    """5.2.3: no; both committees ask somebody else. Raises RuleBroken offer_gone."""
    rows = _must_be_open(_open(case, person_id, holder_id))
    for row in rows:
        row.declined_at = now
        case.note("post_declined", now, post=row.post, deputy=row.deputy, person=person_id)
    _settle(case, rows, now, yes=False)
    return Receipt("post_declined", {"posts": [_said_of(row) for row in rows]})


def _must_be_open(rows: list[PostHolder]) -> list[PostHolder]:
    if not rows:
        raise RuleBroken("offer_gone", "5.2.3")
    return rows


def _settle(case: Case, rows: list[PostHolder], now: datetime, *, yes: bool) -> None:
    """A no is for both committees to act on; a yes brings reminders of the running clocks, the last one the next stage.

    Who said yes so far stands on the topic's page: a message for each would bury the one that matters.
    """
    case.uow.flush()
    if not yes:
        _tell_declined(case, rows, now)
        return
    clocks.refresh(case, now)
    answers = {Post(row.post): row.accepted_at is not None for row in case.posts() if not row.deputy}
    if rules.all_accepted(answers) and not all(row.deputy for row in rows):
        _go_on(case, now)


def _tell_declined(case: Case, rows: list[PostHolder], now: datetime) -> None:
    person_id = rows[0].person_id
    facts = {"posts": [_said_of(row) for row in rows], "label": case.label(person_id)}
    for member in committees(case):
        if member != person_id:
            tell(case, "post_declined", member, facts, now)


def _go_on(case: Case, now: datetime) -> None:
    """All four have accepted: the convener may draft the plan, whoever holds a post learns who the others are."""
    holders = {row.post: row.person_id for row in case.posts() if not row.deputy}
    convener = holders[Post.CONVENER.value]
    names = {post: case.uow.must(Person, person_id).name for post, person_id in holders.items()}
    for person_id in sorted({*holders.values(), *committees(case)}):
        tell(case, "posts_complete", person_id, {"names": names, "mine": person_id == convener}, now)


@topic_action("offer_post")
def offer_post(case: Case, person_id: int, *, now: datetime, post: str, holder: int) -> Receipt:
    """5.2.3: somebody else is asked, instead of who declined or has not answered.

    Raises RuleBroken no_such_choice, post_taken, not_on_the_roster, supervisor_of_committee, post_conflict.
    """
    wanted = next((one for one in Post if one == post), None)
    if wanted is None:
        raise RuleBroken("no_such_choice", OUR_RULE)
    before = case.uow.first(PostHolder, topic_id=case.id, post=wanted.value, deputy=False)
    if before is not None and before.accepted_at is not None:
        raise RuleBroken("post_taken", "5.2.3", post=wanted.value)
    _on_roster(case, holder)
    others = {
        Post(row.post): row.person_id
        for row in case.posts()
        if not row.deputy and row.declined_at is None and row.post != wanted
    }
    together = others | {wanted: holder}
    rules.check_together(together, {one: roles_of(case.uow, one) for one in together.values()})
    if before is not None and before.declined_at is None and before.person_id != holder:
        tell(case, "offer_withdrawn", before.person_id, {"post": wanted.value}, now)
    offer(case, wanted, holder, now)
    ask_all(case, now)
    return Receipt("post_offered", {"post": wanted.value, "label": case.label(holder)})


@topic_action("enter_acceptance")
def enter_acceptance(case: Case, person_id: int, *, now: datetime, holder_id: int, accepted: bool, way: str) -> Receipt:
    """5.2.3: an answer given by telephone, at the door or on paper; consent to being named included.

    Whoever is said to have answered reads it too, where the bot reaches them: nobody gets a post behind their back.
    Raises RuleBroken no_such_choice, offer_gone.
    """
    if way not in WAYS:
        raise RuleBroken("no_such_choice", OUR_RULE)
    rows = _must_be_open([row for row in case.posts() if row.id == holder_id and _is_open(row)])
    for row in rows:
        row.accepted_at, row.declined_at = (now, None) if accepted else (None, now)
        kind = "post_accepted" if accepted else "post_declined"
        case.note(kind, now, post=row.post, deputy=row.deputy, person=row.person_id, way=way, by=person_id)
    _settle(case, rows, now, yes=accepted)
    code, label, mine = "post_yes" if accepted else "post_no", case.label(person_id), [_said_of(row) for row in rows]
    news(case, code, [rows[0].person_id], now, key=now.isoformat(), label=label, posts=mine)
    return Receipt("answer_entered", {"post": _said_of(rows[0])})


def choices(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> dict[str, Any]:
    """For the forms: the posts that may be offered anew, and the offers nobody has answered."""
    case = peek(uow, topic_id, actor)
    facts = case.facts(now)
    return {
        "posts": [*facts.posts_vacant, *facts.posts_waiting],
        "offers": [_said(row) | {"label": case.label(row.person_id)} for row in case.posts() if _is_open(row)],
    }


def candidates(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """Everybody on the roster of the community, by label, for the two committees' forms. Raises not_your_role."""
    case = peek(uow, topic_id, actor)
    case.names_for(Standing.COMMITTEE, Standing.PARTY_BRANCH)
    roles: dict[int, list[str]] = {}
    for row in uow.all(CommunityRole, community_id=case.topic.community_id):
        roles.setdefault(row.person_id, []).append(row.role)
    rows = uow.rows(
        "SELECT id, name, label, building FROM person WHERE community_id = :id AND left_at IS NULL ORDER BY label, id",
        {"id": case.topic.community_id},
    )
    proposer = case.topic.proposer_id
    return [
        {
            "id": int(row[0]),
            "name": row[1],
            "label": row[2],
            "building": row[3],
            "roles": [*roles.get(row[0], []), Standing.RESIDENT.value, *(["proposer"] if row[0] == proposer else [])],
        }
        for row in rows
    ]
