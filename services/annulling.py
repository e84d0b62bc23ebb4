"""A vote is annulled by the supervisor: it stays to be seen, is void, and the same text is put again (5.6.4)."""

from datetime import datetime
from typing import Any, Final

from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import permit
from procedure.supervision import CLAUSE, REASON_LIMIT, check_clause
from procedure.terms import MeetingState, MotionKind, MotionStage, TopicStage
from procedure.text import clean_text
from services import after_news, boards, challenging, clocks, item_facts, items, motions, search_texts
from services.act import Actor, Receipt
from services.case import Case
from services.messages import to_person
from services.sitting import Sitting, meeting_action, peek
from services.timer_rows import cancel
from storage.tables import Document, Meeting, Motion, Telling
from storage.work import UnitOfWork

VOID: Final = "result_void"
"""What a telling is about once the result that was told is void."""


def prepared(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> dict[str, Any]:
    """The vote that can be annulled now, for the form. Raises RuleBroken as the act itself."""
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    sitting = peek(uow, meeting, actor)
    permit("annul_motion", sitting.standings(sitting.person_id()), sitting.facts(), now)
    motion = sitting.motion
    assert motion is not None
    return {"motion_id": motion.id, "kind": motion.kind}


@meeting_action("annul_motion")
def annul_motion(
    sitting: Sitting, person_id: int, *, motion_id: int, clause: str, reason: str, now: datetime
) -> Receipt:
    """The vote under way or last held, naming the clause it broke.

    Raises motion_gone, no_such_choice, empty_text, text_too_long; group_busy while another meeting sits in the group.
    """
    motion, meeting = sitting.motion, sitting.meeting
    if motion is None or motion.id != motion_id:
        raise RuleBroken("motion_gone", CLAUSE)
    kind = MotionKind(motion.kind)
    check_clause(kind, clause)
    why = clean_text(reason, limit=REASON_LIMIT, field="reason")
    case = Case(sitting.uow, sitting.topic, sitting.actor)
    announced = sitting.state is MeetingState.ANNOUNCED
    if announced and sitting.uow.first(Meeting, chat_id=meeting.chat_id, live=True) is not None:
        raise RuleBroken("group_busy", OUR_RULE)
    _void(sitting, motion, clause, why, now)
    sitting.move("annul_motion")
    challenging.answer_by_annulling(case, motion, person_id, why, now)
    told = _take_back(case, meeting, motion, now) if announced else []
    again = _put_again(sitting, motion, kind, person_id, now)
    _, digest = sitting.keep(why, person_id)
    sitting.note("motion_annulled", now, by=person_id, motion=motion_id, clause=clause, why=digest, again=again.id)
    facts: dict[str, Any] = {"motion_kind": kind.value, "broken": clause, "why": why, "announced": announced}
    facts["item"] = item_facts.shown(motion)
    after_news.post(case, "motion_annulled", facts, now, key=motion_id, channels=bool(told))
    for who in told:
        to_person(sitting, "motion_annulled", who, now, key=motion_id, **facts)
    boards.renew(sitting, now, consoles=True)
    return Receipt("motion_annulled")


def _put_again(sitting: Sitting, motion: Motion, kind: MotionKind, person_id: int, now: datetime) -> Motion:
    if kind is MotionKind.ITEM:
        return items.put_anew(sitting, motion, person_id, now)
    if kind is MotionKind.RULES:
        sitting.meeting.rules_adopted = None
    else:
        sitting.meeting.verdict = None
    return motions.put(sitting, kind, now)


def _void(sitting: Sitting, motion: Motion, clause: str, why: str, now: datetime) -> None:
    """Nothing counts for it any more; text, hash, roster and hands stay as they were."""
    motion.stage, motion.calling, motion.correction_until = MotionStage.DECIDED.value, None, None
    motion.voided_at, motion.void_clause, motion.void_reason = now, clause, why
    cancel(sitting, now, "call_ripe", "correction_end")
    sitting.uow.flush()


def _take_back(case: Case, meeting: Meeting, motion: Motion, now: datetime) -> list[int]:
    """The announced result counts no more: the meeting sits again, telling begins anew with the next result.

    Returns whom the published result was told.
    """
    meeting.live, meeting.announced_at, meeting.corrections_until, meeting.condition = True, None, None, {}
    case.topic.stage, case.topic.outcome = TopicStage.MEETING.value, None
    for kind in (DeadlineKind.TELL, DeadlineKind.RECORD_CORRECTIONS):
        clocks.finish(case, kind, now)
    for paper in case.uow.all(Document, topic_id=case.id, meeting_id=meeting.id, kind="result_notice", voided_at=None):
        paper.voided_at = now
    tellings = case.uow.all(Telling, subject="result", subject_id=meeting.id)
    for telling in tellings:
        telling.subject, telling.subject_id = VOID, motion.id or 0
    search_texts.keep(case)
    return [telling.person_id for telling in tellings]
