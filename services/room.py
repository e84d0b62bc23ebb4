"""People in the room of a hybrid meeting: seats, hands to speak, words, entered by the recorder (5.5.2, 5.6.1)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.seats import check_seat, read_seating, same_name
from procedure.text import clean_text
from services import boards, checkin, hands, question_rows, turns
from services.act import Receipt
from services.delivery import when_delivered
from services.messages import to_group
from services.room_facts import VIA_ROOM
from services.sitting import Sitting, meeting_action
from storage.tables import CheckIn, Hand, Outbox, Person, Seat, Speech, Turn
from storage.work import UnitOfWork

SPEECH_LIMIT: Final = 2000
TURNS_OFFERED: Final = 6
NOBODY: Final = 0
"""In a seating: the seat becomes free again."""
_FREE: Final = ("空", "无", "空座", "没人", "empty")


def resolve(sitting: Sitting, text: str) -> list[tuple[int, int, str]]:
    """(seat, person, label) of what the recorder typed ("3 = 2-201"); person 0 frees the seat.

    Raises what read_seating raises, seat_person_unknown and seat_person_unclear (``seat``, ``words``).
    """
    known = attending(sitting)
    return [(seat, *_meant(known, seat, words)) for seat, words in read_seating(text)]


def _meant(known: Sequence[Person], seat: int, words: str) -> tuple[int, str]:
    """By label; where no label fits, by household or name."""
    if any(same_name(words, one) for one in _FREE):
        return NOBODY, ""
    exact = [row for row in known if same_name(words, row.label)]
    near = [row for row in known if any(same_name(words, one or "") for one in (row.household, row.name))]
    found = exact or near
    if not found:
        raise RuleBroken("seat_person_unknown", "5.3.1 b", seat=seat, words=words)
    if len(found) > 1:
        raise RuleBroken("seat_person_unclear", OUR_RULE, seat=seat, words=words)
    assert found[0].id is not None
    return found[0].id, found[0].label


def attending(sitting: Sitting) -> list[Person]:
    """Whoever may sign in to this meeting, by household."""
    return list(sitting.uow.all(Person, order="building,label,id", id=tuple(sorted(_listed(sitting))), left_at=None))


def _listed(sitting: Sitting) -> set[int]:
    return {*sitting.capacities, *sitting.holders.values(), *sitting.chairs(), sitting.topic.proposer_id}


def next_seats(sitting: Sitting, count: int) -> list[int]:
    """The lowest free seat numbers."""
    taken = set(sitting.seats.values())
    return [seat for seat in range(1, len(taken) + count + 1) if seat not in taken][:count]


@meeting_action("room_check_in")
def room_check_in(sitting: Sitting, person_id: int, *, seating: Sequence[tuple[int, int]], now: datetime) -> Receipt:
    """These seats belong to these persons; who had signed in from the group already counts once.

    Raises RuleBroken seat_out_of_range, seat_taken, seat_person_twice, room_not_listed, seats_empty.
    """
    if not seating:
        raise RuleBroken("seats_empty", OUR_RULE)
    sitters = {seat: who for who, seat in sitting.seats.items()}
    _check_seating(sitting, seating, sitters)
    moved = {who for _, who in seating}
    for seat, who in seating:
        sitter = sitters.get(seat)
        if sitter is not None and sitter != who and sitter not in moved:
            if who != NOBODY:
                raise RuleBroken("seat_taken", OUR_RULE, seat=seat, label=sitting.label(sitter))
            _free(sitting, sitter, person_id, now)
    _clear(sitting, moved)
    for seat, who in seating:
        if who != NOBODY:
            _seat(sitting, who, seat, person_id, now)
    boards.touch(sitting.uow, sitting.id)
    row = sitting.uow.one(
        "SELECT COUNT(*) FROM check_in WHERE meeting_id = :id AND sitting = :sitting AND seat IS NOT NULL",
        {"id": sitting.id, "sitting": sitting.meeting.sitting},
    )
    return Receipt("room_checked_in", {"count": row[0] if row is not None else 0})


def _check_seating(sitting: Sitting, seating: Sequence[tuple[int, int]], sitters: dict[int, int]) -> None:
    seen: set[int] = set()
    listed = _listed(sitting)
    for seat, who in seating:
        check_seat(seat)
        if who == NOBODY:
            continue
        person = sitting.uow.get(Person, who)
        ours = person is not None and person.community_id == sitting.meeting.community_id and person.left_at is None
        if person is None or not ours or who not in listed:
            raise RuleBroken("room_not_listed", "5.3.1 b", label=person.label if ours and person is not None else "")
        if who in seen:
            raise RuleBroken("seat_person_twice", OUR_RULE, label=person.label)
        seen.add(who)
    if len({seat for seat, _ in seating}) < len(seating):
        raise RuleBroken("seat_twice", OUR_RULE, seat=seating[0][0])


def _row(sitting: Sitting, who: int) -> CheckIn | None:
    return sitting.uow.first(CheckIn, meeting_id=sitting.id, sitting=sitting.meeting.sitting, person_id=who)


def _clear(sitting: Sitting, moving: set[int]) -> None:
    """Whoever changes seats stands up first, so that two can change places."""
    for who in moving & sitting.seats.keys():
        row = _row(sitting, who)
        assert row is not None
        row.seat = None
    sitting.uow.flush()


def _seat(sitting: Sitting, who: int, seat: int, recorder: int, now: datetime) -> None:
    row = _row(sitting, who)
    if row is None:
        checkin.enter(sitting, who, via=VIA_ROOM, now=now, seat=seat)
        return
    row.seat = seat
    sitting.uow.flush()
    if sitting.seats.get(who) != seat:
        sitting.note("seated", now, by=recorder, person=who, seat=seat)


def _free(sitting: Sitting, who: int, recorder: int, now: datetime) -> None:
    """Nobody sits there. Whom only the recorder had entered, and who has done nothing yet, was never here."""
    row = _row(sitting, who)
    assert row is not None
    acted = any(sitting.uow.count(table, meeting_id=sitting.id, person_id=who) for table in (Hand, Turn))
    gone = row.via == VIA_ROOM and not acted and not _on_roster(sitting, who)
    if gone:
        sitting.uow.orm.delete(row)
    else:
        row.seat = None
    sitting.uow.flush()
    sitting.note("seat_freed", now, by=recorder, person=who, gone=gone)


def _on_roster(sitting: Sitting, who: int) -> bool:
    rows = sitting.uow.all(Seat, order="motion_id", person_id=who)
    mine = {row[0] for row in sitting.uow.rows("SELECT id FROM motion WHERE meeting_id = :id", {"id": sitting.id})}
    return any(row.motion_id in mine for row in rows)


@meeting_action("raise_room_hand")
def raise_room_hand(sitting: Sitting, person_id: int, *, seat: int, stance: str, now: datetime) -> Receipt:
    """A hand in the room joins the queue like everybody's. Raises RuleBroken seats_empty_chairs, room_hand."""
    who = next((one for one, number in sitting.seats.items() if number == seat), None)
    if who is None:
        raise RuleBroken("seats_empty_chairs", OUR_RULE, seats=(seat,))
    capacity = sitting.capacities.get(who)
    if capacity is None:
        raise RuleBroken("room_hand", "5.5.2 b", seat=seat, hand_why="not_a_speaker")
    try:
        hand = hands.put_up(sitting, who, stance, capacity, now, entered_by=person_id)
    except RuleBroken as broken:
        if broken.code == "stance_for_or_against":
            raise
        raise RuleBroken("room_hand", broken.clause, seat=seat, hand_why=broken.code) from broken
    return Receipt("room_hand_raised", {"label": sitting.label(who), "stance": hand.stance, "seat": seat})


@meeting_action("lower_room_hand")
def lower_room_hand(sitting: Sitting, person_id: int, *, hand_id: int, now: datetime) -> Receipt:
    """A hand that the recorder entered comes down; a person's own is theirs. Raises RuleBroken hand_gone."""
    hand = sitting.uow.get(Hand, hand_id)
    mine = hand is not None and hand.meeting_id == sitting.id and hand.entered_by is not None
    if hand is None or not mine or hand.state not in ("open", "skipped"):
        raise RuleBroken("hand_gone", "5.5.2 b")
    hand.state = "lowered"
    sitting.note("hand_lowered", now, person=hand.person_id, hand=hand_id, by=person_id)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("room_hand_lowered", {"label": sitting.label(hand.person_id)})


def room_turns(sitting: Sitting) -> list[Turn]:
    """Turns of people in the room whose words can be written down, newest first."""
    rows = sitting.uow.all(Turn, order="-id", meeting_id=sitting.id)
    return [row for row in rows if row.person_id in sitting.seats][:TURNS_OFFERED]


@meeting_action("write_room_speech")
def write_room_speech(sitting: Sitting, person_id: int, *, turn_id: int, text: str, now: datetime) -> Receipt:
    """What somebody in the room said in their turn; the group reads it with its mark. Raises no_room_turn."""
    turn = next((one for one in room_turns(sitting) if one.id == turn_id), None)
    if turn is None:
        raise RuleBroken("no_room_turn", "5.6.1 i")
    said = clean_text(text, limit=SPEECH_LIMIT, field="speech")
    content_id, digest = sitting.keep(said, turn.person_id)
    speech = sitting.uow.add(
        Speech(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            turn_id=turn_id,
            person_id=turn.person_id,
            account_id=sitting.actor.account_id,
            chat_id=sitting.meeting.chat_id,
            message_id=-sitting.actor.arrival,
            kind=VIA_ROOM,
            standing="speech",
            content_id=content_id,
            sent_at=now,
        )
    )
    question_rows.answered(sitting, turn, now)
    sitting.note("room_speech", now, speech=speech.id, person=turn.person_id, turn=turn_id, by=person_id, said=digest)
    facts: dict[str, Any] = {"speech_id": speech.id, "stance": turn.stance, "text": said}
    seat = sitting.seats[turn.person_id]
    to_group(sitting, "room_speech", now, key=speech.id, label=sitting.label(turn.person_id), seat=seat, **facts)
    return Receipt("room_speech_written", {"label": sitting.label(turn.person_id)})


@when_delivered("room_speech")
def _read_by_the_group(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    if row.message_id is not None:
        uow.must(Speech, row.facts["speech_id"]).message_id = row.message_id


@meeting_action("end_room_turn")
def end_room_turn(sitting: Sitting, person_id: int, *, turn_id: int, now: datetime) -> Receipt:
    """Whoever speaks in the room is done; the recorder says so for them. Raises RuleBroken turn_over."""
    turns.close(sitting, turns.running(sitting, turn_id), "done", now)
    return Receipt("turn_ended")
