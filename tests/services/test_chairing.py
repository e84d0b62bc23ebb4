"""5.3.1 d: no meeting stands still for want of a chair."""

import pytest

from services import chairing, checkin, explaining, hands, home, opening, people, turns
from storage.tables import Hand, JournalEntry
from tests.services.room import ACCOUNTS, OFFICIALS, STAKEHOLDERS, Room
from tests.services.suspended import console_of


@pytest.fixture
def sitting(room: Room) -> Room:
    """A meeting in which the rules are being voted on, the deputy looking on."""
    room.to_check_in(*OFFICIALS, *STAKEHOLDERS)
    room.acts("chair", opening.open_meeting)
    return room


def test_a_chair_who_stays_silent_is_replaced(sitting: Room) -> None:
    """Asked, 2 minutes, the deputy's own tap: never before, and from then on the deputy is here and presides."""
    assert sitting.refused("deputy", chairing.take_chair) == "chair_is_present"
    assert sitting.refused("recorder", chairing.ask_chair) == "not_your_role"
    sitting.acts("deputy", chairing.ask_chair)
    assert sitting.refused("deputy", chairing.ask_chair) == "chair_already_asked"
    sitting.passes(119)
    assert sitting.refused("deputy", chairing.take_chair) == "chair_may_answer"
    sitting.passes(11)
    assert sitting.acts("deputy", chairing.take_chair).code == "chair_taken"
    assert sitting.acts("deputy", checkin.check_in, via="button").code == "already_checked_in"
    assert sitting.refused("chair", opening.put_rules) == "not_your_role"
    sitting.deliver()
    assert len(sitting.kinds("chair_replaced")) == 1


@pytest.mark.parametrize("way", ["tap", "step", "word"])
def test_a_chair_who_answers_stays(sitting: Room, way: str) -> None:
    """The button, any step and any word in the group answer the question; it can be asked again."""
    sitting.acts("deputy", chairing.ask_chair)
    sitting.passes(60)
    if way == "tap":
        sitting.acts("chair", chairing.chair_here)
    elif way == "step":
        sitting.acts("chair", checkin.check_in, via="button")
    else:
        sitting.says("chair", "我在，刚才接了个电话")
    sitting.passes(100)
    assert sitting.refused("deputy", chairing.take_chair) == "chair_is_present"
    assert sitting.refused("chair", chairing.chair_here) == "chair_not_asked"
    assert sitting.acts("deputy", chairing.ask_chair).code == "chair_asked"


def test_the_first_chair_comes_back_the_same_way(sitting: Room) -> None:
    """Both are named by the plan: when the deputy falls silent in turn, the chair takes the chair again."""
    for taking, silent in (("deputy", "chair"), ("chair", "deputy")):
        sitting.acts(taking, chairing.ask_chair)
        sitting.passes(131)
        sitting.acts(taking, chairing.take_chair)
        assert sitting.refused(silent, opening.put_rules) == "not_your_role"
        assert sitting.acts(silent, home.open_console).code == "console_opened"
    sitting.deliver()
    assert len(sitting.kinds("chair_replaced")) == 2
    assert sitting.refused("chair", opening.put_rules) == "already_put"


def test_who_takes_the_chair_speaks_no_more(room: Room) -> None:
    """A deputy among the stakeholders lowers their hand by taking the chair (5.5.2 b): no one grants to themselves."""
    room.to_discussion()
    person = room.read(lambda uow: uow.one("SELECT id FROM person WHERE label = '1-102'"))
    assert person is not None
    room.database.write_now(lambda uow: uow.raw("UPDATE plan SET deputy_chair_id = :id", {"id": person[0]}))
    room.acts("r102", hands.raise_hand, stance="for")
    room.acts("r102", chairing.ask_chair)
    room.passes(131)
    room.acts("r102", chairing.take_chair)
    assert room.read(lambda uow: uow.must(Hand, 1)).state == "lowered"
    assert room.refused("r102", hands.raise_hand, stance="for") == "chair_does_not_speak"


def test_an_official_without_a_private_chat_learns_where_the_console_is(room: Room) -> None:
    """Who never started the bot, or blocked it, is told at signing in; who started it late gets the console there."""
    closed = "UPDATE account SET started_at = NULL WHERE id IN (:chair, :recorder)"
    room.database.write_now(lambda uow: uow.raw(closed, {"chair": ACCOUNTS["chair"], "recorder": ACCOUNTS["recorder"]}))
    room.to_check_in("r101")
    assert room.acts("chair", checkin.check_in, via="button").code == "checked_in_blind"
    room.door.act_now(people.start, room.actor("recorder"), None, language_code="zh")
    assert room.acts("recorder", checkin.check_in, via="button").code == "checked_in"
    assert room.acts("supervisor", checkin.check_in, via="button").code == "checked_in"
    consoles = room.read(lambda uow: uow.rows("SELECT chat_id FROM board WHERE person_id IS NOT NULL"))
    assert (ACCOUNTS["recorder"],) in consoles and (ACCOUNTS["chair"],) not in consoles


LISTED = (
    "INSERT INTO participant (community_id, plan_id, person_id, capacity, category)"
    " SELECT v.community_id, v.id, p.id, 'stakeholder', '居民' FROM plan v JOIN person p ON p.account_id = :account"
    " WHERE v.id = :plan"
)


def concerned(room: Room) -> Room:
    """A discussion whose two chairs are stakeholders as well, both in the room."""
    room.to_discussion()
    for key in ("chair", "deputy"):
        listed = {"plan": room.meeting.plan_id, "account": ACCOUNTS[key]}
        room.database.write_now(lambda uow, listed=listed: uow.raw(LISTED, listed))  # type: ignore[misc]
        room.acts(key, checkin.check_in, via="button")
    return room


def steps(room: Room, who: str) -> set[str]:
    return {step["action"] for step in console_of(room, who)["steps"]}


def test_a_chair_who_wants_to_speak_hands_over_speaks_and_comes_back(room: Room) -> None:
    concerned(room)
    assert room.refused("chair", hands.raise_hand, stance="for") == "chair_does_not_speak"
    assert "hand_over_chair" in steps(room, "chair") and "take_chair_back" not in steps(room, "deputy")
    assert room.refused("deputy", chairing.take_chair_back) == "chair_not_lent"
    assert room.refused("deputy", chairing.hand_over_chair) == "not_your_role"
    assert room.acts("chair", chairing.hand_over_chair).code == "chair_handed_over"
    assert room.refused("chair", chairing.hand_over_chair) == "not_your_role"
    room.acts("chair", hands.raise_hand, stance="for")
    assert room.refused("deputy", hands.raise_hand, stance="for") == "chair_does_not_speak"
    assert "hand_over_chair" not in steps(room, "deputy")
    assert room.refused("deputy", chairing.hand_over_chair) == "deputy_wants_to_speak"
    room.acts("deputy", turns.grant, hand_id=1)
    room.deliver()
    assert room.refused("chair", chairing.take_chair_back) == "speaker_does_not_chair"
    assert room.says("chair", "我作为居民说两句").code == "speech"
    room.acts("chair", turns.yield_turn, turn_id=room.last_turn.id)
    assert room.acts("chair", chairing.take_chair_back).code == "chair_returned"
    assert room.refused("chair", chairing.take_chair_back) == "not_your_role"
    assert "grant" not in steps(room, "deputy") and not room.meeting.chair_lent
    room.deliver()
    assert [one["returned"] for one in room.kinds("chair_passed_on")] == [False, True]
    entries = [row.entry for row in room.read(lambda uow: uow.all(JournalEntry, subject_id=room.topic_id))]
    assert sum('"kind":"chair_handed_over"' in one or '"kind":"chair_returned"' in one for one in entries) == 2


def test_who_stood_in_hands_back_and_a_silent_one_is_replaced(room: Room) -> None:
    concerned(room)
    room.acts("chair", chairing.hand_over_chair)
    assert room.acts("deputy", chairing.hand_over_chair).code == "chair_returned"
    room.acts("chair", chairing.hand_over_chair)
    room.acts("chair", hands.raise_hand, stance="against")
    assert room.acts("chair", chairing.take_chair_back).code == "chair_returned"
    assert room.read(lambda uow: uow.must(Hand, 1)).state == "lowered"
    room.acts("deputy", chairing.ask_chair)
    room.passes(131)
    room.acts("deputy", chairing.take_chair)
    assert room.refused("chair", chairing.take_chair_back) == "chair_not_lent"


def test_nobody_takes_over_who_is_not_here(sitting: Room) -> None:
    assert "hand_over_chair" not in steps(sitting, "chair")
    assert sitting.refused("chair", chairing.hand_over_chair) == "deputy_is_absent"


@pytest.mark.parametrize(("there", "code"), [(True, "explanation_started"), (False, "explanation_read")])
def test_a_proposer_who_chairs(room: Room, there: bool, code: str) -> None:
    """Hands over to explain; with nobody to take over, the written reasons are read out."""
    room.to_open()
    swapped = {"who": room.meeting.chair_id, "id": room.topic_id}
    room.database.write_now(lambda uow: uow.raw("UPDATE topic SET proposer_id = :who WHERE id = :id", swapped))
    if there:
        room.acts("deputy", checkin.check_in, via="button")
        assert room.refused("chair", explaining.start_explanation) == "chair_hands_over_first"
        room.acts("chair", chairing.hand_over_chair)
        assert room.acts("deputy", explaining.start_explanation).code == code
    else:
        assert room.refused("chair", explaining.start_explanation) == "reason_needed"
        assert room.acts("chair", explaining.start_explanation, reason="提出人在主持").code == code
