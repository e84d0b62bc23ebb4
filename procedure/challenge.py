"""A stakeholder challenges a vote until the record is signed, and the supervisor answers within 24 hours (our rule)."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken

TEXT_LIMIT: Final = 300


class About(StrEnum):
    """What is challenged: how one's own hand was counted, or how the hands were called."""

    HAND = "hand"
    CALL = "call"


def check_challenge(about: str, open_ones: int, answered: Collection[str]) -> None:
    """One open challenge per person and vote; what was answered is not challenged again, so that a record can end.

    ``open_ones`` counts this person's open challenges of this vote, ``answered`` is what the answered ones were about.
    Raises RuleBroken no_such_choice, challenge_waits, challenge_answered.
    """
    if about not in tuple(About):
        raise RuleBroken("no_such_choice", OUR_RULE)
    if open_ones:
        raise RuleBroken("challenge_waits", OUR_RULE)
    if about in answered:
        raise RuleBroken("challenge_answered", OUR_RULE)
