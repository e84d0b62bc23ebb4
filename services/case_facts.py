"""Gathering the facts that `procedure.course` decides on."""

from datetime import datetime
from typing import Final

from procedure.archive import RecordKind, TopicEnd
from procedure.archive import missing as archive_missing
from procedure.calendar import check_notice
from procedure.course_facts import CourseFacts, FollowState, PlanState, TellState
from procedure.errors import RuleBroken
from procedure.followup import supervision_missing
from procedure.plan import Mode
from procedure.terms import Capacity, Post, Stance, Verdict
from services.case import Case
from services.told import untold
from storage.tables import (
    Archive,
    Challenge,
    Document,
    FollowItem,
    Meeting,
    Motion,
    Objection,
    Participant,
    Plan,
    RecordCorrection,
    RulesDraft,
    Supervision,
    Telling,
)

_ENDS: Final = {
    "rejected": TopicEnd.REJECTED,
    "diverted": TopicEnd.DIVERTED_IN_MEETING,
    "ended": TopicEnd.ENDED,
    "reconvene": TopicEnd.RECONVENE,
    "agreed": TopicEnd.CARRIED_OUT,
}
_PAPERS: Final = {"b1_public": RecordKind.B1}


def gather(case: Case, now: datetime) -> CourseFacts:
    """Everything about the topic as it stands."""
    plan, meeting = case.plan, case.meeting
    vacant, waiting = _posts(case)
    return CourseFacts(
        stage=case.stage,
        posts_vacant=vacant,
        posts_waiting=waiting,
        deputies_waiting=sum(row.deputy and not row.accepted_at and not row.declined_at for row in case.posts()),
        plan=_plan(case, plan) if plan is not None else None,
        proposer_untold=case.uow.count(Telling, topic_id=case.id, subject="review", delivered_at=None) > 0,
        notice_in_time=plan is not None and _in_time(case, plan, now),
        rules_drafted=plan is not None and case.uow.count(RulesDraft, plan_id=plan.id) > 0,
        meeting_opened=meeting is not None and meeting.opened_at is not None,
        annex_open=meeting is not None and bool(meeting.annex) and meeting.annex["outcome"] is None,
        annex_referred=meeting is not None
        and meeting.annex.get("referred") is not None
        and meeting.annex["outcome"] is None,
        stop_open=meeting is not None and meeting.stopped_at is not None,
        votes_decided=len(votes(case)),
        challenges_open=case.uow.count(Challenge, topic_id=case.id, answered_at=None),
        verdict=Verdict(meeting.verdict) if meeting is not None and meeting.verdict else None,
        tell=_tell(case, meeting) if meeting is not None else TellState(),
        follow=_follow(case),
    )


def _posts(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = {row.post: row for row in case.posts() if not row.deputy}
    vacant = tuple(post.value for post in Post if post not in rows or rows[post].declined_at is not None)
    waiting = tuple(
        post.value
        for post in Post
        if post in rows and rows[post].declined_at is None and rows[post].accepted_at is None
    )
    return vacant, waiting


def _plan(case: Case, plan: Plan) -> PlanState:
    stakeholders = case.uow.all(Participant, plan_id=plan.id, capacity=Capacity.STAKEHOLDER.value)
    return PlanState(
        version=plan.version,
        meets_at=plan.meets_at,
        drafted=plan.drafted_at is not None,
        sent=plan.sent_at is not None,
        final=plan.final_at is not None,
        objections_until=plan.objections_until,
        objections_open=case.uow.count(Objection, topic_id=case.id, answered_at=None),
        adopted=case.uow.count(Objection, plan_id=plan.id, adopted=True),
        undecided=sum(row.willing_at is None and row.unwilling_at is None for row in stakeholders),
        unwilling=sum(row.unwilling_at is not None for row in stakeholders),
        stakeholders=len(stakeholders),
        untold=case.uow.count(Telling, subject="plan", subject_id=plan.id, delivered_at=None),
        hybrid=plan.mode == Mode.HYBRID,
    )


def _in_time(case: Case, plan: Plan, now: datetime) -> bool:
    try:
        check_notice(now, plan.meets_at, case.tz)
    except RuleBroken:
        return False
    return True


def _tell(case: Case, meeting: Meeting) -> TellState:
    record = case.uow.first(Document, order="-version", topic_id=case.id, kind="b3", meeting_id=meeting.id)
    notice = {"topic_id": case.id, "kind": "result_notice", "meeting_id": meeting.id, "voided_at": None}
    published = case.uow.first(Document, order="-version", **notice)
    handed = case.uow.count(Telling, subject="record", subject_id=meeting.id)
    return TellState(
        signable_at=meeting.corrections_until,
        corrections_open=case.uow.count(RecordCorrection, meeting_id=meeting.id, answered_at=None, addendum=False),
        condition_named=bool(meeting.condition),
        signed=record is not None and record.signed_at is not None,
        handed=handed > 0,
        published=published is not None and published.published_at is not None,
        untold=len(untold(case.uow, meeting, published=published is not None and published.published_at is not None)),
        against=_against(case, meeting),
    )


def _against(case: Case, meeting: Meeting) -> int:
    main = case.uow.first(Motion, order="-id", meeting_id=meeting.id, kind="main")
    return int(getattr(main, Stance.AGAINST.value) or 0) if main is not None else 0


def votes(case: Case) -> list[Motion]:
    """The votes of the latest meeting that are decided and not void, the newest first."""
    meeting = case.meeting
    if meeting is None:
        return []
    rows = case.uow.all(Motion, order="-id", meeting_id=meeting.id, voided_at=None)
    return [row for row in rows if row.decided_at is not None]


def _follow(case: Case) -> FollowState:
    items = case.uow.all(FollowItem, topic_id=case.id)
    written = case.uow.first(Supervision, topic_id=case.id)
    fields = written.fields if written is not None else {}
    archive = case.uow.first(Archive, topic_id=case.id)
    return FollowState(
        items=len(items),
        unreceived=sum(item.received_at is None and item.done_at is None for item in items),
        open=sum(item.received_at is not None and item.done_at is None for item in items),
        supervision_missing=supervision_missing(fields),
        archive_missing=_archive_missing(case),
        archive_confirmed=archive is not None and archive.confirmed_at is not None,
    )


def _archive_missing(case: Case) -> tuple[str, ...]:
    end = _ENDS.get(case.topic.outcome or "")
    if end is None:
        return ()
    filed = {row.kind for row in case.uow.all(Document, topic_id=case.id)}
    present = {_PAPERS.get(kind) or RecordKind(kind) for kind in filed}
    # 6 g: what was sent, tapped and shown in the group is logged from the opening on; nobody need have spoken.
    if any(meeting.opened_at is not None for meeting in case.uow.all(Meeting, topic_id=case.id)):
        present.add(RecordKind.MEDIA)
    return tuple(kind.value for kind in archive_missing(present, end))
