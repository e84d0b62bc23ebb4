"""What a running clock says of itself: what is to do, until when, how late, and the sum behind it."""

from datetime import datetime, timedelta
from typing import Any

from procedure.clocks import CLOCKS, DeadlineKind
from services.board_facts import iso
from services.case import Case
from services.clocks import item_of
from services.paper_words import place
from storage.tables import Deadline, FollowItem, Group, Meeting, Plan

_DAY = timedelta(days=1)


def describe(case: Case, deadline: Deadline, now: datetime) -> dict[str, Any]:
    """The facts of one clock; ``late_days`` counts the days begun since its end, 0 while there is time."""
    kind = DeadlineKind(deadline.kind)
    item_id = item_of(deadline)
    item = case.uow.get(FollowItem, item_id) if item_id is not None else None
    late = kind is not DeadlineKind.MEETING and deadline.ends_at <= now
    return case.heading() | {
        "deadline_id": deadline.id,
        "kind": kind.value,
        "ends_at": iso(deadline.ends_at),
        "arithmetic": deadline.arithmetic,
        "late": late,
        "late_days": max(1, -((deadline.ends_at - now) // _DAY)) if late else 0,
        "who": sorted(CLOCKS[kind].acting),
        "item": {"number": item.number, "text": item.text} if item is not None else None,
    }


def over(case: Case, deadline: Deadline, now: datetime) -> bool:
    """Whether nobody need hear of this clock any more: done, or a meeting that has begun."""
    if deadline.kind != DeadlineKind.MEETING:
        return deadline.done_at is not None
    return deadline.done_at is not None or deadline.ends_at <= now


def where(case: Case, deadline: Deadline) -> str:
    """Where a meeting's clock says it will be held: the name of the group, in hybrid mode the room's address too."""
    meeting = case.uow.must(Meeting, deadline.subject_id)
    group, room = case.uow.first(Group, chat_id=meeting.chat_id), case.uow.must(Plan, meeting.plan_id).room
    if room:
        return place(room, group)
    return group.title if group is not None else ""
