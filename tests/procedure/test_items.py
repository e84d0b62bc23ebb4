"""5.7.2 a, form B.3: what a vote on one item does to the wording; numbers, texts and versions hold together."""

from datetime import date
from itertools import product

import pytest

from procedure.errors import RuleBroken
from procedure.items import (
    ItemOutcome,
    ItemQuestion,
    changes_text,
    check_question,
    outcome,
    same_item,
    settled,
    superseded,
)
from procedure.votes import Tally
from procedure.wording import Item, Wording, check

TODAY = date(2026, 11, 5)
ONE, TWO, THREE = (Item(number, f"第{number}件事", "物业公司", date(2026, 12, 30)) for number in (1, 2, 3))
WORDING = Wording((ONE, TWO, THREE), "担心噪音")
ADOPTED, REFUSED, NONE = ItemOutcome.ADOPTED, ItemOutcome.REFUSED, ItemOutcome.NONE
KEEP = ItemQuestion(2, TWO.text, 4)
OTHER = ItemQuestion(2, TWO.text, 4, "换一种写法")


@pytest.mark.parametrize(
    ("hands", "expected"),
    [
        ((0, 0, 0), NONE),
        ((1, 0, 0), ADOPTED),
        ((1, 1, 0), REFUSED),  # exactly half is not more than half
        ((1, 0, 1), REFUSED),  # an abstention counts in N
        ((2, 1, 0), ADOPTED),
        ((0, 0, 3), REFUSED),
        ((51, 49, 0), ADOPTED),
        ((50, 49, 1), REFUSED),
    ],
)
def test_more_than_half_of_those_who_voted(hands: tuple[int, int, int], expected: ItemOutcome) -> None:
    assert outcome(Tally(*hands)) is expected


@pytest.mark.parametrize(
    ("question", "result", "texts"),
    [
        (KEEP, ADOPTED, [ONE.text, TWO.text, THREE.text]),
        (KEEP, REFUSED, [ONE.text, THREE.text]),
        (KEEP, NONE, [ONE.text, TWO.text, THREE.text]),
        (OTHER, ADOPTED, [ONE.text, "换一种写法", THREE.text]),
        (OTHER, REFUSED, [ONE.text, TWO.text, THREE.text]),
        (OTHER, NONE, [ONE.text, TWO.text, THREE.text]),
    ],
)
def test_what_the_vote_does_to_the_text(question: ItemQuestion, result: ItemOutcome, texts: list[str]) -> None:
    after = settled(WORDING, question, result)
    assert [item.text for item in after.items] == texts
    assert [item.number for item in after.items] == list(range(1, len(texts) + 1))
    assert after.objections == WORDING.objections and (after == WORDING) is not changes_text(question, result)
    check(after, TODAY)
    unchanged = [item for item in after.items if item.text != "换一种写法"]
    assert all(item.implementer == "物业公司" for item in after.items) and len(unchanged) >= 2


@pytest.mark.parametrize(
    ("wording", "question", "code"),
    [
        (WORDING, ItemQuestion(0, "", 1), "item_not_there"),
        (WORDING, ItemQuestion(4, "", 1), "item_not_there"),
        (WORDING, ItemQuestion(2, "", 1, TWO.text), "same_text"),
        (WORDING, ItemQuestion(2, "", 1, "长" * 301), "item_too_long"),
        (WORDING, ItemQuestion(2, "", 1, "长" * 300), None),
        (Wording((ONE,), ""), ItemQuestion(1, "", 1), "only_item"),
        (Wording((ONE,), ""), ItemQuestion(1, "", 1, "换一种写法"), None),
        (Wording((ONE, TWO), ""), ItemQuestion(2, "", 1), None),
    ],
)
def test_what_can_be_asked(wording: Wording, question: ItemQuestion, code: str | None) -> None:
    answer = None
    try:
        assert check_question(wording, question).number == question.number
    except RuleBroken as refused:
        answer = refused.code
    assert answer == code


def test_any_series_of_votes_leaves_a_wording_that_can_be_put() -> None:
    for results in product((ADOPTED, REFUSED, NONE), repeat=3):
        now = WORDING
        for result in results:
            question = ItemQuestion(len(now.items), "", 1, "" if len(now.items) > 1 else "换一种写法")
            check_question(now, question)
            now = settled(now, question, result)
        check(now, TODAY)


def test_a_demand_follows_its_item_when_numbers_move() -> None:
    after = settled(WORDING, ItemQuestion(1, ONE.text, 1), REFUSED)
    assert same_item(after, THREE.text) == 2
    with pytest.raises(RuleBroken, match="item_gone"):
        same_item(after, ONE.text)


@pytest.mark.parametrize(
    ("question", "result", "version", "expected"),
    [
        (KEEP, None, 4, False),
        (KEEP, ADOPTED, 4, False),
        (KEEP, REFUSED, 5, False),
        (KEEP, REFUSED, 6, True),
        (OTHER, ADOPTED, 5, False),
        (OTHER, REFUSED, 4, False),
        (OTHER, REFUSED, 5, True),
        (OTHER, NONE, 4, False),
    ],
)
def test_a_vote_that_was_built_on_is_known(
    question: ItemQuestion, result: ItemOutcome | None, version: int, expected: bool
) -> None:
    assert superseded(question, result, version) is expected
