"""Wording, adjourning, restart, reminders, housekeeping."""

from datetime import timedelta

import pytest

from services import (
    adjourning,
    checkin,
    hands,
    home,
    housekeeping,
    opening,
    reminders,
    restart,
    timers,
    turns,
    voting,
    wording,
)
from services.act import SYSTEM, Actor
from storage import inbox
from storage.tables import DeadlineStep, Hand, Inbox
from storage.work import UnitOfWork
from tests.services.room import ACCOUNTS, OFFICIALS, STAKEHOLDERS, Room


def test_wording_waits_for_corrections_and_adopted_ones_are_posted_again(room: Room) -> None:
    room.to_wording()
    assert room.refused("chair", voting.open_call, motion_id=0) == "wording_not_posted"
    room.post()
    room.deliver()
    room.acts("r301", wording.ask_correction, text="写明离楼十二米")
    room.passes(301)
    assert room.refused("r302", wording.ask_correction, text="太晚了") == "correction_time_over"
    assert room.refused("chair", voting.open_call, motion_id=0) == "corrections_open"
    decide = {"request_id": 1, "adopted": True, "reason": "有道理"}
    assert room.refused("recorder", wording.decide_correction, **decide) == "not_your_role"
    room.acts("chair", wording.decide_correction, **decide)
    assert room.refused("chair", voting.open_call, motion_id=0) == "wording_not_posted"
    room.post("在南门东侧建充电点，离楼十二米")
    assert room.refused("chair", voting.open_call, motion_id=0) == "correction_time_running"
    room.passes(301)
    room.acts("chair", voting.open_call, motion_id=0)
    assert room.motion.wording["items"][0]["text"].endswith("十二米")


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"text": " ", "implementer": "物业", "due": "2026-12-30"}, "empty_text"),
        ({"text": "建", "implementer": "\u202e", "due": "2026-12-30"}, "empty_name"),
        ({"text": "建" * 301, "implementer": "物业", "due": "2026-12-30"}, "text_too_long"),
        ({"text": "建", "implementer": "物业", "due": "2026-11-01"}, "due_in_past"),
        ({"text": "建", "implementer": "物业", "due": "明天"}, "bad_date"),
    ],
)
def test_a_wording_that_cannot_be_carried_out_is_refused(room: Room, item: dict[str, str], code: str) -> None:
    room.to_wording()
    assert room.refused("recorder", wording.post_wording, items=[item], objections="") == code
    assert room.refused("recorder", wording.post_wording, items=[], objections="") == "no_items"


def test_adjourned_and_back_with_queue_and_turns(room: Room) -> None:
    room.to_discussion()
    room.acts("r102", hands.raise_hand, stance="for")
    far = room.instant + timedelta(days=16)
    assert room.refused("chair", adjourning.adjourn, next_at=far, reason="太晚") == "adjourn_too_far"
    past = room.instant - timedelta(minutes=1)
    assert room.refused("chair", adjourning.adjourn, next_at=past, reason="太晚") == "adjourn_date_past"
    told = len(room.kinds("meeting_tomorrow"))
    room.adjourn(3)
    assert (room.meeting.state, room.meeting.live) == ("adjourned", False)
    assert room.refused("r201", hands.raise_hand, stance="for") == "not_now"
    room.passes(3 * 86400)
    assert room.meeting.state == "check_in"
    assert len(room.kinds("meeting_tomorrow")) == 2 * told
    assert room.refused("chair", opening.resume_sitting) == "post_absent"
    for who in (*OFFICIALS, *STAKEHOLDERS[:6]):
        room.acts(who, checkin.check_in, via="button")
    room.acts("chair", opening.resume_sitting)
    assert room.meeting.state == "discussion"
    waiting = room.read(lambda uow: [hand.person_id for hand in uow.all(Hand, state="open")])
    assert len(waiting) == 1


def test_a_stop_in_a_turn_gives_the_lost_time_back(room: Room) -> None:
    room.to_discussion()
    room.acts("r102", hands.raise_hand, stance="for")
    room.acts("chair", turns.grant, hand_id=1)
    room.deliver()
    ends_at = room.last_turn.ends_at
    room.door.act_now(restart.tick, SYSTEM, None)
    room.instant += timedelta(minutes=10)
    room.door.act_now(restart.resume, SYSTEM, None)
    room.deliver()
    assert ends_at is not None and room.last_turn.ends_at == ends_at + timedelta(minutes=10)
    assert room.kinds("resumed_after_restart")[0]["lost_seconds"] == 600
    room.passes(100)
    assert room.turn is not None


def test_a_stop_in_a_call_gives_the_lost_time_back(room: Room) -> None:
    room.to_rules_vote()
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.passes(30)
    room.door.act_now(restart.tick, SYSTEM, None)
    room.instant += timedelta(minutes=10)
    room.door.act_now(restart.resume, SYSTEM, None)
    early = room.refused("chair", voting.close_call, motion_id=room.motion.id, calling="for")
    assert early == "call_too_short"
    room.passes(31)
    room.acts("chair", voting.close_call, motion_id=room.motion.id, calling="for")


@pytest.mark.parametrize("hours", [3, -3])
def test_a_wall_clock_that_is_set_ends_no_turn_and_no_call_early(room: Room, hours: int) -> None:
    room.to_discussion()
    room.acts("r102", hands.raise_hand, stance="for")
    room.acts("chair", turns.grant, hand_id=1)
    room.passes(60)
    ends_at = room.last_turn.ends_at
    assert ends_at is not None
    jump = timedelta(hours=hours)
    room.instant += jump
    room.door.act_now(restart.clock_jumped, SYSTEM, None, seconds=hours * 3600)
    assert room.last_turn.ends_at == ends_at + jump
    room.deliver()
    assert room.kinds("clock_jumped")[0]["seconds"] == hours * 3600
    room.says("r102", "我先想一想")
    room.passes(80)
    room.says("r102", "我还在说")
    room.passes(39)
    assert room.turn is not None
    room.passes(2)
    assert room.last_turn.end_reason == "time"


def test_a_short_stop_changes_nothing(room: Room) -> None:
    room.to_rules_vote()
    room.door.act_now(restart.tick, SYSTEM, None)
    room.instant += timedelta(seconds=4)
    assert room.door.act_now(restart.resume, SYSTEM, None).facts["meetings"] == 0


def test_each_reminder_once_ever(room: Room) -> None:
    room.passes(3 * 86400)
    steps = room.read(lambda uow: uow.all(DeadlineStep))
    assert steps and all(step.sent_at is not None for step in steps)
    before = len(room.sent)
    for step in steps:
        room.door.act_now(reminders.remind, SYSTEM, None, person_id=step.person_id)
    room.deliver()
    assert len(room.sent) == before
    people = [facts["at"] for facts in room.kinds("meeting_tomorrow")]
    assert len(people) == 19, "everybody listed, the four posts and the deputies, the chair's too"


def test_a_meeting_to_come_is_listed_by_its_hour(room: Room) -> None:
    def listed() -> list[str]:
        items = room.door.act_now(home.todo, Actor(ACCOUNTS["r301"]), None).facts["items"]
        return [item["ends_at"] for item in items if item["kind"] == "meeting"]

    assert listed() == ["2026-11-05T11:30:00+00:00"]
    room.announced(7, 3, 2)
    assert listed() == []


def test_telling_the_result_has_three_days_and_is_reminded(room: Room) -> None:
    room.announced(7, 3, 2)
    room.passes(5 * 86400)
    told = [item for facts in room.kinds("reminder") for item in facts["items"] if item["kind"] == "tell"]
    assert told[0]["step"] == "created"
    assert {item["role"] for item in told} == {"recorder", "supervisor", "committee"}
    # Thursday + 3 days = Sunday, a rest day: Monday.
    assert told[0]["arithmetic"]["nominal"] == "2026-11-08" and told[0]["arithmetic"]["last_day"] == "2026-11-09"
    assert {item["late_days"] for item in told if item["role"] == "supervisor"} == {1}
    items = room.door.act_now(home.todo, Actor(ACCOUNTS["recorder"]), None).facts["items"]
    assert "tell" in {item["kind"] for item in items}


def test_after_downtime_only_the_latest_missed_reminder_is_sent(room: Room) -> None:
    room.announced(7, 3, 2)
    room.deliver()
    room.instant += timedelta(days=4)
    for job in room.read(lambda uow: timers.due(uow, now=room.instant)):
        room.door.act_now(job.action, SYSTEM, None, **job.facts)
    room.deliver()
    told = [item for facts in room.kinds("reminder") for item in facts["items"] if item["kind"] == "tell"]
    assert len({item["step"] for item in told}) == 1
    assert told[0]["missed_minutes"] > 0


def test_raw_updates_are_forgotten_after_two_days(room: Room) -> None:
    def arrive(uow: UnitOfWork) -> None:
        inbox.store(uow, [(1, "{}"), (2, "{}"), (3, "{}")], now=room.instant)
        inbox.mark_done(uow, [1, 2], now=room.instant)

    room.database.write_now(arrive)
    room.to_check_in("r101")
    room.instant += timedelta(days=3)
    room.door.act_now(housekeeping.tidy, SYSTEM, None)
    assert room.read(lambda uow: [row.id for row in uow.all(Inbox)]) == [3]
    assert room.read(lambda uow: uow.one("SELECT COUNT(*) FROM receipt")) == (0,)
