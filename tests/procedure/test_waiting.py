"""How much of one person's may wait for an answer."""

import pytest

from procedure.errors import OUR_RULE, RuleBroken
from procedure.waiting import MOST_WAITING, check_waiting


def test_a_few_may_wait_and_no_more() -> None:
    for count in range(MOST_WAITING):
        check_waiting(count)
    for count in (MOST_WAITING, 1000):
        with pytest.raises(RuleBroken) as refusal:
            check_waiting(count)
        assert (refusal.value.code, refusal.value.clause) == ("too_many_waiting", OUR_RULE)
        assert refusal.value.facts == {"most": MOST_WAITING}
