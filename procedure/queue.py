"""Who speaks next, who may raise a hand, when the discussion may end (5.5.2 b, c and f, 5.5.3 a)."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Capacity, Stance
from procedure.votes import seconds_until

_OPPOSITE = {Stance.FOR: Stance.AGAINST, Stance.AGAINST: Stance.FOR}
OPINIONS_EACH: Final = 3
"""So many opinions a person may write into the record of one meeting."""
SPEAKING_CAPACITIES = frozenset({Capacity.STAKEHOLDER, Capacity.SELF_JOINED})


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand with its stance; ``arrival`` is the order in which hands came in.

    Raises RuleBroken stance_for_or_against: one speaks for or against (5.5.2 c).
    """

    id: int
    person_id: int
    stance: Stance
    arrival: int
    turns_taken: int

    def __post_init__(self) -> None:
        if self.stance is Stance.ABSTAIN:
            raise RuleBroken("stance_for_or_against", "5.5.2 c", stance=self.stance)


class Reason(StrEnum):
    """Why a hand stands at its place: the rule of 5.5.2 b after which no other hand was left to choose from."""

    ONLY_HAND = "only_hand"
    NOT_YET_SPOKEN = "not_yet_spoken"
    OTHER_SIDE = "other_side"
    EARLIEST = "earliest"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hand, its place in the queue (from 1) and why."""

    hand: Hand
    place: int
    reason: Reason


def order(hands: Iterable[Hand], last_stance: Stance | None) -> tuple[Ranked, ...]:
    """5.5.2 b: the whole queue, as it will run if nobody raises or lowers a hand.

    Who has not spoken goes before who has; among equals the side opposite to ``last_stance`` (the last turn that had a
    stance; None before the first), then the earliest arrival. Each place is chosen as if the one before it had spoken.
    """
    waiting = sorted(hands, key=_arrival)
    ranked: list[Ranked] = []
    for unheard in (True, False):
        equals = [hand for hand in waiting if (hand.turns_taken == 0) is unheard]
        sides = {stance: deque(hand for hand in equals if hand.stance is stance) for stance in _OPPOSITE}
        for left in range(len(equals), 0, -1):
            other_side = sides[_OPPOSITE[last_stance]] if last_stance is not None else deque()
            reason = _reason(len(waiting) - len(ranked), left, len(other_side))
            side = other_side or min(filter(None, sides.values()), key=lambda side: _arrival(side[0]))
            chosen = side.popleft()
            ranked.append(Ranked(chosen, len(ranked) + 1, reason))
            last_stance = chosen.stance
    return tuple(ranked)


def _arrival(hand: Hand) -> tuple[int, int]:
    return hand.arrival, hand.id


def _reason(waiting: int, equals: int, other_side: int) -> Reason:
    """The rule that left only this one: of so many hands, so many as much heard, so many of those on the other side."""
    if waiting == 1:
        return Reason.ONLY_HAND
    if equals == 1:
        return Reason.NOT_YET_SPOKEN
    return Reason.OTHER_SIDE if other_side == 1 else Reason.EARLIEST


def may_raise(
    *,
    capacity: Capacity,
    turns_taken: int,
    turns_allowed: int,
    has_open_hand: bool,
    speaking: bool,
    list_closed: bool,
    chairing: bool,
) -> None:
    """Whether this person may raise a hand to speak now.

    Raises RuleBroken chair_does_not_speak (5.5.2 b), not_a_speaker, speaking_now, hand_already_up (5.5.2 b),
    turns_used (5.5.2 f), list_closed (5.5.3 a).
    """
    if chairing:
        raise RuleBroken("chair_does_not_speak", "5.5.2 b")
    if capacity not in SPEAKING_CAPACITIES:
        raise RuleBroken("not_a_speaker", "5.5.2 b", capacity=capacity)
    if speaking:
        raise RuleBroken("speaking_now", "5.5.2 b")
    if has_open_hand:
        raise RuleBroken("hand_already_up", "5.5.2 b")
    if turns_taken >= turns_allowed:
        raise RuleBroken("turns_used", "5.5.2 f", turns_taken=turns_taken, turns_allowed=turns_allowed)
    if list_closed:
        raise RuleBroken("list_closed", "5.5.3 a")


def may_write_opinion(*, turns_left: bool, list_closed: bool, talking: bool, written: int) -> None:
    """Who comes too late for a hand writes instead, for the record (our rule after 5.5.3 a).

    Raises RuleBroken hand_first while a hand would still be heard, opinions_used after OPINIONS_EACH of them.
    """
    if talking and turns_left and not list_closed:
        raise RuleBroken("hand_first", "5.5.3 a")
    if written >= OPINIONS_EACH:
        raise RuleBroken("opinions_used", OUR_RULE, limit=OPINIONS_EACH)


def discussion_may_end(
    waiting: int, last_call_until: datetime | None, now: datetime, nobody_may_ask: bool, speaking: bool
) -> None:
    """5.5.3 a: the vote may begin when nobody may ask for the floor any more (all turns are used, or the rules have
    closed the list), or nobody did in a last call of 60 s.

    ``waiting`` counts the open hands of people with turns left; ``last_call_until`` is None when no last call was made
    since the last hand went up. Raises RuleBroken turn_running, hands_waiting, last_call_needed, last_call_running
    (``seconds``).
    """
    if speaking:
        raise RuleBroken("turn_running", "5.5.2 d")
    if waiting > 0:
        raise RuleBroken("hands_waiting", "5.5.3 a", waiting=waiting)
    if nobody_may_ask:
        return
    if last_call_until is None:
        raise RuleBroken("last_call_needed", "5.5.3 a")
    seconds = seconds_until(last_call_until, now)
    if seconds > 0:
        raise RuleBroken("last_call_running", OUR_RULE, seconds=seconds)
