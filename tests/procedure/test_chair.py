"""5.3.1 d, 5.5.2 b: who may take, hand over and take back the chair, so that chair and speaker are never one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from procedure.chair import hand_over_chair, start_explanation, take_chair, take_chair_back
from procedure.errors import RuleBroken
from procedure.meeting import DeputyFacts, MeetingFacts, TurnFacts
from procedure.roles import Guard
from procedure.terms import MeetingState, TurnKind

NOW = datetime(2025, 11, 18, 12, 30, tzinfo=UTC)
HERE = DeputyFacts(present=True)
SITS = MeetingFacts(MeetingState.DISCUSSION, NOW, chair_present=True)


def answer(guard: Guard, **facts: object) -> str:
    try:
        guard(replace(SITS, **facts), NOW)  # type: ignore[arg-type]
    except RuleBroken as refused:
        return refused.code
    return "permitted"


@pytest.mark.parametrize(
    ("deputy", "expected"),
    [
        (None, "deputy_is_absent"),
        (DeputyFacts(), "deputy_is_absent"),
        (DeputyFacts(speaking=True, waiting=True), "deputy_is_absent"),
        (HERE, "permitted"),
        (replace(HERE, lent=True), "permitted"),
        (replace(HERE, speaking=True), "speaker_does_not_chair"),
        (replace(HERE, waiting=True), "deputy_wants_to_speak"),
    ],
)
def test_the_chair_is_handed_to_who_is_here_and_does_not_speak(deputy: DeputyFacts | None, expected: str) -> None:
    assert answer(hand_over_chair, deputy=deputy) == expected


@pytest.mark.parametrize(
    ("deputy", "expected"),
    [
        (None, "chair_not_lent"),
        (HERE, "chair_not_lent"),
        (replace(HERE, lent=True), "permitted"),
        (replace(HERE, lent=True, waiting=True), "permitted"),
        (replace(HERE, lent=True, speaking=True), "speaker_does_not_chair"),
    ],
)
def test_who_lent_the_chair_takes_it_back_after_speaking(deputy: DeputyFacts | None, expected: str) -> None:
    assert answer(take_chair_back, deputy=deputy) == expected


@pytest.mark.parametrize(
    ("present", "asked", "speaking", "expected"),
    [
        (False, None, False, "permitted"),
        (False, None, True, "speaker_does_not_chair"),
        (True, None, False, "chair_is_present"),
        (True, NOW + timedelta(seconds=1), False, "chair_may_answer"),
        (True, NOW, False, "permitted"),
        (True, NOW, True, "speaker_does_not_chair"),
    ],
)
def test_an_empty_or_silent_chair_is_not_taken_by_the_speaker(
    present: bool, asked: datetime | None, speaking: bool, expected: str
) -> None:
    deputy = replace(HERE, speaking=speaking)
    assert answer(take_chair, chair_present=present, chair_asked_until=asked, deputy=deputy) == expected


@pytest.mark.parametrize(
    ("chairs", "deputy", "expected"),
    [
        (False, HERE, "permitted"),
        (True, HERE, "chair_hands_over_first"),
        (True, DeputyFacts(), "permitted"),
        (True, None, "permitted"),
    ],
)
def test_a_proposer_who_chairs_hands_over_before_explaining(
    chairs: bool, deputy: DeputyFacts | None, expected: str
) -> None:
    """With nobody to take over, the written reasons are read out instead."""
    assert answer(start_explanation, proposer_chairs=chairs, deputy=deputy) == expected
    turn = TurnFacts(7, TurnKind.SPEECH, running=True)
    assert answer(start_explanation, proposer_chairs=chairs, deputy=deputy, turn=turn) == "turn_running"
