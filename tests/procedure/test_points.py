"""Points of order: one that waits, three in a meeting (our rule)."""

import pytest

from procedure.errors import RuleBroken
from procedure.points import POINTS_EACH, check_raise


@pytest.mark.parametrize("raised", range(POINTS_EACH))
def test_a_point_may_be_raised(raised: int) -> None:
    check_raise(raised, waiting=False)


@pytest.mark.parametrize(
    ("raised", "waiting", "code"),
    [(1, True, "point_already_open"), (POINTS_EACH, True, "point_already_open"), (POINTS_EACH, False, "points_used")],
)
def test_not_one_after_the_other(raised: int, waiting: bool, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_raise(raised, waiting)
    assert refused.value.code == code
