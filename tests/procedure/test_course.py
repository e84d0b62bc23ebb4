"""The table of a topic's course: every step for every standing in every stage, and what each guard refuses."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from procedure.course import STEPS, awaited, check_known, offered, permit
from procedure.course_facts import CourseFacts, FollowState, PlanState, TellState
from procedure.errors import RuleBroken
from procedure.terms import Standing, TopicStage, Verdict

NOW = datetime(2026, 11, 10, 8, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
SENT = PlanState(1, NOW + timedelta(days=7), drafted=True, sent=True, final=False, stakeholders=12)
DRAFT = replace(SENT, sent=False)
BOTH = "committee party_branch"
LISTED = "stakeholder expert unit self_joined observer"

BESIDE = "plan notice tell follow_up archive waiting"

TABLE: dict[str, tuple[str, str, dict[str, Any]]] = {
    "register_topic": ("committee", "proposed", {}),
    "approve_topic": (BOTH, "review", {}),
    "reject_topic": (BOTH, "review", {}),
    "divert_topic": (BOTH, "review", {}),
    "accept_post": ("offered", BESIDE, {"posts_waiting": ("adviser",)}),
    "decline_post": ("offered", BESIDE, {"deputies_waiting": 1}),
    "note_told": (
        "committee",
        "plan notice meeting tell follow_up archive closed waiting rejected diverted",
        {"proposer_untold": True},
    ),
    "send_plan": ("convener", "plan", {"plan": DRAFT}),
    "say_willing": (LISTED, "plan", {"plan": replace(SENT, undecided=1)}),
    "say_unwilling": (LISTED, "plan", {"plan": SENT}),
    "object_plan": (LISTED, "plan", {"plan": replace(SENT, objections_until=LATER)}),
    "answer_objection": ("convener", "plan", {"plan": replace(SENT, objections_open=1)}),
    "finalize_plan": ("convener", "plan", {"plan": replace(SENT, objections_until=NOW), "notice_in_time": True}),
    "record_plan_told": ("convener recorder", "plan", {"plan": replace(SENT, untold=1)}),
    "enter_willing": ("convener recorder", "plan", {"plan": replace(SENT, undecided=1)}),
    "draft_plan": ("convener", "plan", {}),
    "draft_rules": ("convener", "notice meeting", {}),
    "publish_notice": ("committee", "notice", {"plan": SENT, "notice_in_time": True}),
    "decide_annex": (BOTH, "meeting", {"annex_referred": True}),
    "challenge_vote": ("stakeholder", "meeting tell", {"votes_decided": 1}),
    "answer_challenge": ("supervisor supervisory_committee", "meeting tell", {"challenges_open": 1}),
    "ask_record_correction": (f"{LISTED} convener", "tell", {"tell": TellState(LATER)}),
    "answer_record_correction": ("recorder", "tell", {"tell": TellState(LATER, corrections_open=1)}),
    "name_condition": ("convener recorder committee", "tell", {"verdict": Verdict.RECONVENE}),
    "sign_record": ("recorder", "tell", {"tell": TellState(NOW)}),
    "hand_record": ("recorder", "tell", {"tell": TellState(NOW, signed=True)}),
    "publish_result": ("committee", "tell", {}),
    "record_attempt": ("committee recorder", "tell", {"tell": TellState(published=True, untold=1)}),
    "explain_result": ("convener", "tell follow_up", {"tell": TellState(against=1)}),
    "note_condition": ("committee", "waiting", {}),
    "hand_item": ("committee", "follow_up", {"follow": FollowState(1, unreceived=1)}),
    "report_progress": ("committee implementer", "follow_up", {"follow": FollowState(1, open=1)}),
    "finish_item": ("committee implementer", "follow_up", {"follow": FollowState(1, open=1)}),
    "extend_item": ("supervisor supervisory_committee", "follow_up", {"follow": FollowState(1, open=1)}),
    "write_supervision": ("supervisor", "follow_up", {}),
    "publish_supervision": ("supervisor supervisory_committee", "follow_up", {}),
    "confirm_archive": ("supervisor", "archive", {}),
    "note_upload": ("committee", "archive", {"follow": FollowState(archive_confirmed=True)}),
    "postpone_meeting": ("convener committee", "notice meeting", {}),
    "attach_fact_sheet": ("convener chair", "plan notice meeting", {"plan": DRAFT}),
    "offer_post": (BOTH, BESIDE, {"posts_vacant": ("adviser",)}),
    "enter_acceptance": ("committee", BESIDE, {"posts_waiting": ("adviser",)}),
    "vacate_post": (f"{BOTH} convener recorder adviser supervisor", BESIDE, {}),
    "join_topic": ("resident", "proposed review plan", {}),
    "withdraw_support": ("supporter", "proposed review plan", {}),
}
"""Step → who may (product.md's roles), in which stages, and facts under which nothing else stands in the way."""

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("accept_post", {}, "no_post_waiting"),
    ("decline_post", {}, "no_post_waiting"),
    ("offer_post", {}, "no_post_open"),
    (
        "vacate_post",
        {"posts_vacant": ("convener", "recorder"), "posts_waiting": ("adviser", "supervisor")},
        "no_post_held",
    ),
    ("enter_acceptance", {"posts_vacant": ("adviser",)}, "no_post_waiting"),
    ("note_told", {}, "proposer_told"),
    ("draft_plan", {"posts_vacant": ("adviser",)}, "posts_not_accepted"),
    ("draft_plan", {"posts_waiting": ("adviser",)}, "posts_not_accepted"),
    ("send_plan", {}, "no_plan"),
    ("send_plan", {"plan": replace(DRAFT, drafted=False)}, "no_plan"),
    ("send_plan", {"plan": SENT}, "plan_already_sent"),
    ("say_willing", {"plan": DRAFT}, "plan_not_sent"),
    ("say_unwilling", {}, "no_plan"),
    ("record_plan_told", {"plan": SENT}, "plan_all_told"),
    ("record_plan_told", {"plan": replace(DRAFT, untold=1)}, "plan_not_sent"),
    ("say_willing", {"plan": replace(SENT, final=True)}, "plan_used_up"),
    ("say_willing", {"plan": SENT}, "all_willing"),
    ("enter_willing", {"plan": SENT}, "all_willing"),
    ("object_plan", {"plan": replace(SENT, objections_until=NOW)}, "objections_closed"),
    ("object_plan", {"plan": SENT}, "objections_closed"),
    ("answer_objection", {"plan": SENT}, "no_objection"),
    ("finalize_plan", {"plan": replace(SENT, objections_open=1)}, "objections_unanswered"),
    ("finalize_plan", {"plan": replace(SENT, adopted=1)}, "plan_to_revise"),
    ("finalize_plan", {"plan": replace(SENT, objections_until=LATER)}, "objections_running"),
    ("finalize_plan", {"plan": replace(SENT, undecided=1)}, "not_all_willing"),
    ("finalize_plan", {"plan": replace(SENT, unwilling=1)}, "not_all_willing"),
    ("finalize_plan", {"plan": SENT}, "notice_cannot_be_in_time"),
    ("attach_fact_sheet", {}, "no_plan"),
    ("draft_rules", {"meeting_opened": True}, "meeting_already_open"),
    ("postpone_meeting", {"meeting_opened": True}, "meeting_already_open"),
    ("postpone_meeting", {"annex_open": True}, "annex_open"),
    ("publish_notice", {"plan": SENT}, "notice_cannot_be_in_time"),
    ("decide_annex", {}, "no_annex_referred"),
    ("ask_record_correction", {}, "no_record"),
    ("answer_record_correction", {}, "no_record_correction"),
    ("name_condition", {"verdict": Verdict.AGREED}, "not_to_reconvene"),
    ("name_condition", {"verdict": Verdict.RECONVENE, "tell": TellState(signed=True)}, "record_already_signed"),
    ("sign_record", {"tell": TellState(BEFORE, signed=True)}, "record_already_signed"),
    ("sign_record", {"tell": TellState(BEFORE), "verdict": Verdict.RECONVENE}, "condition_not_named"),
    ("sign_record", {"tell": TellState(BEFORE, corrections_open=1)}, "record_corrections_open"),
    ("sign_record", {"tell": TellState(BEFORE), "challenges_open": 1}, "challenges_open"),
    ("challenge_vote", {}, "no_vote_to_challenge"),
    ("challenge_vote", {"votes_decided": 1, "tell": TellState(signed=True)}, "record_already_signed"),
    ("answer_challenge", {"votes_decided": 1}, "no_challenge"),
    ("postpone_meeting", {"stop_open": True}, "stop_open"),
    ("sign_record", {"tell": TellState(LATER)}, "record_corrections_running"),
    ("sign_record", {}, "record_corrections_running"),
    ("hand_record", {}, "record_not_signed"),
    ("hand_record", {"tell": TellState(signed=True, handed=True)}, "record_already_handed"),
    ("publish_result", {"tell": TellState(published=True)}, "result_already_published"),
    ("record_attempt", {"tell": TellState(untold=1)}, "result_not_published"),
    ("record_attempt", {"tell": TellState(published=True)}, "everybody_told"),
    ("explain_result", {}, "nobody_against"),
    ("hand_item", {"follow": FollowState(1, open=1)}, "all_received"),
    ("report_progress", {}, "no_item_open"),
    ("finish_item", {"follow": FollowState(1, unreceived=1)}, "no_item_open"),
    ("extend_item", {}, "no_item_open"),
    ("publish_supervision", {"follow": FollowState(1, open=1)}, "items_open"),
    ("publish_supervision", {"follow": FollowState(1, unreceived=1)}, "items_open"),
    ("publish_supervision", {"follow": FollowState(supervision_missing=("effects",))}, "supervision_incomplete"),
    ("confirm_archive", {"follow": FollowState(archive_confirmed=True)}, "archive_already_confirmed"),
    ("confirm_archive", {"follow": FollowState(archive_missing=("b3",))}, "archive_incomplete"),
    ("note_upload", {}, "archive_not_confirmed"),
]


def stages(name: str) -> list[TopicStage]:
    """In which this step is lawful."""
    return [TopicStage(one) for one in TABLE[name][1].split()]


def who(name: str) -> frozenset[Standing]:
    """Who may take it."""
    return frozenset(Standing(one) for one in TABLE[name][0].split())


def code(name: str, standings: Iterable[Standing], facts: CourseFacts) -> str | None:
    """With what it is refused; None: it is allowed."""
    try:
        permit(name, frozenset(standings), facts, NOW)
    except RuleBroken as broken:
        assert broken.clause
        return broken.code
    return None


def test_the_table_has_exactly_these_steps() -> None:
    assert list(STEPS) == list(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_step_is_for_these_people_in_these_stages_only(name: str) -> None:
    for stage in TopicStage:
        facts = CourseFacts(stage, **TABLE[name][2])
        for standing in Standing:
            wanted = "not_your_role" if standing not in who(name) else None
            if wanted is None and stage not in stages(name):
                wanted = "not_this_stage"
            assert code(name, {standing}, facts) == wanted, (standing, stage)


@pytest.mark.parametrize(("name", "facts", "refused"), REFUSED)
def test_a_guard_says_what_is_missing(name: str, facts: dict[str, Any], refused: str) -> None:
    for stage in stages(name):
        assert code(name, who(name), CourseFacts(stage, **facts)) == refused


def test_every_step_with_a_guard_is_refused_by_it_somewhere() -> None:
    assert {name for name, _, _ in REFUSED} == {name for name, step in STEPS.items() if step.guard is not None}


@pytest.mark.parametrize("name", TABLE)
def test_a_page_offers_what_is_permitted_and_names_who_is_awaited(name: str) -> None:
    for stage in stages(name):
        facts = CourseFacts(stage, **TABLE[name][2])
        assert (name in offered(who(name), facts, NOW)) is STEPS[name].page
        assert awaited(facts, NOW)[name] == who(name)
        assert (name in offered({Standing.RESIDENT}, facts, NOW)) is (Standing.RESIDENT in who(name))


def test_a_plan_is_not_final_while_objections_may_still_come() -> None:
    facts = CourseFacts(TopicStage.PLAN, plan=replace(SENT, objections_until=LATER))
    assert code("object_plan", {Standing.STAKEHOLDER}, facts) is None
    assert code("finalize_plan", {Standing.CONVENER}, facts) == "objections_running"


def test_a_deputy_s_answer_may_be_entered_and_holds_up_no_plan() -> None:
    facts = CourseFacts(TopicStage.PLAN, deputies_waiting=1)
    assert code("enter_acceptance", {Standing.COMMITTEE}, facts) is None
    assert code("draft_plan", {Standing.CONVENER}, facts) is None


@pytest.mark.parametrize(
    ("name", "also", "stage", "wanted"),
    [
        ("join_topic", "", "proposed", None),
        ("join_topic", "committee", "review", None),
        ("join_topic", "stakeholder", "plan", None),
        ("join_topic", "proposer", "proposed", "own_topic"),
        ("join_topic", "supporter", "plan", "already_joined"),
        ("join_topic", "supporter proposer", "plan", "own_topic"),
        ("join_topic", "proposer", "closed", "own_topic"),
        ("join_topic", "", "notice", "not_this_stage"),
        ("join_topic", "", "meeting", "not_this_stage"),
        ("join_topic", "", "rejected", "not_this_stage"),
        ("withdraw_support", "supporter", "plan", None),
        ("withdraw_support", "", "plan", "not_your_role"),
        ("withdraw_support", "proposer", "review", "not_your_role"),
        ("withdraw_support", "supporter", "notice", "not_this_stage"),
    ],
)
def test_a_neighbour_s_topic_is_joined_once_and_before_its_plan_stands(
    name: str, also: str, stage: str, wanted: str | None
) -> None:
    standings = {Standing.RESIDENT, *(Standing(one) for one in also.split())}
    facts = CourseFacts(TopicStage(stage))
    assert code(name, standings, facts) == wanted
    assert (name in offered(standings, facts, NOW)) is (wanted is None)


def test_an_unknown_step_is_refused_calmly() -> None:
    check_known("register_topic")
    with pytest.raises(RuleBroken, match="no_such_step"):
        check_known("abolish_topic")
