"""5.3: who may plan what and when; the plan is sent, answered, objected to, revised, and stands."""

from datetime import timedelta

import pytest

from procedure.errors import RuleBroken
from procedure.terms import TopicStage
from services import finalizing, objecting, plan_sending, planning, willing
from storage.tables import Deadline, Group, Objection, Participant, PostHolder, Telling
from tests.services import plans
from tests.services.course import Course
from tests.services.room import STAKEHOLDERS


def refusal(course: Course, **other: object) -> RuleBroken:
    """Why this plan cannot be written."""
    with pytest.raises(RuleBroken) as broken:
        plans.drafts(course, **other)
    return broken.value


def people(course: Course, **other: list[str]) -> dict[str, list[int]]:
    """People by capacity, by their keys."""
    return {capacity: [course.people[key] for key in keys] for capacity, keys in other.items()}


def test_a_plan_is_drafted_with_its_clock_and_its_deputies_are_asked(course: Course) -> None:
    receipt = plans.drafts(course.to_plan())
    plan = plans.plan(course)
    assert receipt.code == "plan_drafted" and plan.version == 1 and plan.mode == "internet"
    assert plan.meets_at == plans.at(plans.DAY, 19) + timedelta(minutes=30)
    assert course.clock("draft_plan") is None and course.clock("send_plan") is not None
    deputies = course.read(lambda uow: {row.post: row for row in uow.all(PostHolder, deputy=True)})
    assert deputies["recorder"].person_id == course.people["recorder2"] and deputies["recorder"].accepted_at is None
    course.deliver()
    assert course.heard("recorder2", "post_offered") and course.heard("chair", "plan_news")[-1]["code"] == "drafted"
    assert plans.listed(course, "property").category == "辖区单位"


def test_only_the_convener_plans_and_only_with_four_posts(course: Course) -> None:
    course.to_review()
    course.approves()
    assert course.refused("chair", planning.draft_plan, **plans.written(course)) == "not_your_role"
    for key in ("recorder", "adviser", "supervisor"):
        assert course.refused(key, planning.draft_plan, **plans.written(course)) == "not_your_role"


def test_a_post_that_nobody_accepted_keeps_the_plan_waiting(course: Course) -> None:
    from services import posts  # noqa: PLC0415 - a name tests use for other things

    course.to_review()
    course.approves()
    course.acts("chair", posts.accept_post)
    assert course.refused("chair", planning.draft_plan, **plans.written(course)) == "posts_not_accepted"


@pytest.mark.parametrize(
    ("day", "hour", "code", "clause"),
    [
        ("2026-11-02", "19:30", "meeting_in_past", "our rule"),
        ("2026-11-19", "19:30", "meeting_too_late", "5.3.1 a"),
        ("2026-11-09", "19:30", "too_soon_for_clocks", "5.3.2"),
        ("11月12日", "19:30", "bad_plan_date", "5.3.1 a"),
        ("2026-02-30", "19:30", "bad_plan_date", "5.3.1 a"),
        ("2026-11-12", "晚上", "bad_hour", "our rule"),
        ("2026-11-12", "07:30", "bad_hour", "our rule"),
        ("2026-11-12", "25:00", "bad_hour", "our rule"),
    ],
)
def test_a_time_that_cannot_be(course: Course, day: str, hour: str, code: str, clause: str) -> None:
    broken = refusal(course.to_plan(), day=day, hour=hour)
    assert (broken.code, broken.clause) == (code, clause)
    assert course.clock("send_plan") is None


def test_the_first_and_the_last_lawful_day_are_taken(course: Course) -> None:
    course.to_plan()
    for day, hour in (("2026-11-10", "8:30"), ("2026-11-18", "20\uff1a00")):
        assert plans.drafts(course, day=day, hour=hour).code == "plan_drafted"


def test_people_that_cannot_be_listed_so(course: Course) -> None:
    course.to_plan()
    twice = people(course, stakeholder=["r101", "r102"], observer=["r102"])
    assert refusal(course, people=twice).code == "capacity_twice"
    assert refusal(course, people=people(course, expert=["r101"])).code == "plan_without_stakeholder"
    assert refusal(course, people={"stakeholder": [10**9]}).code == "not_on_the_roster"
    assert refusal(course, chair=10**9).code == "not_on_the_roster"
    assert refusal(course, deputies={"recorder": course.people["recorder"]}).code == "deputy_is_holder"
    assert refusal(course, deputies={"supervisor": course.people["recorder2"]}).code == "supervisor_of_committee"
    assert refusal(course, second_official=course.people["recorder"]).code == "second_official_conflict"
    assert refusal(course, second_official=course.people["r101"]).code == "second_official_unfit"


def test_without_a_group_there_is_nowhere_to_meet(course: Course) -> None:
    course.to_plan()
    course.database.write_now(lambda uow: uow.raw("UPDATE group_chat SET kind = 'channel'"))
    assert refusal(course).code == "no_group"


def test_of_several_groups_one_is_chosen(course: Course) -> None:
    course.to_plan()
    second = course.database.write_now(
        lambda uow: uow.add(Group(community_id=course.community_id, chat_id=-1011, title="二组", kind="supergroup"))
    )
    assert refusal(course).code == "no_such_choice"
    plans.drafts(course, group=second.id)
    assert plans.plan(course).group_id == second.id


def test_after_the_15_days_only_with_a_written_reason(course: Course) -> None:
    course.to_plan()
    plans.until(course, "2026-11-13")
    broken = refusal(course, day="2026-11-25")
    assert broken.code == "meeting_too_late" and str(broken.facts["latest"]) == "2026-11-18"
    plans.drafts(course, day="2026-11-25", overrun="物业换人，材料要重做")
    assert plans.plan(course).changes["overrun"] == "物业换人，材料要重做"
    plans.sends(course)
    assert course.heard("r101", "plan_sent")[-1]["overrun"]


def test_a_reason_is_no_way_around_a_lawful_day(course: Course) -> None:
    assert refusal(course.to_plan(), day="2026-11-25", overrun="想晚一点").code == "meeting_too_late"


def test_everybody_gets_the_plan_and_who_does_not_is_named(course: Course) -> None:
    plans.to_sent(course)
    (told,) = course.heard("r101", "plan_sent")
    assert told["capacity"] == "stakeholder" and told["asked"] and told["open"] and told["chair"] == "周文"
    assert not course.heard("observer", "plan_sent")[0]["asked"]
    (unreached,) = [facts for facts in course.heard("chair", "plan_news") if facts["code"] == "unreached"]
    assert unreached["labels"] == ["2-302", "2-402", "3-601 乙"]
    tellings = course.read(lambda uow: uow.all(Telling, subject="plan"))
    assert sum(row.delivered_at is None for row in tellings) == 3 and len(tellings) == 15
    clock = course.clock("objections")
    assert clock is not None and clock.ends_at == plans.at("2026-11-06", 0) and course.clock("send_plan") is None


def test_a_plan_goes_out_once(course: Course) -> None:
    course.to_plan()
    assert course.refused("chair", plan_sending.send_plan) == "no_plan"
    plans.drafts(course)
    assert course.refused("stranger", willing.say_willing) == "not_in_community"
    assert course.refused("r101", willing.say_willing) == "plan_not_sent"
    assert course.refused("r102", objecting.object_plan, text="晚了") == "plan_not_sent"
    plans.sends(course)
    assert course.refused("chair", plan_sending.send_plan) == "plan_already_sent"


def test_a_draft_that_lay_too_long_no_longer_fits(course: Course) -> None:
    plans.drafts(course.to_plan(), day="2026-11-10")
    plans.until(course, "2026-11-05")
    assert course.refused("chair", plan_sending.send_plan) == "too_soon_for_clocks"


def test_the_plan_waits_for_every_yes(course: Course) -> None:
    plans.to_sent(course)
    plans.window_over(course)
    assert course.refused("chair", finalizing.finalize_plan) == "not_all_willing"
    plans.all_willing(course)
    assert [facts["code"] for facts in course.heard("chair", "plan_news")].count("all_willing") == 1
    course.acts("r101", willing.say_unwilling)
    course.deliver()
    assert course.heard("chair", "plan_news")[-1]["code"] == "unwilling"
    assert course.refused("chair", finalizing.finalize_plan) == "not_all_willing"
    course.acts("r101", willing.say_willing)
    assert course.acts("chair", finalizing.finalize_plan).code == "plan_final"


def test_willingness_noted_for_somebody_else(course: Course) -> None:
    plans.to_sent(course)
    ids = course.people
    enter = willing.enter_willing
    assert course.refused("r101", enter, person=ids["r302"], willing=True, way="phone") == "not_your_role"
    assert course.refused("chair", enter, person=ids["r302"], willing=True, way="telepathy") == "no_such_choice"
    assert course.refused("chair", enter, person=ids["observer"], willing=True, way="phone") == "not_in_plan"
    assert course.refused("chair", enter, person=ids["adviser"], willing=True, way="phone") == "not_in_plan"
    course.acts("recorder", enter, person=ids["r302"], willing=True, way="visit")
    row = plans.listed(course, "r302")
    assert row.willing_at is not None and row.willing_by == ids["recorder"]
    telling = course.read(lambda uow: uow.first(Telling, subject="plan", person_id=ids["r302"]))
    assert telling is not None and telling.delivered_at is not None
    course.acts("recorder", enter, person=ids["r102"], willing=False, way="phone")
    course.deliver()
    assert course.heard("r102", "plan_news")[-1]["steps"] == ["say_willing"]
    course.acts("r102", willing.say_willing)
    assert plans.listed(course, "r102").willing_by == ids["r102"]


def test_who_cannot_be_reached_is_told_in_another_way(course: Course) -> None:
    plans.drafts(course.to_plan(), people=people(course, stakeholder=["r101"], unit=["property"], observer=["r302"]))
    assert course.refused("chair", willing.record_plan_told, person=1, way="phone") == "plan_not_sent"
    plans.sends(course)
    ids, tell = course.people, willing.record_plan_told
    assert course.refused("property", tell, person=ids["r302"], way="phone") == "not_your_role"
    assert course.refused("chair", tell, person=ids["r302"], way="pigeon") == "no_such_choice"
    assert course.refused("chair", tell, person=ids["r101"], way="phone") == "not_in_plan"
    assert course.acts("chair", tell, person=ids["r302"], way="phone").facts["label"] == "2-302"
    assert course.refused("chair", tell, person=ids["r302"], way="phone") == "plan_all_told"


def test_objections_within_two_days_are_answered(course: Course) -> None:
    plans.to_sent(course)
    assert course.refused("chair", objecting.object_plan, text="我也说") == "not_your_role"
    assert course.refused("chair", objecting.answer_objection, objection_id=1, adopted=True, answer="好") == (
        "no_objection"
    )
    assert course.refused("r101", objecting.object_plan, text=" \u200b ") == "empty_text"
    assert course.refused("r101", objecting.object_plan, text="长" * 501) == "text_too_long"
    course.acts("r101", objecting.object_plan, text="周四晚上我上班")
    course.deliver()
    assert course.heard("chair", "plan_news")[-1]["text"] == "周四晚上我上班"
    assert not any("周四" in entry for entry in course.journal())
    plans.all_willing(course)
    plans.window_over(course)
    assert course.refused("chair", finalizing.finalize_plan) == "objections_unanswered"
    row = course.read(lambda uow: uow.first(Objection, topic_id=course.topic_id))
    assert row is not None
    course.acts("chair", objecting.answer_objection, objection_id=row.id, adopted=False, answer="多数人周四有空")
    course.deliver()
    assert course.heard("r101", "plan_news")[-1]["code"] == "not_adopted"
    assert course.refused("chair", objecting.answer_objection, objection_id=row.id, adopted=True, answer="x") == (
        "no_objection"
    )
    assert course.acts("chair", finalizing.finalize_plan).code == "plan_final"


def test_an_objection_moves_the_date(course: Course) -> None:
    plans.all_willing(plans.to_sent(course))
    course.acts("r101", objecting.object_plan, text="周四晚上我上班")
    row = course.read(lambda uow: uow.first(Objection, topic_id=course.topic_id))
    assert row is not None
    course.acts("chair", objecting.answer_objection, objection_id=row.id, adopted=True, answer="改到周二")
    plans.window_over(course)
    assert course.refused("chair", finalizing.finalize_plan) == "plan_to_revise"
    plans.drafts(course, day="2026-11-17")
    assert course.refused("r102", willing.say_willing) == "plan_not_sent"
    plans.sends(course)
    told = course.heard("r102", "plan_sent")[-1]
    assert told["version"] == 2 and told["asked"] and told["changes"][0]["field"] == "meets_at"
    assert plans.plan(course).objections_until == plans.at("2026-11-10", 0)
    assert course.refused("chair", finalizing.finalize_plan) == "objections_running"
    plans.all_willing(course)
    plans.window_over(course)
    course.acts("chair", finalizing.finalize_plan)
    assert plans.meeting(course).scheduled_at == plans.at("2026-11-17", 19) + timedelta(minutes=30)


def test_a_small_change_keeps_the_window_and_every_yes(course: Course) -> None:
    plans.all_willing(plans.to_sent(course))
    before = plans.plan(course).objections_until
    plans.drafts(course, hour="20:00")
    plans.sends(course)
    assert plans.plan(course).objections_until == before
    assert not course.heard("r101", "plan_sent")[-1]["asked"]
    clocks = course.read(lambda uow: uow.all(Deadline, topic_id=course.topic_id, kind="objections"))
    assert len(clocks) == 1


def test_who_comes_later_is_asked_and_the_others_keep_their_yes(course: Course) -> None:
    some = people(course, stakeholder=list(STAKEHOLDERS[:4]))
    plans.to_sent(course, people=some)
    for key in STAKEHOLDERS[:4]:
        course.acts(key, willing.say_willing)
    plans.drafts(course, people=people(course, stakeholder=list(STAKEHOLDERS[:5])))
    plans.sends(course)
    told = course.heard(STAKEHOLDERS[0], "plan_sent")[-1]
    assert not told["asked"] and told["changes"] == [
        {"field": "participants", "added": ["2-301"], "removed": [], "changed": []}
    ]
    assert course.heard(STAKEHOLDERS[4], "plan_sent")[-1]["asked"]
    plan_id = plans.plan(course).id
    assert course.read(lambda uow: uow.count(Participant, plan_id=plan_id, willing_at=None)) == 1


def test_a_plan_that_stands_fixes_the_meeting_and_starts_two_clocks(course: Course) -> None:
    plans.to_final(course)
    meeting = plans.meeting(course)
    assert course.topic.stage == TopicStage.NOTICE and meeting.state == "scheduled" and meeting.chat_id == -1009
    notice, rules = course.clock("notice"), course.clock("rules")
    assert notice is not None and notice.ends_at == plans.at("2026-11-09", 0)
    assert rules is not None and rules.ends_at == meeting.scheduled_at
    assert course.clock("objections") is None and course.clock("meet") is not None
    assert course.heard("recorder2", "plan_news")[-1]["steps"] == ["publish_notice"]
    assert course.heard("chair", "plan_news")[-1]["steps"] == ["draft_rules"]
    assert course.refused("r101", willing.say_willing) == "not_this_stage"


def test_a_plan_too_late_for_its_notice_is_revised(course: Course) -> None:
    plans.all_willing(plans.to_sent(course))
    plans.until(course, "2026-11-10")
    assert course.refused("chair", finalizing.finalize_plan) == "notice_cannot_be_in_time"
    plans.drafts(course, day="2026-11-18")
