"""Soft and strict floor: what is removed after it was kept, and what never is (5.5.2 d)."""

from datetime import UTC, datetime, timedelta

import pytest

from procedure.errors import RuleBroken
from procedure.floor import (
    REMOVABLE_FOR,
    GroupPowers,
    Outsider,
    Way,
    check_strict,
    in_force,
    removable,
    removes,
    way_to_speak,
)
from procedure.terms import Capacity, FloorMode, MeetingState

STRICT, SOFT = FloorMode.STRICT, FloorMode.SOFT
S = MeetingState
ABLE = GroupPowers("supergroup", may_delete=True)


def test_strict_rules_need_a_supergroup_in_which_the_bot_may_delete() -> None:
    check_strict(ABLE)
    for powers, code in (
        (GroupPowers("group", may_delete=True), "strict_basic_group"),
        (GroupPowers("supergroup", may_delete=False), "strict_no_right"),
        (GroupPowers("supergroup"), "strict_no_right"),
    ):
        with pytest.raises(RuleBroken, match=code):
            check_strict(powers)
        assert in_force(STRICT, powers) is SOFT
    assert in_force(STRICT, ABLE) is STRICT and in_force(SOFT, ABLE) is SOFT


@pytest.mark.parametrize("state", MeetingState)
def test_only_where_the_floor_is_given_by_hands(state: MeetingState) -> None:
    regulated = state in (S.OPEN, S.EXPLAINED, S.DISCUSSION, S.EXPERT_ANSWERS)
    assert removes(STRICT, state, Outsider(), "插一句") is regulated
    assert not removes(SOFT, state, Outsider(), "插一句")


@pytest.mark.parametrize(
    ("who", "text", "goes"),
    [
        (Outsider(), "", True),
        (Outsider(), "/", True),
        (Outsider(), "/ 没有", True),
        (Outsider(), "/checkup", False),
        (Outsider(), "/status@some_bot ", False),
        (Outsider(), "/status 你们都错了", True),
        (Outsider(), "/a\n你们都错了", True),
        (Outsider(speaking=True), "还没说完", False),
        (Outsider(capacity=Capacity.EXPERT), "补充一句", False),
        (Outsider(capacity=Capacity.UNIT), "补充一句", False),
        (Outsider(capacity=Capacity.STAKEHOLDER), "插一句", True),
        (Outsider(capacity=Capacity.OBSERVER), "插一句", True),
    ],
)
def test_whose_words_stay(who: Outsider, text: str, goes: bool) -> None:
    assert removes(STRICT, S.DISCUSSION, who, text) is goes


def test_t28_what_telegram_no_longer_deletes_is_not_asked_for() -> None:
    now = datetime(2026, 11, 5, tzinfo=UTC)
    assert removable(now - REMOVABLE_FOR + timedelta(seconds=1), now)
    assert not removable(now - REMOVABLE_FOR, now) and timedelta(hours=48) > REMOVABLE_FOR


@pytest.mark.parametrize(
    ("capacity", "changed", "way"),
    [
        (Capacity.STAKEHOLDER, {}, Way.HAND),
        (Capacity.SELF_JOINED, {}, Way.HAND),
        (Capacity.STAKEHOLDER, {"hands_in": False}, Way.WAIT),
        (Capacity.STAKEHOLDER, {"here": False}, Way.CHECK_IN),
        (Capacity.STAKEHOLDER, {"closed": True, "here": False}, Way.CLOSED),
        (Capacity.STAKEHOLDER, {"turns_left": False, "closed": True}, Way.USED),
        *((one, {}, Way.CALLED) for one in (Capacity.EXPERT, Capacity.UNIT, Capacity.OBSERVER, None)),
    ],
)
def test_nobody_is_pointed_to_a_way_that_is_not_theirs(
    capacity: Capacity | None, changed: dict[str, bool], way: Way
) -> None:
    plain = {"here": True, "hands_in": True, "closed": False, "turns_left": True}
    assert way_to_speak(capacity, **(plain | changed)) is way
