"""Questions to the experts (5.6.1 f): how many, how long, until when; and that an answer ends in the discussion."""

from datetime import UTC, date, datetime, timedelta

import pytest

from procedure import experts
from procedure.errors import RuleBroken
from procedure.meeting import ENDING_AN_ANSWER, MeetingFacts, next_state
from procedure.roles import ACTIONS
from procedure.terms import Capacity, MeetingState

TODAY = date(2026, 11, 5)
NOW = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "written_day_bad"), (0, "written_day_bad"), (1, None), (15, None), (16, "written_day_bad")]
)
def test_a_written_answer_comes_within_fifteen_days(days: int, code: str | None) -> None:
    until = TODAY + timedelta(days=days)
    if code is None:
        experts.check_until(until, TODAY)
        return
    with pytest.raises(RuleBroken) as refused:
        experts.check_until(until, TODAY)
    assert (refused.value.code, refused.value.facts) == (code, {"latest": date(2026, 11, 20)})


@pytest.mark.parametrize("asked", range(6))
def test_three_questions_each(asked: int) -> None:
    if asked < 3:
        experts.check_asked(asked)
        return
    with pytest.raises(RuleBroken, match="questions_used"):
        experts.check_asked(asked)


@pytest.mark.parametrize("minutes", range(10))
def test_three_five_or_eight_minutes(minutes: int) -> None:
    if minutes in (3, 5, 8):
        experts.check_minutes(minutes)
        return
    with pytest.raises(RuleBroken, match="bad_answer_minutes"):
        experts.check_minutes(minutes)


def test_sixty_are_settled_at_once() -> None:
    experts.check_settled(60)
    with pytest.raises(RuleBroken, match="too_many_questions"):
        experts.check_settled(61)


def test_who_answers_does_not_vote_and_who_speaks_for_a_side_does_not_answer() -> None:
    assert {Capacity.EXPERT, Capacity.UNIT, Capacity.OBSERVER} == experts.ANSWERING
    assert ACTIONS["cast_vote"].who.isdisjoint(experts.ANSWERING)


def test_an_answer_is_called_in_the_discussion_and_however_it_ends_leads_back() -> None:
    talking = MeetingFacts(MeetingState.DISCUSSION, NOW)
    assert next_state("call_expert", talking) is MeetingState.EXPERT_ANSWERS
    answering = MeetingFacts(MeetingState.EXPERT_ANSWERS, NOW)
    assert {next_state(name, answering) for name in ENDING_AN_ANSWER} == {MeetingState.DISCUSSION}
    assert next_state("extend_turn", answering) is MeetingState.EXPERT_ANSWERS
