"""What each action of a meeting presupposes, refused and allowed from one set-up each (5.4, 5.5.3, 5.6.1, 5.7.2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.meeting import MotionFacts
from procedure.roles import permit
from procedure.terms import MeetingState, MotionKind, MotionStage, Standing, TurnKind, Verdict
from tests.procedure.presupposed import turn_of
from tests.procedure.test_roles import ALLOWED, NOW, calling, favourable

S = MeetingState
MAIN, RULES, ITEM = MotionKind.MAIN, MotionKind.RULES, MotionKind.ITEM
SECOND = timedelta(seconds=1)
SPEECH, EXPLANATION = turn_of(TurnKind.SPEECH, NOW), turn_of(TurnKind.EXPLANATION, NOW)


def at(kind: MotionKind, stage: str, **more: Any) -> MotionFacts:
    return MotionFacts(kind, MotionStage(stage), **more)


REFUSED: list[tuple[str, MeetingState, dict[str, Any], str, str]] = [
    ("open_check_in", S.SCHEDULED, {"scheduled_at": NOW + timedelta(minutes=60) + SECOND}, "too_early", "our rule"),
    ("open_check_in", S.ADJOURNED, {"scheduled_at": NOW + timedelta(days=2)}, "too_early", "our rule"),
    ("take_chair", S.CHECK_IN, {"chair_present": True}, "chair_is_present", "our rule"),
    (
        "take_chair",
        S.DISCUSSION,
        {"chair_present": True, "chair_asked_until": NOW + SECOND},
        "chair_may_answer",
        "our rule",
    ),
    ("ask_chair", S.CHECK_IN, {"chair_present": False}, "chair_is_absent", "our rule"),
    ("ask_chair", S.DISCUSSION, {"chair_asked_until": NOW}, "chair_already_asked", "our rule"),
    ("chair_here", S.DISCUSSION, {"chair_asked_until": None}, "chair_not_asked", "our rule"),
    *(
        (name, S.WORDING, {"interruptions": 0}, "no_interruption", "5.5.2 d")
        for name in ("remove_words", "mute_member")
    ),
    *((name, S.ANNOUNCED, {"muted": 0}, "nobody_muted", "our rule") for name in ("lift_mute", "lift_mutes")),
    ("open_meeting", S.CHECK_IN, {"notice_lawful": False}, "notice_missing", "5.4"),
    ("open_meeting", S.CHECK_IN, {"scheduled_at": NOW + SECOND}, "too_early", "our rule"),
    ("open_meeting", S.CHECK_IN, {"chair_present": False}, "post_absent", "5.6.1"),
    ("open_meeting", S.CHECK_IN, {"recorder_present": False}, "post_absent", "5.6.1"),
    ("open_meeting", S.CHECK_IN, {"supervisor_present": False}, "post_absent", "5.6.1"),
    ("open_meeting", S.CHECK_IN, {"stakeholders_present": 0}, "no_stakeholder", "5.5.3 c"),
    ("open_meeting", S.CHECK_IN, {"state_left": S.DISCUSSION}, "sitting_to_resume", "our rule"),
    ("resume_sitting", S.CHECK_IN, {"state_left": None}, "nothing_to_resume", "our rule"),
    ("resume_sitting", S.CHECK_IN, {"scheduled_at": NOW + SECOND}, "too_early", "our rule"),
    ("resume_sitting", S.CHECK_IN, {"chair_present": False}, "post_absent", "5.6.1"),
    ("resume_sitting", S.CHECK_IN, {"recorder_present": False}, "post_absent", "5.6.1"),
    ("resume_sitting", S.CHECK_IN, {"supervisor_present": False}, "post_absent", "5.6.1"),
    ("resume_sitting", S.CHECK_IN, {"stakeholders_present": 0}, "no_stakeholder", "5.5.3 c"),
    ("put_rules", S.RULES_VOTE, {"motion": at(RULES, "put")}, "already_put", "5.6.1 b"),
    ("put_rules", S.RULES_VOTE, {"motion": at(RULES, "correcting")}, "already_put", "5.6.1 b"),
    ("put_rules", S.RULES_VOTE, {"rules_adopted": True}, "rules_already_adopted", "5.6.1 c"),
    ("change_rules", S.RULES_VOTE, {"motion": at(RULES, "calling")}, "vote_running", "5.6.1 b"),
    ("change_rules", S.RULES_VOTE, {"motion": at(RULES, "correcting")}, "vote_running", "5.6.1 b"),
    ("change_rules", S.RULES_VOTE, {"rules_adopted": True}, "rules_already_adopted", "5.6.1 c"),
    ("declare_open", S.RULES_VOTE, {"rules_adopted": False}, "rules_not_adopted", "5.6.1 c"),
    ("declare_open", S.RULES_VOTE, {"rules_adopted": None}, "rules_not_adopted", "5.6.1 c"),
    ("start_explanation", S.OPEN, {"turn": EXPLANATION}, "turn_running", "5.5.2 d"),
    ("finish_explanation", S.OPEN, {"turn": None}, "no_turn", "5.6.1 d"),
    ("finish_explanation", S.OPEN, {"turn": SPEECH}, "no_turn", "5.6.1 d"),
    ("open_discussion", S.EXPLAINED, {"explained": False}, "not_explained", "5.6.1 d"),
    ("grant", S.DISCUSSION, {"waiting": 0}, "no_hand_waiting", "5.5.2 b"),
    ("grant", S.DISCUSSION, {"turn": SPEECH}, "turn_running", "5.5.2 d"),
    ("grant_other", S.DISCUSSION, {"waiting": 1}, "no_other_hand", "5.5.2 b"),
    ("grant_other", S.DISCUSSION, {"turn": SPEECH}, "turn_running", "5.5.2 d"),
    ("skip", S.DISCUSSION, {"waiting": 0}, "no_hand_waiting", "5.5.2 b"),
    ("skip", S.DISCUSSION, {"waiting": 1}, "no_other_hand", "5.5.2 b"),
    ("yield_turn", S.DISCUSSION, {"turn": None}, "no_turn", "5.5.2 b"),
    ("grant", S.DISCUSSION, {"points_open": 1}, "point_waiting", "our rule"),
    ("grant_other", S.DISCUSSION, {"points_open": 1}, "point_waiting", "our rule"),
    ("last_call", S.DISCUSSION, {"points_open": 2}, "point_waiting", "our rule"),
    ("open_wording", S.DISCUSSION, {"points_open": 1}, "point_waiting", "our rule"),
    ("grant_by_standing", S.DISCUSSION, {"standing": False}, "no_standing", "5.5.2 b"),
    ("grant_by_standing", S.DISCUSSION, {"points_open": 1}, "point_waiting", "our rule"),
    ("grant_by_standing", S.DISCUSSION, {"turn": SPEECH}, "turn_running", "5.5.2 d"),
    ("grant_by_standing", S.DISCUSSION, {"waiting": 0}, "no_hand_waiting", "5.5.2 b"),
    ("allow_standing", S.DISCUSSION, {"standing": True}, "standing_given", "5.5.2 b"),
    ("end_standing", S.DISCUSSION, {"standing": False}, "no_standing", "5.5.2 b"),
    ("undo_grant", S.DISCUSSION, {"turn": None}, "no_turn", "5.5.2 b"),
    ("undo_grant", S.DISCUSSION, {"turn": EXPLANATION}, "no_turn", "5.5.2 b"),
    ("pass_on", S.DISCUSSION, {"turn": None}, "no_turn", "5.5.2 b"),
    ("decide_point", S.WORDING, {"points_open": 0}, "no_point_open", "our rule"),
    ("read_out", S.DISCUSSION, {"turn": None}, "no_turn", "5.5.2 f"),
    ("still_speaking", S.DISCUSSION, {"turn": None}, "no_turn", "5.5.2 f"),
    ("end_turn", S.DISCUSSION, {"turn": None}, "no_turn", "5.5.2 b"),
    ("end_turn", S.DISCUSSION, {"turn": EXPLANATION}, "no_turn", "5.5.2 b"),
    ("extend_turn", S.DISCUSSION, {"turn": None}, "no_turn", "5.5.2 f"),
    ("ask_expert", S.DISCUSSION, {"experts": 0}, "no_experts", "5.6.1 f"),
    ("enter_question", S.EXPLAINED, {"experts": 0}, "no_experts", "5.6.1 f"),
    ("merge_questions", S.EXPERT_ANSWERS, {"questions_open": 1}, "no_other_question", "our rule"),
    ("assign_question", S.EXPLAINED, {"questions_open": 0}, "no_question_open", "5.6.1 f"),
    ("settle_questions", S.DISCUSSION, {"questions_open": 0}, "no_question_open", "5.6.1 f"),
    ("call_expert", S.DISCUSSION, {"questions_open": 0}, "no_question_open", "5.6.1 f"),
    ("call_expert", S.DISCUSSION, {"turn": SPEECH}, "turn_running", "5.5.2 d"),
    ("call_expert", S.DISCUSSION, {"points_open": 1}, "point_waiting", "our rule"),
    ("yield_turn", S.EXPERT_ANSWERS, {"turn": EXPLANATION}, "no_turn", "5.5.2 b"),
    ("open_wording", S.DISCUSSION, {"questions_open": 1}, "questions_open", "5.6.1 f"),
    ("close_list", S.DISCUSSION, {"list_closes_at": NOW}, "list_closes_soon", "5.5.3 a"),
    ("close_list", S.DISCUSSION, {"list_closes_at": NOW + 60 * SECOND}, "list_closes_soon", "5.5.3 a"),
    ("last_call", S.DISCUSSION, {"waiting": 1}, "hands_waiting", "5.5.3 a"),
    ("last_call", S.DISCUSSION, {"turn": SPEECH}, "turn_running", "5.5.2 d"),
    ("last_call", S.DISCUSSION, {"last_call_until": NOW + SECOND}, "last_call_running", "our rule"),
    ("last_call", S.DISCUSSION, {"all_turns_used": True}, "all_turns_used", "5.5.3 a"),
    ("last_call", S.DISCUSSION, {"list_closes_at": NOW}, "list_is_over", "5.5.3 a"),
    (
        "open_wording",
        S.DISCUSSION,
        {"last_call_until": None, "list_closes_at": NOW + SECOND},
        "last_call_needed",
        "5.5.3 a",
    ),
    ("open_wording", S.DISCUSSION, {"waiting": 1}, "hands_waiting", "5.5.3 a"),
    ("open_wording", S.DISCUSSION, {"turn": SPEECH}, "turn_running", "5.5.2 d"),
    ("open_wording", S.DISCUSSION, {"last_call_until": None}, "last_call_needed", "5.5.3 a"),
    ("open_wording", S.DISCUSSION, {"last_call_until": NOW + SECOND}, "last_call_running", "our rule"),
    ("ask_correction", S.WORDING, {"wording_posted_at": None}, "wording_not_posted", "5.7.2 a"),
    (
        "ask_correction",
        S.WORDING,
        {"wording_posted_at": NOW - timedelta(minutes=5)},
        "correction_time_over",
        "our rule",
    ),
    ("decide_correction", S.WORDING, {"corrections_open": 0}, "no_correction_asked", "our rule"),
    ("open_call", S.WORDING, {"motion": None, "wording_posted_at": None}, "wording_not_posted", "5.7.2 a"),
    (
        "open_call",
        S.WORDING,
        {"motion": None, "wording_posted_at": NOW - timedelta(minutes=5) + SECOND},
        "correction_time_running",
        "our rule",
    ),
    ("open_call", S.WORDING, {"motion": at(RULES, "decided"), "corrections_open": 1}, "corrections_open", "our rule"),
    ("open_call", S.WORDING, {"stakeholders_present": 0}, "no_stakeholder", "5.5.3 c"),
    ("open_call", S.WORDING, {"motion": None, "stakeholders_present": 0}, "no_stakeholder", "5.5.3 c"),
    ("open_call", S.WORDING, {"motion": at(ITEM, "calling")}, "call_running", "5.5.3 b"),
    ("open_call", S.WORDING, {"motion": at(ITEM, "correcting")}, "correction_running", "our rule"),
    ("open_call", S.MAIN_VOTE, {"motion": at(ITEM, "put")}, "nothing_put", "5.5.3 b"),
    *(
        (name, S.WORDING, {"motion": at(ITEM, stage), "corrections_open": 1}, "item_vote_running", "our rule")
        for name in ("post_wording", "put_item", "decide_correction")
        for stage in ("put", "calling", "correcting")
    ),
    ("put_item", S.WORDING, {"wording_posted_at": None}, "wording_not_posted", "5.7.2 a"),
    ("put_item", S.WORDING, {"stakeholders_present": 0}, "no_stakeholder", "5.5.3 c"),
    ("demand_item", S.WORDING, {"wording_posted_at": None}, "wording_not_posted", "5.7.2 a"),
    ("demand_item", S.WORDING, {"wording_posted_at": NOW - timedelta(minutes=5)}, "correction_time_over", "our rule"),
    ("nudge_voters", S.MAIN_VOTE, {"motion": at(MAIN, "decided")}, "vote_not_open", "5.5.3 b"),
    ("nudge_voters", S.MAIN_VOTE, {"motion": at(MAIN, "calling", nudged=True)}, "already_nudged", "our rule"),
    ("annul_motion", S.WORDING, {"motion": at(RULES, "decided")}, "vote_carried_out", "our rule"),
    ("annul_motion", S.WORDING, {"motion": at(ITEM, "decided", superseded=True)}, "vote_carried_out", "our rule"),
    ("annul_motion", S.MAIN_VOTE, {"motion": at(ITEM, "decided")}, "vote_carried_out", "our rule"),
    ("adjourn", S.WORDING, {"motion": at(ITEM, "correcting")}, "call_running", "our rule"),
    ("open_call", S.RULES_VOTE, {"motion": None}, "nothing_put", "5.5.3 b"),
    ("open_call", S.MAIN_VOTE, {"motion": at(RULES, "put")}, "nothing_put", "5.5.3 b"),
    ("open_call", S.RULES_VOTE, {"motion": at(MAIN, "put")}, "nothing_put", "5.5.3 b"),
    ("open_call", S.RULES_VOTE, {"stakeholders_present": 0}, "no_stakeholder", "5.5.3 c"),
    ("open_call", S.MAIN_VOTE, {"motion": at(MAIN, "calling")}, "call_running", "5.5.3 b"),
    ("open_call", S.MAIN_VOTE, {"motion": at(MAIN, "correcting")}, "correction_running", "our rule"),
    ("open_call", S.MAIN_VOTE, {"motion": at(MAIN, "decided")}, "vote_decided", "5.5.3 b"),
    ("close_call", S.MAIN_VOTE, {"motion": None}, "no_call_running", "5.5.3 b"),
    ("close_call", S.MAIN_VOTE, {"motion": at(MAIN, "correcting", calls_done=3)}, "no_call_running", "5.5.3 b"),
    (
        "close_call",
        S.MAIN_VOTE,
        {"motion": at(MAIN, "calling", call_opened_at=NOW - timedelta(seconds=59))},
        "call_too_short",
        "our rule",
    ),
    ("cast_vote", S.MAIN_VOTE, {"motion": None}, "vote_not_open", "5.5.3 b"),
    ("cast_vote", S.MAIN_VOTE, {"motion": at(MAIN, "put")}, "vote_not_open", "5.5.3 b"),
    ("cast_vote", S.MAIN_VOTE, {"motion": at(MAIN, "decided")}, "vote_not_open", "5.5.3 b"),
    ("end_correction", S.MAIN_VOTE, {"motion": at(MAIN, "calling")}, "no_correction_running", "our rule"),
    (
        "end_correction",
        S.MAIN_VOTE,
        {"motion": at(MAIN, "correcting", correction_until=NOW + SECOND)},
        "correction_running",
        "our rule",
    ),
    ("announce", S.MAIN_VOTE, {"motion": at(MAIN, "correcting")}, "vote_not_decided", "5.6.1 h"),
    ("announce", S.MAIN_VOTE, {"verdict": None}, "vote_not_decided", "5.6.1 h"),
    ("announce", S.MAIN_VOTE, {"verdict": Verdict.NONE}, "no_verdict", "5.7.2"),
    ("put_again", S.MAIN_VOTE, {"motion": at(MAIN, "correcting")}, "vote_not_decided", "5.6.1 h"),
    ("put_again", S.MAIN_VOTE, {"verdict": Verdict.ENDED}, "verdict_stands", "5.7.2"),
    ("put_again", S.MAIN_VOTE, {"verdict": Verdict.RECONVENE}, "verdict_stands", "5.7.2"),
    ("adjourn", S.DISCUSSION, {"turn": SPEECH}, "turn_running", "5.5.2 d"),
    ("adjourn", S.RULES_VOTE, {"motion": calling(S.RULES_VOTE)}, "call_running", "our rule"),
    ("adjourn", S.MAIN_VOTE, {"motion": at(MAIN, "correcting")}, "call_running", "our rule"),
    (
        "adjourn",
        S.MAIN_VOTE,
        {"motion": at(MAIN, "decided"), "verdict": Verdict.AGREED},
        "result_to_announce",
        "5.6.1 h",
    ),
]

PERMITTED: list[tuple[str, MeetingState, dict[str, Any]]] = [
    ("open_check_in", S.SCHEDULED, {"scheduled_at": NOW + timedelta(minutes=60)}),
    ("open_check_in", S.SCHEDULED, {"scheduled_at": NOW - timedelta(days=1)}),
    ("resume_sitting", S.CHECK_IN, {"notice_lawful": False}),
    ("put_rules", S.RULES_VOTE, {"motion": None}),
    ("change_rules", S.RULES_VOTE, {"motion": None}),
    ("change_rules", S.RULES_VOTE, {"motion": at(RULES, "decided"), "rules_adopted": False}),
    ("start_explanation", S.OPEN, {"proposer_present": False}),
    ("extend_turn", S.OPEN, {"turn": EXPLANATION}),
    ("last_call", S.DISCUSSION, {"last_call_until": NOW}),
    ("close_list", S.DISCUSSION, {"list_closes_at": NOW + 61 * SECOND}),
    ("open_wording", S.DISCUSSION, {"last_call_until": None, "all_turns_used": True}),
    ("open_wording", S.DISCUSSION, {"last_call_until": None, "list_closes_at": NOW}),
    ("ask_correction", S.WORDING, {"wording_posted_at": NOW - timedelta(minutes=5) + SECOND}),
    ("open_call", S.WORDING, {"motion": None, "wording_posted_at": NOW - timedelta(minutes=5)}),
    ("open_call", S.WORDING, {"motion": at(ITEM, "decided")}),
    ("open_call", S.WORDING, {"motion": at(ITEM, "put"), "wording_posted_at": NOW}),
    ("put_item", S.WORDING, {"motion": at(ITEM, "decided"), "corrections_open": 1}),
    ("ask_correction", S.WORDING, {"motion": at(ITEM, "calling")}),
    ("nudge_voters", S.WORDING, {"motion": at(ITEM, "correcting")}),
    ("annul_motion", S.WORDING, {"motion": at(ITEM, "decided")}),
    ("open_call", S.WORDING, {"motion": at(RULES, "decided")}),
    ("open_call", S.WORDING, {"motion": None}),
    ("close_call", S.MAIN_VOTE, {"motion": at(MAIN, "calling", call_opened_at=NOW - timedelta(seconds=60))}),
    ("cast_vote", S.RULES_VOTE, {"motion": at(RULES, "correcting")}),
    ("announce", S.MAIN_VOTE, {"verdict": Verdict.ENDED}),
    ("announce", S.MAIN_VOTE, {"verdict": Verdict.RECONVENE}),
    ("adjourn", S.MAIN_VOTE, {"motion": at(MAIN, "put")}),
    ("adjourn", S.MAIN_VOTE, {"motion": at(MAIN, "decided"), "verdict": Verdict.NONE}),
    ("adjourn", S.RULES_VOTE, {"motion": at(RULES, "decided"), "rules_adopted": False}),
]


def may(name: str) -> set[Standing]:
    return {Standing(ALLOWED[name][0].split()[0])}


@pytest.mark.parametrize(("name", "state", "change", "code", "clause"), REFUSED)
def test_refused(name: str, state: MeetingState, change: dict[str, Any], code: str, clause: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        permit(name, may(name), replace(favourable(name, state), **change), NOW)
    assert (refused.value.code, refused.value.clause) == (code, clause)


@pytest.mark.parametrize(("name", "state", "change"), PERMITTED)
def test_permitted(name: str, state: MeetingState, change: dict[str, Any]) -> None:
    permit(name, may(name), replace(favourable(name, state), **change), NOW)


def test_all_absent_posts_are_named_at_once() -> None:
    facts = replace(favourable("open_meeting", S.CHECK_IN), chair_present=False, supervisor_present=False)
    with pytest.raises(RuleBroken) as refused:
        permit("open_meeting", {Standing.CHAIR}, facts, NOW)
    assert refused.value.facts == {"absent": ("chair", "supervisor")}


def test_too_early_says_when_and_how_long() -> None:
    facts = replace(favourable("open_meeting", S.CHECK_IN), scheduled_at=NOW + timedelta(minutes=2))
    with pytest.raises(RuleBroken) as refused:
        permit("open_meeting", {Standing.CHAIR}, facts, NOW)
    assert refused.value.facts == {"opens_at": NOW + timedelta(minutes=2), "remaining": 120}
