"""Points of order (程序异议): before every hand, at no turn's cost, answered by the chair with a reason."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from procedure.points import TEXT_LIMIT, check_raise
from procedure.text import clean_text
from services import boards, standing
from services.act import Actor, Receipt
from services.messages import to_group
from services.sitting import Sitting, meeting_action, peek
from storage.tables import Content, Meeting, PointOfOrder
from storage.work import UnitOfWork


@meeting_action("raise_point")
def raise_point(sitting: Sitting, person_id: int, *, text: str, now: datetime) -> Receipt:
    """Anyone signed in but the chair, who would have to answer it.

    Raises RuleBroken not_checked_in, chair_does_not_speak, point_already_open, points_used, and what clean_text raises.
    """
    _check(sitting, person_id)
    words = clean_text(text, limit=TEXT_LIMIT, field="point")
    content_id, digest = sitting.keep(words, person_id)
    row = sitting.uow.add(
        PointOfOrder(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            content_id=content_id,
            at=now,
        )
    )
    sitting.meeting.points_open += 1
    sitting.note("point_raised", now, person=person_id, point=row.id, text=digest)
    to_group(sitting, "point_raised", now, key=row.id, label=sitting.label(person_id), text=words)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("point_raised")


def may_raise(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> None:
    """Raises RuleBroken for whoever cannot raise one now: no form opens for nothing."""
    sitting = peek(uow, uow.must(Meeting, meeting_id), actor)
    _check(sitting, sitting.person_id() or 0)


def _check(sitting: Sitting, person_id: int) -> None:
    if person_id not in sitting.present:
        raise RuleBroken("not_checked_in", "5.6.1 a")
    if person_id == sitting.meeting.chair_id:
        raise RuleBroken("chair_does_not_speak", "5.5.2 b")
    raised = sitting.uow.all(PointOfOrder, meeting_id=sitting.id, person_id=person_id)
    check_raise(len(raised), any(row.decided_at is None for row in raised))


@meeting_action("decide_point")
def decide_point(
    sitting: Sitting, person_id: int, *, point_id: int, upheld: bool, reason: str, now: datetime
) -> Receipt:
    """The chair says whether it holds, and why. Raises RuleBroken point_gone, and what clean_text raises."""
    row = sitting.uow.get(PointOfOrder, point_id)
    if row is None or row.meeting_id != sitting.id or row.decided_at is not None:
        raise RuleBroken("point_gone", OUR_RULE)
    why = clean_text(reason, limit=TEXT_LIMIT, field="reason")
    row.reason_id, digest = sitting.keep(why, person_id)
    row.upheld, row.decided_by, row.decided_at = upheld, person_id, now
    sitting.meeting.points_open -= 1
    sitting.note("point_decided", now, by=person_id, point=point_id, upheld=upheld, why=digest)
    text = sitting.uow.must(Content, row.content_id).text or ""
    facts = {"label": sitting.label(row.person_id), "text": text, "upheld": upheld, "why": why}
    to_group(sitting, "point_decided", now, key=row.id, **facts)
    sitting.uow.flush()
    standing.arm(sitting, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("point_decided")
