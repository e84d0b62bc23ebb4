"""5.8: who counts as told, who is due, and when the stage is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.telling import Reach, still_missing, telling_done, to_be_told, told, untold


@pytest.mark.parametrize(
    ("delivered", "attempts", "notice", "expected"),
    [
        (True, 0, False, True),
        (True, 0, True, True),
        (False, 0, True, False),
        (False, 1, True, False),
        (False, 2, False, False),
        (False, 2, True, True),
        (False, 3, True, True),
    ],
)
def test_told_is_delivered_or_two_attempts_and_the_notice(
    delivered: bool, attempts: int, notice: bool, expected: bool
) -> None:
    assert told(delivered, attempts, notice) is expected


def test_who_is_due() -> None:
    assert to_be_told([12, 11, 12]) == (11, 12)
    assert to_be_told([]) == ()
    assert to_be_told([12, 11], entrusting_unit=30) == (30,)


def test_who_is_missing() -> None:
    reached = {11: Reach(delivered=True), 12: Reach(attempts=2), 13: Reach(attempts=1)}
    due = (14, 13, 12, 11)
    assert untold(due, reached, notice_published=True) == (13, 14)
    assert untold(due, reached, notice_published=False) == (12, 13, 14)


@pytest.mark.parametrize(
    ("handed", "notice", "everybody", "entrusted", "missing"),
    [
        (True, True, True, False, ()),
        (False, True, True, False, ("record",)),
        (True, False, True, False, ("notice",)),
        (True, True, False, False, ("people",)),
        (False, False, False, False, ("record", "notice", "people")),
        (True, False, True, True, ()),
        (False, False, True, True, ("record",)),
        (True, False, False, True, ("people",)),
    ],
)
def test_the_three_parts_of_the_stage(
    handed: bool, notice: bool, everybody: bool, entrusted: bool, missing: tuple[str, ...]
) -> None:
    assert still_missing(handed, notice, everybody, entrusted=entrusted) == missing
    assert telling_done(handed, notice, everybody, entrusted=entrusted) is (missing == ())


PEOPLE = st.dictionaries(st.integers(1, 20), st.builds(Reach, st.booleans(), st.integers(0, 4)), max_size=12)
DUE = st.sets(st.integers(1, 20), max_size=12)


@given(DUE, PEOPLE, st.booleans())
def test_everybody_due_is_either_told_or_named(due: set[int], reached: dict[int, Reach], notice: bool) -> None:
    missing = untold(due, reached, notice)
    assert list(missing) == sorted(set(missing) & due)
    for person in due:
        reach = reached.get(person)
        is_told = reach is not None and told(reach.delivered, reach.attempts, notice)
        assert is_told is (person not in missing)


@given(DUE, PEOPLE, st.integers(1, 20))
def test_nobody_becomes_untold_by_more_effort(due: set[int], reached: dict[int, Reach], person: int) -> None:
    before = set(untold(due, reached, notice_published=False))
    known = reached.get(person, Reach())
    more = {**reached, person: Reach(known.delivered, known.attempts + 1)}
    assert set(untold(due, more, notice_published=False)) == before
    assert set(untold(due, more, notice_published=True)) <= before
    delivered = {**reached, person: Reach(delivered=True)}
    assert set(untold(due, delivered, notice_published=False)) == before - {person}
