"""5.5.2 b, c and f, 5.5.3 a: who is next and why, who may raise a hand, when the discussion may end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.errors import RuleBroken
from procedure.queue import OPINIONS_EACH, Hand, Reason, discussion_may_end, may_raise, may_write_opinion, order
from procedure.terms import Capacity, Stance

FOR, AGAINST = Stance.FOR, Stance.AGAINST


def hands_of(*rows: tuple[Stance, int]) -> list[Hand]:
    """Hands numbered from 1 in order of arrival, each with its stance and the turns already taken."""
    return [Hand(n, 100 + n, stance, 10 * n, taken) for n, (stance, taken) in enumerate(rows, start=1)]


def described(hands: list[Hand], last: Stance | None) -> list[tuple[int, str]]:
    return [(ranked.hand.id, ranked.reason.value) for ranked in order(hands, last)]


@pytest.mark.parametrize(
    ("rows", "last", "expected"),
    [
        ([], None, []),
        ([(FOR, 0)], None, [(1, "only_hand")]),
        ([(FOR, 1)], FOR, [(1, "only_hand")]),
        # The first speaker of a meeting: no last stance, so the earliest hand.
        ([(AGAINST, 0), (FOR, 0)], None, [(1, "earliest"), (2, "only_hand")]),
        # One side only: by arrival, whatever was said last.
        ([(FOR, 0), (FOR, 0), (FOR, 0)], FOR, [(1, "earliest"), (2, "earliest"), (3, "only_hand")]),
        ([(FOR, 0), (FOR, 0)], AGAINST, [(1, "earliest"), (2, "only_hand")]),
        # The other side goes first, then the sides alternate.
        ([(FOR, 0), (AGAINST, 0)], FOR, [(2, "other_side"), (1, "only_hand")]),
        (
            [(FOR, 0), (FOR, 0), (FOR, 0), (AGAINST, 0), (AGAINST, 0)],
            None,
            [(1, "earliest"), (4, "earliest"), (2, "earliest"), (5, "other_side"), (3, "only_hand")],
        ),
        # Who has not spoken goes before who has, even against the alternation.
        ([(AGAINST, 1), (FOR, 0)], FOR, [(2, "not_yet_spoken"), (1, "only_hand")]),
        ([(AGAINST, 1), (FOR, 0), (FOR, 0)], FOR, [(2, "earliest"), (3, "not_yet_spoken"), (1, "only_hand")]),
        # One turn or two taken is the same class.
        ([(FOR, 2), (FOR, 1)], None, [(1, "earliest"), (2, "only_hand")]),
        ([(FOR, 1), (AGAINST, 2)], FOR, [(2, "other_side"), (1, "only_hand")]),
    ],
)
def test_order(rows: list[tuple[Stance, int]], last: Stance | None, expected: list[tuple[int, str]]) -> None:
    assert described(hands_of(*rows), last) == expected


def test_one_speaks_for_or_against() -> None:
    with pytest.raises(RuleBroken) as refused:
        Hand(1, 101, Stance.ABSTAIN, 10, 0)
    assert (refused.value.code, refused.value.clause) == ("stance_for_or_against", "5.5.2 c")


@st.composite
def queues(draw: st.DrawFn) -> list[Hand]:
    arrivals = draw(st.lists(st.integers(1, 10_000), unique=True, max_size=12))
    return [
        Hand(n, 100 + n, draw(st.sampled_from([FOR, AGAINST])), arrival, draw(st.integers(0, 2)))
        for n, arrival in enumerate(arrivals)
    ]


LAST = st.sampled_from([None, FOR, AGAINST])


def heard(hand: Hand) -> bool:
    return hand.turns_taken > 0


def lanes(hands: list[Hand]) -> dict[tuple[bool, Stance], list[int]]:
    found: dict[tuple[bool, Stance], list[int]] = {}
    for hand in hands:
        found.setdefault((heard(hand), hand.stance), []).append(hand.id)
    return found


@given(queues(), LAST)
def test_everyone_has_exactly_one_place(hands: list[Hand], last: Stance | None) -> None:
    ranked = order(hands, last)
    assert sorted(r.hand.id for r in ranked) == sorted(hand.id for hand in hands)
    assert [r.place for r in ranked] == list(range(1, len(hands) + 1))


@given(queues(), LAST)
def test_nobody_unheard_waits_behind_somebody_heard(hands: list[Hand], last: Stance | None) -> None:
    line = [heard(r.hand) for r in order(hands, last)]
    assert line == sorted(line)


@given(queues(), LAST)
def test_no_side_twice_while_the_other_waits_in_the_same_class(hands: list[Hand], last: Stance | None) -> None:
    line = [r.hand for r in order(hands, last)]
    for place, hand in enumerate(line):
        if hand.stance is last:
            assert all(other.stance is last for other in line[place:] if heard(other) == heard(hand))
        last = hand.stance


@given(queues(), LAST)
def test_within_class_and_side_the_earlier_hand_comes_first(hands: list[Hand], last: Stance | None) -> None:
    arrival = {hand.id: hand.arrival for hand in hands}
    for lane in lanes([r.hand for r in order(hands, last)]).values():
        assert [arrival[hand_id] for hand_id in lane] == sorted(arrival[hand_id] for hand_id in lane)


@given(queues(), LAST, st.data())
def test_lowering_a_hand_reorders_nobody_in_class_and_side(
    hands: list[Hand], last: Stance | None, data: st.DataObject
) -> None:
    before = lanes([r.hand for r in order(hands, last)])
    kept = data.draw(st.lists(st.sampled_from(hands), unique_by=lambda hand: hand.id) if hands else st.just([]))
    after = lanes([r.hand for r in order(kept, last)])
    kept_ids = {hand.id for hand in kept}
    remaining = {key: [hand_id for hand_id in lane if hand_id in kept_ids] for key, lane in before.items()}
    assert after == {key: lane for key, lane in remaining.items() if lane}


@given(queues(), LAST, st.randoms(use_true_random=False))
def test_order_does_not_depend_on_how_hands_are_listed(hands: list[Hand], last: Stance | None, rng: Any) -> None:
    shuffled = list(hands)
    rng.shuffle(shuffled)
    assert order(shuffled, last) == order(hands, last)


@given(queues(), LAST)
def test_the_shown_queue_is_the_one_that_runs(hands: list[Hand], last: Stance | None) -> None:
    shown = [r.hand for r in order(hands, last)]
    spoken: list[Hand] = []
    while len(spoken) < len(shown):
        spoken.append(order(shown[len(spoken) :], last)[0].hand)
        last = spoken[-1].stance
    assert spoken == shown


@given(queues(), LAST)
def test_the_printed_reason_is_true(hands: list[Hand], last: Stance | None) -> None:
    ranked = order(hands, last)
    for place, (hand, reason) in enumerate((r.hand, r.reason) for r in ranked):
        rest = [r.hand for r in ranked[place + 1 :]]
        equals = [other for other in rest if heard(other) == heard(hand)]
        rivals = [other for other in equals if other.stance is hand.stance]
        match reason:
            case Reason.ONLY_HAND:
                assert not rest
            case Reason.NOT_YET_SPOKEN:
                assert rest and not equals and not heard(hand)
            case Reason.OTHER_SIDE:
                assert equals and not rivals and hand.stance is not last and last is not None
            case Reason.EARLIEST:
                assert hand.arrival < min(other.arrival for other in (rivals if last is not None else equals))
        last = hand.stance


@given(queues(), LAST)
def test_a_turn_taken_never_moves_a_person_forward(hands: list[Hand], last: Stance | None) -> None:
    for hand in hands:
        spoken = [replace(h, turns_taken=h.turns_taken + 1) if h is hand else h for h in hands]
        place = {r.hand.id: r.place for r in order(hands, last)}
        later = {r.hand.id: r.place for r in order(spoken, last)}
        assert later[hand.id] >= place[hand.id]


WELCOME: dict[str, Any] = {
    "capacity": Capacity.STAKEHOLDER,
    "turns_taken": 0,
    "turns_allowed": 2,
    "has_open_hand": False,
    "speaking": False,
    "list_closed": False,
    "chairing": False,
}


@pytest.mark.parametrize(
    "change",
    [{}, {"turns_taken": 1}, {"capacity": Capacity.SELF_JOINED}, {"turns_allowed": 1}],
)
def test_may_raise(change: dict[str, Any]) -> None:
    may_raise(**WELCOME | change)


@pytest.mark.parametrize(
    ("change", "code", "clause"),
    [
        ({"capacity": Capacity.OBSERVER}, "not_a_speaker", "5.5.2 b"),
        ({"capacity": Capacity.EXPERT}, "not_a_speaker", "5.5.2 b"),
        ({"capacity": Capacity.UNIT}, "not_a_speaker", "5.5.2 b"),
        ({"turns_taken": 2}, "turns_used", "5.5.2 f"),
        ({"turns_taken": 1, "turns_allowed": 1}, "turns_used", "5.5.2 f"),
        ({"turns_taken": 2, "turns_allowed": 1}, "turns_used", "5.5.2 f"),
        ({"has_open_hand": True}, "hand_already_up", "5.5.2 b"),
        ({"speaking": True}, "speaking_now", "5.5.2 b"),
        ({"list_closed": True}, "list_closed", "5.5.3 a"),
        ({"chairing": True}, "chair_does_not_speak", "5.5.2 b"),
    ],
)
def test_may_not_raise(change: dict[str, Any], code: str, clause: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        may_raise(**WELCOME | change)
    assert (refused.value.code, refused.value.clause) == (code, clause)


NOW = datetime(2025, 11, 18, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("waiting", "last_call_until", "all_used", "speaking", "code"),
    [
        (0, NOW, False, False, None),
        (0, NOW - timedelta(hours=1), False, False, None),
        (0, None, True, False, None),
        (0, NOW + timedelta(seconds=1), True, False, None),
        (0, None, False, False, "last_call_needed"),
        (0, NOW + timedelta(milliseconds=1), False, False, "last_call_running"),
        (1, NOW, False, False, "hands_waiting"),
        (1, NOW, True, False, "hands_waiting"),
        (0, NOW, False, True, "turn_running"),
        (3, None, True, True, "turn_running"),
    ],
)
def test_discussion_may_end(
    waiting: int, last_call_until: datetime | None, all_used: bool, speaking: bool, code: str | None
) -> None:
    answer = None
    try:
        discussion_may_end(waiting, last_call_until, NOW, nobody_may_ask=all_used, speaking=speaking)
    except RuleBroken as refused:
        answer = refused.code
    assert answer == code


def test_a_running_last_call_says_how_long_it_still_runs() -> None:
    with pytest.raises(RuleBroken) as refused:
        discussion_may_end(0, NOW + timedelta(milliseconds=41_200), NOW, nobody_may_ask=False, speaking=False)
    assert refused.value.facts == {"seconds": 42}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "hand_first"),
        ({"list_closed": True}, None),
        ({"turns_left": False}, None),
        ({"talking": False}, None),
        ({"talking": False, "written": OPINIONS_EACH}, "opinions_used"),
    ],
)
def test_who_comes_too_late_for_a_hand_writes(change: dict[str, Any], code: str | None) -> None:
    facts: dict[str, Any] = {"turns_left": True, "list_closed": False, "talking": True, "written": 0} | change
    if code is None:
        may_write_opinion(**facts)
        return
    with pytest.raises(RuleBroken, match=code):
        may_write_opinion(**facts)
