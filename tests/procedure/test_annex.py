"""5.7.1: when a matter of annex D may be raised, who may still speak, and when the meeting goes on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from procedure.annex import check_in, check_settled, raise_annex, resume_meeting, undecided
from procedure.errors import RuleBroken
from procedure.guards import adjourn, open_meeting, resume_sitting
from procedure.meeting import AnnexFacts, MeetingFacts, MotionFacts, TurnFacts, next_state, state_to_leave
from procedure.roles import Guard, offered
from procedure.terms import LIVE, MeetingState, MotionKind, MotionStage, Stance, Standing, TurnKind

NOW = datetime(2025, 11, 18, 12, 30, tzinfo=UTC)
RAISED = AnnexFacts(MeetingState.DISCUSSION, day_ends_at=NOW + timedelta(hours=3))
REFERRED = replace(RAISED, referred=True)
DISMISSED = replace(REFERRED, dismissed=True)
OVER = replace(DISMISSED, day_ends_at=NOW)
VOTE_LEFT = replace(RAISED, left=MeetingState.MAIN_VOTE)
SUSPENDED = MeetingFacts(
    MeetingState.SUSPENDED, NOW, chair_present=True, recorder_present=True, supervisor_present=True
)


def answer(guard: Guard, facts: MeetingFacts) -> str:
    try:
        guard(facts, NOW)
    except RuleBroken as refused:
        return refused.code
    return "permitted"


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (MeetingState.MAIN_VOTE, MotionStage.PUT),
        (MeetingState.MAIN_VOTE, MotionStage.CALLING),
        (MeetingState.MAIN_VOTE, MotionStage.CORRECTING),
        (MeetingState.MAIN_VOTE, MotionStage.DECIDED),
        (MeetingState.RULES_VOTE, MotionStage.CALLING),
        (MeetingState.WORDING, None),
    ],
)
def test_it_is_raised_at_any_time(state: MeetingState, stage: MotionStage | None) -> None:
    kind = MotionKind.MAIN if state is MeetingState.MAIN_VOTE else MotionKind.RULES
    motion = MotionFacts(kind, stage, Stance.FOR) if stage is not None else None
    assert answer(raise_annex, replace(SUSPENDED, state=state, motion=motion)) == "permitted"


@pytest.mark.parametrize("annex", [RAISED, REFERRED, DISMISSED])
def test_one_matter_at_a_time(annex: AnnexFacts) -> None:
    assert answer(raise_annex, replace(SUSPENDED, annex=annex)) == "annex_already"


@pytest.mark.parametrize(
    ("annex", "speak", "go_on", "steps"),
    [
        (RAISED, "permitted", "annex_open", "adjourn agree_annex refuse_annex"),
        (REFERRED, "annex_is_referred", "annex_open", "adjourn"),
        (DISMISSED, "annex_is_referred", "permitted", "adjourn resume_meeting"),
        (OVER, "annex_is_referred", "sitting_day_over", "adjourn"),
    ],
)
def test_who_has_to_say_something_next(annex: AnnexFacts, speak: str, go_on: str, steps: str) -> None:
    facts = replace(SUSPENDED, annex=annex)
    assert (answer(undecided, facts), answer(resume_meeting, facts)) == (speak, go_on)
    shown = [name for name in offered({Standing.CHAIR}, facts, NOW) if name != "please_stop"]
    assert shown == steps.split()


@pytest.mark.parametrize(("annex", "expected"), [(None, "ok"), (RAISED, "no"), (REFERRED, "no"), (DISMISSED, "ok")])
def test_nothing_goes_on_over_an_open_matter(annex: AnnexFacts | None, expected: str) -> None:
    facts = replace(SUSPENDED, state=MeetingState.CHECK_IN, annex=annex, stakeholders_present=1, notice_lawful=True)
    codes = {answer(lambda one, _: check_settled(one), facts), answer(open_meeting, facts)}
    codes.add(answer(resume_sitting, replace(facts, state_left=MeetingState.DISCUSSION)))
    assert codes == {"permitted" if expected == "ok" else "annex_open"}


@pytest.mark.parametrize("left", sorted(LIVE - {MeetingState.SUSPENDED}))
def test_it_goes_on_in_the_state_that_was_suspended_on_this_day_or_another(left: MeetingState) -> None:
    facts = replace(SUSPENDED, annex=replace(DISMISSED, left=left), state_left=MeetingState.WORDING)
    assert next_state("resume_meeting", facts) is left
    assert state_to_leave(facts) is (MeetingState.WORDING if left is MeetingState.CHECK_IN else left)


def test_a_suspended_room_may_go_home_with_a_turn_and_a_call_kept() -> None:
    speech = TurnFacts(7, TurnKind.SPEECH, running=True, ends_at=NOW)
    call = MotionFacts(MotionKind.RULES, MotionStage.CALLING, Stance.FOR)
    facts = replace(SUSPENDED, annex=RAISED, turn=speech, motion=call)
    assert answer(adjourn, facts) == answer(adjourn, replace(facts, state=MeetingState.CHECK_IN)) == "permitted"
    assert answer(adjourn, replace(facts, state=MeetingState.DISCUSSION)) == "turn_running"


@pytest.mark.parametrize(("annex", "expected"), [(RAISED, "permitted"), (VOTE_LEFT, "check_in_closed")])
def test_suspending_a_vote_does_not_open_check_in_again(annex: AnnexFacts, expected: str) -> None:
    assert answer(check_in, replace(SUSPENDED, annex=annex)) == expected
