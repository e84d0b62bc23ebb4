"""5.5.2 f, 5.5.3: which settings are lawful, and that what is kept is what was set."""

import json
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.rules import TEMPLATE, Rules, check, choices, differences, from_json, to_json
from procedure.terms import FloorMode
from procedure.votes import Threshold

LAWFUL_RATIO = Threshold(2, 3, or_above=True, source="某法第一条")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"minutes": 1},
        {"turns": 1},
        {"floor_mode": FloorMode.STRICT},
        {"list_closes_after_minutes": 5},
        {"list_closes_after_minutes": 240},
        {"threshold": LAWFUL_RATIO},
        {"threshold": Threshold(2, 4)},
    ],
)
def test_lawful(change: dict[str, Any]) -> None:
    check(replace(TEMPLATE, **change))


@pytest.mark.parametrize(
    ("change", "code", "clause"),
    [
        ({"minutes": 0}, "bad_minutes", "5.5.2 f"),
        ({"minutes": 4}, "bad_minutes", "5.5.2 f"),
        ({"turns": 0}, "bad_turns", "5.5.2 f"),
        ({"turns": 3}, "bad_turns", "5.5.2 f"),
        ({"list_closes_after_minutes": 4}, "bad_list_closing", "5.5.3 a"),
        ({"list_closes_after_minutes": 241}, "bad_list_closing", "5.5.3 a"),
        ({"list_closes_after_minutes": 0}, "bad_list_closing", "5.5.3 a"),
        ({"threshold": Threshold(2, 3)}, "threshold_without_source", "5.5.3 c"),
        ({"threshold": Threshold(2, 3, source=" ")}, "threshold_without_source", "5.5.3 c"),
        ({"threshold": Threshold(1, 2, or_above=True)}, "threshold_without_source", "5.5.3 c"),
    ],
)
def test_unlawful(change: dict[str, Any], code: str, clause: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check(replace(TEMPLATE, **change))
    assert (refused.value.code, refused.value.clause) == (code, clause)


def all_offered() -> list[Rules]:
    offered = choices()
    ratios = [Threshold(*ratio, source="某法第一条") for ratio in offered.threshold]
    return [
        Rules(*values)
        for values in product(
            offered.minutes, offered.turns, offered.floor_mode, offered.list_closes_after_minutes, ratios
        )
    ]


def test_everything_offered_is_lawful_and_survives_being_kept() -> None:
    for rules in all_offered():
        check(rules)
        assert from_json(json.loads(json.dumps(to_json(rules)))) == rules


def test_a_form_offers_these_values() -> None:
    offered = choices()
    assert (offered.minutes, offered.turns) == ((1, 2, 3), (1, 2))
    assert offered.floor_mode == (FloorMode.SOFT, FloorMode.STRICT)
    assert offered.list_closes_after_minutes == (None, 15, 30, 60, 120, 240)
    assert offered.threshold == ((1, 2, False), (2, 3, True), (2, 3, False), (3, 4, True), (3, 4, False))


def test_a_refusal_says_what_would_be_lawful() -> None:
    with pytest.raises(RuleBroken) as refused:
        check(replace(TEMPLATE, minutes=4))
    assert refused.value.facts == {"minutes": 4, "least": 1, "most": 3}
    with pytest.raises(RuleBroken) as refused:
        check(replace(TEMPLATE, turns=3))
    assert refused.value.facts == {"turns": 3, "least": 1, "most": 2}


def test_the_template_is_among_what_is_offered() -> None:
    assert replace(TEMPLATE, threshold=replace(TEMPLATE.threshold, source="某法第一条")) in all_offered()


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": "3"},
        {"minutes": True},
        {"turns": None},
        {"floor_mode": "loud"},
        {"list_closes_after_minutes": 2.5},
        {"threshold": None},
        {"threshold": {"numerator": 1}},
    ],
)
def test_damaged_settings_are_not_read(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"missing|whole number|FloorMode"):
        from_json(to_json(TEMPLATE) | change)


def test_a_ratio_below_half_is_refused_when_read_back() -> None:
    with pytest.raises(RuleBroken):
        from_json(to_json(TEMPLATE) | {"threshold": {"numerator": 1, "denominator": 3}})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"turns": 1}, ("turns",)),
        ({"threshold": LAWFUL_RATIO, "minutes": 2}, ("minutes", "threshold")),
        (
            {"list_closes_after_minutes": 30, "floor_mode": FloorMode.STRICT},
            ("floor_mode", "list_closes_after_minutes"),
        ),
    ],
)
def test_differences(change: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert differences(TEMPLATE, replace(TEMPLATE, **change)) == expected
