"""The supervisor's stop as it is stored with its meeting: as the facts that procedure/ decides on, and as it is shown.

`meeting.stopped_at` says that there is an open one, so that a meeting that goes on pays no query for it.
"""

from typing import Any
from zoneinfo import ZoneInfo

from procedure.calendar import end_of_day
from procedure.meeting import StopFacts
from procedure.terms import MeetingState
from storage.tables import CommunityRole, Meeting, Stop
from storage.work import UnitOfWork


def open_stop(uow: UnitOfWork, meeting: Meeting) -> Stop | None:
    """The stop that is not lifted yet."""
    if meeting.stopped_at is None:
        return None
    return uow.first(Stop, meeting_id=meeting.id, lifted_at=None)


def stop_facts(uow: UnitOfWork, meeting: Meeting, tz: ZoneInfo) -> StopFacts | None:
    """What the rules need to know of it."""
    stop = open_stop(uow, meeting)
    if stop is None:
        return None
    return StopFacts(MeetingState(stop.state_left), end_of_day(stop.at.astimezone(tz).date(), tz))


def shown(uow: UnitOfWork, meeting: Meeting) -> dict[str, Any] | None:
    """What a stopped meeting's boards say of it."""
    stop = open_stop(uow, meeting) if meeting.state == MeetingState.SUSPENDED else None
    return None if stop is None else {"reason": stop.reason, "correction": stop.correction}


def supervises(uow: UnitOfWork, meeting: Meeting, person_id: int) -> bool:
    """5.6.4: while a stop waits to be lifted, whether this person is of the committee that supervises."""
    if meeting.stopped_at is None:
        return False
    return uow.count(CommunityRole, person_id=person_id, role="supervisory_committee") > 0
