"""Where a meeting could come to a stop or say what is not so (5.5.2, 5.5.3, adjourned sittings)."""

from datetime import timedelta

from services import adjourning, checkin, floor, hands, opening, rules, turns, wording
from storage.tables import Hand, Turn
from tests.services.room import OFFICIALS, STAKEHOLDERS, Room


def to_closing_list(room: Room) -> None:
    """A discussion whose list closes after 10 minutes."""
    room.to_rules_vote()
    room.acts("chair", rules.change_rules, settings={"list_closes_after_minutes": 10})
    room.vote(8, 2, 1)
    room.acts("chair", opening.declare_open)
    room.to_explained()
    assert room.meeting.list_closes_at == room.instant + timedelta(minutes=10)


def to_another_day(room: Room, days: int = 2, here: tuple[str, ...] = STAKEHOLDERS) -> None:
    """Adjourned, checked in again, and 7 minutes late."""
    room.adjourn(days)
    room.passes((room.meeting.scheduled_at - room.instant).total_seconds() + 420)
    for who in (*OFFICIALS, *here):
        room.acts(who, checkin.check_in, via="button")
    room.acts("chair", opening.resume_sitting)
    room.deliver()


def test_a_closed_list_needs_no_last_call(room: Room) -> None:
    """Who may not raise a hand any more is not asked whether they want to; the way to the wording is open."""
    to_closing_list(room)
    assert room.refused("chair", wording.open_wording) == "last_call_needed"
    room.acts("r102", hands.raise_hand, stance="for")
    room.passes(600)
    assert room.refused("r201", hands.raise_hand, stance="for") == "list_closed"
    assert room.refused("chair", wording.open_wording) == "hands_waiting"
    room.acts("chair", turns.grant, hand_id=1)
    room.deliver()
    room.acts("r102", turns.yield_turn, turn_id=room.last_turn.id)
    room.deliver()
    assert room.kinds("handover")[-1]["list_closed"]
    assert room.refused("chair", floor.last_call) == "list_is_over"
    assert room.acts("chair", wording.open_wording).code == "wording_opened"


def test_the_list_stays_open_for_what_was_left_of_it(room: Room) -> None:
    """Adjourned with 6 minutes to go, put off once more before it opened: 6 minutes from the resumption."""
    to_closing_list(room)
    room.passes(240)
    room.adjourn(1)
    room.passes((room.meeting.scheduled_at - room.instant).total_seconds() - 600)
    room.acts("chair", adjourning.adjourn, next_at=room.meeting.scheduled_at + timedelta(days=1), reason="人没到齐")
    room.passes((room.meeting.scheduled_at - room.instant).total_seconds() + 420)
    for who in (*OFFICIALS, *STAKEHOLDERS):
        room.acts(who, checkin.check_in, via="button")
    room.acts("chair", opening.resume_sitting)
    assert room.meeting.list_closes_at == room.instant + timedelta(minutes=6)
    room.passes(359)
    assert room.acts("r102", hands.raise_hand, stance="for").code == "hand_raised"
    room.passes(1)
    assert room.refused("r201", hands.raise_hand, stance="for") == "list_closed"
    assert len(room.kinds("list_closed")) == 1


def test_a_list_that_was_closed_stays_closed(room: Room) -> None:
    """An adjournment opens nothing."""
    to_closing_list(room)
    room.passes(601)
    to_another_day(room)
    assert room.refused("r201", hands.raise_hand, stance="for") == "list_closed"
    assert room.acts("chair", wording.open_wording).code == "wording_opened"


def test_the_hand_of_somebody_who_is_not_here_today_waits_for_them(room: Room) -> None:
    """It holds nobody up, and it is back at its place when they come."""
    room.to_discussion()
    room.acts("r102", hands.raise_hand, stance="for")
    room.acts("r202", hands.raise_hand, stance="for")
    to_another_day(room, here=STAKEHOLDERS[2:])
    assert room.refused("chair", turns.grant, hand_id=1) == "hand_gone"
    room.acts("r102", checkin.check_in, via="button")
    assert room.refused("chair", turns.grant, hand_id=2) == "not_next"
    assert room.acts("chair", turns.grant, hand_id=1).code == "turn_granted"


def test_a_silent_speaker_is_announced_where_they_stand(room: Room) -> None:
    """The message at the end of a turn says what the board says: a hand put back still waits."""
    room.to_discussion()
    room.acts("r102", hands.raise_hand, stance="for")
    room.acts("chair", turns.grant, hand_id=1)
    room.passes(125)
    told = room.kinds("handover")[-1]
    assert (told["ended"]["reason"], told["next"]["label"], told["waiting"]) == ("silent_unspoken", "1-102", 1)
    room.acts("chair", turns.grant, hand_id=1)
    room.passes(125)
    told = room.kinds("handover")[-1]
    assert (told["ended"]["reason"], told["next"], told["waiting"]) == ("silent_lowered", None, 0)
    assert room.read(lambda uow: uow.must(Hand, 1)).state == "lowered"
    assert [turn.counted for turn in room.read(lambda uow: uow.all(Turn, kind="speech"))] == [False, False]
