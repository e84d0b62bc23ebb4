"""Challenges of a vote: raised by a stakeholder, answered by the supervisor with a reason, part of B.3 (our rule)."""

from datetime import datetime
from typing import Any

from procedure.challenge import TEXT_LIMIT, check_challenge
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import permit
from procedure.terms import Post, Standing, TopicStage
from procedure.text import clean_text
from services import after_news, clocks, item_facts, recording
from services.act import Actor, Receipt
from services.case import Case, peek, topic_action
from services.case_facts import votes
from services.delivery import enqueue_private
from services.sitting import peek as peek_sitting
from storage.tables import Challenge, Meeting, Motion
from storage.work import UnitOfWork

SUPERVISING = frozenset({Standing.SUPERVISOR, Standing.SUPERVISORY_COMMITTEE})


def choices(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> dict[str, Any]:
    """What the forms offer: votes to challenge, and to whom supervises the challenges that wait."""
    case = peek(uow, topic_id, actor)
    found: dict[str, Any] = {
        "votes": [{"id": row.id, "kind": row.kind, "item": item_facts.shown(row)} for row in votes(case)],
        "challenges": [],
    }
    if not SUPERVISING.isdisjoint(case.standings(case.person_id())):
        waiting = uow.all(Challenge, order="id", topic_id=case.id, answered_at=None)
        found["challenges"] = [
            {"id": row.id, "label": case.label(row.person_id), "about": row.about, "text": row.text} for row in waiting
        ]
    return found


def topic_of(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> int:
    """The topic of a board's meeting. Raises RuleBroken no_such_meeting."""
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    return meeting.topic_id


@topic_action("challenge_vote")
def challenge_vote(case: Case, person_id: int, *, motion_id: int, about: str, text: str, now: datetime) -> Receipt:
    """A stakeholder: my hand, or how hands were called. Raises vote_gone and what check_challenge raises."""
    motion = next((one for one in votes(case) if one.id == motion_id), None)
    if motion is None:
        raise RuleBroken("vote_gone", OUR_RULE)
    mine = case.uow.all(Challenge, motion_id=motion_id, person_id=person_id)
    answered = [row.about for row in mine if row.answered_at is not None]
    check_challenge(about, len(mine) - len(answered), answered)
    said = clean_text(text, limit=TEXT_LIMIT, field="reason")
    row = case.uow.add(
        Challenge(
            community_id=case.topic.community_id,
            topic_id=case.id,
            meeting_id=motion.meeting_id,
            motion_id=motion_id,
            person_id=person_id,
            about=about,
            text=said,
            at=now,
        )
    )
    clocks.start(case, DeadlineKind.CHALLENGE, now, subject="challenge", subject_id=row.id)
    _, digest = case.keep(said, person_id)
    case.note("vote_challenged", now, person=person_id, challenge=row.id, motion=motion_id, about=about, why=digest)
    people = [who for who in after_news.supervision(case) if who != person_id]
    facts = {"label": case.label(person_id), "words": said}
    after_news.news(case, "challenged", people, now, key=row.id, steps=("answer_challenge",), **facts)
    return Receipt("vote_challenged")


@topic_action("answer_challenge")
def answer_challenge(
    case: Case, person_id: int, *, challenge_id: int, upheld: bool, answer: str, now: datetime
) -> Receipt:
    """The supervisor, or the committee in their place, with a reason. Raises challenge_gone, own_challenge."""
    row = case.uow.get(Challenge, challenge_id)
    if row is None or row.topic_id != case.id or row.answered_at is not None:
        raise RuleBroken("challenge_gone", OUR_RULE)
    if row.person_id == person_id:
        raise RuleBroken("own_challenge", OUR_RULE)
    why = clean_text(answer, limit=TEXT_LIMIT, field="reason")
    _close(case, row, person_id, upheld, why, now)
    if upheld:
        _offer_annulment(case, row, now)
    if case.stage is TopicStage.TELL:
        recording.redraw(case, now)
    return Receipt("challenge_answered", {"upheld": upheld})


def answer_by_annulling(case: Case, motion: Motion, person_id: int, why: str, now: datetime) -> None:
    """The vote is void: whoever challenged it was right, or need not be answered any more."""
    for row in case.uow.all(Challenge, order="id", motion_id=motion.id, answered_at=None):
        _close(case, row, person_id, True, why, now)


def _close(case: Case, row: Challenge, person_id: int, upheld: bool, why: str, now: datetime) -> None:
    row.upheld, row.answer, row.answered_by, row.answered_at = upheld, why, person_id, now
    clocks.finish(case, DeadlineKind.CHALLENGE, now, subject="challenge", subject_id=row.id)
    _, digest = case.keep(why, person_id)
    case.note("challenge_answered", now, by=person_id, challenge=row.id, upheld=upheld, why=digest)
    code = "challenge_upheld" if upheld else "challenge_refused"
    after_news.news(case, code, [row.person_id], now, key=row.id, words=why)


def _offer_annulment(case: Case, row: Challenge, now: datetime) -> None:
    """What is wrong with a vote is put right by voting again; whether it is, the supervisor says (5.6.4)."""
    sitting = peek_sitting(case.uow, case.uow.must(Meeting, row.meeting_id), case.actor)
    latest = sitting.motion
    if latest is None or latest.id != row.motion_id:
        return
    try:
        permit("annul_motion", {Standing.SUPERVISOR}, sitting.facts(), now)
    except RuleBroken:
        return
    facts = case.heading() | {"meeting_id": sitting.id, "label": case.label(row.person_id)}
    for who in after_news.holders(case, Post.SUPERVISOR):
        enqueue_private(case.uow, "annul_offered", who, facts, unique_key=f"annul_offered:{row.id}:{who}", now=now)
