"""Labelled examples: which label a person's choice gives a topic."""

import pytest

from procedure.examples import Chooser, Chosen, label, settled, without_numbers

P, C = Chooser.PROPOSER, Chooser.COMMITTEE


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen("C.2.3"), ("C.2.3", "")),
        (Chosen("C.2.3", "D.h"), ("D.h", "C.2.3")),
        (Chosen(None, "D.h"), ("D.h", "")),
        (Chosen(outside=True), ("NONE", "")),
        (Chosen("C.2.3", outside=True), ("NONE", "")),
        (Chosen(), None),
    ],
)
def test_a_choice_is_a_label(chosen: Chosen, expected: tuple[str, str] | None) -> None:
    assert label(chosen) == expected


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, None),
        ({P: Chosen()}, None),
        ({P: Chosen("C.2.3")}, (P, ("C.2.3", ""))),
        ({P: Chosen("C.2.3"), C: Chosen("C.2.2")}, (C, ("C.2.2", ""))),
        ({P: Chosen("C.2.3"), C: Chosen()}, (P, ("C.2.3", ""))),
        ({P: Chosen("C.2.3"), C: Chosen(None, "D.f")}, (C, ("D.f", ""))),
        ({C: Chosen(outside=True)}, (C, ("NONE", ""))),
    ],
)
def test_the_joint_meeting_has_the_last_word(
    choices: dict[Chooser, Chosen], expected: tuple[Chooser, tuple[str, str]] | None
) -> None:
    assert settled(choices) == expected


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("打138-0000-0001找我", "打×找我"),
        ("+86 138 0000 0001", "×"),
        ("身份证11010119900101001X", "身份证×"),
        ("写信到 someone@example.org 。", "写信到 × 。"),
        ("3号楼101室8户，花了120000元", "3号楼101室8户，花了120000元"),
        ("1" * 4000, "×"),
        ("1 " * 3 + "楼", "1 1 1 楼"),
    ],
)
def test_numbers_that_reach_somebody_are_left_out(written: str, kept: str) -> None:
    assert without_numbers(written) == kept
