"""The room of a hybrid meeting (table 3, 6): who is entered there by the recorder, and whose entered hands count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from procedure import annex
from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts, RoomFacts
from procedure.terms import BatchState, MeetingState, MotionStage, Stance
from procedure.votes import seconds_until

OFFICIAL_ANSWER_SECONDS: Final = 120
SPEECH_WRITTEN_IN: Final = frozenset(
    {
        MeetingState.OPEN,
        MeetingState.EXPLAINED,
        MeetingState.DISCUSSION,
        MeetingState.EXPERT_ANSWERS,
        MeetingState.WORDING,
    }
)
"""Writing takes longer than speaking: the words of a turn may be entered after it."""


def _room(facts: MeetingFacts) -> RoomFacts:
    if facts.room is None:
        raise RuleBroken("no_room", "5.3.1 c")
    return facts.room


def room_check_in(facts: MeetingFacts, now: datetime) -> None:
    """5.6.1 a: the recorder adds whoever is in the room, as long as check-in is open."""
    _room(facts)
    annex.check_in(facts, now)


def somebody_seated(facts: MeetingFacts, now: datetime) -> None:
    """Somebody has a seat."""
    if _room(facts).seated < 1:
        raise RuleBroken("nobody_seated", OUR_RULE)


def speaking(facts: MeetingFacts, now: datetime) -> None:
    """Whoever has the floor sits in the room: the recorder says for them that they are done."""
    if not _room(facts).speaking:
        raise RuleBroken("no_room_turn", "5.5.2 f")


def enter_hands(facts: MeetingFacts, now: datetime) -> None:
    """5.5.3 b: in a call and in its correction time, if somebody is there to confirm them."""
    somebody_seated(facts, now)
    motion = facts.motion
    if motion is None or motion.stage not in (MotionStage.CALLING, MotionStage.CORRECTING):
        raise RuleBroken("vote_not_open", "5.5.3 b")
    if motion.correction_until is not None and now >= motion.correction_until:
        raise RuleBroken("vote_not_open", "5.5.3 b")


def hands_waiting(facts: MeetingFacts, now: datetime) -> None:
    """There are entered hands that nobody has confirmed."""
    if _room(facts).batches < 1:
        raise RuleBroken("no_hands_waiting", OUR_RULE)


def set_aside_hands(facts: MeetingFacts, now: datetime) -> None:
    """The chair lets hands go uncounted that the second official has left for 2 minutes, with a reason (our rule)."""
    hands_waiting(facts, now)
    room = _room(facts)
    assert room.waiting_since is not None
    remaining = seconds_until(may_set_aside_at(room.waiting_since), now)
    if remaining > 0:
        raise RuleBroken("second_official_may_answer", OUR_RULE, official=room.second_official, remaining=remaining)


def may_set_aside_at(entered_at: datetime) -> datetime:
    """When the second official's 2 minutes are over."""
    return entered_at + timedelta(seconds=OFFICIAL_ANSWER_SECONDS)


def check_confirmed(facts: MeetingFacts) -> None:
    """No call ends over hands that are neither confirmed nor gone. Raises RuleBroken hands_unconfirmed."""
    if facts.room is not None and facts.room.batches:
        official = facts.room.second_official
        raise RuleBroken("hands_unconfirmed", OUR_RULE, count=facts.room.batches, official=official)


@dataclass(frozen=True, slots=True)
class SeatedHand:
    """A seat whose hand is to be entered. ``person_id`` None: nobody sits there. ``has`` is the stance counted for them
    already, ``own`` if they raised that hand themselves. ``waiting``: part of another batch that is not confirmed."""

    seat: int
    person_id: int | None
    on_roster: bool = False
    has: Stance | None = None
    own: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """``to_send`` goes to the second official; ``own`` raised a hand themselves, ``same`` are counted so already."""

    to_send: tuple[SeatedHand, ...]
    own: tuple[int, ...] = ()
    same: tuple[int, ...] = ()


def sort_hands(stage: MotionStage, calling: Stance | None, stance: Stance, hands: Iterable[SeatedHand]) -> Sorted:
    """What of the typed seats is entered. A person's own hand is never touched (our rule).

    Raises RuleBroken other_call (5.5.3 b); with ``seats``: seats_empty_chairs, seats_not_voting (5.5.3 c),
    seats_waiting, seats_counted (5.5.3 b, outside correction time); nothing_to_enter when no hand is left.
    """
    known = tuple(hands)
    if stage is MotionStage.CALLING and stance is not calling:
        raise RuleBroken("other_call", "5.5.3 b", calling=calling, stance=stance)
    if empty := _seats(hand for hand in known if hand.person_id is None):
        raise RuleBroken("seats_empty_chairs", OUR_RULE, seats=empty)
    if others := _seats(hand for hand in known if not hand.on_roster):
        raise RuleBroken("seats_not_voting", "5.5.3 c", seats=others)
    theirs = [hand for hand in known if not hand.own]
    if waiting := _seats(hand for hand in theirs if hand.waiting):
        raise RuleBroken("seats_waiting", OUR_RULE, seats=waiting)
    new = tuple(hand for hand in theirs if hand.has is not stance)
    if stage is MotionStage.CALLING and (counted := _seats(hand for hand in new if hand.has is not None)):
        raise RuleBroken("seats_counted", "5.5.3 b", seats=counted)
    if not new:
        raise RuleBroken("nothing_to_enter", "5.5.3 b")
    return Sorted(
        new, _seats(hand for hand in known if hand.own), _seats(hand for hand in theirs if hand.has is stance)
    )


def _seats(hands: Iterable[SeatedHand]) -> tuple[int, ...]:
    return tuple(hand.seat for hand in hands)


def check_batch(state: BatchState, *, entered_by: int, person_id: int, running: bool) -> None:
    """Who judges a batch: never whoever entered it; only while its own call or correction time runs.

    Raises RuleBroken hands_settled, own_entry.
    """
    if state is not BatchState.WAITING or not running:
        raise RuleBroken("hands_settled", OUR_RULE)
    if entered_by == person_id:
        raise RuleBroken("own_entry", OUR_RULE)
