"""One open challenge per person and vote, and none of what was answered."""

import pytest

from procedure.challenge import check_challenge
from procedure.errors import RuleBroken


@pytest.mark.parametrize(
    ("about", "open_ones", "answered", "expected"),
    [
        ("hand", 0, (), "permitted"),
        ("call", 0, (), "permitted"),
        ("hand", 0, ("call",), "permitted"),
        ("hand", 1, (), "challenge_waits"),
        ("call", 1, ("hand",), "challenge_waits"),
        ("hand", 0, ("hand",), "challenge_answered"),
        ("call", 0, ("hand", "call"), "challenge_answered"),
        ("", 0, (), "no_such_choice"),
        ("HAND", 0, (), "no_such_choice"),
        ("verdict", 1, (), "no_such_choice"),
    ],
)
def test_whether_a_vote_may_be_challenged_once_more(
    about: str, open_ones: int, answered: tuple[str, ...], expected: str
) -> None:
    if expected == "permitted":
        check_challenge(about, open_ones, answered)
        return
    with pytest.raises(RuleBroken, match=expected) as refused:
        check_challenge(about, open_ones, answered)
    assert refused.value.clause == "our rule"
