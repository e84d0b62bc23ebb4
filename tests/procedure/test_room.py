"""The room of a hybrid meeting: guards, which entered hands go on, who may judge them (table 3, 5.5.3 b and c)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.meeting import AnnexFacts, MotionFacts, RoomFacts
from procedure.roles import permit
from procedure.room import SeatedHand, check_batch, sort_hands
from procedure.terms import BatchState, MeetingState, MotionKind, MotionStage, Stance, Standing
from procedure.votes import accept_hand
from tests.procedure.test_roles import ALLOWED, NOW, calling, favourable

S = MeetingState
FOR, AGAINST = Stance.FOR, Stance.AGAINST
CALLING, CORRECTING = MotionStage.CALLING, MotionStage.CORRECTING
SECOND = timedelta(seconds=1)
LEFT_MAIN = AnnexFacts(S.MAIN_VOTE, day_ends_at=NOW + timedelta(hours=1))
OVER = MotionFacts(MotionKind.MAIN, CORRECTING, correction_until=NOW)
WAITING = RoomFacts(seated=3, batches=2, waiting_since=NOW - timedelta(seconds=119), second_official="居委会冯兰")
ROOM_STEPS = [name for name in ALLOWED if "room" in name or name.endswith("_hands")]
REFUSED: list[tuple[str, MeetingState, dict[str, Any], str, str]] = [
    ("room_check_in", S.SUSPENDED, {"annex": LEFT_MAIN}, "check_in_closed", "5.6.1 a"),
    ("raise_room_hand", S.DISCUSSION, {"room": RoomFacts()}, "nobody_seated", "our rule"),
    ("lower_room_hand", S.DISCUSSION, {"room": RoomFacts()}, "nobody_seated", "our rule"),
    ("write_room_speech", S.WORDING, {"room": RoomFacts()}, "nobody_seated", "our rule"),
    ("end_room_turn", S.DISCUSSION, {"room": RoomFacts(seated=1)}, "no_room_turn", "5.5.2 f"),
    ("enter_hands", S.MAIN_VOTE, {"room": RoomFacts()}, "nobody_seated", "our rule"),
    ("enter_hands", S.MAIN_VOTE, {"motion": None}, "vote_not_open", "5.5.3 b"),
    ("enter_hands", S.MAIN_VOTE, {"motion": OVER}, "vote_not_open", "5.5.3 b"),
    ("withdraw_hands", S.MAIN_VOTE, {"room": RoomFacts(seated=1)}, "no_hands_waiting", "our rule"),
    ("confirm_hands", S.MAIN_VOTE, {"room": RoomFacts(seated=1)}, "no_hands_waiting", "our rule"),
    ("refuse_hands", S.MAIN_VOTE, {"room": RoomFacts(seated=1)}, "no_hands_waiting", "our rule"),
    ("set_aside_hands", S.MAIN_VOTE, {"room": RoomFacts(seated=1)}, "no_hands_waiting", "our rule"),
    ("set_aside_hands", S.MAIN_VOTE, {"room": WAITING}, "second_official_may_answer", "our rule"),
    ("close_call", S.MAIN_VOTE, {"room": WAITING}, "hands_unconfirmed", "our rule"),
    ("close_call", S.RULES_VOTE, {"room": WAITING}, "hands_unconfirmed", "our rule"),
    ("end_correction", S.MAIN_VOTE, {"room": WAITING}, "hands_unconfirmed", "our rule"),
]


def may(name: str) -> set[Standing]:
    return {Standing(ALLOWED[name][0].split()[0])}


@pytest.mark.parametrize(("name", "state", "change", "code", "clause"), REFUSED)
def test_refused(name: str, state: MeetingState, change: dict[str, Any], code: str, clause: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        permit(name, may(name), replace(favourable(name, state), **change), NOW)
    assert (refused.value.code, refused.value.clause) == (code, clause)


@pytest.mark.parametrize("name", ROOM_STEPS)
def test_a_meeting_in_the_group_alone_has_no_room(name: str) -> None:
    state = sorted(set(ALLOWED[name][1].split()) - {"suspended"})[0]
    with pytest.raises(RuleBroken) as refused:
        permit(name, may(name), replace(favourable(name, MeetingState(state)), room=None), NOW)
    assert refused.value.code == "no_room" and len(ROOM_STEPS) == 10


def test_who_is_waited_for_is_named() -> None:
    with pytest.raises(RuleBroken) as refused:
        permit("close_call", {Standing.CHAIR}, replace(favourable("close_call", S.MAIN_VOTE), room=WAITING), NOW)
    assert refused.value.facts == {"count": 2, "official": "居委会冯兰"}


def test_the_chair_waits_two_minutes_for_the_second_official() -> None:
    facts = replace(favourable("set_aside_hands", S.MAIN_VOTE), room=WAITING)
    with pytest.raises(RuleBroken) as refused:
        permit("set_aside_hands", {Standing.CHAIR}, facts, NOW)
    assert refused.value.facts == {"official": "居委会冯兰", "remaining": 1}
    permit("set_aside_hands", {Standing.CHAIR}, facts, NOW + SECOND)


def test_a_call_with_a_room_and_no_open_batch_may_close() -> None:
    facts = replace(favourable("close_call", S.MAIN_VOTE), motion=calling(S.MAIN_VOTE), room=RoomFacts(seated=9))
    permit("close_call", {Standing.CHAIR}, facts, NOW)


def hand(seat: int, **more: Any) -> SeatedHand:
    return SeatedHand(seat, **({"person_id": 100 + seat, "on_roster": True} | more))


HANDS: list[tuple[MotionStage, Stance | None, Stance, list[SeatedHand], Any]] = [
    (CALLING, FOR, FOR, [hand(3), hand(7)], ((3, 7), (), ())),
    (CALLING, FOR, FOR, [hand(3), hand(7, has=FOR, own=True)], ((3,), (7,), ())),
    (CALLING, AGAINST, AGAINST, [hand(3), hand(7, has=FOR, own=True)], ((3,), (7,), ())),
    (CALLING, FOR, FOR, [hand(3), hand(7, has=FOR)], ((3,), (), (7,))),
    (CALLING, AGAINST, AGAINST, [hand(3), hand(7, has=FOR)], "seats_counted"),
    (CORRECTING, None, AGAINST, [hand(3), hand(7, has=FOR)], ((3, 7), (), ())),
    (CORRECTING, None, AGAINST, [hand(3), hand(7, has=FOR, own=True)], ((3,), (7,), ())),
    (CALLING, FOR, FOR, [hand(7, has=FOR)], "nothing_to_enter"),
    (CALLING, FOR, FOR, [hand(7, has=AGAINST, own=True)], "nothing_to_enter"),
    (CALLING, FOR, AGAINST, [hand(3)], "other_call"),
    (CALLING, FOR, FOR, [hand(3, person_id=None, on_roster=False)], "seats_empty_chairs"),
    (CALLING, FOR, FOR, [hand(3), hand(4, on_roster=False)], "seats_not_voting"),
    (CALLING, FOR, FOR, [hand(3), hand(4, waiting=True)], "seats_waiting"),
    (CORRECTING, None, FOR, [hand(4, waiting=True, has=AGAINST)], "seats_waiting"),
    (CALLING, FOR, FOR, [hand(3), hand(4, waiting=True, has=FOR, own=True)], ((3,), (4,), ())),
]


@pytest.mark.parametrize(("stage", "called", "stance", "hands", "expected"), HANDS)
def test_which_hands_are_entered(
    stage: MotionStage, called: Stance | None, stance: Stance, hands: list[SeatedHand], expected: Any
) -> None:
    if isinstance(expected, str):
        with pytest.raises(RuleBroken) as refused:
            sort_hands(stage, called, stance, hands)
        assert refused.value.code == expected
        return
    found = sort_hands(stage, called, stance, hands)
    assert (tuple(one.seat for one in found.to_send), found.own, found.same) == expected


def test_a_refusal_names_every_seat() -> None:
    with pytest.raises(RuleBroken) as refused:
        sort_hands(CALLING, FOR, FOR, [hand(3), hand(4, on_roster=False), hand(9, on_roster=False)])
    assert refused.value.facts == {"seats": (4, 9)}


@pytest.mark.parametrize("state", BatchState)
@pytest.mark.parametrize("running", [True, False])
@pytest.mark.parametrize("judge", [7, 8])
def test_who_judges_a_batch(state: BatchState, running: bool, judge: int) -> None:
    code = "hands_settled" if state is not BatchState.WAITING or not running else "own_entry" if judge == 7 else ""
    try:
        check_batch(state, entered_by=7, person_id=judge, running=running)
        found = ""
    except RuleBroken as broken:
        found = broken.code
    assert found == code


@pytest.mark.parametrize(
    ("stage", "called", "stance", "has", "code"),
    [
        (CALLING, FOR, FOR, FOR, ""),
        (CALLING, AGAINST, AGAINST, FOR, ""),
        (CALLING, AGAINST, FOR, FOR, "other_call"),
        (CORRECTING, None, Stance.ABSTAIN, FOR, ""),
        (CORRECTING, None, FOR, FOR, ""),
        (MotionStage.DECIDED, None, FOR, FOR, "vote_not_open"),
    ],
)
def test_an_own_hand_replaces_an_entry(
    stage: MotionStage, called: Stance | None, stance: Stance, has: Stance, code: str
) -> None:
    try:
        accept_hand(stage, called, stance, on_roster=True, has=has, entered=True)
        found = ""
    except RuleBroken as broken:
        found = broken.code
    assert found == code
