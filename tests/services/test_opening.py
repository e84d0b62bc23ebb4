"""5.6.1 a–c: signing in, opening, rules vote."""

from datetime import timedelta

import pytest

from services import chairing, checkin, opening, rules, voting
from storage.tables import CheckIn, Meeting, RulesDraft
from storage.types import to_micros
from storage.work import UnitOfWork
from tests.services.room import OFFICIALS, STAKEHOLDERS, Room


def test_check_in_opens_by_itself_half_an_hour_before(room: Room) -> None:
    room.passes((room.meeting.scheduled_at - room.instant).total_seconds() - 30 * 60 - 1)
    assert room.meeting.state == "scheduled"
    room.passes(1)
    assert (room.meeting.state, room.meeting.live) == ("check_in", True)
    assert {facts["board_id"] for facts in room.kinds("board_post")}


def test_checking_in_twice_changes_nothing(room: Room) -> None:
    room.to_check_in("r101")
    again = room.acts("r101", checkin.check_in, via="typed")
    assert again.code == "already_checked_in"
    assert room.read(lambda uow: uow.count(CheckIn, meeting_id=room.id)) == 1


def test_capacities_are_shown_and_strangers_refused(room: Room) -> None:
    room.to_check_in("r101")
    assert room.acts("observer", checkin.check_in, via="button").facts["capacity"] == "observer"
    assert room.acts("chair", checkin.check_in, via="button").facts["capacity"] == "official"
    assert room.refused("stranger", checkin.check_in, via="button") == "not_in_community"


@pytest.mark.parametrize("absent", OFFICIALS)
def test_opening_needs_chair_recorder_and_supervisor(room: Room, absent: str) -> None:
    room.to_check_in("r101", *(who for who in OFFICIALS if who != absent))
    assert room.refused("chair", opening.open_meeting) == "post_absent"
    room.acts(absent, checkin.check_in, via="button")
    assert room.acts("chair", opening.open_meeting).code == "meeting_opened"


def test_deputies_fill_the_posts(room: Room) -> None:
    room.to_check_in("r101", "deputy", "recorder2", "supervisor2")
    assert room.refused("deputy", opening.open_meeting) == "not_your_role"
    room.acts("deputy", chairing.take_chair)
    assert room.acts("deputy", opening.open_meeting).code == "meeting_opened"
    assert room.refused("chair", opening.put_rules) == "not_your_role"


def test_a_present_chair_is_not_replaced(room: Room) -> None:
    room.to_check_in("chair", "deputy")
    assert room.refused("deputy", chairing.take_chair) == "chair_is_present"


def test_not_before_its_hour_nor_without_stakeholders(room: Room) -> None:
    room.to_check_in(*OFFICIALS)
    room.instant = room.instant.replace(minute=29)
    assert room.refused("chair", opening.open_meeting) == "too_early"
    room.instant = room.instant.replace(minute=30)
    assert room.refused("chair", opening.open_meeting) == "no_stakeholder"


def test_no_meeting_without_a_lawful_notice(room: Room) -> None:
    room.to_check_in()
    late = {"at": to_micros(room.meeting.scheduled_at - timedelta(days=3))}
    room.database.write_now(lambda uow: uow.raw("UPDATE notice SET published_at = :at", late))
    assert room.refused("chair", opening.open_meeting) == "notice_missing"
    room.database.write_now(lambda uow: uow.raw("DELETE FROM notice"))
    assert room.refused("chair", opening.open_meeting) == "notice_missing"


def test_one_live_meeting_per_group(room: Room) -> None:
    def second(uow: UnitOfWork) -> int:
        first = uow.must(Meeting, room.id)
        copy = uow.add(Meeting(**(first.model_dump(exclude={"id"}) | {"live": False, "state": "scheduled"})))
        assert copy.id is not None
        return copy.id

    other = room.database.write_now(second)
    room.to_check_in("chair")
    first, room.id = room.id, other
    assert room.refused("chair", opening.open_check_in) == "group_busy"
    room.id = first


@pytest.mark.parametrize(
    ("split", "adopted"),
    [
        ((7, 5, 0), True),
        ((6, 6, 0), False),
        ((6, 0, 6), False),
        ((1, 0, 0), True),
        ((0, 0, 0), False),
        ((0, 1, 0), False),
    ],
)
def test_rules_need_more_than_half_of_those_who_vote(room: Room, split: tuple[int, int, int], adopted: bool) -> None:
    room.to_rules_vote()
    room.vote(*split)
    assert room.meeting.rules_adopted is adopted
    assert room.kinds("rules_result")[0]["adopted"] is adopted
    if adopted:
        assert room.acts("chair", opening.declare_open).code == "opened"
    else:
        assert room.refused("chair", opening.declare_open) == "rules_not_adopted"


def test_rejected_rules_are_changed_put_again_and_adopted(room: Room) -> None:
    room.to_rules_vote()
    room.vote(2, 8, 0)
    assert room.refused("chair", rules.change_rules, settings={"minutes": 9}) == "bad_minutes"
    assert room.refused("chair", rules.change_rules, settings={"floor_mode": "strict"}) == "strict_no_right"
    assert room.refused("chair", rules.change_rules, settings={"minutes": "viele"}) == "bad_rules"
    changed = room.acts("chair", rules.change_rules, settings={"minutes": 2, "turns": 1})
    assert changed.facts["changed"] == ["minutes", "turns"]
    room.acts("chair", opening.put_rules)
    room.vote(9, 1, 1)
    assert room.meeting.rules_adopted
    rules_id = room.meeting.rules_id
    running = room.read(lambda uow: uow.must(RulesDraft, rules_id))
    assert (running.settings["minutes"], running.settings["turns"]) == (2, 1)
    assert room.motion.wording["minutes"] == 2
    assert room.refused("chair", rules.change_rules, settings={"minutes": 3}) == "rules_already_adopted"


def test_rules_under_vote_cannot_be_changed(room: Room) -> None:
    room.to_rules_vote()
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    assert room.refused("chair", rules.change_rules, settings={"minutes": 1}) == "vote_running"
    assert room.refused("recorder", rules.change_rules, settings={"minutes": 1}) == "not_your_role"


def test_everybody_signed_in_is_on_the_roster(room: Room) -> None:
    room.to_check_in(*OFFICIALS, *STAKEHOLDERS[:5], "observer", "neighbour", "property")
    room.acts("chair", opening.open_meeting)
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    assert room.motion.roster == 5
    room.acts(STAKEHOLDERS[6], checkin.check_in, via="button")
    late = room.refused(STAKEHOLDERS[6], voting.cast_vote, motion_id=room.motion.id, stance="for")
    assert late == "not_on_roster"
