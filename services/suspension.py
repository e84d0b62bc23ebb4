"""What runs in a meeting stands still while it is suspended, and gets its time back when it goes on (5.6.4, 5.7.1)."""

from datetime import datetime, timedelta
from typing import Final

from procedure.meeting import wording_stands_at
from procedure.terms import MeetingState
from services import muting
from services.board_facts import iso
from services.restart import shift_running
from services.sitting import Sitting
from services.timer_rows import cancel, set_timer
from storage.tables import Timer, WordingVersion

HELD_TIMERS: Final = (
    "turn_warning",
    "turn_end",
    "silence",
    "silence_end",
    "standing",
    "last_call_end",
    "list_closes",
    "wording_end",
    "call_ripe",
    "correction_end",
)


def hold(sitting: Sitting, now: datetime) -> None:
    """Stop the clocks of turn, call, list and corrections, and keep what is needed to start them again.

    Whoever is muted may write again.

    In check-in nothing runs; what an earlier suspension stopped there waits for the sitting to be resumed.
    """
    muting.lift_all(sitting, "suspended", now)
    if sitting.state is MeetingState.CHECK_IN:
        return
    names = ", ".join(f"'{kind}'" for kind in HELD_TIMERS)
    rows = sitting.uow.rows(
        f"SELECT id FROM timer WHERE meeting_id = :id AND done_at IS NULL AND kind IN ({names}) ORDER BY id",  # noqa: S608 - our own names
        {"id": sitting.id},
    )
    cancel(sitting, now, *HELD_TIMERS)
    sitting.meeting.held = {"since": iso(now), "timers": [row[0] for row in rows]}


def give_back(sitting: Sitting, now: datetime) -> bool:
    """Start them again where they stood; False when nothing was stopped. The meeting is in the state it goes on in."""
    meeting = sitting.meeting
    held = meeting.held
    if not held:
        return False
    since = datetime.fromisoformat(held["since"])
    lost = now - since
    for timer_id in held["timers"]:
        timer = sitting.uow.must(Timer, timer_id)
        timer.done_at, timer.due_at = None, timer.due_at + lost
    shift_running(sitting, lambda due: lost if due > since else timedelta())
    _correct_from_now(sitting, since, now)
    meeting.held = {}
    sitting.uow.flush()
    return True


def _correct_from_now(sitting: Sitting, since: datetime, now: datetime) -> None:
    """A text that came while the meeting stood still, as an annulled vote brings it, has its five minutes from now."""
    version = sitting.uow.first(WordingVersion, meeting_id=sitting.id, version=sitting.meeting.wording_version)
    if sitting.state is MeetingState.WORDING and version is not None and version.at > since:
        sitting.meeting.wording_posted_at = now
        set_timer(sitting, "wording_end", sitting.meeting.wording_version, wording_stands_at(now))


def since(sitting: Sitting) -> datetime | None:
    """Since when the meeting stands still: what is said from then on is no speech and no interruption."""
    if sitting.state is not MeetingState.SUSPENDED:
        return None
    return sitting.meeting.stopped_at or datetime.fromisoformat(sitting.meeting.annex["raised_at"])
