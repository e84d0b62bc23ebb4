"""A sitting to which too few came: at the end of its day the group is free again, and another day is asked for."""

from datetime import datetime

from procedure.calendar import end_of_day
from procedure.terms import MeetingState
from services import boards
from services.messages import to_group, to_person
from services.sitting import Sitting
from services.timer_rows import cancel, set_timer
from storage.tables import Timer

KIND = "sitting_missed"


def watch(sitting: Sitting, now: datetime) -> None:
    """Check-in is open: it does not stay so beyond 24:00 of the day (our rule)."""
    set_timer(sitting, KIND, sitting.meeting.sitting, end_of_day(now.astimezone(sitting.tz).date(), sitting.tz))


def release(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """Nobody opened it: back to where it was before check-in; the chairs are told what they can do."""
    meeting = sitting.meeting
    if sitting.state is MeetingState.SUSPENDED:
        watch(sitting, now)  # whoever goes on from here is back at check-in
        return
    if sitting.state is not MeetingState.CHECK_IN or timer.subject_id != meeting.sitting:
        return
    begun = meeting.opened_at is not None
    meeting.state = (MeetingState.ADJOURNED if begun else MeetingState.SCHEDULED).value
    meeting.live = False
    cancel(sitting, now, "sitting_due")
    sitting.note(KIND, now, sitting=meeting.sitting)
    to_group(sitting, KIND, now, key=timer.id)
    for person_id in sitting.chairs():
        to_person(
            sitting, "sitting_missed_private", person_id, now, key=timer.id, topic_id=sitting.topic.id, begun=begun
        )
    boards.renew(sitting, now, consoles=True)
