"""5.5.2 b: called by mistake, called by standing permission, called and gone."""

import pytest

from services import boards, calling, delivery, hands, hindered, points, reading_rows, readings, standing, turns
from services.act import SYSTEM
from services.sitting import peek
from storage.tables import Board, Hand, Hindrance, Meeting, Outbox, Reading, Speech, Timer
from tests.services.room import ACCOUNTS, GROUP, Room
from tests.services.test_floor import raise_all
from tests.services.test_speeches import noted


@pytest.fixture
def talk(room: Room) -> Room:
    room.to_discussion()
    return room


def membership(room: Room, who: str, status: str | None) -> None:
    facts = {"chat_id": GROUP, "account_id": ACCOUNTS[who], "status": status}
    room.door.act_now(hindered.membership, room.actor(who), None, **facts)


def console(room: Room) -> dict[str, object]:
    """What the chair's console shows."""
    chair = room.meeting.chair_id
    board = room.read(lambda uow: uow.first(Board, meeting_id=room.id, person_id=chair))
    assert board is not None
    facts: dict[str, object] = room.read(
        lambda uow: boards.content(uow, board_id=board.id or 0, now=room.instant)
    ).facts
    return facts


def states(room: Room) -> list[str]:
    return [row.state for row in room.read(lambda uow: uow.all(Hand, meeting_id=room.id))]


def test_a_wrong_call_is_undone_and_costs_nothing(talk: Room) -> None:
    first, second = raise_all(talk, ("r102", "for"), ("r201", "against"))
    talk.acts("chair", turns.grant_other, hand_id=second, reason="点名")
    talk.deliver()
    turn_id = talk.last_turn.id
    assert talk.refused("r102", calling.undo_grant, turn_id=turn_id, reason="x") == "not_your_role"
    assert talk.refused("chair", calling.undo_grant, turn_id=turn_id, reason=" ") == "reason_needed"
    talk.says("r201", "怎么叫我？")
    assert talk.acts("chair", calling.undo_grant, turn_id=turn_id, reason="点错了名字").code == "grant_undone"
    assert talk.refused("chair", calling.undo_grant, turn_id=turn_id, reason="再来一次") == "no_turn"
    assert (talk.last_turn.counted, talk.last_turn.end_reason, states(talk)) == (False, "undone", ["open", "open"])
    talk.deliver()
    ended, following = talk.kinds("handover")[-1]["ended"], talk.kinds("handover")[-1]["next"]
    assert (ended["reason"], ended["why"], following["hand_id"]) == ("undone", "点错了名字", first)
    assert talk.meeting.last_stance is None and len(noted(talk, "grant_undone")) == 1
    talk.acts("chair", turns.grant, hand_id=first)
    talk.deliver()
    talk.acts("r102", turns.yield_turn, turn_id=talk.last_turn.id)
    assert talk.acts("r201", hands.lower_hand).code == "hand_lowered"
    for _ in range(2):
        (hand,) = raise_all(talk, ("r201", "against"))
        talk.acts("chair", turns.grant, hand_id=hand)
        talk.deliver()
        talk.says("r201", "反对")
        talk.acts("r201", turns.yield_turn, turn_id=talk.last_turn.id)
    assert talk.refused("r201", hands.raise_hand, stance="against") == "turns_used"


def test_by_standing_permission_the_next_begins_after_ten_seconds(talk: Room) -> None:
    assert talk.refused("r102", standing.allow_standing) == "not_your_role"
    talk.acts("chair", standing.allow_standing)
    assert talk.refused("chair", standing.allow_standing) == "standing_given"
    raise_all(talk, ("r102", "for"), ("r201", "for"), ("r202", "against"))
    talk.passes(9)
    assert talk.turn is None
    talk.passes(2)
    assert talk.turn is not None
    talk.says("r102", "赞成")
    talk.acts("r102", turns.yield_turn, turn_id=talk.turn.id)
    talk.deliver()
    assert talk.kinds("handover")[-1]["standing"] is True
    talk.passes(11)
    stance = talk.turn and talk.turn.stance
    assert stance == "against"
    granted = noted(talk, "turn_granted")
    assert [entry["by"] for entry in granted] == [talk.meeting.chair_id] * 2


def test_the_chair_objects_and_calls_the_next_themselves(talk: Room) -> None:
    talk.acts("chair", standing.allow_standing)
    (hand,) = raise_all(talk, ("r102", "for"))
    assert console(talk)["next_starts_at"] is not None
    talk.acts("chair", standing.end_standing)
    assert talk.refused("chair", standing.end_standing) == "no_standing"
    talk.passes(60)
    assert talk.turn is None and console(talk)["next_starts_at"] is None
    assert talk.acts("chair", turns.grant, hand_id=hand).code == "turn_granted"


def test_a_grant_by_hand_leaves_no_timer_behind(talk: Room) -> None:
    talk.acts("chair", standing.allow_standing)
    first, _ = raise_all(talk, ("r102", "for"), ("r201", "against"))
    talk.acts("chair", turns.grant, hand_id=first)
    assert talk.read(lambda uow: uow.first(Timer, kind="standing", done_at=None)) is None
    talk.passes(15)
    assert talk.turn is not None and talk.turn.hand_id == first


def test_another_chair_gives_their_own_permission(talk: Room) -> None:
    talk.acts("chair", standing.allow_standing)
    talk.database.write_now(lambda uow: uow.raw("UPDATE meeting SET chair_id = chair_id + 1") and None)
    assert talk.read(lambda uow: peek(uow, uow.must(Meeting, talk.id), SYSTEM).facts().standing) is False


def test_a_point_of_order_goes_before_the_next_by_permission(talk: Room) -> None:
    talk.acts("chair", standing.allow_standing)
    raise_all(talk, ("r102", "for"))
    talk.acts("r201", points.raise_point, text="还没念规则")
    talk.passes(30)
    assert talk.turn is None
    talk.acts("chair", points.decide_point, point_id=1, upheld=False, reason="开会时念过")
    talk.passes(11)
    assert talk.turn is not None


@pytest.mark.parametrize(("how", "hand"), [("left", "lowered"), ("muted", "skipped")])
def test_a_speaker_who_left_or_is_muted_makes_room(talk: Room, how: str, hand: str) -> None:
    first, second = raise_all(talk, ("r102", "for"), ("r201", "against"))
    talk.acts("chair", turns.grant, hand_id=first)
    talk.deliver()
    turn_id = talk.last_turn.id
    assert talk.refused("chair", calling.pass_on, turn_id=turn_id) == "speaker_is_here"
    membership(talk, "r102", how)
    membership(talk, "r102", how)
    talk.deliver()
    assert [facts["how"] for facts in talk.kinds("speaker_gone")] == [how]
    assert console(talk)["hindered"] == {"turn_id": turn_id, "label": "1-102", "how": how}
    assert talk.refused("r201", calling.pass_on, turn_id=turn_id) == "not_your_role"
    assert talk.refused("chair", calling.pass_on, turn_id=999) == "turn_over"
    talk.acts("chair", calling.pass_on, turn_id=turn_id)
    talk.deliver()
    assert (talk.last_turn.counted, talk.last_turn.end_reason, states(talk)[0]) == (False, how, hand)
    assert talk.kinds("handover")[-1]["next"]["hand_id"] == second


def test_who_has_spoken_before_leaving_has_used_the_turn(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "for"))
    talk.acts("chair", turns.grant, hand_id=hand)
    talk.deliver()
    talk.says("r102", "先说一句")
    membership(talk, "r102", "left")
    talk.acts("chair", calling.pass_on, turn_id=talk.last_turn.id)
    assert (talk.last_turn.counted, states(talk)) == (True, ["granted"])


def test_who_was_away_when_called_is_known_at_once_and_who_came_back_is_there(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "for"))
    membership(talk, "r102", "left")
    talk.acts("chair", turns.grant, hand_id=hand)
    talk.deliver()
    assert len(talk.kinds("speaker_gone")) == 1
    membership(talk, "r102", None)
    assert talk.read(lambda uow: uow.count(Hindrance)) == 0
    assert talk.refused("chair", calling.pass_on, turn_id=talk.last_turn.id) == "speaker_is_here"
    membership(talk, "stranger", "left")
    assert talk.read(lambda uow: uow.count(Hindrance)) == 0


def test_t42_a_speaker_who_blocks_the_bot_is_told_to_the_chair(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "for"))
    talk.acts("chair", turns.grant, hand_id=hand)
    talk.deliver()
    for reachable in (False, False, True):
        facts = {"account_id": ACCOUNTS["r102"], "reachable": reachable}
        talk.door.act_now(hindered.reach, talk.actor("r102"), None, **facts)
        talk.deliver()
    assert [facts["how"] for facts in talk.kinds("speaker_gone")] == ["blocked"]
    assert talk.read(lambda uow: uow.count(Hindrance)) == 0


def test_t42_a_private_message_that_is_refused_says_the_same(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "for"))
    talk.acts("chair", turns.grant, hand_id=hand)
    row = talk.read(lambda uow: uow.first(Outbox, order="-id", kind="your_turn"))
    assert row is not None
    talk.door.act_now(delivery.unreachable, SYSTEM, None, outbox_id=row.id)
    assert [one.how for one in talk.read(lambda uow: uow.all(Hindrance))] == ["blocked"]
    talk.acts("chair", calling.pass_on, turn_id=talk.last_turn.id)
    assert states(talk) == ["skipped"]


def test_words_to_be_read_out_use_the_residents_turn(talk: Room) -> None:
    assert talk.refused("r102", readings.ask_reading, text="我说") == "reading_needs_hand"
    assert talk.refused("observer", readings.ask_reading, text="我说") == "not_your_role"
    (hand,) = raise_all(talk, ("r102", "for"))
    assert talk.acts("r102", readings.ask_reading, text="我赞成，<b>晚上</b>也要有灯").code == "reading_asked"
    assert talk.refused("recorder", readings.read_out, reading_id=1) == "no_turn"
    talk.acts("chair", turns.grant, hand_id=hand)
    talk.deliver()
    assert talk.refused("chair", readings.read_out, reading_id=1) == "not_your_role"
    assert talk.acts("recorder", readings.read_out, reading_id=1).code == "read_out"
    assert talk.refused("recorder", readings.read_out, reading_id=1) == "reading_gone"
    talk.deliver()
    said = talk.kinds("read_out")
    assert [(facts["label"], facts["by"], facts["text"]) for facts in said] == [
        ("1-102", "recorder", "我赞成，<b>晚上</b>也要有灯")
    ]
    turn_id = talk.last_turn.id
    speech = talk.read(lambda uow: uow.first(Speech, standing="speech", turn_id=turn_id))
    assert speech is not None and speech.message_id > 0 and speech.read_by is not None
    talk.passes(125)
    assert (talk.last_turn.counted, talk.last_turn.end_reason) == (True, "silent")


def test_nobodys_words_are_left_unread_when_the_turn_ends(talk: Room) -> None:
    first, second = raise_all(talk, ("r102", "for"), ("r201", "against"))
    talk.acts("r102", readings.ask_reading, text="我写得慢")
    talk.acts("r201", readings.ask_reading, text="我反对")
    talk.acts("chair", turns.grant, hand_id=first)
    talk.deliver()
    assert talk.refused("recorder", readings.read_out, reading_id=2) == "reading_not_yet"
    talk.acts("chair", calling.undo_grant, turn_id=talk.last_turn.id, reason="点错")
    talk.deliver()
    assert talk.kinds("read_out") == []
    talk.acts("chair", turns.grant, hand_id=first)
    talk.passes(125)
    assert [(facts["text"], facts["by"]) for facts in talk.kinds("read_out")] == [("我写得慢", "bot")]
    assert (talk.last_turn.counted, talk.last_turn.end_reason) == (True, "silent")
    talk.acts("r201", hands.lower_hand)
    assert talk.read(lambda uow: uow.must(Reading, 2).withdrawn_at) is not None
    assert talk.refused("r201", readings.ask_reading, text="还是说") == "reading_needs_hand"
    assert second and talk.read(lambda uow: uow.first(Speech, read_by=reading_rows.BOT)) is not None


def test_three_readings_wait_at_most_and_in_the_turn_the_recorder_is_asked(talk: Room) -> None:
    (hand,) = raise_all(talk, ("r102", "for"))
    talk.acts("chair", turns.grant, hand_id=hand)
    talk.deliver()
    for number in range(readings.WAITING_EACH):
        assert talk.acts("r102", readings.ask_reading, text=f"第{number}段").code == "reading_asked_now"
    assert talk.refused("r102", readings.ask_reading, text="第四段") == "readings_waiting"
    talk.deliver()
    assert len(talk.kinds("reading_waits")) == readings.WAITING_EACH
