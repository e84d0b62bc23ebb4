"""Labelled examples: which label a person's choice gives a topic."""

import pytest

from procedure.examples import Chooser, Chosen, label, settled

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
