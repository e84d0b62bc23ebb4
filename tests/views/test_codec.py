"""A button's data is opaque, short and exact; anything else is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.codec import LIMIT, VERBS, pack, unpack

WIDEST: dict[str, int | str] = {"stance": "abstain", "calling": "abstain", "action": "start_explanation"}
WIDEST |= {"page": "language", "language": "zh"}


@pytest.mark.parametrize("verb", VERBS)
def test_t06_every_verb_carries_the_largest_ids_there_and_back(verb: str) -> None:
    args = [WIDEST.get(name, 2**53) for name in VERBS[verb]]
    data = pack(verb, *args)
    assert len(data.encode()) <= LIMIT
    assert unpack(data) == (verb, dict(zip(VERBS[verb], args, strict=True)))


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "nonsense",
        "check_in",
        "check_in:",
        "check_in:x",
        "check_in:-1",
        "check_in:01",
        "check_in:1:2",
        "check_in：１",
        "cast_vote:1:2:3",
        "cast_vote:1:2:for",
        "show:HOME",
        "reason_form:1:2:",
        f"check_in:{10**19}",
        "lower_hand:1\n",
        "x" * 65,
    ],
)
def test_what_pack_would_not_make_is_nothing(data: str | None) -> None:
    assert unpack(data) is None


@given(st.text(max_size=64))
def test_no_data_of_a_stranger_breaks_anything(data: str) -> None:
    found = unpack(data)
    assert found is None or found[0] in VERBS


@given(st.sampled_from(sorted(VERBS)), st.lists(st.text(alphabet="0123456789abc_:\x1d", max_size=9), max_size=4))
def test_what_is_read_is_what_would_be_packed(verb: str, parts: list[str]) -> None:
    data = ":".join((verb, *parts))
    found = unpack(data)
    assert found is None or pack(found[0], *found[1].values()) == data


@pytest.mark.parametrize(
    ("verb", "args"),
    [("check_in", ()), ("check_in", (1, 2)), ("cast_vote", (1, 2, "maybe")), ("check_in", (-1,)), ("show", ("首页",))],
)
def test_wrong_arguments_are_a_fault(verb: str, args: tuple[int | str, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        pack(verb, *args)
