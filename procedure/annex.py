"""A matter of annex D found in a meeting: the meeting is suspended, and it is never put to the vote (5.7.1)."""

from datetime import datetime
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts, suspended_from
from procedure.terms import MeetingState, Standing

CLAUSE: Final = "5.7.1"
REASON_LIMIT: Final = 300
DECIDING: Final = (Standing.CHAIR, Standing.ADVISER)
"""Both of them agreeing divert the matter; otherwise the joint meeting says what becomes of it (our rule)."""


def raise_annex(facts: MeetingFacts, now: datetime) -> None:
    """One matter at a time; at any moment, as what is of annex D is never put to the vote."""
    check_not_stopped(facts)
    if facts.annex is not None:
        raise RuleBroken("annex_already", CLAUSE)


def undecided(facts: MeetingFacts, now: datetime) -> None:
    """Chair and adviser speak until the matter is with the joint meeting."""
    if facts.annex is None or facts.annex.referred:
        raise RuleBroken("annex_is_referred", CLAUSE)


def check_settled(facts: MeetingFacts) -> None:
    """Nothing goes on over a stop of the supervisor, or a matter of annex D that nobody has settled."""
    if facts.stop is not None:
        raise RuleBroken("stop_open", "5.6.4")
    if facts.annex is not None and not facts.annex.dismissed:
        raise RuleBroken("annex_open", CLAUSE)


def check_not_stopped(facts: MeetingFacts) -> None:
    """5.6.4: while the supervisor's stop lasts nothing of the meeting goes on."""
    if facts.stop is not None:
        raise RuleBroken("meeting_stopped", "5.6.4")


def resume_meeting(facts: MeetingFacts, now: datetime) -> None:
    """The joint meeting found it no matter of annex D; on a later day the chair fixes a new sitting (our rule)."""
    check_settled(facts)
    if facts.annex is None or now >= facts.annex.day_ends_at:
        raise RuleBroken("sitting_day_over", OUR_RULE)


def check_in(facts: MeetingFacts, now: datetime) -> None:
    """Check-in stays closed from the main vote's first call on, suspended or not."""
    if suspended_from(facts) is MeetingState.MAIN_VOTE:
        raise RuleBroken("check_in_closed", "5.6.1 a")
