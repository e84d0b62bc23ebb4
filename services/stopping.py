"""The supervisor stops the meeting, something is corrected, the meeting goes on where it stood (5.6.4)."""

from datetime import datetime

from procedure.supervision import REASON_LIMIT
from procedure.terms import MeetingState, Standing
from procedure.text import clean_text
from services import boards, stop_facts, suspension
from services.act import Receipt
from services.board_facts import iso
from services.case import Case
from services.messages import to_group, to_person
from services.sitting import Sitting, meeting_action
from storage.tables import Stop


@meeting_action("stop_meeting")
def stop_meeting(sitting: Sitting, person_id: int, *, reason: str, correction: str, now: datetime) -> Receipt:
    """Everything stands still at once. Raises empty_text, text_too_long for either text."""
    why = clean_text(reason, limit=REASON_LIMIT, field="reason")
    what = clean_text(correction, limit=REASON_LIMIT, field="correction")
    left = sitting.state
    suspension.hold(sitting, now)
    sitting.move("stop_meeting")
    sitting.meeting.stopped_at = now
    stop = sitting.uow.add(
        Stop(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            reason=why,
            correction=what,
            state_left=left.value,
            at=now,
        )
    )
    digests = [sitting.keep(text, person_id)[1] for text in (why, what)]
    sitting.note("stopped", now, by=person_id, stop=stop.id, why=digests[0], correction=digests[1], state_left=left)
    facts = {"reason": why, "correction": what}
    to_group(sitting, "meeting_stopped", now, key=stop.id, **facts)
    # The committee stands behind its supervisor: no meeting stands still for want of one person (our rule).
    case = Case(sitting.uow, sitting.topic, sitting.actor)
    for member in case.with_role(Standing.SUPERVISORY_COMMITTEE):
        if member != person_id:
            to_person(sitting, "stop_told", member, now, key=stop.id, **facts)
    boards.renew(sitting, now, consoles=True)
    return Receipt("meeting_stopped")


@meeting_action("lift_stop")
def lift_stop(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The correction is done. An adjourned meeting goes on when it sits again, any other at once."""
    meeting, suspended = sitting.meeting, sitting.state is MeetingState.SUSPENDED
    stop = stop_facts.open_stop(sitting.uow, meeting)
    assert stop is not None
    sitting.move("lift_stop")
    stop.lifted_by, stop.lifted_at, meeting.stopped_at = person_id, now, None
    sitting.uow.flush()
    if suspended and sitting.state is not MeetingState.CHECK_IN:
        suspension.give_back(sitting, now)
    sitting.note("stop_lifted", now, by=person_id, stop=stop.id, state=meeting.state)
    next_at = iso(meeting.scheduled_at) if meeting.state == MeetingState.ADJOURNED else None
    to_group(sitting, "stop_lifted", now, key=stop.id, state=meeting.state, correction=stop.correction, next_at=next_at)
    boards.renew(sitting, now, consoles=True)
    return Receipt("stop_lifted")
