"""What the supervisor may do to a meeting: stop it until something is corrected (5.6.4)."""

from datetime import datetime
from typing import Final

from procedure.annex import check_settled
from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts
from procedure.terms import MeetingState

CLAUSE: Final = "5.6.4"
REASON_LIMIT: Final = 300


def stop_meeting(facts: MeetingFacts, now: datetime) -> None:
    """One stop at a time; a meeting that waits for an answer on annex D stands still already."""
    check_settled(facts)


def lift_stop(facts: MeetingFacts, now: datetime) -> None:
    """Something was stopped. A meeting that stood still overnight is adjourned first: nobody is there (our rule)."""
    if facts.stop is None:
        raise RuleBroken("no_stop", CLAUSE)
    if facts.state is MeetingState.SUSPENDED and now >= facts.stop.day_ends_at:
        raise RuleBroken("sitting_day_over", OUR_RULE)
