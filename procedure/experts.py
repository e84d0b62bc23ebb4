"""Questions to the experts (5.6.1 f): who answers, what may be asked, how each ends; how is our rule.

An answer is no turn: it uses none, has no stance, and says nothing about who speaks next.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from procedure import guards, points
from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts
from procedure.terms import Capacity

CLAUSE: Final = "5.6.1 f"
QUESTION_LIMIT: Final = 200
ANSWER_LIMIT: Final = 2000
QUESTIONS_EACH: Final = 3
"""So many questions a person may ask in one meeting."""
ANSWER_MINUTES: Final = (3, 5, 8)
"""How long an answer may take, the usual first."""
WRITTEN_DAYS: Final = 15
SETTLED_AT_ONCE: Final = 60
"""So many can be named in one message."""
LISTED: Final = frozenset({Capacity.EXPERT, Capacity.UNIT})
"""Whom the plan names to answer; without any of them nobody is asked."""
ANSWERING: Final = LISTED | {Capacity.OBSERVER}
"""Who may be called to answer; an observer speaks when the chair asks."""


class QuestionState(StrEnum):
    """Where a question stands. merged: another one stands for it; promised: in writing, until a day that was named."""

    WAITING = "waiting"
    ANSWERED = "answered"
    PROMISED = "promised"
    WRITTEN = "written"
    UNANSWERED = "unanswered"
    MERGED = "merged"


def ask(facts: MeetingFacts, now: datetime) -> None:
    """The plan names somebody who answers."""
    if facts.experts < 1:
        raise RuleBroken("no_experts", CLAUSE)


def waiting(facts: MeetingFacts, now: datetime) -> None:
    """A question waits for its answer."""
    if facts.questions_open < 1:
        raise RuleBroken("no_question_open", CLAUSE)


def merge(facts: MeetingFacts, now: datetime) -> None:
    """Two questions wait: one of them can stand for the other."""
    if facts.questions_open < 2:
        raise RuleBroken("no_other_question", OUR_RULE)


def call_expert(facts: MeetingFacts, now: datetime) -> None:
    """Between turns; a point of order goes first."""
    guards.floor_free(facts, now)
    points.check_answered(facts)
    waiting(facts, now)


def open_wording(facts: MeetingFacts, now: datetime) -> None:
    """The discussion does not end over questions that were neither answered nor settled (5.5.3 a)."""
    guards.open_wording(facts, now)
    if facts.questions_open > 0:
        raise RuleBroken("questions_open", CLAUSE, count=facts.questions_open)


def check_asked(asked: int) -> None:
    """Three in a meeting. Raises RuleBroken questions_used."""
    if asked >= QUESTIONS_EACH:
        raise RuleBroken("questions_used", OUR_RULE, limit=QUESTIONS_EACH)


def check_minutes(minutes: int) -> None:
    """Raises RuleBroken bad_answer_minutes."""
    if minutes not in ANSWER_MINUTES:
        raise RuleBroken("bad_answer_minutes", OUR_RULE, minutes=minutes)


def check_settled(count: int) -> None:
    """Raises RuleBroken too_many_questions."""
    if count > SETTLED_AT_ONCE:
        raise RuleBroken("too_many_questions", OUR_RULE, limit=SETTLED_AT_ONCE)


def check_until(until: date, today: date) -> None:
    """A written answer comes on a later day, within 15 days. Raises RuleBroken written_day_bad (``latest``)."""
    latest = today + timedelta(days=WRITTEN_DAYS)
    if not today < until <= latest:
        raise RuleBroken("written_day_bad", OUR_RULE, latest=latest)
