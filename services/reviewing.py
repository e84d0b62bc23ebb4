"""The joint meeting's review (5.2): approved with reasons and four posts, rejected, or diverted; the proposer told."""

from datetime import datetime
from typing import Any, Final

from procedure import review as rules
from procedure.calendar import end_of_day
from procedure.catalogue import check_item
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.examples import Chooser, Chosen, Suggested
from procedure.journal import canonical
from procedure.planner import offers
from procedure.review import Reasons, ReviewOutcome
from procedure.terms import Standing, TopicStage
from services import clocks, examples, papers, posts, supporting
from services.act import SYSTEM, Actor, Receipt
from services.case import Case, load, peek, topic_action
from services.delivery import when_delivered
from services.holidays import is_rest_day
from services.proposing import about, committees
from services.telling_people import tell
from storage.tables import Outbox, Review, Telling, TellingAttempt
from storage.work import UnitOfWork

REASON_LIMIT: Final = 500
_ENDED: Final = {ReviewOutcome.REJECTED: TopicStage.REJECTED, ReviewOutcome.DIVERTED: TopicStage.DIVERTED}


@topic_action("approve_topic")
def approve_topic(
    case: Case,
    person_id: int,
    *,
    now: datetime,
    a: str,
    b: str,
    c: str,
    item: str,
    holders: dict[str, int],
    suggested: Suggested | None = None,
) -> Receipt:
    """5.2.1, 5.2.3: why it is approved, its item of annex C, and whom the four posts are offered to.

    `suggested` is what the form suggested, here and in the other two.
    Raises RuleBroken approval_reasons_missing, unknown_item, post_unfilled, post_conflict, supervisor_of_committee,
    not_on_the_roster.
    """
    rules.check_review(ReviewOutcome.APPROVED, Reasons(a, b, c))
    check_item(item)
    offered = posts.checked(case, holders)
    topic = case.topic
    topic.stage = TopicStage.PLAN.value
    topic.approved_at = now
    topic.catalogue, topic.annex = item, None
    reasons = {"a": a, "b": b, "c": c, "item": item}
    _conclude(case, person_id, ReviewOutcome.APPROVED, reasons, now)
    examples.keep(case, Chooser.COMMITTEE, suggested, Chosen(item), now)
    clocks.start(case, DeadlineKind.MEET, now)
    _start_drafting(case, now)
    for post, holder in offered.items():
        posts.offer(case, post, holder, now)
    _tell_proposer(case, now)
    posts.ask_all(case, now)
    return Receipt("topic_approved", {"number": topic.number})


def _start_drafting(case: Case, now: datetime) -> None:
    """5.3.1: the last day for the draft that leaves every later period whole, for the last lawful meeting day."""
    lawful = [one for one in offers(now.astimezone(case.tz).date(), now, is_rest_day, case.tz) if one.lawful]
    if lawful:
        clocks.start(case, DeadlineKind.DRAFT_PLAN, now, ends_at=end_of_day(lawful[-1].draft_by, case.tz))


@topic_action("reject_topic")
def reject_topic(
    case: Case,
    person_id: int,
    *,
    now: datetime,
    a: str = "",
    b: str = "",
    c: str = "",
    suggested: Suggested | None = None,
) -> Receipt:
    """5.2.5: which of the tests a, b, c fails, and why. Raises RuleBroken rejection_reason_needed."""
    reasons = Reasons(a, b, c)
    rules.check_review(ReviewOutcome.REJECTED, reasons)
    given = {test: getattr(reasons, test) for test in reasons.given}
    _end(case, person_id, ReviewOutcome.REJECTED, given, now)
    examples.keep(case, Chooser.COMMITTEE, suggested, Chosen(outside="a" in given), now)
    return Receipt("topic_rejected", {"number": case.topic.number})


@topic_action("divert_topic")
def divert_topic(
    case: Case, person_id: int, *, now: datetime, annex: str, reason: str, suggested: Suggested | None = None
) -> Receipt:
    """5.2.2: a matter of annex D. Raises RuleBroken unknown_annex, annex_needed, diversion_reason_needed."""
    rules.check_review(ReviewOutcome.DIVERTED, Reasons(), annex, reason)
    case.topic.annex = annex
    _end(case, person_id, ReviewOutcome.DIVERTED, {"annex": annex, "reason": reason}, now)
    examples.keep(case, Chooser.COMMITTEE, suggested, Chosen(annex=annex), now)
    return Receipt("topic_diverted", {"number": case.topic.number})


def _end(case: Case, person_id: int, outcome: ReviewOutcome, reasons: dict[str, str], now: datetime) -> None:
    topic = case.topic
    topic.stage = _ENDED[outcome].value
    topic.outcome = outcome.value
    topic.ended_at = now
    clocks.finish_all(case, now)
    _conclude(case, person_id, outcome, reasons, now)
    _tell_proposer(case, now)


def _conclude(case: Case, person_id: int, outcome: ReviewOutcome, reasons: dict[str, str], now: datetime) -> None:
    """The review's row, its place in the journal, its clocks, and word to committees, supervision and supporters."""
    clocks.finish(case, DeadlineKind.REVIEW, now)
    clocks.start(case, DeadlineKind.TELL_PROPOSER, now)
    review = Review(
        community_id=case.topic.community_id,
        topic_id=case.id,
        outcome=outcome.value,
        reasons=reasons,
        recorded_by=person_id,
        at=now,
    )
    case.uow.add(review)
    content, digest = case.keep(canonical(reasons), person_id)
    case.note("topic_reviewed", now, person=person_id, outcome=outcome.value, content=content, reasons=digest)
    papers.issue(case, "b1", now, by=person_id)
    facts = {"outcome": outcome.value, "reasons": reasons}
    staff = {*committees(case), *case.with_role(Standing.SUPERVISORY_COMMITTEE)}
    joined = set(supporting.supporters(case)) - staff
    for member in sorted((staff | joined) - {person_id}):
        tell(case, "topic_reviewed", member, facts | {"joined": member in joined}, now)


def _tell_proposer(case: Case, now: datetime) -> None:
    """5.2.4: told at once when the bot reaches them; otherwise the committee does it and notes how."""
    review = case.uow.first(Review, topic_id=case.id)
    proposer = case.topic.proposer_id
    assert review is not None and review.id is not None
    case.uow.add(
        Telling(
            community_id=case.topic.community_id,
            topic_id=case.id,
            subject="review",
            subject_id=review.id,
            person_id=proposer,
        )
    )
    if tell(case, "review_told", proposer, {"outcome": review.outcome, "reasons": review.reasons}, now):
        return
    for member in case.with_role(Standing.COMMITTEE):
        tell(case, "proposer_unreachable", member, {"proposer": case.label(proposer)}, now)


@when_delivered("review_told")
def _proposer_was_told(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    assert row.subject_id is not None
    _told(load(uow, row.subject_id, SYSTEM), "telegram", None, seen_at, now)


def _told(case: Case, way: str, by: int | None, at: datetime, now: datetime) -> None:
    telling = case.uow.first(Telling, topic_id=case.id, subject="review", delivered_at=None)
    if telling is None:
        return
    telling.delivered_at = at
    clocks.finish(case, DeadlineKind.TELL_PROPOSER, now)
    case.note("proposer_told", now, way=way, by=by)


@topic_action("note_told")
def note_told(case: Case, person_id: int, *, now: datetime, way: str) -> Receipt:
    """5.2.4: the committee told the proposer by telephone, at the door or in writing. Raises no_such_choice."""
    if way not in posts.WAYS:
        raise RuleBroken("no_such_choice", OUR_RULE)
    telling = case.uow.first(Telling, topic_id=case.id, subject="review", delivered_at=None)
    assert telling is not None and telling.id is not None
    attempt = TellingAttempt(
        community_id=telling.community_id, telling_id=telling.id, by=person_id, at=now, way=way, reached=True
    )
    case.uow.add(attempt)
    _told(case, way, person_id, now, now)
    return Receipt("proposer_told")


def brief(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> dict[str, Any]:
    """What the reviewing forms say of their topic: heading, and what the proposer thinks it falls under."""
    case = peek(uow, topic_id, actor)
    return case.heading() | about(case) | {"community_id": case.topic.community_id}
