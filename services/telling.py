"""Telling the result (5.8): the notice, every stakeholder in private, attempts for the others; then where it leads."""

from datetime import date, datetime
from typing import Any, Final

from procedure import opinion
from procedure import telling as rules
from procedure.calendar import end_of_day
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Capacity, Post, TopicStage, Verdict
from procedure.text import clean_text
from services import after_news, board_facts, clocks, following, minutes, papers, plan_rows, posts, supporting
from services.act import SYSTEM, Receipt
from services.case import Case, load, topic_action
from services.delivery import enqueue_private, when_delivered
from services.told import untold
from services.void_facts import rests_on_void
from storage.tables import Meeting, Outbox, Participant, Telling, TellingAttempt
from storage.work import UnitOfWork

WAYS: Final = (*posts.WAYS, "other")
"""How somebody is told without the bot: by telephone, at the door, in writing, in another way."""
ENTRUSTED: Final = "C.4.1"
TEXT_LIMIT: Final = 1000


@topic_action("publish_result")
def publish_result(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.8 c: the notice in group and channels, pinned; every stakeholder in private. Others are on the call list."""
    meeting = _meeting(case)
    notice = papers.issue(case, "result_notice", now, by=person_id, publish=True)
    facts = result_facts(case, meeting)
    after_news.post(case, "result_published", facts, now, key=notice.id)
    after_news.post_paper(case, notice, now)
    due = _due(case, meeting)
    case.note("result_published", now, by=person_id, version=notice.version, due=list(due))
    unreached = _tell(case, meeting, due, facts, now)
    concerned = (*after_news.listed(case), *after_news.supervision(case), *supporting.supporters(case))
    courtesy = [who for who in concerned if who not in due]
    _say(case, meeting, courtesy, facts, now)
    _call_list(case, unreached, facts, now)
    advance(case, now)
    return Receipt("result_published", {"count": len(due), "unreached": len(unreached)})


def _meeting(case: Case) -> Meeting:
    meeting = case.meeting
    assert meeting is not None and meeting.id is not None
    return meeting


def entrusted(case: Case) -> bool:
    """5.8 b: a matter entrusted by the government; the one who raised it stands for the entrusting unit."""
    return case.topic.catalogue == ENTRUSTED and case.topic.proposer_kind == "government"


def _due(case: Case, meeting: Meeting) -> tuple[int, ...]:
    rows = case.uow.all(Participant, plan_id=meeting.plan_id, capacity=Capacity.STAKEHOLDER.value)
    return rules.to_be_told((row.person_id for row in rows), case.topic.proposer_id if entrusted(case) else None)


def result_facts(case: Case, meeting: Meeting) -> dict[str, Any]:
    """The result as messages say it: the verdict, its figures, exactly the text voted on, what comes next."""
    diverted = case.topic.outcome == minutes.DIVERTED
    motion = None if diverted else minutes.main_motion(case, meeting)
    counted = motion is not None and motion.in_favour is not None
    return {
        "motion_id": motion.id if motion is not None else None,
        "outcome": minutes.result_of(case, meeting),
        "result": board_facts.outcome(motion) if motion is not None and counted else None,
        "wording": motion.wording if motion is not None else None,
        "condition": meeting.condition or None,
    }


def _tell(case: Case, meeting: Meeting, due: tuple[int, ...], facts: dict[str, Any], now: datetime) -> list[int]:
    known = {row.person_id for row in case.uow.all(Telling, subject="result", subject_id=meeting.id)}
    missing = [
        Telling(
            community_id=case.topic.community_id,
            topic_id=case.id,
            subject="result",
            subject_id=meeting.id or 0,
            person_id=who,
        )
        for who in due
        if who not in known
    ]
    case.uow.orm.add_all(missing)
    case.uow.flush()
    return _say(case, meeting, list(due), facts, now)


def _say(case: Case, meeting: Meeting, people: list[int], facts: dict[str, Any], now: datetime) -> list[int]:
    """Tell each in private; returns who cannot be reached."""
    return [
        who
        for who in people
        if not enqueue_private(
            case.uow,
            "result_told",
            who,
            case.heading() | facts | {"meeting": meeting.id, "person": who, "label": case.label(who)},
            unique_key=f"result_told:{meeting.id}:{facts['motion_id']}:{who}",
            now=now,
            subject_id=case.id,
        )
    ]


def _call_list(case: Case, unreached: list[int], facts: dict[str, Any], now: datetime) -> None:
    if not unreached:
        return
    people = [*after_news.committee(case), *after_news.holders(case, Post.RECORDER)]
    labels = [case.label(who) for who in unreached]
    key = f"{_meeting(case).id}:{facts['motion_id']}"
    after_news.news(case, "call_list", people, now, key=key, steps=("record_attempt",), words="、".join(labels))


@when_delivered("result_told")
def _was_told(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """Nobody knows yet of an unsure message; the call list keeps its receiver."""
    if row.message_id is None or rests_on_void(uow, row.facts):
        return
    case = load(uow, row.facts["topic_id"], SYSTEM)
    telling = uow.first(Telling, subject="result", subject_id=row.facts["meeting"], person_id=row.facts["person"])
    if telling is None or telling.delivered_at is not None:
        return
    telling.delivered_at = seen_at
    case.note("told", now, telling=telling.id, person=telling.person_id)
    advance(case, now)


@when_delivered("record_handed")
def _was_handed(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """5.8 a: when the record reached each of the supervision."""
    if row.message_id is None or row.facts["kind"] != "b3":
        return
    account = uow.rows(
        "SELECT id FROM person WHERE account_id = :account AND community_id = :community",
        {"account": row.chat_id, "community": row.community_id},
    )
    for (person_id,) in account:
        telling = uow.first(
            Telling, subject="record", subject_id=row.facts["meeting"], person_id=person_id, delivered_at=None
        )
        if telling is not None:
            telling.delivered_at = seen_at


@topic_action("record_attempt")
def record_attempt(case: Case, person_id: int, *, now: datetime, telling_id: int, way: str, reached: bool) -> Receipt:
    """5.8 c: somebody was told, or tried, by telephone or at the door. Raises telling_gone, no_such_choice."""
    if way not in WAYS:
        raise RuleBroken("no_such_choice", OUR_RULE)
    telling = case.uow.get(Telling, telling_id)
    missing = {row.id for row in untold(case.uow, _meeting(case), published=True)}
    if telling is None or telling.id not in missing:
        raise RuleBroken("telling_gone", "5.8 c")
    attempt = TellingAttempt(
        community_id=telling.community_id, telling_id=telling_id, by=person_id, at=now, way=way, reached=reached
    )
    case.uow.add(attempt)
    if reached:
        telling.delivered_at = now
        case.uow.flush()
    case.note("telling_tried", now, by=person_id, telling=telling_id, way=way, reached=reached)
    left = len(untold(case.uow, _meeting(case), published=True))
    advance(case, now)
    return Receipt("attempt_recorded", {"count": left})


def record_handed(case: Case, now: datetime) -> None:
    """5.8 a and b: with the record handed over an entrusting unit is told at once; the rest may have been done."""
    meeting = _meeting(case)
    if entrusted(case):
        facts = result_facts(case, meeting)
        _call_list(case, _tell(case, meeting, _due(case, meeting), facts, now), facts, now)
    advance(case, now)


def advance(case: Case, now: datetime) -> None:
    """When nothing of stage 8 is missing any more, the topic goes where its verdict leads."""
    if case.stage is not TopicStage.TELL:
        return
    meeting = _meeting(case)
    tell = case.facts(now).tell
    asked = case.uow.count(Telling, subject="result", subject_id=meeting.id) > 0
    if not rules.telling_done(tell.handed, tell.published, asked and not tell.untold, entrusted=entrusted(case)):
        return
    verdict = None if case.topic.outcome == minutes.DIVERTED else Verdict(meeting.verdict or Verdict.NONE)
    stage = opinion.after_telling(verdict)
    case.topic.stage = stage.value
    clocks.finish(case, DeadlineKind.TELL, now)
    case.note("telling_done", now, stage=stage.value)
    if stage is TopicStage.FOLLOW_UP:
        following.begin(case, meeting, now)
    elif stage is TopicStage.WAITING:
        _wait(case, meeting, now)
    else:
        following.to_archive(case, now)


def _wait(case: Case, meeting: Meeting, now: datetime) -> None:
    """5.7.2 c: until the time is ripe; a day that was named is a clock."""
    day = meeting.condition.get("day")
    if day:
        ends_at = end_of_day(date.fromisoformat(day), case.tz)
        if ends_at > now:
            clocks.start(case, DeadlineKind.CONDITION, now, ends_at=ends_at)
    words = str(meeting.condition.get("text", ""))
    people = [*after_news.committee(case), *after_news.supervision(case)]
    after_news.news(case, "waiting", people, now, key=meeting.id, steps=("note_condition",), words=words)


@topic_action("note_condition")
def note_condition(case: Case, person_id: int, *, now: datetime, text: str) -> Receipt:
    """5.7.2 c: the time is ripe; a new plan within 15 days from now, the four posts stay."""
    said = clean_text(text, limit=TEXT_LIMIT, field="condition")
    meeting = _meeting(case)
    case.topic.stage, case.topic.outcome, case.topic.approved_at = TopicStage.PLAN.value, None, now
    clocks.finish(case, DeadlineKind.CONDITION, now)
    deadline = clocks.start(case, DeadlineKind.MEET, now)
    plan_rows.start_drafting(case, now)
    _, digest = case.keep(said, person_id)
    case.note("condition_met", now, by=person_id, text=digest)
    people = [*after_news.holders(case, Post.CONVENER), *after_news.supervision(case)]
    after_news.news(
        case,
        "condition_met",
        people,
        now,
        key=meeting.id,
        steps=("draft_plan",),
        words=said,
        till=board_facts.iso(deadline.ends_at),
    )
    others = [who for who in after_news.listed(case) if who not in people]
    after_news.news(case, "again", others, now, key=meeting.id, words=said)
    return Receipt("condition_met")


@topic_action("explain_result")
def explain_result(case: Case, person_id: int, *, now: datetime, text: str) -> Receipt:
    """5.9.1: the convener explains the result to those who were against it, in the group; on record."""
    said = clean_text(text, limit=TEXT_LIMIT, field="explanation")
    _, digest = case.keep(said, person_id)
    case.note("result_explained", now, by=person_id, text=digest)
    after_news.posted(case, "explained", now, key=digest[:16], words=said)
    return Receipt("result_explained")
