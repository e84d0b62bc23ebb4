"""When the plan stands (5.3.5), and when a meeting that has not begun is put off (product.md "Postponed")."""

from datetime import datetime
from typing import Final

from procedure.clocks import DeadlineKind, notice_ends_at
from procedure.plan import check_plan
from procedure.planner import PlanStage, check_meeting
from procedure.rules import TEMPLATE, to_json
from procedure.terms import MeetingState, Post, Standing, TopicStage
from procedure.text import clean_text
from services import boards, clocks, plan_rows
from services.act import SYSTEM, Receipt
from services.board_facts import iso
from services.case import Case, topic_action
from services.delivery import enqueue, enqueue_private
from services.holidays import is_rest_day
from services.plan_news import news
from services.result import LIVE_TIMERS
from services.sitting import load
from services.timer_rows import cancel
from storage.tables import Group, Meeting, Notice, Participant, Plan, RulesDraft

REASON_LIMIT: Final = 300


@topic_action("finalize_plan")
def finalize_plan(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.3.5: nothing is left to ask or to answer. The meeting is fixed, its rules start from the template (5.5).

    Raises what `procedure.plan.check_plan` and `procedure.planner.check_meeting` raise, and group_taken.
    """
    plan = case.plan
    assert plan is not None
    group = case.uow.must(Group, plan.group_id)
    late = bool(plan_rows.overrun(plan))
    approved = plan_rows.approved_on(case)
    check_meeting(plan.meets_at, now, approved, is_rest_day, case.tz, stage=PlanStage.NOTICE, overrun=late)
    plan_rows.group_free(case, group, plan.meets_at)
    check_plan(plan_rows.fields_of(case, plan), plan_rows.posts_of(case), plan_rows.roles_of(case))
    plan.final_at = now
    case.topic.stage = TopicStage.NOTICE.value
    meeting = _fix(case, plan, group, now)
    plan_rows.finish_clocks(case, now, DeadlineKind.SEND_PLAN, DeadlineKind.OBJECTIONS)
    clocks.start(case, DeadlineKind.NOTICE, now, ends_at=notice_ends_at(plan.meets_at, case.tz))
    clocks.start(case, DeadlineKind.RULES, now, ends_at=plan.meets_at)
    case.note("plan_final", now, by=person_id, version=plan.version, meeting=meeting.id, meets_at=iso(plan.meets_at))
    _tell_final(case, plan, now)
    return Receipt("plan_final", {"meets_at": iso(plan.meets_at), "tz": case.tz.key})


def _tell_final(case: Case, plan: Plan, now: datetime) -> None:
    till = iso(notice_ends_at(plan.meets_at, case.tz))
    known = {"meets_at": iso(plan.meets_at), "till": till}
    committee = case.with_role(Standing.COMMITTEE)
    news(case, "final", committee, now, key=plan.id, steps=("publish_notice",), **known)
    convener = case.holder(Post.CONVENER)
    if convener is not None:
        news(case, "rules_next", [convener], now, key=plan.id, steps=("draft_rules",), **known)


def _fix(case: Case, plan: Plan, group: Group, now: datetime) -> Meeting:
    """The meeting of this plan: the one that was put off, moved, or a new one."""
    assert plan.id is not None
    former = case.meeting
    moved = former is not None and former.opened_at is None and former.announced_at is None
    settings = to_json(TEMPLATE)
    if former is not None and moved:
        settings = case.uow.must(RulesDraft, former.rules_id).settings
    rules = case.uow.add(
        RulesDraft(community_id=case.topic.community_id, plan_id=plan.id, settings=settings, drafted_at=now)
    )
    assert rules.id is not None
    if former is None or not moved:
        return case.uow.add(
            Meeting(
                community_id=case.topic.community_id,
                topic_id=case.id,
                plan_id=plan.id,
                rules_id=rules.id,
                chat_id=group.chat_id,
                chair_id=plan.chair_id,
                scheduled_at=plan.meets_at,
            )
        )
    former.plan_id, former.rules_id = plan.id, rules.id
    former.chat_id, former.chair_id, former.scheduled_at = group.chat_id, plan.chair_id, plan.meets_at
    former.chair_lent = False
    return former


@topic_action("postpone_meeting")
def postpone_meeting(case: Case, person_id: int, *, reason: str, now: datetime) -> Receipt:
    """5.4 anew: back to the plan, whose next version names another day; nothing of the meeting fires meanwhile."""
    why = clean_text(reason, limit=REASON_LIMIT, field="reason")
    plan, meeting = case.plan, case.meeting
    assert plan is not None and meeting is not None and meeting.id is not None
    sitting = load(case.uow, meeting.id, SYSTEM)
    cancel(sitting, now, *LIVE_TIMERS, "open_check_in")
    meeting.state, meeting.state_left, meeting.live = MeetingState.SCHEDULED.value, None, False
    if meeting.annex:
        meeting.annex = meeting.annex | {"over": True}
    meeting.sitting += 1
    boards.renew(sitting, now, consoles=True)
    case.topic.stage = TopicStage.PLAN.value
    plan_rows.finish_clocks(case, now, DeadlineKind.NOTICE, DeadlineKind.RULES, DeadlineKind.MEETING)
    plan_rows.start_drafting(case, now)
    _, digest = case.keep(why, person_id)
    case.note("meeting_postponed", now, by=person_id, meeting=meeting.id, version=plan.version, why=digest)
    _tell_postponed(case, plan, why, now)
    convener = case.holder(Post.CONVENER)
    if convener is not None:
        at = iso(plan.meets_at)
        news(case, "postponed", [convener], now, key=plan.id, why=why, meets_at=at, steps=("draft_plan",))
    return Receipt("meeting_postponed")


def _tell_postponed(case: Case, plan: Plan, why: str, now: datetime) -> None:
    """Everybody who had the plan or a post, and the supervision, which sees why; the places of a published notice."""
    facts = case.heading() | {"meets_at": iso(plan.meets_at), "why": why}
    listed = [row.person_id for row in case.uow.all(Participant, plan_id=plan.id)]
    holders = [row.person_id for row in case.posts() if row.accepted_at is not None]
    for who in dict.fromkeys([*listed, *holders, *case.with_role(Standing.SUPERVISORY_COMMITTEE)]):
        key = f"meeting_postponed:{plan.id}:{who}"
        enqueue_private(case.uow, "meeting_postponed_private", who, facts, unique_key=key, now=now)
    if not case.uow.count(Notice, plan_id=plan.id):
        return
    for group in case.places():
        key = f"meeting_postponed:{plan.id}:chat:{group.chat_id}"
        enqueue(
            case.uow,
            "meeting_postponed",
            group.chat_id,
            facts,
            unique_key=key,
            now=now,
            community_id=case.topic.community_id,
            subject_id=case.id,
        )
