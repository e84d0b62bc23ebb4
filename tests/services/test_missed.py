"""A sitting that nobody opened: the group is free at the end of the day, and the chairs hear what they can do."""

from services import annex, checkin, finalizing, opening
from storage.tables import Group, Meeting, Timer
from tests.services.room import Room

DAY = 86400


def test_check_in_does_not_stay_open_overnight(room: Room) -> None:
    room.to_check_in("r101")
    assert room.meeting.live
    room.passes(DAY)
    assert (room.meeting.state, room.meeting.live) == ("scheduled", False)
    assert len(room.kinds("sitting_missed")) == 1
    assert [facts["begun"] for facts in room.kinds("sitting_missed_private")] == [False, False]


def test_the_chair_can_name_another_day(room: Room) -> None:
    room.to_check_in("chair", "r101")
    room.passes(DAY)
    actor = room.actor("chair")
    receipt = room.door.act_now(
        finalizing.postpone_meeting, actor, f"{actor.arrival}:1", topic_id=room.topic_id, reason="人没有到齐"
    )
    assert receipt.code == "meeting_postponed"


def test_a_meeting_that_was_opened_runs_on_past_midnight(room: Room) -> None:
    room.to_rules_vote()
    room.passes(DAY)
    assert (room.meeting.state, room.meeting.live) == ("rules_vote", True)
    assert not room.kinds("sitting_missed")


def test_a_further_sitting_that_nobody_opened_waits_for_another_day(room: Room) -> None:
    room.to_discussion()
    room.adjourn(2)
    room.passes(3 * DAY)
    assert (room.meeting.state, room.meeting.live) == ("adjourned", False)
    assert [facts["begun"] for facts in room.kinds("sitting_missed_private")] == [True, True]
    room.acts("chair", opening.open_check_in)
    room.acts("chair", checkin.check_in, via="button")
    room.adjourn(1)
    assert room.meeting.state == "adjourned"


def test_a_sitting_that_stood_still_overnight_is_watched_on(room: Room) -> None:
    room.to_check_in("chair", "r102")
    room.acts("r102", annex.raise_annex, item="D.d", reason="集体的地")
    room.passes(DAY)
    assert (room.meeting.state, room.meeting.live) == ("suspended", True)
    waiting = room.read(lambda uow: uow.all(Timer, meeting_id=room.id, kind="sitting_missed", done_at=None))
    assert [timer.due_at > room.instant for timer in waiting] == [True]


def test_another_meeting_in_the_group_can_be_held_then(room: Room) -> None:
    room.to_check_in("r101")
    taken = room.read(lambda uow: uow.count(Meeting, chat_id=uow.all(Group)[0].chat_id, live=True))
    room.passes(DAY)
    free = room.read(lambda uow: uow.count(Meeting, chat_id=uow.all(Group)[0].chat_id, live=True))
    assert (taken, free) == (1, 0)
