"""Chair and speaker are never one person (5.3.1 d, 5.5.2 b): who wants to speak hands the chair over first."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts
from procedure.votes import seconds_until

CLAUSE = "5.5.2 b"


def hand_over_chair(facts: MeetingFacts, now: datetime) -> None:
    """The other of the two is here, and neither speaks nor wants to: nobody's hand is lost by being given the chair."""
    deputy = facts.deputy
    if deputy is None or not deputy.present:
        raise RuleBroken("deputy_is_absent", "5.3.1 d")
    _check_not_speaking(facts)
    if deputy.waiting:
        raise RuleBroken("deputy_wants_to_speak", CLAUSE)


def take_chair_back(facts: MeetingFacts, now: datetime) -> None:
    """Who handed the chair over to speak takes it back by their own tap, once they have spoken."""
    if facts.deputy is None or not facts.deputy.lent:
        raise RuleBroken("chair_not_lent", OUR_RULE)
    _check_not_speaking(facts)


def take_chair(facts: MeetingFacts, now: datetime) -> None:
    """The deputy takes an empty chair, or that of a chair who was asked and stayed silent for 2 minutes (our rule)."""
    if facts.chair_present:
        if facts.chair_asked_until is None:
            raise RuleBroken("chair_is_present", OUR_RULE)
        remaining = seconds_until(facts.chair_asked_until, now)
        if remaining > 0:
            raise RuleBroken("chair_may_answer", OUR_RULE, remaining=remaining)
    _check_not_speaking(facts)


def _check_not_speaking(facts: MeetingFacts) -> None:
    if facts.deputy is not None and facts.deputy.speaking:
        raise RuleBroken("speaker_does_not_chair", CLAUSE)


def start_explanation(facts: MeetingFacts, now: datetime) -> None:
    """5.5.2 d: nobody speaks into another's turn; a proposer who chairs hands the chair over before explaining."""
    if facts.turn is not None:
        raise RuleBroken("turn_running", "5.5.2 d", person_id=facts.turn.person_id)
    if facts.proposer_chairs and facts.deputy is not None and facts.deputy.present:
        raise RuleBroken("chair_hands_over_first", CLAUSE)
