"""A hybrid plan: the way out when somebody does not say yes, with its room and its second official (5.3.1 c, 5.4)."""

from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import finalizing, plan_known, willing
from tests.services import plans
from tests.services.course import Course
from tests.services.room import STAKEHOLDERS

ADDRESS = "居委会一楼会议室"
HYBRID: dict[str, Any] = {"mode": "hybrid", "room": ADDRESS}


def refusal(course: Course, **other: Any) -> RuleBroken:
    """Why this plan cannot be drafted."""
    with pytest.raises(RuleBroken) as refused:
        plans.drafts(course, **other)
    return refused.value


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"mode": "hybrid", "room": "  "}, "room_missing"),
        (HYBRID | {"second_official": None}, "second_official_missing"),
        ({"mode": "home_visit"}, "mode_not_offered"),
        ({"mode": "talk", "room": ADDRESS}, "mode_not_offered"),
        ({"mode": "séance"}, "no_such_choice"),
        (HYBRID | {"room": "甲" * 61}, "text_too_long"),
    ],
)
def test_a_hybrid_plan_names_room_and_second_official(course: Course, other: dict[str, Any], code: str) -> None:
    course.to_plan()
    assert refusal(course, **other).code == code


def test_a_deputy_of_the_recorder_is_no_second_official(course: Course) -> None:
    course.to_plan()
    found = refusal(course, **HYBRID, second_official=course.people["recorder2"])
    assert (found.code, found.facts["post"]) == ("second_official_conflict", "recorder")


def test_a_plan_in_the_group_alone_has_no_room(course: Course) -> None:
    plans.drafts(course.to_plan(), room=ADDRESS)
    assert (plans.plan(course).mode, plans.plan(course).room) == ("internet", "")


def test_a_hybrid_plan_stands_without_every_yes(course: Course) -> None:
    plans.to_sent(course)
    course.acts("r101", willing.say_unwilling)
    course.deliver()
    (told,) = [one for one in course.heard("chair", "plan_news") if one["code"] == "unwilling"]
    assert "draft_plan" in told["steps"]
    plans.window_over(course)
    assert course.refused("chair", finalizing.finalize_plan) == "not_all_willing"
    plans.drafts(course, **HYBRID, day="2026-11-16")
    plans.sends(course)
    sent = course.heard("r101", "plan_sent")[-1]
    assert (sent["room"], sent["asked"], sent["open"]) == (ADDRESS, True, True)
    assert {"mode", "room"} <= {change["field"] for change in sent["changes"]}
    course.acts("r101", willing.say_unwilling)
    course.deliver()
    assert [one["steps"] for one in course.heard("chair", "plan_news") if one["code"] == "comes"] == [[]]
    plans.window_over(course)
    course.acts("chair", finalizing.finalize_plan)
    assert plans.plan(course).final_at is not None


def test_the_notice_names_the_form_and_both_places(course: Course) -> None:
    plans.to_noticed(course, **HYBRID)
    fields = plans.notice(course).fields
    assert fields["form"] == "互联网+现场协商"
    assert ADDRESS in fields["place"] and "向阳小区协商群" in fields["place"] and len(fields) == 9
    told = course.heard("r102", "notice_told")[0]
    assert (told["place"], told["room"]) == ("向阳小区协商群", ADDRESS)


def test_a_revision_of_the_address_keeps_the_window_and_every_answer(course: Course) -> None:
    plans.to_sent(course, **HYBRID)
    course.acts("r101", willing.say_willing)
    until = plans.plan(course).objections_until
    plans.drafts(course, mode="hybrid", room="文化礼堂二楼")
    plans.sends(course)
    assert plans.plan(course).objections_until == until
    assert plans.listed(course, "r101").willing_at is not None and len(STAKEHOLDERS) == 12
    assert [change["field"] for change in course.heard("r101", "plan_sent")[-1]["changes"]] == ["room"]


def test_a_revision_starts_from_form_and_room(course: Course) -> None:
    plans.to_sent(course, **HYBRID)
    actor = course.says_as("chair")
    known = course.read(lambda uow: plan_known.start(uow, actor=actor, topic_id=course.topic_id, now=course.instant))
    assert (known["mode"], known["room"]) == ("hybrid", ADDRESS)
