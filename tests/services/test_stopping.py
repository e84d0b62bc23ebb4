"""5.6.4: the supervisor stops the meeting; everything stands still and goes on where it stood."""

from datetime import timedelta

import pytest

from procedure.errors import RuleBroken
from services import annex, checkin, finalizing, hands, home, opening, restart, stopping, turns, voting
from services.act import SYSTEM
from storage.tables import JournalEntry, Stop, Vote
from tests.services.room import Room
from tests.services.suspended import (
    STAGES,
    at_stage,
    console_of,
    decided,
    first_hand,
    running,
    speaking,
    timers_due,
    voting_now,
)

ORDER = {"reason": "有人没说上话就要表决", "correction": "请没说上话的人先说"}


@pytest.mark.parametrize("stage", STAGES)
def test_everything_stands_still_and_goes_on_where_it_stood(room: Room, stage: str) -> None:
    state = at_stage(room, stage)
    left = running(room)
    assert room.acts("supervisor", stopping.stop_meeting, **ORDER).code == "meeting_stopped"
    assert room.meeting.state == "suspended" and room.meeting.live and timers_due(room) == []
    room.passes(900)
    room.door.act_now(restart.tick, SYSTEM, None)
    room.instant += timedelta(minutes=5)
    room.door.act_now(restart.resume, SYSTEM, None)
    assert room.meeting.state == "suspended"
    assert room.acts("supervisor2", stopping.lift_stop).code == "stop_lifted"
    assert room.meeting.state == state and room.meeting.stopped_at is None and room.meeting.held == {}
    assert running(room) == left
    room.deliver()
    assert [(one["state"], one["stopped"]) for one in room.kinds("resumed_after_restart")] == [("suspended", True)]
    assert [one["reason"] for one in room.kinds("meeting_stopped")] == [ORDER["reason"]]
    assert [one["state"] for one in room.kinds("stop_lifted")] == [state]


def test_a_call_of_the_main_vote_keeps_its_hands_and_its_minute(room: Room) -> None:
    voting_now(room)
    room.passes(20)
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    room.passes(600)
    motion_id = room.motion.id
    for who, action, facts in (
        ("r102", voting.cast_vote, {"motion_id": motion_id, "stance": "for"}),
        ("r101", voting.cast_vote, {"motion_id": motion_id, "stance": "against"}),
        ("chair", voting.close_call, {"motion_id": motion_id, "calling": "for"}),
        ("r401", hands.raise_hand, {"stance": "for"}),
        ("r301", annex.raise_annex, {"item": "D.d", "reason": "像"}),
    ):
        assert room.refused(who, action, **facts) == "meeting_stopped", action
    assert room.refused("observer", checkin.check_in, via="button") == "check_in_closed"
    room.acts("supervisor", stopping.lift_stop)
    room.deliver()
    assert room.refused("chair", voting.close_call, motion_id=motion_id, calling="for") == "call_too_short"
    room.acts("r102", voting.cast_vote, motion_id=motion_id, stance="for")
    room.passes(61)
    assert room.acts("chair", voting.close_call, motion_id=motion_id, calling="for").code == "call_closed"
    assert room.read(lambda uow: uow.count(Vote, motion_id=motion_id)) == 2


def test_the_time_to_correct_hands_stands_still_too(room: Room) -> None:
    voting_now(room)
    for stance in ("for", "against", "abstain"):
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=room.motion.id, calling=stance)
    room.passes(50)
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    room.passes(3600)
    assert room.motion.stage == "correcting"
    room.acts("supervisor", stopping.lift_stop)
    room.passes(9)
    assert room.acts("r101", voting.cast_vote, motion_id=room.motion.id, stance="against").facts["changed"]
    room.passes(2)
    assert room.motion.stage == "decided"


def test_words_in_a_stop_are_neither_speech_nor_interruption(room: Room) -> None:
    speaking(room)
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    room.passes(10)
    assert room.says("r101", "我还没说完").code == "paused"
    assert room.says("r401", "怎么停了").code == "paused" and room.meeting.interruptions == 0
    turn = room.last_turn
    assert room.refused("chair", turns.end_turn, turn_id=turn.id, reason="到点了") == "meeting_stopped"
    room.acts("supervisor", stopping.lift_stop)
    assert room.says("r101", "接着说").code == "speech"


def test_who_may_stop_and_with_what(room: Room) -> None:
    assert room.refused("supervisor", stopping.stop_meeting, **ORDER) == "not_now"
    speaking(room)
    for who in ("chair", "deputy", "recorder", "adviser", "r101", "observer", "property"):
        assert room.refused(who, stopping.stop_meeting, **ORDER) == "not_your_role", who
        assert room.refused(who, stopping.lift_stop) == "not_your_role", who
    assert room.refused("stranger", stopping.stop_meeting, **ORDER) == "not_in_community"
    assert room.refused("supervisor", stopping.lift_stop) == "not_now"
    for changed, code in (
        ({"reason": "  "}, "reason_needed"),
        ({"reason": "\u200b"}, "empty_text"),
        ({"correction": " "}, "empty_text"),
        ({"reason": "长" * 301}, "text_too_long"),
        ({"correction": "长" * 301}, "text_too_long"),
    ):
        assert room.refused("supervisor", stopping.stop_meeting, **(ORDER | changed)) == code
    with pytest.raises(RuleBroken, match="no_such_meeting"):
        room.door.act_now(stopping.stop_meeting, room.actor("supervisor"), None, meeting_id=10**9, **ORDER)
    assert room.read(lambda uow: uow.count(Stop)) == 0 and room.meeting.state == "discussion"
    assert room.acts("supervisor2", stopping.stop_meeting, **ORDER).code == "meeting_stopped"
    assert room.refused("supervisor", stopping.stop_meeting, **ORDER) == "meeting_stopped"


def test_consoles_offer_what_is_lawful_and_boards_say_why(room: Room) -> None:
    speaking(room)
    assert [step["action"] for step in console_of(room, "supervisor")["steps"]] == ["stop_meeting"]
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    shown = console_of(room, "supervisor")
    assert [step["action"] for step in shown["steps"]] == ["lift_stop"] and shown["stop"] == ORDER
    assert shown["annex"] is None
    assert {step["action"] for step in console_of(room, "chair")["steps"]} == {"please_stop", "adjourn"}
    assert not room.read(lambda uow: home.home(uow, room.actor("r101"), now=room.instant)).facts["meetings"][0][
        "may_raise_annex"
    ]
    room.acts("supervisor", stopping.lift_stop)
    assert console_of(room, "supervisor")["stop"] is None


def test_the_committee_stands_behind_a_supervisor_who_is_gone(room: Room) -> None:
    """The others of the supervisory committee are told, and any of them may lift it; nobody else's role does."""
    speaking(room)
    room.database.write_now(
        lambda uow: uow.raw(
            "UPDATE post_holder SET declined_at = 1, accepted_at = NULL WHERE deputy AND post = 'supervisor'"
        )
    )
    assert room.refused("supervisor2", stopping.stop_meeting, **ORDER) == "not_your_role"
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    room.deliver()
    assert [one["correction"] for one in room.kinds("stop_told")] == [ORDER["correction"]]
    assert room.acts("supervisor2", stopping.lift_stop).code == "stop_lifted"
    assert room.refused("supervisor2", stopping.lift_stop) == "not_your_role"


def test_a_stop_that_is_not_lifted_goes_along_to_the_next_sitting(room: Room) -> None:
    """The chair cannot get round it by adjourning: the next sitting begins once it is corrected, nothing lost."""
    speaking(room)
    left = running(room)
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    room.passes(86400)
    assert room.refused("supervisor", stopping.lift_stop) == "sitting_day_over"
    assert room.adjourn(3).code == "adjourned"
    assert room.meeting.state == "adjourned" and room.meeting.annex == {}
    room.passes(3 * 86400 - 60)
    for who in ("chair", "recorder", "supervisor", "r101", "r201"):
        room.acts(who, checkin.check_in, via="button")
    room.passes(60)
    assert room.refused("chair", opening.resume_sitting) == "stop_open"
    assert room.refused("supervisor", stopping.stop_meeting, **ORDER) == "stop_open"
    assert room.acts("supervisor", stopping.lift_stop).code == "stop_lifted"
    assert room.meeting.state == "check_in"
    assert room.acts("chair", opening.resume_sitting).code == "sitting_resumed"
    assert room.meeting.state == "discussion" and running(room) == left


def test_a_stop_before_the_opening_is_not_escaped_by_postponing(room: Room) -> None:
    room.to_check_in()
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    with pytest.raises(RuleBroken, match="stop_open"):
        room.door.act_now(finalizing.postpone_meeting, room.actor("chair"), None, topic_id=room.topic_id, reason="改天")
    room.acts("supervisor", stopping.lift_stop)
    assert room.acts("chair", opening.open_meeting).code == "meeting_opened"


def test_a_decided_vote_is_announced_after_the_correction(room: Room) -> None:
    decided(room)
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    assert room.refused("chair", turns.grant, hand_id=1) == "meeting_stopped"
    room.acts("supervisor", stopping.lift_stop)
    assert "announce" in [step["action"] for step in console_of(room, "chair")["steps"]]


def test_the_journal_has_both_without_a_word(room: Room) -> None:
    speaking(room)
    room.acts("chair", turns.end_turn, turn_id=room.last_turn.id, reason="到点了")
    assert first_hand(room)
    room.acts("supervisor", stopping.stop_meeting, **ORDER)
    room.acts("supervisor", stopping.lift_stop)
    entries = [row.entry for row in room.read(lambda uow: uow.all(JournalEntry, subject_id=room.topic_id))]
    assert sum('"kind":"stopped"' in entry for entry in entries) == 1
    assert sum('"kind":"stop_lifted"' in entry for entry in entries) == 1
    assert not any(ORDER["reason"] in entry for entry in entries)
