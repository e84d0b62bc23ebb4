"""Hands to speak (5.5.2 b and c)."""

from datetime import datetime

from procedure.errors import RuleBroken
from procedure.queue import may_raise
from procedure.terms import Capacity, Stance
from services import boards, reading_rows, standing
from services.act import Receipt
from services.sitting import Sitting, meeting_action
from services.timer_rows import cancel
from storage.tables import Hand


@meeting_action("raise_hand")
def raise_hand(sitting: Sitting, person_id: int, *, stance: str, now: datetime) -> Receipt:
    """A hand with its stance; it withdraws a last call. Raises RuleBroken not_checked_in and what may_raise raises."""
    if person_id not in sitting.present:
        raise RuleBroken("not_checked_in", "5.6.1 a")
    hand = put_up(sitting, person_id, stance, sitting.capacities[person_id], now)
    place = next((ranked.place for ranked in sitting.queue() if ranked.hand.id == hand.id), 1)
    return Receipt("hand_raised", {"place": place, "stance": hand.stance})


def put_up(
    sitting: Sitting, person_id: int, stance: str, capacity: Capacity, now: datetime, *, entered_by: int | None = None
) -> Hand:
    """The hand itself, a person's own or entered by the recorder for somebody in the room."""
    wish = _stance(stance)
    turn = sitting.turn
    may_raise(
        capacity=capacity,
        turns_taken=sitting.turns_taken().get(person_id, 0),
        turns_allowed=sitting.rules.turns,
        has_open_hand=_open_hand(sitting, person_id) is not None,
        speaking=turn is not None and turn.person_id == person_id,
        list_closed=sitting.list_closed(now),
        chairing=sitting.meeting.chair_id == person_id,
    )
    hand = sitting.uow.add(
        Hand(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            stance=wish.value,
            arrival=sitting.actor.arrival,
            entered_by=entered_by,
            at=now,
        )
    )
    sitting.meeting.last_call_until = None
    cancel(sitting, now, "last_call_end")
    room = {"entered_by": entered_by} if entered_by is not None else {}
    sitting.note("hand_raised", now, person=person_id, hand=hand.id, stance=wish.value, arrival=hand.arrival, **room)
    standing.arm(sitting, now)
    boards.touch(sitting.uow, sitting.id)
    return hand


@meeting_action("lower_hand")
def lower_hand(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Take one's hand down again. Raises RuleBroken no_hand_up."""
    hand = _open_hand(sitting, person_id)
    if hand is None:
        raise RuleBroken("no_hand_up", "5.5.2 b")
    hand.state = "lowered"
    reading_rows.withdraw(sitting, person_id, now)
    sitting.note("hand_lowered", now, person=person_id, hand=hand.id)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("hand_lowered")


@meeting_action("skip")
def skip(sitting: Sitting, person_id: int, *, hand_id: int, reason: str, now: datetime) -> Receipt:
    """The chair passes this hand over, with a reason, until the next turn has ended; the hand is not lost."""
    hand = waiting_hand(sitting, hand_id)
    hand.state = "skipped"
    _, digest = sitting.keep(reason, person_id)
    sitting.note("hand_skipped", now, by=person_id, hand=hand_id, why=digest)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("skipped", {"label": sitting.label(hand.person_id)})


def waiting_hand(sitting: Sitting, hand_id: int) -> Hand:
    """A hand of this meeting's queue. Raises RuleBroken hand_gone."""
    if all(ranked.hand.id != hand_id for ranked in sitting.queue()):
        raise RuleBroken("hand_gone", "5.5.2 b")
    return sitting.uow.must(Hand, hand_id)


def readmit_skipped(sitting: Sitting) -> None:
    """A turn has ended: hands that were passed over count again."""
    for hand in sitting.uow.all(Hand, meeting_id=sitting.id, state="skipped"):
        hand.state = "open"


def _open_hand(sitting: Sitting, person_id: int) -> Hand | None:
    return sitting.uow.first(Hand, meeting_id=sitting.id, person_id=person_id, state=("open", "skipped"))


def _stance(stance: str) -> Stance:
    try:
        wish = Stance(stance)
    except ValueError as error:
        raise RuleBroken("stance_for_or_against", "5.5.2 c") from error
    if wish is Stance.ABSTAIN:
        raise RuleBroken("stance_for_or_against", "5.5.2 c")
    return wish
