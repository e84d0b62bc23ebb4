"""5.5.2: hands, turns, order, silence; peer failures MUN #31, OS #2959, OS client #4200."""

from datetime import timedelta

import pytest

from services import boards, floor, hands, speech, timers, turns, wording
from services.act import SYSTEM
from storage.tables import Hand, Speech, Timer, Turn
from tests.services.room import GROUP, Room


def raise_all(room: Room, *wishes: tuple[str, str]) -> list[int]:
    """Raise hands in this order; the hand ids."""
    for who, stance in wishes:
        room.acts(who, hands.raise_hand, stance=stance)
    return [row.id or 0 for row in room.read(lambda uow: uow.all(Hand, meeting_id=room.id))][-len(wishes) :]


def test_the_floor_goes_by_the_queue_and_only_the_chair_gives_it(room: Room) -> None:
    room.to_discussion()
    first, second = raise_all(room, ("r102", "for"), ("r201", "for"))
    assert room.refused("r102", turns.grant, hand_id=first) == "not_your_role"
    assert room.refused("chair", turns.grant, hand_id=second) == "not_next"
    assert room.refused("chair", turns.grant, hand_id=999) == "hand_gone"
    room.acts("chair", turns.grant, hand_id=first)
    assert room.refused("chair", turns.grant, hand_id=second) == "turn_running"


def test_the_other_side_comes_next(room: Room) -> None:
    room.to_discussion()
    first, _, against = raise_all(room, ("r102", "for"), ("r201", "for"), ("r202", "against"))
    room.acts("chair", turns.grant, hand_id=first)
    room.deliver()
    room.acts("r102", turns.yield_turn, turn_id=room.last_turn.id)
    room.deliver()
    handover = room.kinds("handover")[-1]
    assert (handover["next"]["hand_id"], handover["next"]["reason"]) == (against, "other_side")


def test_the_queue_counts_with_the_turn_that_runs(room: Room) -> None:
    room.to_discussion()
    first, _, _ = raise_all(room, ("r102", "for"), ("r201", "for"), ("r202", "against"))
    room.acts("chair", turns.grant, hand_id=first)
    room.deliver()
    shown = room.read(lambda uow: boards.content(uow, board_id=1, now=room.instant)).facts["queue"]
    assert [(one["stance"], one["reason"]) for one in shown] == [("against", "other_side"), ("for", "only_hand")]


def test_another_than_the_next_needs_a_reason(room: Room) -> None:
    room.to_discussion()
    _, second = raise_all(room, ("r102", "for"), ("r201", "for"))
    assert room.refused("chair", turns.grant_other, hand_id=second, reason=" ") == "reason_needed"
    assert room.acts("chair", turns.grant_other, hand_id=second, reason="要去接孩子").code == "turn_granted"


def test_a_skipped_hand_waits_for_the_next_turn_and_is_never_lost(room: Room) -> None:
    room.to_discussion()
    first, second = raise_all(room, ("r102", "for"), ("r201", "for"))
    room.acts("chair", hands.skip, hand_id=first, reason="暂时离开")
    room.acts("chair", turns.grant, hand_id=second)
    room.deliver()
    room.acts("r201", turns.yield_turn, turn_id=room.last_turn.id)
    assert room.acts("chair", turns.grant, hand_id=first).code == "turn_granted"


def test_a_skipped_hand_still_keeps_the_discussion_open(room: Room) -> None:
    room.to_discussion()
    first, _ = raise_all(room, ("r102", "for"), ("r201", "for"))
    room.acts("chair", hands.skip, hand_id=first, reason="暂时离开")
    room.acts("r201", hands.lower_hand)
    assert room.refused("chair", floor.last_call) == "hands_waiting"
    assert room.refused("chair", wording.open_wording) == "hands_waiting"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("observer", "not_your_role"),
        ("property", "not_your_role"),
        ("chair", "not_your_role"),
        ("stranger", "not_in_community"),
    ],
)
def test_who_may_not_raise_a_hand(room: Room, who: str, code: str) -> None:
    room.to_discussion()
    assert room.refused(who, hands.raise_hand, stance="for") == code


def test_one_hand_one_stance(room: Room) -> None:
    room.to_discussion()
    room.acts("r102", hands.raise_hand, stance="for")
    assert room.refused("r102", hands.raise_hand, stance="against") == "hand_already_up"
    assert room.refused("r201", hands.raise_hand, stance="abstain") == "stance_for_or_against"
    assert room.refused("r201", hands.raise_hand, stance="vielleicht") == "stance_for_or_against"
    assert room.refused("neighbour", hands.raise_hand, stance="for") == "not_checked_in"
    assert room.refused("r301", hands.lower_hand) == "no_hand_up"


def test_the_clock_runs_from_when_the_group_saw_the_grant(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    granted = room.instant
    assert room.turn is not None and room.turn.ends_at is None
    room.instant += timedelta(seconds=40)
    room.deliver()
    assert room.turn.starts_at == granted + timedelta(seconds=40)
    assert room.turn.ends_at == granted + timedelta(seconds=40 + 180)


def test_warning_then_end_then_one_hand_over(room: Room) -> None:
    room.to_discussion()
    first, second = raise_all(room, ("r102", "for"), ("r201", "against"))
    room.acts("chair", turns.grant, hand_id=first)
    room.deliver()
    for _ in range(3):
        room.passes(50)
        room.says("r102", "我说说我的看法")
    assert len(room.kinds("turn_warning")) == 1
    room.passes(30)
    assert room.turn is None
    assert [facts["ended"]["reason"] for facts in room.kinds("handover")] == ["time"]
    assert room.kinds("handover")[0]["next"]["hand_id"] == second


def test_t50_a_thousand_ends_of_one_turn_hand_over_once(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    room.deliver()
    timer = room.read(lambda uow: uow.first(Timer, kind="turn_end", done_at=None))
    assert timer is not None
    room.instant += timedelta(seconds=181)
    codes = [room.door.act_now(timers.fire, SYSTEM, None, timer_id=timer.id).code for _ in range(1000)]
    room.deliver()
    assert codes.count("fired") == 1
    assert len(room.kinds("handover")) == 1


def test_hands_in_a_turn_leave_its_clock_alone(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    room.deliver()
    before = room.turn
    room.passes(20)
    raise_all(room, ("r201", "against"), ("r202", "for"))
    room.acts("r202", hands.lower_hand)
    room.deliver()
    assert before is not None and room.turn is not None
    assert (room.turn.id, room.turn.starts_at, room.turn.ends_at) == (before.id, before.starts_at, before.ends_at)


def test_silence_without_a_word_uses_no_turn(room: Room) -> None:
    room.to_discussion()
    first, _ = raise_all(room, ("r102", "for"), ("r201", "for"))
    room.acts("chair", turns.grant, hand_id=first)
    room.passes(91)
    assert len(room.kinds("silence_ask")) == 1
    room.passes(30)
    assert room.kinds("handover")[-1]["ended"]["reason"] == "silent_unspoken"
    assert room.last_turn.counted is False
    queue = room.read(lambda uow: [row.state for row in uow.all(Hand, meeting_id=room.id)])
    assert queue == ["skipped", "open"]


def test_who_has_left_cannot_hold_up_the_meeting(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    for _ in range(2):
        assert room.refused("chair", floor.last_call) == "hands_waiting"
        room.acts("chair", turns.grant, hand_id=hand)
        room.passes(125)
    assert room.kinds("handover")[-1]["ended"]["reason"] == "silent_lowered"
    assert room.acts("chair", floor.last_call).code == "last_call_posted"
    assert room.acts("r102", hands.raise_hand, stance="for").code == "hand_raised"


def test_an_answer_keeps_the_floor(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    room.passes(95)
    turn_id = room.last_turn.id
    assert room.refused("r201", turns.still_speaking, turn_id=turn_id) == "not_your_role"
    room.acts("r102", turns.still_speaking, turn_id=turn_id)
    room.passes(60)
    assert room.turn is not None and room.turn.id == turn_id


def test_two_turns_each_and_no_more(room: Room) -> None:
    room.to_discussion()
    for _ in range(2):
        (hand,) = raise_all(room, ("r102", "for"))
        room.acts("chair", turns.grant, hand_id=hand)
        room.deliver()
        room.says("r102", "赞成")
        room.acts("r102", turns.yield_turn, turn_id=room.last_turn.id)
    assert room.refused("r102", hands.raise_hand, stance="for") == "turns_used"


def test_extending_and_ending_by_the_chair_take_reasons(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    turn_id = room.last_turn.id
    early = room.refused("chair", turns.extend_turn, turn_id=turn_id, minutes=1, reason="让他说完")
    assert early == "turn_not_begun"
    room.deliver()
    ends_at = room.last_turn.ends_at
    assert room.refused("chair", turns.extend_turn, turn_id=turn_id, minutes=9, reason="x") == "bad_extension"
    room.acts("chair", turns.extend_turn, turn_id=turn_id, minutes=1, reason="让他说完")
    assert ends_at is not None and room.last_turn.ends_at == ends_at + timedelta(minutes=1)
    assert room.refused("chair", turns.end_turn, turn_id=turn_id, reason="") == "reason_needed"
    room.acts("chair", turns.end_turn, turn_id=turn_id, reason="离题")
    assert room.refused("chair", turns.end_turn, turn_id=turn_id, reason="离题") == "no_turn"


def test_words_are_told_apart(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    room.deliver()
    assert room.says("r102", "充电点离楼远一点就行").code == "speech"
    assert room.says("r201", "我不同意！").code == "interruption"
    assert room.says("stranger", "广告").code == "interruption"
    assert room.says("chair", "请大家安静").code == "official"
    assert room.says("r202", "转发的话", own_words=False).code == "interruption"
    assert room.meeting.interruptions == 3
    room.deliver()
    assert [told["way"] for told in room.kinds("hint_hand")] == ["hand", "hand"]
    inside = room.says("r102", "语音", kind="voice", duration_seconds=60, later=62)
    assert inside.code == "speech"


def test_late_delivery_counts_by_its_own_date(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    room.passes(10)
    room.says("r102", "开头")
    room.acts("r102", turns.yield_turn, turn_id=room.last_turn.id)
    room.passes(30)
    assert room.says("r102", "路上耽搁的话", later=-32).code == "speech"
    assert room.says("r102", "结束以后的话").code == "interruption"


def test_edits_are_addenda_and_the_same_message_is_logged_once(room: Room) -> None:
    room.to_discussion()
    (hand,) = raise_all(room, ("r102", "for"))
    room.acts("chair", turns.grant, hand_id=hand)
    room.deliver()
    room.says("r102", "原话", message_id=777)
    assert room.says("r102", "原话", message_id=777).code == "nothing_to_do"

    def edit(text: str) -> str:
        facts = {"chat_id": GROUP, "message_id": 777, "text": text, "edited_at": room.instant}
        return room.door.act_now(speech.edit, room.actor("r102"), None, **facts).code

    assert edit("原话") == "nothing_to_do"
    assert edit("改过的话") == "addendum"
    assert edit("又改") == "addendum"
    rows = room.read(lambda uow: uow.all(Speech, message_id=777))
    assert [row.edit for row in rows] == [0, 1, 2]


def test_a_hand_takes_a_last_call_back(room: Room) -> None:
    room.to_discussion()
    room.acts("chair", floor.last_call)
    room.passes(30)
    raise_all(room, ("r102", "for"))
    room.passes(40)
    assert room.refused("chair", wording.open_wording) == "hands_waiting"
    room.acts("r102", hands.lower_hand)
    assert room.refused("chair", wording.open_wording) == "last_call_needed"
    room.acts("chair", floor.last_call)
    assert room.refused("chair", wording.open_wording) == "last_call_running"


def test_please_stop_is_for_interruptions_only(room: Room) -> None:
    room.to_discussion()
    room.says("r201", "我不同意！")
    row = room.read(lambda uow: uow.first(Speech, standing="interruption"))
    assert row is not None
    assert room.refused("r102", floor.please_stop, speech_id=row.id) == "not_your_role"
    room.acts("chair", floor.please_stop, speech_id=row.id)
    room.deliver()
    assert room.kinds("please_stop")[0]["label"] == "1-201"
    assert room.refused("chair", floor.please_stop, speech_id=row.id) == "no_interruption"
    assert room.refused("chair", floor.please_stop, speech_id=999) == "no_interruption"


def test_one_turn_at_a_time_whatever_happens(room: Room) -> None:
    room.to_discussion()
    raise_all(room, ("r102", "for"), ("r201", "against"))
    room.acts("chair", turns.grant, hand_id=room.read(lambda uow: uow.all(Hand))[-2].id)
    assert room.read(lambda uow: uow.count(Turn, meeting_id=room.id, ended_at=None)) == 1
