"""Words out of turn (5.5.2 d): kept always; removed from the group by strict rules, or by the chair with a reason."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from procedure.errors import RuleBroken
from procedure.meeting import MeetingFacts
from procedure.queue import SPEAKING_CAPACITIES
from procedure.terms import Capacity, FloorMode, MeetingState

CLAUSE: Final = "5.5.2 d"
REASON_LIMIT: Final = 200
REGULATED: Final = frozenset(
    {MeetingState.OPEN, MeetingState.EXPLAINED, MeetingState.DISCUSSION, MeetingState.EXPERT_ANSWERS}
)
"""Where the floor is given by hands and the rules are adopted."""
REMOVABLE_FOR: Final = timedelta(hours=47)
"""Telegram lets a message be deleted for 48 hours; one of them is left for the way there."""
SUPERGROUP: Final = "supergroup"
_ANSWERING: Final = frozenset({Capacity.EXPERT, Capacity.UNIT})
_COMMAND: Final = re.compile(r"/[A-Za-z]\w{0,31}(@\w{1,32})?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class GroupPowers:
    """What the bot may do in a group, as far as Telegram has told; None: it has not. ``kind``: group, supergroup."""

    kind: str
    may_delete: bool | None = None
    may_mute: bool | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """Who spoke out of turn, as far as it decides whether their words stay in the group."""

    capacity: Capacity | None = None
    speaking: bool = False


class Way(StrEnum):
    """How somebody who spoke out of turn can be heard: never one that would be refused."""

    HAND = "hand"
    WAIT = "wait"
    CHECK_IN = "check_in"
    USED = "used"
    CLOSED = "closed"
    CALLED = "called"


def way_to_speak(capacity: Capacity | None, *, here: bool, hands_in: bool, closed: bool, turns_left: bool) -> Way:
    """What to tell them, as `queue.may_raise` would answer a hand (5.5.2 b and f, 5.5.3 a).

    Experts, units, observers and whoever is on no list speak when the chair calls them. ``here``: checked in.
    """
    if capacity not in SPEAKING_CAPACITIES:
        return Way.CALLED
    if not turns_left:
        return Way.USED
    if closed:
        return Way.CLOSED
    if not here:
        return Way.CHECK_IN
    return Way.HAND if hands_in else Way.WAIT


def check_strict(powers: GroupPowers) -> None:
    """Strict rules need a supergroup in which the bot may delete. Raises strict_basic_group, strict_no_right."""
    if powers.kind != SUPERGROUP:
        raise RuleBroken("strict_basic_group", CLAUSE)
    if not powers.may_delete:
        raise RuleBroken("strict_no_right", CLAUSE)


def in_force(mode: FloorMode, powers: GroupPowers) -> FloorMode:
    """How the floor is kept now: without the right to delete, strict rules run as soft ones."""
    strict = mode is FloorMode.STRICT and powers.kind == SUPERGROUP and powers.may_delete
    return FloorMode.STRICT if strict else FloorMode.SOFT


def removes(mode: FloorMode, state: MeetingState, who: Outsider, text: str) -> bool:
    """Whether a message that is logged as an interruption is taken out of the group.

    Never those of whoever has the floor or answers as an expert, or a command that says nothing else; anonymous
    administrators do not interrupt.
    """
    if mode is not FloorMode.STRICT or state not in REGULATED:
        return False
    spared = who.speaking or who.capacity in _ANSWERING
    return not spared and _COMMAND.fullmatch(text) is None


def removable(sent_at: datetime, now: datetime) -> bool:
    """Whether Telegram still lets the message be deleted."""
    return now - sent_at < REMOVABLE_FOR


def spoken_out_of_turn(facts: MeetingFacts, now: datetime) -> None:
    """Somebody spoke out of turn in this meeting."""
    if facts.interruptions < 1:
        raise RuleBroken("no_interruption", CLAUSE)
