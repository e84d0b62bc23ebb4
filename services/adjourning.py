"""Adjourning to another day: the same meeting sits again within 15 days (product.md "Adjourned")."""

from datetime import UTC, datetime, timedelta
from typing import Final

from procedure.meeting import check_adjourn, state_to_leave
from procedure.terms import MeetingState
from services import annex, boards, muting, reminders, suspension
from services.act import Receipt
from services.board_facts import iso
from services.messages import to_group, to_person
from services.opening import schedule_check_in
from services.result import LIVE_TIMERS
from services.sitting import Sitting, meeting_action
from services.timer_rows import cancel

OCCUPIED: Final = "群升级成了超级群，那里正开着另一场会"


@meeting_action("adjourn")
def adjourn(sitting: Sitting, person_id: int, *, next_at: datetime, reason: str, now: datetime) -> Receipt:
    """Fix the next sitting at once; queue, turns and hands stay. Raises adjourn_date_past, adjourn_too_far."""
    check_adjourn(next_at, now, sitting.tz)
    _leave(sitting, person_id, next_at, reason, now)
    return Receipt("adjourned", {"next_at": iso(next_at), "tz": sitting.tz.key})


def make_room(sitting: Sitting, now: datetime) -> None:
    """Another meeting sits where this one has come to: it stands still and goes on the next day at its hour.

    Turn, call, list and corrections keep their time, as in any sitting that was stopped (our rule).
    """
    if sitting.state is not MeetingState.SUSPENDED:
        suspension.hold(sitting, now)
    hour = sitting.meeting.scheduled_at.astimezone(sitting.tz).time()
    tomorrow = now.astimezone(sitting.tz).date() + timedelta(days=1)
    _leave(sitting, None, datetime.combine(tomorrow, hour, sitting.tz).astimezone(UTC), OCCUPIED, now)


def _leave(sitting: Sitting, by: int | None, next_at: datetime, reason: str, now: datetime) -> None:
    meeting = sitting.meeting
    absent = [who for who in sitting.capacities if who not in sitting.present]
    left = state_to_leave(sitting.facts())
    since = meeting.scheduled_at if sitting.state is MeetingState.CHECK_IN else now
    stopped = bool(meeting.held)
    annex_open = sitting.state is MeetingState.SUSPENDED and meeting.stopped_at is None
    if not stopped and meeting.list_closes_at is not None and meeting.list_closes_at > since:
        meeting.list_closes_at += next_at - since
    sitting.move("adjourn")
    meeting.state_left = left.value if left else None
    meeting.live = False
    meeting.scheduled_at = next_at
    meeting.sitting += 1
    meeting.last_call_until = None
    cancel(sitting, now, *LIVE_TIMERS, "wording_end")
    muting.lift_all(sitting, "adjourned", now)
    schedule_check_in(sitting)
    reminders.start_meeting(sitting, now)
    _, digest = sitting.keep(reason, by)
    sitting.note("adjourned", now, by=by, next_at=iso(next_at), state_left=meeting.state_left, why=digest)
    to_group(
        sitting, "adjourned", now, key=meeting.sitting, next_at=iso(next_at), why=reason, state_left=meeting.state_left
    )
    for who in absent:
        to_person(sitting, "meeting_adjourned_private", who, now, key=meeting.sitting, next_at=iso(next_at))
    boards.renew(sitting, now, consoles=True)
    if annex_open:
        annex.refer_when_leaving(sitting, now)
