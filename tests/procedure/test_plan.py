"""5.3: willingness for internet mode, who may stand where in a plan, what a revision changes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procedure.errors import OUR_RULE, RuleBroken
from procedure.plan import (
    Change,
    Mode,
    PlanFields,
    check_plan,
    differences,
    needs_new_window,
    problems,
    stakeholders,
)
from procedure.terms import Capacity, Post, Standing

SHANGHAI = ZoneInfo("Asia/Shanghai")
POSTS = {Post.CONVENER: 1, Post.RECORDER: 2, Post.ADVISER: 3, Post.SUPERVISOR: 4}
ROLES = {
    2: {Standing.COMMITTEE},
    4: {Standing.SUPERVISORY_COMMITTEE},
    8: {Standing.COMMITTEE},
    9: {Standing.COMMITTEE},
}
PLAN = PlanFields(
    meets_at=datetime(2025, 11, 18, 19, 30, tzinfo=SHANGHAI),
    mode=Mode.INTERNET,
    chair=1,
    participants={
        11: (Capacity.STAKEHOLDER, "group"),
        12: (Capacity.STAKEHOLDER, "group"),
        13: (Capacity.EXPERT, "expert"),
    },
    deputies={Standing.CHAIR: 5, Standing.RECORDER: 6, Standing.SUPERVISOR: 7},
    second_official=3,
)


def test_stakeholders_are_those_listed_as_such() -> None:
    capacities = {person: capacity for person, (capacity, _) in PLAN.participants.items()}
    assert stakeholders(capacities) == (11, 12)


DEPUTIES = dict(PLAN.deputies)
CASES: list[tuple[dict[str, Any], str, str, dict[str, object]]] = [
    ({"participants": {}}, "plan_without_stakeholder", "5.3.1 b", {}),
    ({"participants": {13: (Capacity.EXPERT, "expert")}}, "plan_without_stakeholder", "5.3.1 b", {}),
    ({"chair": None}, "chair_missing", "5.3.1 d", {}),
    ({"chair": 5}, "deputy_is_holder", OUR_RULE, {"post": "chair", "person_id": 5}),
    (
        {"deputies": {**DEPUTIES, Standing.ADVISER: 3}},
        "deputy_is_holder",
        OUR_RULE,
        {"post": "adviser", "person_id": 3},
    ),
    ({"chair": 4}, "post_conflict", OUR_RULE, {"first": "chair", "second": "supervisor", "person_id": 4}),
    (
        {"deputies": {**DEPUTIES, Standing.CHAIR: 4}},
        "post_conflict",
        OUR_RULE,
        {"first": "chair", "second": "supervisor", "person_id": 4},
    ),
    (
        {"deputies": {**DEPUTIES, Standing.SUPERVISOR: 6}},
        "post_conflict",
        OUR_RULE,
        {"first": "recorder", "second": "supervisor", "person_id": 6},
    ),
    ({"deputies": {**DEPUTIES, Standing.SUPERVISOR: 8}}, "supervisor_of_committee", OUR_RULE, {"person_id": 8}),
    ({"second_official": 1}, "second_official_conflict", OUR_RULE, {"post": "chair", "person_id": 1}),
    ({"second_official": 2}, "second_official_conflict", OUR_RULE, {"post": "recorder", "person_id": 2}),
    ({"second_official": 4}, "second_official_conflict", OUR_RULE, {"post": "supervisor", "person_id": 4}),
    ({"second_official": 11}, "second_official_unfit", OUR_RULE, {"person_id": 11}),
]


@pytest.mark.parametrize(("change", "code", "clause", "facts"), CASES)
def test_refused_plans(change: dict[str, Any], code: str, clause: str, facts: dict[str, object]) -> None:
    plan = replace(PLAN, **change)
    assert [(one.code, one.clause, one.facts) for one in problems(plan, POSTS, ROLES)] == [(code, clause, facts)]
    with pytest.raises(RuleBroken) as refusal:
        check_plan(plan, POSTS, ROLES)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"deputies": {}},
        {"second_official": None},
        {"second_official": 9},
        {"chair": 2},
        {"deputies": {Standing.CHAIR: 2}},
        {"participants": {1: (Capacity.STAKEHOLDER, "group")}},
    ],
)
def test_lawful_plans(change: dict[str, Any]) -> None:
    assert problems(replace(PLAN, **change), POSTS, ROLES) == ()
    check_plan(replace(PLAN, **change), POSTS, ROLES)


def test_all_problems_are_told_at_once() -> None:
    plan = replace(PLAN, chair=None, participants={}, second_official=2)
    assert [one.code for one in problems(plan, POSTS, ROLES)] == [
        "plan_without_stakeholder",
        "chair_missing",
        "second_official_conflict",
    ]


def test_nothing_differs_from_itself() -> None:
    assert differences(PLAN, replace(PLAN)) == ()
    assert not needs_new_window(PLAN, replace(PLAN), SHANGHAI)


CHANGES: list[tuple[dict[str, Any], Change, bool]] = [
    ({"meets_at": PLAN.meets_at + timedelta(days=1)}, Change("meets_at"), True),
    ({"meets_at": PLAN.meets_at + timedelta(hours=1)}, Change("meets_at"), False),
    ({"mode": Mode.HYBRID}, Change("mode"), True),
    ({"chair": 2}, Change("chair", added=(2,), removed=(1,)), False),
    ({"deputies": {**DEPUTIES, Standing.ADVISER: 10}}, Change("deputies", added=(10,)), False),
    ({"deputies": {Standing.CHAIR: 5}}, Change("deputies", removed=(6, 7)), False),
    (
        {"deputies": {Standing.CHAIR: 6, Standing.RECORDER: 5, Standing.SUPERVISOR: 7}},
        Change("deputies", changed=(5, 6)),
        False,
    ),
    ({"second_official": None}, Change("second_official", removed=(3,)), False),
    (
        {
            "participants": {
                11: (Capacity.SELF_JOINED, "group"),
                12: (Capacity.STAKEHOLDER, "group"),
                14: (Capacity.STAKEHOLDER, "group"),
            }
        },
        Change("participants", added=(14,), removed=(13,), changed=(11,)),
        True,
    ),
    (
        {"participants": {**PLAN.participants, 12: (Capacity.STAKEHOLDER, "unit")}},
        Change("participants", changed=(12,)),
        True,
    ),
]


@pytest.mark.parametrize(("change", "difference", "new_window"), CHANGES)
def test_what_a_revision_changes(change: dict[str, Any], difference: Change, new_window: bool) -> None:
    after = replace(PLAN, **change)
    assert differences(PLAN, after) == (difference,)
    assert needs_new_window(PLAN, after, SHANGHAI) is new_window


def test_the_order_of_the_participants_does_not_matter() -> None:
    turned = dict(reversed(tuple(PLAN.participants.items())))
    assert differences(PLAN, replace(PLAN, participants=turned)) == ()


def test_differences_come_in_the_order_of_the_plan() -> None:
    after = replace(PLAN, chair=2, mode=Mode.HYBRID, participants={}, second_official=9)
    assert [change.field for change in differences(PLAN, after)] == ["mode", "chair", "second_official", "participants"]
