"""5.6.4: when the supervisor may stop a meeting, when it goes on, and which vote can be annulled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from procedure.annex import raise_annex, resume_meeting
from procedure.errors import RuleBroken
from procedure.guards import adjourn, open_meeting, resume_sitting
from procedure.meeting import (
    AnnexFacts,
    MeetingFacts,
    MotionFacts,
    StopFacts,
    TurnFacts,
    next_state,
    state_to_leave,
    suspended_from,
)
from procedure.roles import Guard, offered, permit
from procedure.supervision import BREAKABLE, annul_motion, check_clause, lift_stop, stop_meeting
from procedure.terms import LIVE, MeetingState, MotionKind, MotionStage, Stance, Standing, TurnKind

NOW = datetime(2025, 11, 18, 12, 30, tzinfo=UTC)
STOP = StopFacts(MeetingState.DISCUSSION, day_ends_at=NOW + timedelta(hours=3))
RAISED = AnnexFacts(MeetingState.DISCUSSION, day_ends_at=NOW + timedelta(hours=3))
DISMISSED = replace(RAISED, referred=True, dismissed=True)
M, K, S = MeetingState, MotionKind, MotionStage
STOPPED = MeetingFacts(
    M.SUSPENDED, NOW, chair_present=True, recorder_present=True, supervisor_present=True, stop=STOP, notice_lawful=True
)


def answer(guard: Guard, facts: MeetingFacts) -> str:
    try:
        guard(facts, NOW)
    except RuleBroken as refused:
        return refused.code
    return "permitted"


@pytest.mark.parametrize(
    ("stop", "annex", "expected"),
    [
        (None, None, "permitted"),
        (STOP, None, "stop_open"),
        (None, RAISED, "annex_open"),
        (None, DISMISSED, "permitted"),
    ],
)
def test_one_stop_at_a_time_and_none_over_annex_d(
    stop: StopFacts | None, annex: AnnexFacts | None, expected: str
) -> None:
    assert answer(stop_meeting, replace(STOPPED, state=M.CHECK_IN, stop=stop, annex=annex)) == expected


@pytest.mark.parametrize(
    ("state", "stop", "expected"),
    [
        (M.SUSPENDED, STOP, "permitted"),
        (M.SUSPENDED, replace(STOP, day_ends_at=NOW), "sitting_day_over"),
        (M.ADJOURNED, replace(STOP, day_ends_at=NOW), "permitted"),
        (M.CHECK_IN, replace(STOP, day_ends_at=NOW), "permitted"),
        (M.SUSPENDED, None, "no_stop"),
        (M.ADJOURNED, None, "no_stop"),
    ],
)
def test_a_stop_is_lifted_on_its_day_or_once_the_meeting_is_adjourned(
    state: MeetingState, stop: StopFacts | None, expected: str
) -> None:
    assert answer(lift_stop, replace(STOPPED, state=state, stop=stop)) == expected


def test_nothing_goes_on_over_a_stop() -> None:
    waiting = replace(STOPPED, state=M.CHECK_IN, stakeholders_present=1, state_left=M.DISCUSSION)
    codes = {answer(guard, waiting) for guard in (resume_sitting, resume_meeting)}
    codes.add(answer(open_meeting, replace(waiting, state_left=None)))
    assert codes == {"stop_open"}
    assert answer(raise_annex, STOPPED) == "meeting_stopped"
    assert answer(adjourn, replace(STOPPED, turn=TurnFacts(7, TurnKind.SPEECH, running=True))) == "permitted"


@pytest.mark.parametrize(
    ("standing", "steps"),
    [
        (Standing.SUPERVISOR, "lift_stop"),
        (Standing.SUPERVISORY_COMMITTEE, "lift_stop"),
        (Standing.CHAIR, "please_stop adjourn"),
        (Standing.RECORDER, "sum_voice"),
        (Standing.ADVISER, ""),
    ],
)
def test_consoles_of_a_stopped_meeting(standing: Standing, steps: str) -> None:
    assert offered({standing}, STOPPED, NOW) == tuple(steps.split())


@pytest.mark.parametrize(("name", "who"), [("raise_hand", Standing.STAKEHOLDER), ("cast_vote", Standing.STAKEHOLDER)])
def test_who_comes_meanwhile_is_told_why(name: str, who: Standing) -> None:
    with pytest.raises(RuleBroken) as refused:
        permit(name, {who}, STOPPED, NOW)
    assert (refused.value.code, refused.value.clause) == ("meeting_stopped", "5.6.4")


@pytest.mark.parametrize("left", sorted(LIVE - {M.SUSPENDED}))
def test_it_goes_on_in_the_state_that_was_stopped(left: MeetingState) -> None:
    facts = replace(STOPPED, stop=replace(STOP, left=left), state_left=M.WORDING)
    assert next_state("lift_stop", facts) is suspended_from(facts) is left
    assert state_to_leave(facts) is (M.WORDING if left is M.CHECK_IN else left)
    for other in (M.ADJOURNED, M.CHECK_IN, M.SCHEDULED):
        assert next_state("lift_stop", replace(facts, state=other)) is other
    assert next_state("stop_meeting", replace(facts, state=left, stop=None)) is M.SUSPENDED


STAGES = {S.PUT: False, S.CALLING: True, S.CORRECTING: True, S.DECIDED: True}


@pytest.mark.parametrize(("state", "kind", "stage"), list(product(MeetingState, MotionKind, MotionStage)))
def test_a_vote_is_annulled_as_long_as_nothing_was_built_on_it(
    state: MeetingState, kind: MotionKind, stage: MotionStage
) -> None:
    motion = MotionFacts(kind, stage, Stance.FOR if stage is S.CALLING else None)
    facts = replace(STOPPED, state=state, stop=None, motion=motion)
    fitting = {(M.RULES_VOTE, K.RULES), (M.WORDING, K.ITEM), (M.MAIN_VOTE, K.MAIN), (M.ANNOUNCED, K.MAIN)}
    expected = "permitted" if (state, kind) in fitting else "vote_carried_out"
    assert answer(annul_motion, facts) == (expected if STAGES[stage] else "no_vote_to_annul")
    assert answer(annul_motion, replace(facts, signed=True)) == "record_already_signed"
    stopped = replace(facts, state=M.SUSPENDED, stop=replace(STOP, left=state))
    assert answer(annul_motion, stopped) == answer(annul_motion, facts)


def test_there_has_to_be_a_vote() -> None:
    assert answer(annul_motion, replace(STOPPED, state=M.MAIN_VOTE, stop=None)) == "no_vote_to_annul"


@pytest.mark.parametrize(("kind", "clause"), [(kind, clause) for kind in BREAKABLE for clause in BREAKABLE[kind]])
def test_only_a_clause_that_such_a_vote_can_break(kind: MotionKind, clause: str) -> None:
    check_clause(kind, clause)
    for forged in ("", "5.1.1", clause.upper() + " ", "5.5.3"):
        with pytest.raises(RuleBroken, match="no_such_choice"):
            check_clause(kind, forged)
