"""What the supervisor may do to a meeting: stop it until something is corrected, and annul a motion (5.6.4)."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from procedure.annex import check_settled
from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts, suspended_from
from procedure.terms import MeetingState, MotionKind, MotionStage

CLAUSE: Final = "5.6.4"
REASON_LIMIT: Final = 300

BREAKABLE: Final = MappingProxyType(
    {
        MotionKind.RULES: ("5.5.1", "5.5.3 b", "5.5.3 c", "5.6.1 a", "5.6.1 b", CLAUSE),
        MotionKind.ITEM: ("5.5.3 b", "5.5.3 c", "5.6.1 a", "5.7.2", CLAUSE),
        MotionKind.MAIN: ("5.5.3 a", "5.5.3 b", "5.5.3 c", "5.6.1 a", "5.6.1 e", "5.6.1 f", "5.7.2", CLAUSE),
    }
)
"""The clauses that a vote can break, so that it is void; 5.6.4 stands for every other law and policy."""

_VOTED_IN: Final = MappingProxyType(
    {
        MeetingState.RULES_VOTE: MotionKind.RULES,
        MeetingState.WORDING: MotionKind.ITEM,
        MeetingState.MAIN_VOTE: MotionKind.MAIN,
        MeetingState.ANNOUNCED: MotionKind.MAIN,
    }
)


def stop_meeting(facts: MeetingFacts, now: datetime) -> None:
    """One stop at a time; a meeting that waits for an answer on annex D stands still already."""
    check_settled(facts)


def lift_stop(facts: MeetingFacts, now: datetime) -> None:
    """Something was stopped. A meeting that stood still overnight is adjourned first: nobody is there (our rule)."""
    if facts.stop is None:
        raise RuleBroken("no_stop", CLAUSE)
    if facts.state is MeetingState.SUSPENDED and now >= facts.stop.day_ends_at:
        raise RuleBroken("sitting_day_over", OUR_RULE)


def annul_motion(facts: MeetingFacts, now: datetime) -> None:
    """A vote on which nothing was built yet, and never after the record is signed.

    What followed from adopted rules, or from an item's text, is not undone; there the supervisor stops and orders a
    correction (our rule).
    """
    if facts.signed:
        raise RuleBroken("record_already_signed", "5.6.1 i")
    state, motion = suspended_from(facts) or facts.state, facts.motion
    if motion is None or motion.stage is MotionStage.PUT:
        raise RuleBroken("no_vote_to_annul", CLAUSE)
    if motion.kind is not _VOTED_IN.get(state) or motion.superseded:
        raise RuleBroken("vote_carried_out", OUR_RULE)


def check_clause(kind: MotionKind, clause: str) -> None:
    """Raises RuleBroken no_such_choice for a clause that such a vote cannot break."""
    if clause not in BREAKABLE[kind]:
        raise RuleBroken("no_such_choice", OUR_RULE)
