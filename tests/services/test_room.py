"""People in the room: seats, check-in counted once, hands and words entered by the recorder (5.5.2, 5.6.1 a and i)."""

from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import checkin, correcting, hands, minutes, opening, turns
from services import room as rooms
from services.act import SYSTEM
from services.case import Case
from services.paper_words import in_print
from services.sitting import peek
from services.taking_minutes import gather
from storage.tables import CheckIn, Hand, Meeting, Speech, Topic
from storage.work import UnitOfWork
from tests.services import hybrid
from tests.services.hybrid import person, seat
from tests.services.room import OFFICIALS, Room


def resolved(room: Room, text: str) -> list[tuple[int, int, str]]:
    """What a typed seating means."""
    return room.read(lambda uow: rooms.resolve(peek(uow, uow.must(Meeting, room.id), SYSTEM), text))


def here(room: Room) -> dict[str, tuple[str, int | None]]:
    """Label → (how, seat) of everybody signed in."""

    def look(uow: UnitOfWork) -> dict[str, tuple[str, int | None]]:
        sitting = peek(uow, uow.must(Meeting, room.id), SYSTEM)
        rows = uow.all(CheckIn, meeting_id=sitting.id, sitting=sitting.meeting.sitting)
        return {sitting.label(row.person_id): (row.via, row.seat) for row in rows}

    return room.read(look)


def begun(room: Room) -> Room:
    """Check-in, with the chair there and the plan's room."""
    room.to_check_in(*OFFICIALS)
    return hybrid.hybrid(room)


def test_a_seating_is_read_by_label_household_and_name(room: Room) -> None:
    begun(room)
    ids = {key: person(room, key) for key in ("r302", "r601b", "r101", "chair")}
    assert resolved(room, "3 = 2-302\n４＝3-601乙；5：张三，9=周文\n6 = 空") == [
        (3, ids["r302"], "2-302"),
        (4, ids["r601b"], "3-601 乙"),
        (5, ids["r101"], "1-101"),
        (9, ids["chair"], "居民代表周文"),
        (6, 0, ""),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("3 = 3-601", "seat_person_unclear"), ("3 = 9-999", "seat_person_unknown"), ("3", "seating_unreadable")],
)
def test_a_seating_that_means_nobody(room: Room, text: str, code: str) -> None:
    begun(room)
    with pytest.raises(RuleBroken) as refused:
        resolved(room, text)
    assert refused.value.code == code


@pytest.mark.parametrize("first", ["tap", "seat"])
def test_who_signs_in_twice_counts_once(room: Room, first: str) -> None:
    begun(room)
    if first == "seat":
        assert seat(room, {12: "r101"}).facts == {"count": 1}
        assert room.acts("r101", checkin.check_in, via="button").code == "already_checked_in"
    else:
        room.acts("r101", checkin.check_in, via="button")
        seat(room, {12: "r101"})
    assert here(room)["1-101"] == ("room" if first == "seat" else "button", 12)
    assert len(here(room)) == 4


def test_seats_change_hands_and_become_free(room: Room) -> None:
    begun(room)
    seat(room, {3: "r302", 4: "r402"})
    with pytest.raises(RuleBroken) as taken:
        seat(room, {3: "r101"})
    assert (taken.value.code, taken.value.facts) == ("seat_taken", {"seat": 3, "label": "2-302"})
    seat(room, {3: "r402", 4: "r302"})
    assert (here(room)["2-302"][1], here(room)["2-402"][1]) == (4, 3)
    room.acts("recorder", rooms.room_check_in, seating=[(3, 0), (4, person(room, "r302"))])
    assert "2-402" not in here(room) and here(room)["2-302"] == ("room", 4)
    room.acts("r101", checkin.check_in, via="button")
    seat(room, {3: "r101"})
    room.acts("recorder", rooms.room_check_in, seating=[(3, 0)])
    assert here(room)["1-101"] == ("button", None)


def test_who_has_raised_a_hand_was_here_even_without_a_seat(room: Room) -> None:
    seat(discussing(room), {20: "neighbour"})
    room.acts("recorder", rooms.raise_room_hand, seat=20, stance="for")
    room.acts("recorder", rooms.room_check_in, seating=[(20, 0)])
    assert here(room)["4-102"] == ("room", None)


@pytest.mark.parametrize(
    ("seating", "code"),
    [
        ([], "seats_empty"),
        ([(0, "r101")], "seat_out_of_range"),
        ([(1000, "r101")], "seat_out_of_range"),
        ([(3, "r101"), (4, "r101")], "seat_person_twice"),
        ([(3, "r101"), (3, "r102")], "seat_twice"),
        ([(3, 10**6)], "room_not_listed"),
    ],
)
def test_seatings_that_cannot_be(room: Room, seating: list[tuple[int, Any]], code: str) -> None:
    begun(room)
    given = [(number, who if isinstance(who, int) else person(room, who)) for number, who in seating]
    assert room.refused("recorder", rooms.room_check_in, seating=given) == code


def test_only_the_recorder_seats_people_and_only_until_the_main_vote(room: Room) -> None:
    begun(room)
    seating = [(3, person(room, "r302"))]
    for who in ("chair", "adviser", "supervisor", "r101"):
        assert room.refused(who, rooms.room_check_in, seating=seating) == "not_your_role"
    assert room.acts("recorder2", rooms.room_check_in, seating=seating).code == "room_checked_in"


def test_without_a_room_there_is_nothing_to_enter(room: Room) -> None:
    room.to_check_in()
    assert room.refused("recorder", rooms.room_check_in, seating=[(3, person(room, "r302"))]) == "no_room"


def discussing(room: Room) -> Room:
    """A discussion with the demo's seats taken."""
    room.to_discussion()
    seat(hybrid.hybrid(room), hybrid.SEATED)
    return room


def test_a_hand_in_the_room_joins_everybodys_queue(room: Room) -> None:
    discussing(room)
    room.acts("r102", hands.raise_hand, stance="for")
    told = room.acts("recorder", rooms.raise_room_hand, seat=3, stance="against")
    assert told.facts == {"label": "2-302", "stance": "against", "seat": 3}
    room.acts("r201", hands.raise_hand, stance="for")
    queue = room.read(lambda uow: peek(uow, uow.must(Meeting, room.id), SYSTEM).queue())
    ids = {key: person(room, key) for key in ("r102", "r302", "r201")}
    assert [one.hand.person_id for one in queue] == [ids["r102"], ids["r302"], ids["r201"]]
    assert room.refused("recorder", rooms.raise_room_hand, seat=3, stance="for") == "room_hand"
    assert room.refused("recorder", rooms.raise_room_hand, seat=99, stance="for") == "seats_empty_chairs"
    assert room.refused("recorder", rooms.raise_room_hand, seat=4, stance="abstain") == "stance_for_or_against"


def test_a_hand_is_lowered_by_whoever_entered_it_and_own_ones_are_not(room: Room) -> None:
    discussing(room)
    room.acts("recorder", rooms.raise_room_hand, seat=3, stance="against")
    room.acts("r102", hands.raise_hand, stance="for")
    entered, own = room.read(lambda uow: [row.id for row in uow.all(Hand, order="id", meeting_id=room.id)])
    assert room.refused("recorder", rooms.lower_room_hand, hand_id=own) == "hand_gone"
    assert room.refused("chair", rooms.lower_room_hand, hand_id=entered) == "not_your_role"
    room.acts("recorder", rooms.lower_room_hand, hand_id=entered)
    for gone in (entered, 10**6):
        assert room.refused("recorder", rooms.lower_room_hand, hand_id=gone) == "hand_gone"


def speaking(room: Room) -> int:
    """Seat 3 has the floor; the turn's id."""
    discussing(room)
    room.acts("recorder", rooms.raise_room_hand, seat=3, stance="against")
    hand = room.read(lambda uow: uow.first(Hand, order="-id", meeting_id=room.id))
    assert hand is not None
    room.acts("chair", turns.grant, hand_id=hand.id)
    room.deliver()
    assert room.last_turn.id is not None
    return room.last_turn.id


def test_words_in_the_room_are_written_down_and_read_by_the_group(room: Room) -> None:
    turn = speaking(room)
    room.acts("recorder", rooms.write_room_speech, turn_id=turn, text="晚上太吵。")
    room.deliver()
    (told,) = room.kinds("room_speech")
    assert (told["label"], told["seat"], told["stance"], told["text"]) == ("2-302", 3, "against", "晚上太吵。")
    (speech,) = room.read(lambda uow: uow.all(Speech, turn_id=turn))
    assert (speech.kind, speech.standing, speech.person_id) == ("room", "speech", person(room, "r302"))
    assert speech.message_id > 0
    room.acts("recorder", rooms.end_room_turn, turn_id=turn)
    assert room.turn is None and room.last_turn.counted
    room.acts("recorder", rooms.write_room_speech, turn_id=turn, text="还要离楼远一点。")
    assert room.refused("recorder", rooms.end_room_turn, turn_id=turn) == "no_room_turn"
    assert room.refused("recorder", rooms.write_room_speech, turn_id=10**6, text="?") == "no_room_turn"
    assert room.refused("adviser", rooms.write_room_speech, turn_id=turn, text="?") == "not_your_role"


def test_nobody_in_the_room_is_asked_whether_they_are_still_there(room: Room) -> None:
    turn = speaking(room)
    room.passes(150)
    assert room.kinds("silence_ask") == [] and room.turn is not None and room.turn.id == turn
    room.passes(40)
    assert room.last_turn.end_reason == "time" and room.last_turn.counted


def test_the_sheet_and_the_record_show_the_room(room: Room) -> None:
    turn = speaking(room)
    room.acts("recorder", rooms.write_room_speech, turn_id=turn, text="晚上太吵。")
    room.deliver()
    now = room.now()

    def papers(uow: UnitOfWork) -> tuple[Any, Any]:
        case = Case(uow, uow.must(Topic, room.topic_id), SYSTEM)
        return minutes.sign_in_sheet(case, now), minutes.meeting_record(case, now)

    sheet, record = room.read(papers)
    assert {one.label: one.how for one in sheet.participants}["2-302"].endswith("3号")
    assert hybrid.ADDRESS in sheet.place and "向阳小区协商群" in sheet.place and record.place == sheet.place
    said = [in_print("（现场）晚上太吵") in line for line in record.course]
    assert record.form == "互联网+现场协商" and any(said)


def test_the_recorder_sets_right_words_of_the_room_and_the_old_ones_stay(room: Room) -> None:
    turn = speaking(room)
    room.acts("recorder", rooms.write_room_speech, turn_id=turn, text="晚上太朝。")
    room.deliver()
    actor = room.actor("recorder")
    (line,) = room.read(lambda uow: correcting.lines(uow, actor=actor, meeting_id=room.id, now=room.instant))
    corrected = {"speech_id": line["speech_id"]}
    assert room.refused("chair", correcting.correct_line, **corrected, text="晚上太吵。") == "not_your_role"
    assert room.refused("recorder", correcting.correct_line, **corrected, text="晚上太朝。 ") == "line_unchanged"
    assert room.refused("recorder", correcting.correct_line, speech_id=999, text="x") == "no_such_line"
    room.acts("recorder", correcting.correct_line, **corrected, text="晚上太吵。")
    room.deliver()
    assert [(told["before"], told["text"]) for told in room.kinds("line_corrected")] == [("晚上太朝。", "晚上太吵。")]

    def said(uow: UnitOfWork) -> Any:
        case = Case(uow, uow.must(Topic, room.topic_id), SYSTEM)
        return gather(case, uow.must(Meeting, room.id)).turns[-1].statements

    (statement,) = room.read(said)
    assert statement.text == "晚上太吵。"
    assert [(one.what, one.before, one.after) for one in statement.amendments] == [
        ("words", "晚上太朝。", "晚上太吵。")
    ]
    own = room.says("r102", "这句是我自己写的")
    assert own.code == "interruption"
    mine = room.read(lambda uow: uow.first(Speech, order="-id", meeting_id=room.id))
    assert mine is not None
    assert room.refused("recorder", correcting.correct_line, speech_id=mine.id, text="改") == "no_such_line"


def test_seats_belong_to_a_sitting(room: Room) -> None:
    discussing(room)
    room.adjourn(3)
    room.passes(3 * 24 * 3600)
    for who in OFFICIALS:
        room.acts(who, checkin.check_in, via="button")
    assert all(number is None for _, number in here(room).values())
    seat(room, {3: "r402"})
    room.acts("chair", opening.resume_sitting)
    room.acts("recorder", rooms.raise_room_hand, seat=3, stance="for")
    assert room.refused("recorder", rooms.raise_room_hand, seat=12, stance="for") == "seats_empty_chairs"
