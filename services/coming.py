"""What an official will be able to do once a clock has run: consoles say from when."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final

from procedure.errors import RuleBroken
from procedure.meeting import MeetingFacts, wording_stands_at
from procedure.roles import ACTIONS, permit
from procedure.room import may_set_aside_at
from procedure.terms import Standing
from procedure.votes import earliest_close

CLOCKED: Final = (
    "open_meeting",
    "resume_sitting",
    "take_chair",
    "open_wording",
    "open_call",
    "close_call",
    "set_aside_hands",
)


def steps(standings: AbstractSet[Standing], facts: MeetingFacts, now: datetime) -> list[dict[str, Any]]:
    """Steps that nothing but the time withholds, with the instant (ISO) from which they are lawful."""
    found = []
    for name in CLOCKED:
        try:
            permit(name, standings, facts, now)
        except RuleBroken as broken:
            at = _from(broken.code, facts)
            if at is not None:
                row = ACTIONS[name]
                soon = {"action": name, "clause": row.clause, "from": at.isoformat(), "needs_reason": row.needs_reason}
                found.append(soon)
    return found


def _from(code: str, facts: MeetingFacts) -> datetime | None:
    motion, posted = facts.motion, facts.wording_posted_at
    opened = motion.call_opened_at if motion is not None else None
    asked = facts.room.waiting_since if facts.room is not None else None
    return {
        "too_early": facts.scheduled_at,
        "chair_may_answer": facts.chair_asked_until,
        "last_call_running": facts.last_call_until,
        "correction_time_running": wording_stands_at(posted) if posted is not None else None,
        "call_too_short": earliest_close(opened) if opened is not None else None,
        "second_official_may_answer": may_set_aside_at(asked) if asked is not None else None,
    }.get(code)
