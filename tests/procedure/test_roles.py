"""Every action crossed with every standing and every state, against a literal table (5.2.3, 5.5, 5.6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.meeting import AnnexFacts, DeputyFacts, MeetingFacts, MotionFacts, StopFacts
from procedure.roles import ACTIONS, check_reason, offered, permit, reason_needed
from procedure.terms import MeetingState, MotionKind, MotionStage, Stance, Standing, TurnKind, Verdict
from tests.procedure.presupposed import ORDER, REASONED, around_turns, in_the_room, kind_in, turn_of

NOW = datetime(2025, 11, 18, 20, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)
RAISED = AnnexFacts(MeetingState.DISCUSSION, day_ends_at=NOW + timedelta(hours=4))
STOPPED = StopFacts(MeetingState.DISCUSSION, day_ends_at=NOW + timedelta(hours=4))

ATTENDING = (
    "convener chair deputy_chair recorder adviser supervisor proposer stakeholder expert unit self_joined observer"
)
LIVE_STATES = "check_in rules_vote open explained discussion expert_answers wording main_vote suspended"
ORDERED_STATES = "rules_vote open explained discussion expert_answers wording main_vote"
TALKING = "discussion expert_answers"

ALLOWED = {
    "open_check_in": ("system chair recorder", "scheduled adjourned"),
    "check_in": (ATTENDING, "check_in rules_vote open explained discussion expert_answers wording suspended"),
    "room_check_in": ("recorder", "check_in rules_vote open explained discussion expert_answers wording suspended"),
    "ask_chair": ("deputy_chair", LIVE_STATES),
    "chair_here": ("chair", LIVE_STATES),
    "take_chair": ("deputy_chair", LIVE_STATES),
    "hand_over_chair": ("chair", LIVE_STATES),
    "take_chair_back": ("deputy_chair", LIVE_STATES),
    "open_meeting": ("chair", "check_in"),
    "resume_sitting": ("chair", "check_in"),
    "put_rules": ("chair", "rules_vote"),
    "declare_open": ("chair", "rules_vote"),
    "start_explanation": ("chair", "open"),
    "finish_explanation": ("system speaker proposer chair", "open"),
    "open_discussion": ("chair", "explained"),
    "raise_hand": ("stakeholder self_joined", f"explained {TALKING}"),
    "lower_hand": ("stakeholder self_joined", f"explained {TALKING}"),
    "raise_room_hand": ("recorder", f"explained {TALKING}"),
    "lower_room_hand": ("recorder", f"explained {TALKING}"),
    "write_room_speech": ("recorder", "open explained discussion expert_answers wording"),
    "end_room_turn": ("recorder", TALKING),
    "grant": ("chair", "discussion"),
    "grant_other": ("chair", "discussion"),
    "skip": ("chair", "discussion"),
    "grant_by_standing": ("system", "discussion"),
    "undo_grant": ("chair", "discussion"),
    "pass_on": ("chair", TALKING),
    "allow_standing": ("chair", TALKING),
    "end_standing": ("chair", TALKING),
    "raise_point": (ATTENDING, ORDERED_STATES),
    "decide_point": ("chair", ORDERED_STATES),
    "accept_words": ("chair", f"open {TALKING}"),
    "ask_reading": ("stakeholder self_joined speaker", f"open {TALKING}"),
    "write_opinion": ("stakeholder self_joined", f"{TALKING} wording"),
    "read_out": ("recorder", f"open {TALKING}"),
    "ban_channel": ("chair", LIVE_STATES),
    "sum_voice": ("recorder", f"{ORDERED_STATES} suspended adjourned announced diverted"),
    "correct_line": ("recorder", f"{ORDERED_STATES} suspended adjourned announced diverted"),
    "yield_turn": ("speaker", TALKING),
    "still_speaking": ("speaker", f"open {TALKING}"),
    "extend_turn": ("chair", f"open {TALKING}"),
    "end_turn": ("system chair", TALKING),
    "close_list": ("chair", TALKING),
    "ask_expert": ("stakeholder", f"explained {TALKING}"),
    "enter_question": ("recorder", f"explained {TALKING}"),
    "merge_questions": ("recorder", f"explained {TALKING}"),
    "assign_question": ("chair recorder", f"explained {TALKING}"),
    "call_expert": ("chair", "discussion"),
    "settle_questions": ("chair", "discussion"),
    "promise_answer": ("expert unit observer", TALKING),
    "write_answer": ("expert unit observer", f"{TALKING} wording main_vote suspended adjourned announced diverted"),
    "last_call": ("chair", "discussion"),
    "open_wording": ("chair", "discussion"),
    "post_wording": ("chair recorder", "wording"),
    "quote_speeches": ("chair recorder", "wording"),
    "ask_correction": ("stakeholder", "wording"),
    "demand_item": ("stakeholder", "wording"),
    "decide_correction": ("chair", "wording"),
    "put_item": ("chair", "wording"),
    "nudge_voters": ("chair", "rules_vote wording main_vote"),
    "open_call": ("chair", "rules_vote wording main_vote"),
    "close_call": ("chair", "rules_vote wording main_vote"),
    "cast_vote": ("stakeholder", "rules_vote wording main_vote"),
    "enter_hands": ("recorder", "rules_vote wording main_vote"),
    "withdraw_hands": ("recorder", "rules_vote wording main_vote"),
    "confirm_hands": ("second_official", "rules_vote wording main_vote"),
    "refuse_hands": ("second_official", "rules_vote wording main_vote"),
    "set_aside_hands": ("chair", "rules_vote wording main_vote"),
    "end_correction": ("system", "rules_vote wording main_vote"),
    **ORDER,
    "announce": ("chair", "main_vote"),
    "put_again": ("chair", "main_vote"),
    "change_rules": ("chair", "rules_vote"),
    "please_stop": ("chair", LIVE_STATES),
    "remind_civility": ("chair", LIVE_STATES),
    "dismiss_flag": ("chair", LIVE_STATES),
    "adjourn": ("chair", LIVE_STATES),
    "open_board": (ATTENDING, LIVE_STATES),
    "close_board": (ATTENDING, " ".join(MeetingState)),
    "raise_annex": (ATTENDING, LIVE_STATES),
    "agree_annex": ("chair adviser", "suspended"),
    "refuse_annex": ("chair adviser", "suspended"),
    "resume_meeting": ("chair", "suspended"),
    "stop_meeting": ("supervisor", LIVE_STATES.removesuffix(" suspended")),
    "annul_motion": ("supervisor", "rules_vote wording main_vote suspended announced"),
    "lift_stop": ("supervisor supervisory_committee", "scheduled check_in adjourned suspended"),
    "was_delivered": ("chair recorder supervisor", "announced"),
    "send_again": ("chair recorder supervisor", "announced"),
}

GROUP_BUTTONS = (
    "grant_by_standing ask_expert promise_answer write_answer raise_point ask_reading check_in raise_hand lower_hand"
    " yield_turn still_speaking ask_correction demand_item cast_vote end_correction raise_annex open_board close_board"
    " remind_civility dismiss_flag ban_channel was_delivered send_again correct_line write_opinion"
)


def motion(kind: MotionKind, stage: MotionStage, **more: Any) -> MotionFacts:
    return MotionFacts(kind, stage, **more)


def calling(state: MeetingState) -> MotionFacts:
    return motion(kind_in(state), MotionStage.CALLING, calling=Stance.FOR, call_opened_at=LONG_AGO)


@cache
def favourable(name: str, state: MeetingState) -> MeetingFacts:
    """Facts in which nothing but role and state can refuse this action."""
    decided = motion(kind_in(state), MotionStage.DECIDED, calls_done=3)
    speech = turn_of(TurnKind.SPEECH, NOW)
    changes: dict[str, dict[str, Any]] = {
        "chair_here": {"chair_asked_until": NOW},
        "take_chair": {"chair_present": False},
        "hand_over_chair": {"deputy": DeputyFacts(present=True)},
        "take_chair_back": {"deputy": DeputyFacts(lent=True)},
        "resume_sitting": {"state_left": MeetingState.DISCUSSION},
        "put_rules": {"motion": decided, "rules_adopted": False},
        "declare_open": {"motion": decided, "rules_adopted": True},
        "finish_explanation": {"turn": turn_of(TurnKind.EXPLANATION, NOW)},
        "open_discussion": {"explained": True},
        "grant": {"waiting": 1},
        **{name: {"waiting": 2} for name in ("grant_other", "skip")},
        **{name: {"turn": speech} for name in ("yield_turn", "still_speaking", "extend_turn", "end_turn")},
        "open_wording": {"last_call_until": NOW},
        **{name: {"wording_posted_at": NOW} for name in ("ask_correction", "demand_item", "put_item")},
        "decide_correction": {"corrections_open": 1},
        "open_call": {"motion": motion(kind_in(state), MotionStage.PUT), "wording_posted_at": LONG_AGO},
        "close_call": {"motion": calling(state)},
        **{name: {"motion": calling(state)} for name in ("cast_vote", "nudge_voters")},
        **in_the_room(calling(state), speech, LONG_AGO),
        "end_correction": {"motion": motion(kind_in(state), MotionStage.CORRECTING, correction_until=NOW)},
        "announce": {"motion": decided, "verdict": Verdict.AGREED},
        "put_again": {"motion": decided, "verdict": Verdict.NONE},
        "change_rules": {"motion": motion(MotionKind.RULES, MotionStage.PUT)},
        **{name: {"annex": RAISED} for name in ("agree_annex", "refuse_annex")},
        "resume_meeting": {"annex": replace(RAISED, referred=True, dismissed=True)},
        "lift_stop": {"stop": STOPPED},
        "annul_motion": {"motion": decided, "stop": replace(STOPPED, left=MeetingState.MAIN_VOTE)},
    }
    return replace(quiet(state), **(changes | around_turns(NOW)).get(name, {}))


def quiet(state: MeetingState) -> MeetingFacts:
    """Everybody is here, nothing is going on."""
    return MeetingFacts(
        state,
        scheduled_at=NOW,
        notice_lawful=True,
        chair_present=True,
        recorder_present=True,
        supervisor_present=True,
        proposer_present=True,
        stakeholders_present=1,
    )


def answer(name: str, standings: set[Standing], facts: MeetingFacts) -> str:
    try:
        permit(name, standings, facts, NOW)
    except RuleBroken as refused:
        return refused.code
    return "permitted"


def test_the_literal_table_names_every_action() -> None:
    assert set(ALLOWED) == set(ACTIONS)


@pytest.mark.parametrize("name", ALLOWED)
def test_every_standing_in_every_state(name: str) -> None:
    who, states = (set(words.split()) for words in ALLOWED[name])
    for standing, state in product(Standing, MeetingState):
        facts = favourable(name, state)
        refused = "meeting_stopped" if facts.stop is not None and state is MeetingState.SUSPENDED else "not_now"
        expected = "not_your_role" if standing not in who else "permitted" if state in states else refused
        assert answer(name, {standing}, facts) == expected, (standing, state)


@pytest.mark.parametrize("name", ALLOWED)
def test_nobody_acts_without_a_standing(name: str) -> None:
    state = sorted(ACTIONS[name].states)[0]
    assert answer(name, set(), favourable(name, state)) == "not_your_role"


@pytest.mark.parametrize("name", ALLOWED)
def test_a_role_is_not_lost_by_having_another(name: str) -> None:
    state = sorted(ACTIONS[name].states)[0]
    assert answer(name, set(Standing), favourable(name, state)) == "permitted"


def test_consoles_offer_exactly_what_is_permitted_and_theirs_to_offer() -> None:
    met = {favourable(name, state) for name, state in product(ALLOWED, MeetingState)}
    for standing, facts in product(Standing, met):
        permitted = [name for name in ACTIONS if answer(name, {standing}, facts) == "permitted"]
        expected = tuple(name for name in permitted if name not in GROUP_BUTTONS.split())
        assert offered({standing}, facts, NOW) == expected, (standing, facts)


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(RuleBroken) as refused:
        permit("end_turn", {Standing.RESIDENT}, favourable("end_turn", MeetingState.DISCUSSION), NOW)
    assert refused.value.clause == "5.5.2 f"
    assert refused.value.facts == {"action": "end_turn", "who": (Standing.CHAIR, Standing.SYSTEM)}


def test_a_refusal_says_when() -> None:
    with pytest.raises(RuleBroken) as refused:
        permit("grant", {Standing.CHAIR}, favourable("grant", MeetingState.WORDING), NOW)
    assert refused.value.facts == {
        "action": "grant",
        "state": MeetingState.WORDING,
        "states": (MeetingState.DISCUSSION,),
    }


def test_an_unknown_action_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        permit("seize_power", {Standing.CHAIR}, favourable("grant", MeetingState.DISCUSSION), NOW)


@pytest.mark.parametrize("name", ALLOWED)
def test_exceptions_need_a_reason(name: str) -> None:
    facts = favourable(name, sorted(ACTIONS[name].states)[0])
    chairs = {"grant_other", "skip", "extend_turn", "end_turn", "adjourn", "refuse_annex", *REASONED} | {
        "undo_grant",
        "accept_words",
        "ban_channel",
        "set_aside_hands",
        "close_list",
    }
    expected = name in chairs | {"stop_meeting", "annul_motion"}
    assert reason_needed(name, {Standing.CHAIR}, facts) is expected
    assert not reason_needed(name, {Standing.SYSTEM}, facts)


def test_an_explanation_for_an_absent_proposer_needs_a_reason() -> None:
    present = favourable("start_explanation", MeetingState.OPEN)
    absent = replace(present, proposer_present=False)
    assert not reason_needed("start_explanation", {Standing.CHAIR}, present)
    assert reason_needed("start_explanation", {Standing.CHAIR}, absent)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_blank_reason_is_none(reason: str | None) -> None:
    facts = favourable("adjourn", MeetingState.DISCUSSION)
    with pytest.raises(RuleBroken) as refused:
        check_reason("adjourn", {Standing.CHAIR}, facts, reason)
    assert refused.value.code == "reason_needed"
    check_reason("adjourn", {Standing.CHAIR}, facts, "夜深了")
    check_reason("open_wording", {Standing.CHAIR}, facts, reason)


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.name)
def test_every_row_names_its_clause(action: Any) -> None:
    assert action.clause == "our rule" or action.clause.startswith("5.")
    assert action.who
    assert action.states
