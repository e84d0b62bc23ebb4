"""The chair's standing permission (5.5.2 b): the next in the queue begins by themselves, unless the chair objects."""

from datetime import datetime, timedelta
from typing import Final

from procedure.terms import MeetingState
from procedure.turns import STANDING_PERMISSION_SECONDS
from services import boards
from services.act import SYSTEM, Receipt
from services.delivery import when_delivered
from services.sitting import Sitting, load, meeting_action
from services.standing_rows import TIMER, given, timer
from services.timer_rows import cancel, set_timer
from storage.tables import Outbox
from storage.work import UnitOfWork

PAUSE: Final = timedelta(seconds=STANDING_PERMISSION_SECONDS)


@meeting_action("allow_standing")
def allow_standing(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """From here on nobody waits for a tap; it holds for this chair, until taken back."""
    sitting.meeting.standing_chair_id = person_id
    sitting.note("standing_given", now, by=person_id)
    arm(sitting, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("standing_given", {"seconds": STANDING_PERMISSION_SECONDS})


@meeting_action("end_standing")
def end_standing(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The chair objects: the next waits for their tap again."""
    sitting.meeting.standing_chair_id = None
    cancel(sitting, now, TIMER)
    sitting.note("standing_ended", now, by=person_id)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("standing_ended")


def arm(sitting: Sitting, now: datetime) -> None:
    """The floor is free and somebody waits: they begin in 10 s. Without the permission nothing is asked or set."""
    if not given(sitting) or sitting.state is not MeetingState.DISCUSSION or sitting.meeting.points_open:
        return
    if timer(sitting) is None and sitting.turn is None and sitting.queue():
        set_timer(sitting, TIMER, sitting.id, now + PAUSE)


@when_delivered("handover")
def _handover_seen(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """The 10 s run from when the group has seen who is next."""
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    running = timer(sitting)
    if running is not None and running.due_at < seen_at + PAUSE:
        running.due_at = seen_at + PAUSE
        boards.touch(uow, sitting.id)
