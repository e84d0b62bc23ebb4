"""Stored rows as the facts that procedure/ decides on."""

from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from procedure.calendar import check_notice
from procedure.errors import RuleBroken
from procedure.experts import LISTED
from procedure.meeting import MotionFacts, TurnFacts
from procedure.terms import Capacity, MotionKind, MotionStage, Stance, TurnKind
from services.item_facts import is_superseded
from storage.tables import Meeting, Motion, Notice, Plan, Turn
from storage.work import UnitOfWork


def motion_facts(motion: Motion | None, meeting: Meeting) -> MotionFacts | None:
    """The vote under way or last held."""
    if motion is None:
        return None
    return MotionFacts(
        kind=MotionKind(motion.kind),
        stage=MotionStage(motion.stage),
        calling=Stance(motion.calling) if motion.calling else None,
        calls_done=motion.calls_done,
        call_opened_at=motion.call_opened_at,
        correction_until=motion.correction_until,
        superseded=is_superseded(motion, meeting),
        nudged=motion.nudged == (motion.calling or motion.stage),
    )


def turn_facts(turn: Turn | None) -> TurnFacts | None:
    """The turn that has the floor."""
    if turn is None:
        return None
    return TurnFacts(turn.person_id, TurnKind(turn.kind), turn.starts_at is not None, turn.ends_at)


def notice_lawful(uow: UnitOfWork, plan: Plan, tz: ZoneInfo) -> bool:
    """5.4: a notice stands, published at least three clear days before the day of the meeting."""
    notice = uow.first(Notice, order="-id", plan_id=plan.id)
    if notice is None:
        return False
    try:
        check_notice(notice.published_at, plan.meets_at, tz)
    except RuleBroken:
        return False
    return True


def floor_facts(meeting: Meeting, capacities: Collection[Capacity]) -> dict[str, Any]:
    """What the meeting's own row says of the floor, and how many the plan names to answer questions."""
    return {
        "last_call_until": meeting.last_call_until,
        "list_closes_at": meeting.list_closes_at,
        "points_open": meeting.points_open,
        "interruptions": meeting.interruptions,
        "muted": meeting.muted,
        "experts": sum(capacity in LISTED for capacity in capacities),
        "questions_open": meeting.questions_open,
        "standing": meeting.standing_chair_id == meeting.chair_id,
    }
