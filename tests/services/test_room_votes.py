"""Hands in the room: entered, confirmed, refused, taken back; a person's own hand stands above them (5.5.3 b and c)."""

import pytest

from procedure.errors import RuleBroken
from services import board_facts, journal, opening, result, room_votes, voting
from services.act import SYSTEM
from services.sitting import peek
from storage.tables import Board, Meeting, Person, RoomBatch, VoteTrail
from storage.work import UnitOfWork
from tests.services import hybrid
from tests.services.hybrid import batch, closes, confirms, counted, enters, refuses, to_call
from tests.services.room import ACCOUNTS, Room


def test_entered_hands_count_once_the_second_official_has_confirmed_them(room: Room) -> None:
    to_call(room)
    told = enters(room, [3, 4, 12])
    assert (told.code, told.facts["count"], told.facts["official"]) == ("hands_entered", 3, "居委会冯兰")
    assert counted(room) == {}
    room.deliver()
    (asked,) = room.kinds("hands_to_confirm")
    assert asked["hands"] == [[3, "2-302"], [4, "2-402"], [12, "1-101"]] and asked["stance"] == "for"
    assert confirms(room).facts == {"count": 3, "stance": "for"}
    assert counted(room) == {"r302": ("for", True), "r402": ("for", True), "r101": ("for", True)}
    room.deliver()
    assert [told["count"] for told in room.kinds("hands_judged")] == [3]
    assert [told["seat"] for told in room.kinds("room_hand_counted")] == [12]  # the other two have no private chat


def test_a_call_does_not_close_over_unconfirmed_hands(room: Room) -> None:
    motion = to_call(room)
    enters(room, [3])
    room.passes(61)
    with pytest.raises(RuleBroken) as refused:
        room.acts("chair", voting.close_call, motion_id=motion, calling="for")
    assert refused.value.code == "hands_unconfirmed"
    assert refused.value.facts == {"count": 1, "official": "居委会冯兰"}
    confirms(room)
    assert closes(room).code == "call_closed" and counted(room) == {"r302": ("for", True)}


@pytest.mark.parametrize("how", ["refuse", "withdraw", "set_aside"])
def test_hands_that_are_not_confirmed_never_count(room: Room, how: str) -> None:
    to_call(room)
    enters(room, [3, 4])
    if how == "refuse":
        room.acts("adviser", room_votes.refuse_hands, batch_id=batch(room).id)
    elif how == "withdraw":
        room.acts("recorder", room_votes.withdraw_hands, batch_id=batch(room).id)
    else:
        assert room.refused("chair", room_votes.set_aside_hands, reason="核对的人走了") == "second_official_may_answer"
        room.passes(120)
        assert room.acts("chair", room_votes.set_aside_hands, reason="核对的人走了").facts == {"count": 2}
        room.deliver()
        assert [(told["count"], told["why"]) for told in room.kinds("hands_set_aside")] == [(2, "核对的人走了")]
    assert room.refused("adviser", room_votes.confirm_hands, batch_id=batch(room).id) == "no_hands_waiting"
    closes(room)
    assert counted(room) == {} and room.motion.calling == "against"


def test_taken_back_they_can_be_entered_anew(room: Room) -> None:
    to_call(room)
    enters(room, [3, 4])
    assert refuses(room, [4, 7]) == "seats_waiting"
    room.acts("recorder", room_votes.withdraw_hands, batch_id=batch(room).id)
    enters(room, [4, 7])
    confirms(room)
    assert sorted(counted(room)) == ["r402", "r601b"]


def test_an_own_hand_replaces_an_entry_and_is_told_so(room: Room) -> None:
    motion = to_call(room)
    enters(room, [3, 12])
    confirms(room)
    told = room.acts("r101", voting.cast_vote, motion_id=motion, stance="for")
    assert told.code == "vote_counted" and told.facts["entered"] is True
    assert room.acts("r101", voting.cast_vote, motion_id=motion, stance="for").code == "vote_same"
    assert counted(room) == {"r302": ("for", True), "r101": ("for", False)}
    who = hybrid.person(room, "r101")
    trail = room.read(lambda uow: uow.all(VoteTrail, motion_id=motion, person_id=who))
    assert [(row.stance, row.batch_id is None) for row in trail] == [("for", False), ("for", True)]


def test_an_own_hand_in_a_later_call_replaces_an_entry_too_but_an_own_one_stands(room: Room) -> None:
    motion = to_call(room)
    enters(room, [3, 12])
    confirms(room)
    closes(room)
    assert refuses(room, [3]) == "seats_counted"
    assert room.acts("r101", voting.cast_vote, motion_id=motion, stance="against").facts["entered"] is True
    assert refuses(room, [12]) == "nothing_to_enter"
    closes(room)
    assert room.refused("r101", voting.cast_vote, motion_id=motion, stance="abstain") == "already_counted"
    assert counted(room) == {"r302": ("for", True), "r101": ("against", False)}


def test_an_own_hand_before_the_confirmation_is_not_touched_by_it(room: Room) -> None:
    motion = to_call(room)
    enters(room, [3, 12])
    room.acts("r101", voting.cast_vote, motion_id=motion, stance="for")
    assert confirms(room).facts["count"] == 1
    assert counted(room) == {"r302": ("for", True), "r101": ("for", False)}
    room.deliver()
    assert [told["skipped"] for told in room.kinds("hands_judged")] == [[12]]


def test_who_raised_a_hand_is_left_out_and_the_recorder_hears_it(room: Room) -> None:
    motion = to_call(room)
    room.acts("r101", voting.cast_vote, motion_id=motion, stance="for")
    told = enters(room, [3, 12])
    assert (told.facts["count"], told.facts["seats"]) == (1, [12])


def to_correction(room: Room) -> None:
    for _ in range(3):
        closes(room)


def test_in_correction_time_an_entry_changes_an_entry_and_the_time_waits_for_its_confirmation(room: Room) -> None:
    motion = to_call(room)
    enters(room, [3])
    confirms(room)
    to_correction(room)
    enters(room, [3, 4], "against")
    room.passes(90)
    assert room.motion.stage == "correcting"
    assert room.refused("r101", voting.cast_vote, motion_id=motion, stance="for") == "vote_not_open"
    assert refuses(room, [7], "against") == "vote_not_open"
    confirms(room)
    room.passes(1)
    row = room.motion
    assert (row.stage, row.in_favour, row.against, row.abstain) == ("decided", 0, 2, 0)
    told = {facts["label"]: facts["room"] for facts in room.kinds("vote_receipt")}
    assert told == {}  # neither has a private chat


def test_correction_time_that_is_confirmed_early_still_runs_its_minute(room: Room) -> None:
    to_call(room)
    to_correction(room)
    enters(room, [3], "abstain")
    room.passes(10)
    confirms(room)
    room.passes(40)
    assert room.motion.stage == "correcting"
    room.passes(10)
    assert (room.motion.stage, room.motion.abstain) == ("decided", 1)


def test_set_aside_in_correction_time_lets_it_end(room: Room) -> None:
    to_call(room)
    to_correction(room)
    enters(room, [3], "for")
    room.passes(121)
    room.acts("chair", room_votes.set_aside_hands, reason="核对的人走了")
    room.passes(1)
    assert (room.motion.stage, room.motion.in_favour) == ("decided", 0)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("recorder", "not_your_role"),
        ("recorder2", "not_your_role"),
        ("chair", "not_your_role"),
        ("supervisor", "not_your_role"),
        ("r101", "not_your_role"),
        ("stranger", "not_in_community"),
    ],
)
def test_nobody_but_the_second_official_confirms(room: Room, who: str, code: str) -> None:
    to_call(room)
    enters(room, [3])
    for action in (room_votes.confirm_hands, room_votes.refuse_hands):
        assert room.refused(who, action, batch_id=batch(room).id) == code


@pytest.mark.parametrize("who", ["chair", "adviser", "r101", "supervisor"])
def test_nobody_but_the_recorder_enters_and_takes_back(room: Room, who: str) -> None:
    motion = to_call(room)
    facts = {"motion_id": motion, "stance": "for", "seats": [3]}
    assert room.refused(who, room_votes.enter_hands, **facts) == "not_your_role"
    enters(room, [3])
    assert room.refused(who, room_votes.withdraw_hands, batch_id=batch(room).id) == "not_your_role"


def test_a_recorder_who_becomes_the_second_official_judges_no_own_entry(room: Room) -> None:
    to_call(room)
    enters(room, [3])
    mine, adviser = batch(room).id, hybrid.person(room, "adviser")
    room.database.write_now(lambda uow: setattr(uow.must(RoomBatch, mine), "entered_by", adviser))
    assert room.refused("adviser", room_votes.confirm_hands, batch_id=mine) == "own_entry"


def test_made_up_batches_are_refused(room: Room) -> None:
    to_call(room)
    enters(room, [3])
    confirms(room)
    old = batch(room).id
    enters(room, [4])
    for forged in (old, 10**6):
        assert room.refused("adviser", room_votes.confirm_hands, batch_id=forged) == "hands_settled"
        assert room.refused("recorder", room_votes.withdraw_hands, batch_id=forged) == "hands_settled"
    elsewhere = batch(room).id
    enters(room, [7])

    def moves(uow: UnitOfWork) -> None:
        uow.must(RoomBatch, elsewhere).meeting_id = _another_meeting(uow)

    room.database.write_now(moves)
    for action in (room_votes.confirm_hands, room_votes.refuse_hands):
        assert room.refused("adviser", action, batch_id=elsewhere) == "hands_settled"


def _another_meeting(uow: UnitOfWork) -> int:
    meeting = uow.first(Meeting)
    assert meeting is not None
    copied = {name: value for name, value in meeting.model_dump().items() if name != "id"}
    made = uow.add(Meeting(**(copied | {"live": False})))
    assert made.id is not None
    return made.id


def test_a_batch_of_a_closed_call_is_refused(room: Room) -> None:
    to_call(room)
    enters(room, [3])
    first = batch(room).id
    room.acts("adviser", room_votes.refuse_hands, batch_id=first)
    closes(room)
    enters(room, [3])
    assert room.refused("adviser", room_votes.confirm_hands, batch_id=first) == "hands_settled"
    assert refuses(room, [4], "for") == "other_call"


@pytest.mark.parametrize(
    ("seats", "code"),
    [([9], "seats_empty_chairs"), ([0], "seat_out_of_range"), ([], "seats_empty"), ([3, 20], "seats_not_voting")],
)
def test_seats_that_cannot_vote(room: Room, seats: list[int], code: str) -> None:
    to_call(room)
    hybrid.seat(room, {20: "property"})
    assert refuses(room, seats) == code
    assert room.refused("recorder", room_votes.enter_hands, motion_id=999, stance="for", seats=[3]) == "call_over"
    assert refuses(room, [3], "vielleicht") == "no_such_stance"


def test_who_came_after_the_first_call_does_not_vote(room: Room) -> None:
    room.to_check_in("chair", "recorder", "supervisor", "r102")
    hybrid.hybrid(room)
    hybrid.seat(room, {3: "r302"})
    room.acts("chair", opening.open_meeting)
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    hybrid.seat(room, {4: "r402"})
    assert refuses(room, [4]) == "seats_not_voting"


def test_without_a_private_chat_of_the_second_official_nothing_is_entered(room: Room) -> None:
    to_call(room)
    gone = {"id": ACCOUNTS["adviser"]}
    room.database.write_now(lambda uow: uow.raw("UPDATE account SET started_at = NULL WHERE id = :id", gone))
    assert refuses(room, [3]) == "second_official_unreachable"
    assert room.read(lambda uow: uow.count(RoomBatch)) == 0


def test_boards_say_what_is_in_the_room_and_the_official_has_a_console(room: Room) -> None:
    to_call(room)
    enters(room, [3, 4])
    confirms(room)
    enters(room, [7])
    room.deliver()

    def look(uow: UnitOfWork) -> tuple[object, ...]:
        sitting = peek(uow, uow.must(Meeting, room.id), SYSTEM)
        adviser = uow.first(Person, account_id=ACCOUNTS["adviser"])
        assert adviser is not None and adviser.id is not None
        console = board_facts.console(sitting, adviser.id, room.now())
        return board_facts.common(sitting, room.now())["room"], console["post"], console["steps"], console["batches"]

    shown, post, steps, batches = room.read(look)
    assert shown == {"seated": 4, "hands": 2, "waiting": 1} and post == "second_official"
    assert isinstance(steps, list) and [one["action"] for one in steps] == ["confirm_hands", "refuse_hands"]
    assert isinstance(batches, list) and [one["hands"] for one in batches] == [[[7, "3-601 乙"]]]
    assert room.read(lambda uow: uow.count(Board, chat_id=ACCOUNTS["adviser"])) == 1


def test_the_result_says_how_many_hands_were_in_the_room(room: Room) -> None:
    to_call(room)
    enters(room, [3, 4])
    confirms(room)
    for key in hybrid.ONLINE[:4]:
        room.acts(key, voting.cast_vote, motion_id=room.motion.id, stance="for")
    to_correction(room)
    room.passes(61)
    assert room.meeting.rules_adopted is True and room.motion.in_favour == 6
    assert room.refused("chair", result.announce) == "not_now"
    assert room.read(lambda uow: journal.broken(uow, subject="topic", subject_id=room.topic_id)) is None
