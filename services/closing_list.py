"""The chair closes the list of speakers early, with a reason; whoever still wants to speak has 60 s (5.5.3 a)."""

from datetime import datetime, timedelta

from procedure.terms import MeetingState
from procedure.turns import LAST_CALL_SECONDS
from services import boards
from services.act import SYSTEM, Receipt
from services.board_facts import iso
from services.delivery import when_delivered, when_sending
from services.messages import to_group
from services.sitting import Sitting, load, meeting_action
from services.timer_rows import set_timer
from storage.tables import Meeting, Outbox
from storage.work import UnitOfWork

LEFT = timedelta(seconds=LAST_CALL_SECONDS)


@meeting_action("close_list")
def close_list(sitting: Sitting, person_id: int, *, reason: str, now: datetime) -> Receipt:
    """Hands that are up are heard all the same; 60 s from when the group sees it no further ones go up."""
    until = now + LEFT
    _close_at(sitting, until)
    _, digest = sitting.keep(reason, person_id)
    sitting.note("list_closing", now, by=person_id, why=digest)
    to_group(sitting, "list_closing", now, key=iso(now), until=iso(until), closes_at=iso(until), why=reason)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("list_closing")


def _close_at(sitting: Sitting, until: datetime) -> None:
    sitting.meeting.list_closes_at = until
    set_timer(sitting, "list_closes", sitting.id, until)


@when_sending("list_closing")
def _announced_now(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """A message that had to wait for its turn to be sent names the end that holds from now on."""
    until = max(datetime.fromisoformat(row.facts["until"]), now + LEFT)
    row.facts = row.facts | {"until": iso(until)}
    return True


@when_delivered("list_closing")
def _seen(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    meeting = uow.must(Meeting, row.subject_id)
    if iso(meeting.list_closes_at) != row.facts["closes_at"]:
        return
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    if sitting.state is MeetingState.SUSPENDED:  # its clock stands still, and goes on with what was left of it
        return
    until = max(datetime.fromisoformat(row.facts["closes_at"]), seen_at + LEFT)
    _close_at(sitting, until)
    boards.touch(uow, sitting.id)
