"""5.5.3 b and c, 5.6.1 b, 5.7.2: thresholds, verdicts, percentages, calls."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

import pytest

from procedure.errors import RuleBroken
from procedure.terms import MotionStage, Stance, Verdict
from procedure.votes import (
    MAJORITY,
    Arithmetic,
    Tally,
    Threshold,
    accept_hand,
    arithmetic,
    check_close,
    correction_until,
    earliest_close,
    met,
    next_call,
    percent,
    rules_adopted,
    seconds_until,
    verdict,
)

TWO_THIRDS = Threshold(2, 3, source="某法第一条")
TWO_THIRDS_OR_ABOVE = Threshold(2, 3, or_above=True, source="某法第一条")
THREE_QUARTERS = Threshold(3, 4, source="某法第二条")
THREE_QUARTERS_OR_ABOVE = Threshold(3, 4, or_above=True, source="某法第二条")
UNANIMOUS = Threshold(1, 1, or_above=True, source="某法第三条")
HALF_OR_ABOVE = Threshold(1, 2, or_above=True, source="某法第四条")


@pytest.mark.parametrize(
    ("hands", "expected"),
    [
        ((0, 0, 0), Verdict.NONE),
        ((1, 0, 0), Verdict.AGREED),
        ((0, 1, 0), Verdict.ENDED),
        ((0, 0, 1), Verdict.ENDED),
        ((1, 1, 0), Verdict.RECONVENE),  # exactly half is not more than half
        ((1, 0, 1), Verdict.RECONVENE),  # an abstention counts in N
        ((2, 0, 0), Verdict.AGREED),
        ((1, 1, 1), Verdict.RECONVENE),  # exactly a third is not fewer than a third
        ((2, 1, 0), Verdict.AGREED),
        ((0, 2, 1), Verdict.ENDED),
        ((2, 5, 0), Verdict.ENDED),  # 6 < 7
        ((3, 6, 0), Verdict.RECONVENE),  # 9 = 9
        ((3, 5, 2), Verdict.ENDED),  # 9 < 10
        ((6, 6, 0), Verdict.RECONVENE),
        ((7, 5, 0), Verdict.AGREED),
        ((6, 0, 6), Verdict.RECONVENE),
    ],
)
def test_verdict_by_majority(hands: tuple[int, int, int], expected: Verdict) -> None:
    assert verdict(Tally(*hands)) is expected


@pytest.mark.parametrize(
    ("threshold", "hands", "expected"),
    [
        (TWO_THIRDS, (2, 1, 0), Verdict.RECONVENE),
        (TWO_THIRDS_OR_ABOVE, (2, 1, 0), Verdict.AGREED),
        (TWO_THIRDS, (3, 1, 0), Verdict.AGREED),
        (TWO_THIRDS_OR_ABOVE, (65, 35, 0), Verdict.RECONVENE),
        (TWO_THIRDS_OR_ABOVE, (67, 33, 0), Verdict.AGREED),
        (THREE_QUARTERS, (3, 1, 0), Verdict.RECONVENE),
        (THREE_QUARTERS_OR_ABOVE, (3, 1, 0), Verdict.AGREED),
        (THREE_QUARTERS_OR_ABOVE, (3, 0, 2), Verdict.RECONVENE),
        (THREE_QUARTERS, (4, 0, 1), Verdict.AGREED),
        (HALF_OR_ABOVE, (1, 1, 0), Verdict.AGREED),
        (UNANIMOUS, (12, 0, 0), Verdict.AGREED),
        (UNANIMOUS, (11, 0, 1), Verdict.RECONVENE),
        (UNANIMOUS, (1, 3, 0), Verdict.ENDED),
        (UNANIMOUS, (0, 0, 0), Verdict.NONE),
        (HALF_OR_ABOVE, (0, 0, 0), Verdict.NONE),
    ],
)
def test_verdict_by_other_ratio(threshold: Threshold, hands: tuple[int, int, int], expected: Verdict) -> None:
    assert verdict(Tally(*hands), threshold) is expected


@pytest.mark.parametrize(
    "threshold", [MAJORITY, TWO_THIRDS, TWO_THIRDS_OR_ABOVE, THREE_QUARTERS, THREE_QUARTERS_OR_ABOVE, UNANIMOUS]
)
def test_every_count_up_to_200_matches_exact_fractions(threshold: Threshold) -> None:
    bar = Fraction(threshold.numerator, threshold.denominator)
    for total in range(1, 201):
        for in_favour in range(total + 1):
            share = Fraction(in_favour, total)
            passed = share > bar or (threshold.or_above and share == bar)
            lost = Verdict.ENDED if share < Fraction(1, 3) else Verdict.RECONVENE
            tally = Tally(in_favour, (total - in_favour) // 2, total - in_favour - (total - in_favour) // 2)
            assert met(tally, threshold) is passed
            assert verdict(tally, threshold) is (Verdict.AGREED if passed else lost)


def test_rules_are_never_judged_by_their_own_draft() -> None:
    assert rules_adopted(Tally(4, 3, 0))
    assert not rules_adopted(Tally(3, 3, 0))
    assert not rules_adopted(Tally(0, 0, 0))


@pytest.mark.parametrize(
    ("hands", "threshold", "expected"),
    [
        ((7, 5, 0), MAJORITY, Arithmetic(14, 12, ">", True)),
        ((6, 5, 1), MAJORITY, Arithmetic(12, 12, "=", False)),
        ((5, 7, 0), MAJORITY, Arithmetic(10, 12, "<", False)),
        ((8, 4, 0), TWO_THIRDS_OR_ABOVE, Arithmetic(24, 24, "=", True)),
        ((8, 4, 0), TWO_THIRDS, Arithmetic(24, 24, "=", False)),
        ((0, 0, 0), UNANIMOUS, Arithmetic(0, 0, "=", False)),
    ],
)
def test_arithmetic_is_what_decides(hands: tuple[int, int, int], threshold: Threshold, expected: Arithmetic) -> None:
    assert arithmetic(Tally(*hands), threshold) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "or_above"),
    [(1, 3, True), (49, 100, False), (4, 3, True), (1, 1, False), (0, 1, False), (1, 0, False), (-1, -2, True)],
)
def test_thresholds_outside_half_to_all_are_refused(numerator: int, denominator: int, or_above: bool) -> None:
    with pytest.raises(RuleBroken) as refused:
        Threshold(numerator, denominator, or_above, "某法第一条")
    assert (refused.value.code, refused.value.clause) == ("bad_threshold", "5.5.3 c")


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [(MAJORITY, True), (Threshold(2, 4), True), (HALF_OR_ABOVE, False), (TWO_THIRDS, False)],
)
def test_only_more_than_half_is_the_standards_own_ratio(threshold: Threshold, expected: bool) -> None:
    assert threshold.is_majority is expected


def test_a_count_is_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        Tally(1, -1, 0)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(2, 3, "66.66"), (1, 3, "33.33"), (1, 1, "100.00"), (0, 7, "0.00"), (0, 0, "0.00"), (1, 1999, "0.05")],
)
def test_percent_is_cut_off(part: int, whole: int, expected: str) -> None:
    assert percent(part, whole) == expected


def test_percent_matches_decimal_arithmetic() -> None:
    for whole in range(1, 201):
        for part in range(whole + 1):
            exact = Decimal(part * 100) / Decimal(whole)
            assert percent(part, whole) == str(exact.quantize(Decimal("0.01"), ROUND_DOWN))


def test_t38_calls_go_for_against_abstain() -> None:
    assert [next_call(done) for done in range(4)] == [Stance.FOR, Stance.AGAINST, Stance.ABSTAIN, None]


def expected_answer(stage: MotionStage, calling: Stance, stance: Stance, on_roster: bool, has: Stance | None) -> str:
    """What 5.5.3 b and c say, read from the clause rather than from the code."""
    if stage in (MotionStage.PUT, MotionStage.DECIDED):
        return "vote_not_open"
    if not on_roster:
        return "not_on_roster"
    if has == stance:
        return "same_hand"
    if stage == MotionStage.CORRECTING:
        return "counted"
    if has is not None:
        return "already_counted"
    return "counted" if stance == calling else "other_call"


@pytest.mark.parametrize("stage", list(MotionStage))
@pytest.mark.parametrize("calling", list(Stance))
@pytest.mark.parametrize("stance", list(Stance))
@pytest.mark.parametrize("on_roster", [True, False])
@pytest.mark.parametrize("has", [None, *Stance])
def test_accept_hand(stage: MotionStage, calling: Stance, stance: Stance, on_roster: bool, has: Stance | None) -> None:
    answer = "counted"
    try:
        accept_hand(stage, calling, stance, on_roster=on_roster, has=has)
    except RuleBroken as refused:
        answer = refused.code
    assert answer == expected_answer(stage, calling, stance, on_roster, has)


def test_a_second_hand_is_told_what_is_counted() -> None:
    with pytest.raises(RuleBroken) as refused:
        accept_hand(MotionStage.CALLING, Stance.AGAINST, Stance.AGAINST, on_roster=True, has=Stance.FOR)
    assert refused.value.facts == {"has": Stance.FOR, "stance": Stance.AGAINST}


OPENED = datetime(2025, 11, 18, 19, 0, tzinfo=UTC)


@pytest.mark.parametrize(("after_ms", "remaining"), [(0, 60), (1, 60), (1000, 59), (59_000, 1), (59_999, 1)])
def test_a_call_lasts_a_minute(after_ms: int, remaining: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_close(OPENED, OPENED + timedelta(milliseconds=after_ms))
    assert (refused.value.code, refused.value.facts) == ("call_too_short", {"remaining": remaining})


def test_a_call_may_close_after_a_minute() -> None:
    assert earliest_close(OPENED) == OPENED + timedelta(minutes=1)
    check_close(OPENED, OPENED + timedelta(minutes=1))
    assert correction_until(OPENED) == OPENED + timedelta(minutes=1)


@pytest.mark.parametrize(("milliseconds", "seconds"), [(1, 1), (1000, 1), (1001, 2), (0, 0), (-1, 0), (-1000, -1)])
def test_seconds_until_counts_a_started_second_whole(milliseconds: int, seconds: int) -> None:
    assert seconds_until(OPENED + timedelta(milliseconds=milliseconds), OPENED) == seconds
