"""Hands, calls and verdicts (5.5.3, 5.6.1 b and g, 5.7.2): whole numbers only.

N is always for + against + abstain, as form B.3 counts it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import MotionStage, Stance, Verdict

CALL_ORDER: Final = (Stance.FOR, Stance.AGAINST, Stance.ABSTAIN)
"""5.5.3 b: the chair calls for, then against, then abstaining."""
CALL_SECONDS: Final = 60
CORRECTION_SECONDS: Final = 60
MAJORITY_CLAUSE: Final = "5.5.3 c"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share of N that must be in favour (5.5.3 c): more than the fraction, or the fraction "or above".

    ``source`` is the clause, law or policy the fraction rests on.
    Raises RuleBroken bad_threshold unless 1/2 ≤ fraction ≤ 1, and for "more than all", which nobody can reach.
    """

    numerator: int = 1
    denominator: int = 2
    or_above: bool = False
    source: str = MAJORITY_CLAUSE

    def __post_init__(self) -> None:
        half_or_more = self.denominator > 0 and 2 * self.numerator >= self.denominator
        reachable = self.numerator < self.denominator or (self.numerator == self.denominator and self.or_above)
        if not (half_or_more and reachable):
            raise RuleBroken("bad_threshold", MAJORITY_CLAUSE, numerator=self.numerator, denominator=self.denominator)

    @property
    def is_majority(self) -> bool:
        """More than half, the standard's own ratio, however the fraction is written."""
        return 2 * self.numerator == self.denominator and not self.or_above


MAJORITY: Final = Threshold()


@dataclass(frozen=True, slots=True)
class Tally:
    """Counted hands of one motion. Raises ValueError for a negative count."""

    in_favour: int
    against: int
    abstain: int

    def __post_init__(self) -> None:
        if min(self.in_favour, self.against, self.abstain) < 0:
            raise ValueError("a count of hands cannot be negative")

    @property
    def total(self) -> int:
        """N."""
        return self.in_favour + self.against + self.abstain


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The comparison a result prints: ``left`` ``sign`` ``right`` is what is true of the two whole numbers.

    For the majority left is 2·for and right is N; for a fraction a/b, b·for and a·N.
    """

    left: int
    right: int
    sign: str
    met: bool


def arithmetic(tally: Tally, threshold: Threshold) -> Arithmetic:
    """The whole numbers that decide 5.5.3 c, ready to print ("2×7=14 > 12")."""
    left = threshold.denominator * tally.in_favour
    right = threshold.numerator * tally.total
    sign = ">" if left > right else "=" if left == right else "<"
    enough = left > right or (threshold.or_above and left == right)
    return Arithmetic(left, right, sign, enough and tally.total > 0)


def met(tally: Tally, threshold: Threshold) -> bool:
    """5.5.3 c: whether enough of those who voted are in favour; never when nobody voted."""
    return arithmetic(tally, threshold).met


def rules_adopted(tally: Tally) -> bool:
    """5.6.1 b: the rules need 2·for > N, whatever ratio the draft itself proposes."""
    return met(tally, MAJORITY)


def verdict(tally: Tally, threshold: Threshold = MAJORITY) -> Verdict:
    """5.7.2 a–c on the main vote: agreed, ended (fewer than a third in favour), reconvene; none when nobody voted."""
    if tally.total == 0:
        return Verdict.NONE
    if met(tally, threshold):
        return Verdict.AGREED
    if 3 * tally.in_favour < tally.total:
        return Verdict.ENDED
    return Verdict.RECONVENE


def percent(part: int, whole: int) -> str:
    """Form B.3's percentages: two decimals, cut off, never rounded up ("66.66"); "0.00" of nothing."""
    hundredths = part * 10_000 // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def next_call(calls_done: int) -> Stance | None:
    """5.5.3 b: the stance of the next call, None after the third."""
    return CALL_ORDER[calls_done] if calls_done < len(CALL_ORDER) else None


def accept_hand(
    stage: MotionStage,
    calling: Stance | None,
    stance: Stance,
    *,
    on_roster: bool,
    has: Stance | None,
    entered: bool = False,
) -> None:
    """Whether a person's own hand counts now; ``has`` is the stance already counted for this stakeholder.

    Raises RuleBroken vote_not_open, not_on_roster, same_hand, already_counted, other_call (5.5.3 b and c). In
    correction time any stance counts and replaces the former one (our rule). ``entered``: what is counted was entered
    for the room; it gives way to the person's own hand at any time (our rule).
    """
    if stage not in (MotionStage.CALLING, MotionStage.CORRECTING):
        raise RuleBroken("vote_not_open", "5.5.3 b", stage=stage)
    if not on_roster:
        raise RuleBroken("not_on_roster", "5.5.3 c")
    if entered:
        has = None
    if has is stance:
        raise RuleBroken("same_hand", "5.5.3 b", stance=stance)
    if stage is MotionStage.CORRECTING:
        return
    if has is not None:
        raise RuleBroken("already_counted", "5.5.3 b", has=has, stance=stance)
    if stance is not calling:
        raise RuleBroken("other_call", "5.5.3 b", calling=calling, stance=stance)


def earliest_close(opened_at: datetime) -> datetime:
    """A call lasts at least 60 s (our rule)."""
    return opened_at + timedelta(seconds=CALL_SECONDS)


def check_close(opened_at: datetime, now: datetime) -> None:
    """Raises RuleBroken call_too_short with ``remaining`` whole seconds (our rule)."""
    remaining = seconds_until(earliest_close(opened_at), now)
    if remaining > 0:
        raise RuleBroken("call_too_short", OUR_RULE, remaining=remaining)


def correction_until(third_call_closed_at: datetime) -> datetime:
    """After the third call hands may be corrected or added for 60 s (our rule)."""
    return third_call_closed_at + timedelta(seconds=CORRECTION_SECONDS)


def seconds_until(instant: datetime, now: datetime) -> int:
    """Whole seconds from ``now`` to ``instant``, a started second counting whole; 0 or less once it has passed."""
    return -((now - instant) // timedelta(seconds=1))
