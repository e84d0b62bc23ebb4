"""Hands raised in the room: the recorder enters a batch, the second official confirms it, only then do they count."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.room import SeatedHand, Sorted, check_batch, may_set_aside_at, sort_hands
from procedure.seats import check_seat
from procedure.terms import BatchState, MotionStage, Stance
from services import boards, room_facts, voting
from services.act import Receipt
from services.board_facts import iso
from services.messages import to_group, to_person
from services.sitting import Sitting, meeting_action
from services.timer_rows import cancel, set_timer
from storage.tables import Motion, RoomBatch, Vote

UNANSWERED: Final = "hands_unanswered"


@meeting_action("enter_hands")
def enter_hands(
    sitting: Sitting, person_id: int, *, motion_id: int, stance: str, seats: Sequence[int], now: datetime
) -> Receipt:
    """These seats raised a hand for the open call; in correction time for any stance.

    Raises RuleBroken call_over, no_such_stance, second_official_unreachable and what sort_hands raises.
    """
    motion = sitting.motion
    if motion is None or motion.id != motion_id:
        raise RuleBroken("call_over", "5.5.3 b")
    wish = voting.stance_of(stance)
    found = sorted_hands(sitting, motion, wish, seats)
    batch = sitting.uow.add(
        RoomBatch(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            motion_id=motion_id,
            stance=wish.value,
            hands={"seats": [[hand.seat, hand.person_id] for hand in found.to_send]},
            entered_by=person_id,
            entered_at=now,
        )
    )
    assert batch.id is not None
    if motion.stage == MotionStage.CORRECTING:
        cancel(sitting, now, "correction_end")
    set_timer(sitting, UNANSWERED, batch.id, may_set_aside_at(now))
    sitting.note(
        "hands_entered",
        now,
        by=person_id,
        batch=batch.id,
        motion=motion_id,
        stance=wish.value,
        hands=batch.hands["seats"],
    )
    official = _ask(sitting, batch, now)
    boards.touch(sitting.uow, sitting.id)
    told = {"count": len(found.to_send), "official": official, "seats": list(found.own)}
    return Receipt("hands_entered", told | {"stance": wish.value})


def sorted_hands(sitting: Sitting, motion: Motion, stance: Stance, seats: Sequence[int]) -> Sorted:
    """What of these seats would be sent to the second official now. Raises what sort_hands raises, and seats_empty."""
    if not seats:
        raise RuleBroken("seats_empty", OUR_RULE)
    who = {seat: person for person, seat in sitting.seats.items()}
    where = {"id": motion.id}
    roster = {row[0] for row in sitting.uow.rows("SELECT person_id FROM seat WHERE motion_id = :id", where)}
    counted = sitting.uow.rows("SELECT person_id, stance, batch_id FROM vote WHERE motion_id = :id", where)
    votes = {row[0]: (Stance(row[1]), row[2] is None) for row in counted}
    waiting = {one[1] for batch in room_facts.waiting(sitting.uow, motion) for one in batch.hands["seats"]}
    found = []
    for seat in sorted(set(seats)):
        check_seat(seat)
        person = who.get(seat)
        has, own = votes.get(person or 0, (None, False))
        found.append(SeatedHand(seat, person, person in roster, has, own, person in waiting))
    return sort_hands(MotionStage(motion.stage), Stance(motion.calling) if motion.calling else None, stance, found)


def named(sitting: Sitting, batch: RoomBatch) -> list[list[Any]]:
    """[seat, label] of every hand of a batch."""
    return [[seat, sitting.label(person)] for seat, person in batch.hands["seats"]]


def _ask(sitting: Sitting, batch: RoomBatch, now: datetime) -> str:
    """Privately, each of those who may confirm; how they are shown. Raises RuleBroken second_official_unreachable."""
    officials = room_facts.seconds(sitting.plan, sitting.holders)
    facts = {"batch_id": batch.id, "stance": batch.stance, "hands": named(sitting, batch)}
    asked = [
        who
        for who in officials
        if who != batch.entered_by and to_person(sitting, "hands_to_confirm", who, now, key=batch.id, **facts)
    ]
    label = sitting.label((asked or officials)[0]) if officials else ""
    if not asked:
        raise RuleBroken("second_official_unreachable", OUR_RULE, official=label)
    for who in asked:
        boards.console_of(sitting, who, now)
    return label


def _batch(sitting: Sitting, batch_id: int, person_id: int) -> RoomBatch:
    """The batch, if it is this person's to judge. Raises RuleBroken hands_settled, own_entry."""
    batch, motion = sitting.uow.get(RoomBatch, batch_id), sitting.motion
    if batch is None or batch.meeting_id != sitting.id or motion is None:
        raise RuleBroken("hands_settled", OUR_RULE)
    running = room_facts.running(motion) and motion.id == batch.motion_id
    check_batch(BatchState(batch.state), entered_by=batch.entered_by, person_id=person_id, running=running)
    return batch


def _settle(sitting: Sitting, batch: RoomBatch, state: BatchState, person_id: int, now: datetime) -> None:
    """The batch waits no longer; correction time that only waited for it ends by itself."""
    batch.state, batch.judged_by, batch.judged_at = state.value, person_id, now
    sitting.uow.flush()
    sitting.note(f"hands_{state.value}", now, by=person_id, batch=batch.id, motion=batch.motion_id)
    motion = sitting.motion
    assert motion is not None and motion.id is not None
    if motion.stage == MotionStage.CORRECTING and not room_facts.waiting(sitting.uow, motion):
        assert motion.correction_until is not None
        set_timer(sitting, "correction_end", motion.id, max(motion.correction_until, now))
    boards.touch(sitting.uow, sitting.id)


@meeting_action("confirm_hands")
def confirm_hands(sitting: Sitting, person_id: int, *, batch_id: int, now: datetime) -> Receipt:
    """They count now, save those of people who raised a hand themselves meanwhile.

    Raises RuleBroken hands_settled, own_entry.
    """
    batch = _batch(sitting, batch_id, person_id)
    own = {row.person_id for row in sitting.uow.all(Vote, order="person_id", motion_id=batch.motion_id, batch_id=None)}
    counted = [(seat, who) for seat, who in batch.hands["seats"] if who not in own]
    stance = Stance(batch.stance)
    community, topic = sitting.meeting.community_id, sitting.meeting.topic_id
    for seat, who in counted:
        code = voting.store(sitting.uow, batch.motion_id, who, stance, community, topic, now, batch_id=batch_id)
        to_person(sitting, "room_hand_counted", who, now, key=batch_id, stance=stance.value, seat=seat, code=code)
    _settle(sitting, batch, BatchState.CONFIRMED, person_id, now)
    skipped = [seat for seat, who in batch.hands["seats"] if who in own]
    _tell_recorder(sitting, batch, now, count=len(counted), skipped=skipped)
    return Receipt("hands_confirmed", {"count": len(counted), "stance": stance.value})


@meeting_action("refuse_hands")
def refuse_hands(sitting: Sitting, person_id: int, *, batch_id: int, now: datetime) -> Receipt:
    """The second official saw it otherwise: nothing counts, the recorder looks again."""
    batch = _batch(sitting, batch_id, person_id)
    _settle(sitting, batch, BatchState.REFUSED, person_id, now)
    _tell_recorder(sitting, batch, now, count=0, skipped=[])
    return Receipt("hands_refused")


@meeting_action("withdraw_hands")
def withdraw_hands(sitting: Sitting, person_id: int, *, batch_id: int, now: datetime) -> Receipt:
    """The recorder takes unconfirmed hands back, to type them anew."""
    batch = _batch(sitting, batch_id, 0)
    _settle(sitting, batch, BatchState.WITHDRAWN, person_id, now)
    return Receipt("hands_withdrawn")


@meeting_action("set_aside_hands")
def set_aside_hands(sitting: Sitting, person_id: int, *, reason: str, now: datetime) -> Receipt:
    """Nobody confirms: the chair lets what has waited for 2 minutes go uncounted; the group hears how many, and why."""
    _, digest = sitting.keep(reason, person_id)
    old = [one for one in room_facts.waiting(sitting.uow, sitting.motion) if now >= may_set_aside_at(one.entered_at)]
    for batch in old:
        _settle(sitting, batch, BatchState.SET_ASIDE, person_id, now)
    count = sum(len(batch.hands["seats"]) for batch in old)
    sitting.note("hands_left_uncounted", now, by=person_id, count=count, why=digest)
    to_group(sitting, "hands_set_aside", now, key=iso(now), count=count, why=reason)
    return Receipt("hands_set_aside", {"count": count})


def _tell_recorder(sitting: Sitting, batch: RoomBatch, now: datetime, *, count: int, skipped: list[int]) -> None:
    facts = {"stance": batch.stance, "state": batch.state, "count": count, "skipped": skipped}
    to_person(sitting, "hands_judged", batch.entered_by, now, key=batch.id, hands=named(sitting, batch), **facts)
