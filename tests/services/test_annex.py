"""A matter of annex D raised in the meeting (5.7.1): what stands still, and who says what becomes of it."""

from datetime import timedelta

import pytest

from procedure.errors import RuleBroken
from services import annex, checkin, hands, opening, restart, result, turns, voting
from services.act import SYSTEM
from storage.tables import Deadline, Document, JournalEntry, Meeting, Topic
from tests.services.room import ACCOUNTS, Room
from tests.services.suspended import (
    RAISED,
    STAGES,
    at_home,
    at_stage,
    clock,
    console_of,
    decided,
    first_hand,
    judges,
    refused_judging,
    running,
    speaking,
    timers_due,
    to_suspended,
)


@pytest.mark.parametrize("stage", STAGES)
def test_everything_stands_still_and_goes_on_where_it_stood(room: Room, stage: str) -> None:
    state = at_stage(room, stage)
    left = running(room)
    assert room.acts("r102", annex.raise_annex, **RAISED).code == "annex_raised"
    assert room.meeting.state == "suspended" and room.meeting.live
    assert timers_due(room) == []
    room.passes(900)
    room.door.act_now(restart.tick, SYSTEM, None)
    room.instant += timedelta(minutes=5)
    room.door.act_now(restart.resume, SYSTEM, None)
    assert room.meeting.state == "suspended" and room.meeting.annex["item"] == "D.d"
    assert room.refused("r201", annex.raise_annex, item="D.a", reason="也像") == "annex_already"
    assert room.refused("chair", annex.resume_meeting) == "annex_open"
    assert room.acts("chair", annex.refuse_annex, reason="只是放充电桩").code == "annex_referred"
    assert judges(room, "dismissed").code == "annex_goes_on"
    assert room.acts("chair", annex.resume_meeting).code == "sitting_resumed"
    assert room.meeting.state == state
    assert running(room) == left
    room.deliver()
    assert [one["state"] for one in room.kinds("resumed_after_restart")] == ["suspended"]


@pytest.mark.parametrize("stage", ["check-in", "rules called", "turn", "wording", "vote decided"])
def test_both_agreeing_divert_from_every_kind_of_state(room: Room, stage: str) -> None:
    at_stage(room, stage)
    room.acts("supervisor", annex.raise_annex, **RAISED)
    assert room.acts("adviser", annex.agree_annex).code == "annex_agreed"
    assert room.acts("chair", annex.agree_annex).code == "annex_diverted"
    meeting = room.meeting
    assert (meeting.state, meeting.live, meeting.verdict) == ("diverted", False, None)
    assert meeting.announced_at == room.instant and meeting.opened_at is not None and room.turn is None
    topic = room.read(lambda uow: uow.must(Topic, room.topic_id))
    assert (topic.stage, topic.outcome, topic.annex) == ("tell", "diverted", "D.d")
    assert timers_due(room) == []
    papers = room.read(lambda uow: {row.kind: str(row.facts) for row in uow.all(Document, topic_id=room.topic_id)})
    assert "b2" in papers and "议题属于附录D规定的事项" in papers["b3"] and "协商会结束" in papers["b3"]
    assert room.read(lambda uow: uow.count(Deadline, topic_id=room.topic_id, kind="tell", done_at=None)) == 1
    room.deliver()
    assert [one["item"] for one in room.kinds("annex_diverted")] == ["D.d"]
    assert room.refused("r102", annex.raise_annex, **RAISED) == "not_now"
    assert room.refused("chair", result.announce) == "not_now"


def test_who_may_raise_it_and_with_what(room: Room) -> None:
    assert room.refused("r101", annex.raise_annex, **RAISED) == "not_now"
    room.to_check_in("chair", "recorder", "supervisor", "r101", "observer")
    for who, code in (("stranger", "not_in_community"), ("r102", "not_checked_in"), ("adviser", "not_checked_in")):
        assert room.refused(who, annex.raise_annex, **RAISED) == code
    for changed, code in (
        ({"item": "D.z"}, "unknown_annex"),
        ({"item": "C.1.1"}, "unknown_annex"),
        ({"reason": " \u200b "}, "empty_text"),
        ({"reason": "长" * 301}, "text_too_long"),
    ):
        assert room.refused("r101", annex.raise_annex, **(RAISED | changed)) == code
    with pytest.raises(RuleBroken, match="no_such_meeting"):
        room.door.act_now(annex.raise_annex, room.actor("r101"), None, meeting_id=10**9, **RAISED)
    assert room.meeting.annex == {}
    assert room.acts("observer", annex.raise_annex, **RAISED).code == "annex_raised"


def test_nothing_of_the_meeting_goes_on_meanwhile(room: Room) -> None:
    to_suspended(room)
    turn = room.last_turn
    assert turn.id is not None
    for who, action, facts in (
        ("r401", hands.raise_hand, {"stance": "for"}),
        ("r101", turns.yield_turn, {"turn_id": turn.id}),
        ("chair", turns.end_turn, {"turn_id": turn.id, "reason": "到点了"}),
        ("r101", voting.cast_vote, {"motion_id": room.motion.id, "stance": "for"}),
        ("chair", voting.open_call, {"motion_id": room.motion.id}),
        ("chair", opening.open_meeting, {}),
        ("chair", opening.resume_sitting, {}),
    ):
        assert room.refused(who, action, **facts) == "not_now", action
    assert room.says("r101", "我再说一句", later=30).code == "paused"
    assert room.says("r401", "怎么停了").code == "paused" and room.meeting.interruptions == 0


def test_words_sent_before_it_are_still_part_of_the_speech(room: Room) -> None:
    speaking(room)
    room.passes(20)
    room.acts("r301", annex.raise_annex, **RAISED)
    assert room.says("r101", "这是停之前说的", later=-5).code == "speech"
    assert room.says("r101", "这是停之后说的", later=30).code == "paused"


def test_a_turn_whose_clock_had_not_begun_begins_when_the_meeting_goes_on(room: Room) -> None:
    room.to_discussion()
    room.acts("r101", hands.raise_hand, stance="for")
    room.acts("chair", turns.grant, hand_id=first_hand(room))
    room.acts("r301", annex.raise_annex, **RAISED)
    room.deliver()
    assert room.last_turn.starts_at is None
    room.acts("chair", annex.agree_annex)
    judges(room, "dismissed")
    room.acts("chair", annex.resume_meeting)
    room.deliver()
    assert room.last_turn.starts_at == room.instant and room.last_turn.ended_at is None


def test_the_clocks_run_again_afterwards(room: Room) -> None:
    to_suspended(room)
    ends_at = room.last_turn.ends_at
    room.passes(3600)
    room.acts("chair", annex.refuse_annex, reason="只是放充电桩")
    judges(room, "dismissed")
    room.acts("chair", annex.resume_meeting)
    assert ends_at is not None and room.last_turn.ends_at == ends_at + timedelta(hours=1)
    for _ in range(3):
        room.passes(55)
        assert room.says("r101", "我接着说").code == "speech"
    room.passes(20)
    assert room.last_turn.end_reason == "time" and room.kinds("handover")[-1]["next"]["label"] == "1-201"


def test_a_verdict_that_waited_is_announced_when_the_meeting_goes_on(room: Room) -> None:
    decided(room)
    room.acts("r101", annex.raise_annex, **RAISED)
    assert room.refused("chair", result.announce) == "not_now"
    room.acts("chair", annex.agree_annex)
    judges(room, "dismissed")
    room.acts("chair", annex.resume_meeting)
    assert room.acts("chair", result.announce).facts["verdict"] == "agreed"


def test_an_adviser_who_is_not_there_leaves_it_to_the_joint_meeting(room: Room) -> None:
    to_suspended(room, adviser=False)
    assert room.acts("chair", annex.agree_annex).code == "annex_referred"
    assert room.refused("adviser", annex.agree_annex) == "annex_is_referred"
    found = clock(room)
    assert found is not None and found.arithmetic["amount"] == 3
    room.deliver()
    told = {chat for kind, chat, _ in room.sent if kind == "annex_to_judge"}
    assert told == {ACCOUNTS[who] for who in ("deputy", "recorder", "recorder2", "adviser")}


def test_chair_and_adviser_speak_once_each_and_nobody_else_does(room: Room) -> None:
    to_suspended(room)
    assert room.acts("chair", annex.agree_annex).code == "annex_agreed"
    assert room.refused("chair", annex.agree_annex) == "annex_said"
    for who in ("recorder", "supervisor", "deputy", "r101"):
        assert room.refused(who, annex.agree_annex) == "not_your_role", who
    assert room.refused("adviser", annex.refuse_annex, reason=" ") == "reason_needed"
    assert room.refused("adviser", annex.refuse_annex, reason="长" * 301) == "text_too_long"
    assert refused_judging(room, "recorder") == "no_annex_referred"
    assert room.acts("adviser", annex.refuse_annex, reason="我看不是").code == "annex_referred"
    assert room.refused("adviser", annex.agree_annex) == "annex_is_referred"


def test_the_joint_meeting_alone_says_what_becomes_of_it(room: Room) -> None:
    to_suspended(room)
    room.acts("chair", annex.refuse_annex, reason="只是放充电桩")
    for who in ("chair", "supervisor", "r101"):
        assert refused_judging(room, who) == "not_your_role", who
    assert refused_judging(room, "stranger") == "not_in_community"
    assert refused_judging(room, "recorder", outcome="maybe") == "no_such_choice"
    assert refused_judging(room, "recorder", reason="") == "empty_text"
    assert judges(room, "diverted").code == "annex_diverted"
    assert room.meeting.state == "diverted" and clock(room) is None
    assert refused_judging(room, "recorder") in ("not_this_stage", "no_annex_referred")


def test_what_was_dismissed_is_not_raised_again(room: Room) -> None:
    to_suspended(room)
    room.acts("chair", annex.refuse_annex, reason="只是放充电桩")
    judges(room, "dismissed")
    room.acts("chair", annex.resume_meeting)
    assert clock(room) is None
    for who in ("r301", "r401"):
        assert room.refused(who, annex.raise_annex, **RAISED) == "annex_dismissed"
    assert room.acts("r401", annex.raise_annex, item="D.h", reason="要集资").code == "annex_raised"
    room.acts("chair", annex.refuse_annex, reason="不用集资")
    assert clock(room) is not None
    judges(room, "dismissed")
    assert room.meeting.annex["dismissed"] == ["D.d", "D.h"]


def test_the_room_goes_home_while_the_joint_meeting_thinks(room: Room) -> None:
    speaking(room)
    turn, left = room.last_turn, running(room)
    room.acts("r301", annex.raise_annex, **RAISED)
    room.adjourn(3)
    assert room.meeting.state == "adjourned" and room.meeting.state_left == "discussion"
    assert clock(room) is not None, "leaving without both agreeing refers it"
    room.passes((room.meeting.scheduled_at - room.instant).total_seconds())
    for who in ("chair", "recorder", "supervisor", "r101", "r201"):
        room.acts(who, checkin.check_in, via="button")
    assert room.refused("chair", opening.resume_sitting) == "annex_open"
    assert room.refused("r201", annex.raise_annex, item="D.a", reason="也像") == "annex_already"
    judges(room, "dismissed")
    assert room.acts("chair", opening.resume_sitting).code == "sitting_resumed"
    assert room.meeting.state == "discussion" and room.last_turn.id == turn.id
    assert running(room) == left and "held" not in room.meeting.annex


def test_an_adjourned_meeting_can_still_be_diverted(room: Room) -> None:
    to_suspended(room)
    room.acts("chair", annex.agree_annex)
    room.adjourn(3)
    judges(room, "diverted")
    assert room.meeting.state == "diverted" and room.last_turn.end_reason == "diverted"
    scheduled_at = room.meeting.scheduled_at
    room.passes((scheduled_at - room.instant).total_seconds() + 60)
    assert room.meeting.state == "diverted" and not room.meeting.live


def test_on_a_later_day_the_chair_fixes_a_new_sitting(room: Room) -> None:
    to_suspended(room)
    room.acts("chair", annex.refuse_annex, reason="只是放充电桩")
    room.passes(86400)
    judges(room, "dismissed")
    assert room.refused("chair", annex.resume_meeting) == "sitting_day_over"
    room.adjourn(2)
    assert room.meeting.state == "adjourned" and clock(room) is None
    room.deliver()
    assert [one["next_at"] for one in room.kinds("annex_dismissed")] == [None]


def test_check_in_stays_closed_once_the_vote_has_begun(room: Room) -> None:
    decided(room)
    room.acts("r101", annex.raise_annex, **RAISED)
    assert room.refused("neighbour", checkin.check_in, via="button") == "check_in_closed"


def test_whoever_attends_finds_the_button_at_home_and_officials_on_their_consoles(room: Room) -> None:
    room.to_check_in("chair", "recorder", "supervisor", "r101", "adviser")
    shown = {who: at_home(room, who) for who in ("r101", "r102", "recorder")}
    assert shown == {"r101": True, "r102": False, "recorder": True}
    consoles = {who: console_of(room, who)["may_raise_annex"] for who in ("chair", "supervisor", "recorder")}
    assert consoles == {"chair": True, "supervisor": True, "recorder": False}
    room.acts("r101", annex.raise_annex, **RAISED)
    room.deliver()
    steps = {who: [one["action"] for one in console_of(room, who)["steps"]] for who in ("chair", "adviser")}
    assert "agree_annex" in steps["chair"] and steps["adviser"] == ["agree_annex", "refuse_annex"]
    assert at_home(room, "r101") is False and console_of(room, "adviser")["post"] == "adviser"


def test_the_journal_keeps_item_and_figures_but_no_words(room: Room) -> None:
    to_suspended(room)
    room.acts("chair", annex.refuse_annex, reason="只是放充电桩")
    judges(room, "diverted", reason="确实要动集体资产")
    rows = room.read(lambda uow: [row.entry for row in uow.all(JournalEntry, subject_id=room.topic_id)])
    written = [row for row in rows if '"annex_' in row]
    kinds = ("annex_raised", "annex_refused", "annex_referred", "annex_judged", "annex_diverted")
    assert all(any(kind in row for row in written) for kind in kinds)
    assert not any(words in row for row in rows for words in ("集体资产", "只是放充电桩", RAISED["reason"]))
    assert room.read(lambda uow: uow.must(Meeting, room.id)).annex["reason"] == RAISED["reason"]
