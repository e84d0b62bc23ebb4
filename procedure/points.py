"""Points of order (程序异议), and the chair's leave for the next to begin (5.5.2 b; how is our rule)."""

from datetime import datetime
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts

TEXT_LIMIT: Final = 200
POINTS_EACH: Final = 3
"""So many points of order a person may raise in one meeting."""


def check_answered(facts: MeetingFacts) -> None:
    """A point of order is answered before anybody else speaks. Raises RuleBroken point_waiting."""
    if facts.points_open > 0:
        raise RuleBroken("point_waiting", OUR_RULE, count=facts.points_open)


def check_raise(raised: int, waiting: bool) -> None:
    """One that waits at a time, three in a meeting. Raises RuleBroken point_already_open, points_used."""
    if waiting:
        raise RuleBroken("point_already_open", OUR_RULE)
    if raised >= POINTS_EACH:
        raise RuleBroken("points_used", OUR_RULE, limit=POINTS_EACH)


def decide(facts: MeetingFacts, now: datetime) -> None:
    """Somebody raised one."""
    if facts.points_open < 1:
        raise RuleBroken("no_point_open", OUR_RULE)


def allow_standing(facts: MeetingFacts, now: datetime) -> None:
    """Given once, until it is taken back or the chair changes."""
    if facts.standing:
        raise RuleBroken("standing_given", "5.5.2 b")


def end_standing(facts: MeetingFacts, now: datetime) -> None:
    """There is one to take back."""
    if not facts.standing:
        raise RuleBroken("no_standing", "5.5.2 b")
