"""5.4, 5.5: the notice with its nine statements and papers, the rules, a meeting put off, two topics in one group."""

from datetime import timedelta
from typing import Any

import pytest

from bot import views
from procedure.errors import RuleBroken
from procedure.rules import TEMPLATE, to_json
from procedure.terms import TopicStage
from services import boards, checkin, demo, finalizing, noticing, opening, plan_rows, planning, rules_drafting
from services.act import SYSTEM
from services.as_facts import notice_lawful
from services.case import peek
from services.sitting import load
from storage.tables import Board, Document, Outbox, RulesDraft, Timer
from storage.work import UnitOfWork
from tests.services import plans
from tests.services.course import CHANNEL, Course
from tests.services.room import GROUP


def settings(**other: Any) -> dict[str, Any]:
    """The template, but for these."""
    return to_json(TEMPLATE) | other


def test_the_notice_goes_to_group_and_channel_with_its_papers_and_is_pinned(course: Course) -> None:
    plans.to_noticed(course)
    posted = [(chat, facts) for kind, chat, facts in course.sent if kind == "notice_posted"]
    assert [chat for chat, _ in posted] == [GROUP, CHANNEL]
    fields = posted[0][1]["fields"]
    assert (
        fields["participants"]
        == "利益相关方 12 人（群体 12 人），相关单位 1 人（辖区单位 1 人），自愿参与者 1 人（群体 1 人），列席人员 1 人"
    )
    assert (
        fields["convener"] == "周文（主持人）" and fields["recorder"] == "郑洁" and fields["place"] == "向阳小区协商群"
    )
    assert fields["time"] == "2026年11月12日19时30分"
    said = str([facts for _, facts in posted])
    assert not any(name in said for name in ("张三", "李四", "1-101"))
    carried = [(chat, facts["paper"]["kind"]) for kind, chat, facts in course.sent if kind == "notice_paper"]
    assert sorted(carried) == sorted((chat, kind) for chat in (GROUP, CHANNEL) for kind in ("notice", "b1_public"))
    pins = course.read(lambda uow: uow.all(Outbox, kind="post_pin"))
    assert {pin.chat_id for pin in pins} == {GROUP, CHANNEL} and all(pin.facts["message_id"] for pin in pins)


def test_what_follows_from_the_notice(course: Course) -> None:
    plans.to_noticed(course)
    assert course.topic.stage == TopicStage.MEETING
    assert course.clock("notice") is None and course.clock("rules") is not None and course.clock("meeting") is not None
    documents = course.read(lambda uow: uow.all(Document, topic_id=course.topic_id, kind=("notice", "b1_public")))
    assert len(documents) == 2 and all(row.published_at is not None for row in documents)
    meeting_id = plans.meeting(course).id
    timer = course.read(lambda uow: uow.first(Timer, meeting_id=meeting_id, kind="open_check_in"))
    assert timer is not None and timer.due_at == plans.at(plans.DAY, 19)
    assert course.heard("r101", "notice_told")[0]["place"] == "向阳小区协商群"
    assert course.refused("recorder", noticing.publish_notice) == "not_this_stage"


def test_the_meeting_opens_with_its_notice_and_only_with_it(course: Course) -> None:
    plans.to_noticed(course)
    course.id = plans.meeting(course).id or 0
    meeting_id = {"meeting_id": course.id}
    plans.until(course, plans.DAY, 19)
    course.passes(minutes=31)
    for key in ("chair", "recorder", "supervisor", "r101"):
        act(course, key, checkin.check_in, via="button", **meeting_id)
    assert course.read(lambda uow: _lawful(uow, course.id))
    act(course, "chair", opening.open_meeting, **meeting_id)
    assert plans.meeting(course).opened_at is not None
    assert course.clock("meet") is None and course.clock("rules") is None
    assert course.refused("chair", rules_drafting.draft_rules, settings=settings()) == "meeting_already_open"
    assert course.refused("chair", finalizing.postpone_meeting, reason="太晚") == "meeting_already_open"


def act(course: Course, who: str, action: Any, **facts: Any) -> None:
    """One tap in the meeting."""
    actor = course.actor(who)
    course.door.act_now(action, actor, f"{actor.arrival}:1", **facts)


def test_without_a_notice_the_meeting_refuses_to_open(course: Course) -> None:
    plans.to_final(course)
    plans.until(course, plans.DAY, 20)
    meeting = plans.meeting(course)
    assert meeting.state == "scheduled" and not course.read(lambda uow: _lawful(uow, meeting.id or 0))


def _lawful(uow: UnitOfWork, meeting_id: int) -> bool:
    sitting = load(uow, meeting_id, SYSTEM)
    return notice_lawful(uow, sitting.plan, sitting.tz)


def test_only_the_committee_publishes_and_in_time(course: Course) -> None:
    plans.to_final(course)
    for key in ("chair", "supervisor", "r101"):
        assert course.refused(key, noticing.publish_notice) == "not_your_role"
    plans.until(course, "2026-11-09")
    assert course.refused("recorder", noticing.publish_notice) == "notice_cannot_be_in_time"
    assert course.acts("chair", finalizing.postpone_meeting, reason="公告晚了").code == "meeting_postponed"


def test_the_last_day_for_the_notice_counts(course: Course) -> None:
    plans.to_final(course)
    plans.until(course, "2026-11-08", 23)
    assert course.acts("recorder", noticing.publish_notice).code == "notice_published"


def test_a_form_without_its_title_cannot_be_noticed(course: Course) -> None:
    plans.to_final(course)
    course.database.write_now(
        lambda uow: uow.raw("UPDATE group_chat SET title = ' ' WHERE chat_id = :id", {"id": GROUP})
    )
    with pytest.raises(RuleBroken) as broken:
        course.acts("recorder", noticing.publish_notice)
    assert broken.value.code == "notice_field_missing" and broken.value.facts["missing"] == ("place",)
    assert course.topic.stage == TopicStage.NOTICE


def test_rules_are_drafted_from_the_template(course: Course) -> None:
    plans.to_final(course)
    assert course.read(
        lambda uow: rules_drafting.present(uow, actor=SYSTEM, topic_id=course.topic_id, now=course.now())
    )
    assert course.refused("recorder", rules_drafting.draft_rules, settings=settings()) == "not_your_role"
    assert course.acts("chair", rules_drafting.draft_rules, settings=settings()).code == "rules_kept"
    assert course.clock("rules") is None
    assert course.acts("chair", rules_drafting.draft_rules, settings=settings(minutes=2)).code == "rules_drafted"
    meeting = plans.meeting(course)
    rules = course.read(lambda uow: uow.must(RulesDraft, meeting.rules_id))
    assert rules.version == 2 and rules.settings["minutes"] == 2


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"minutes": 4}, "bad_minutes"),
        ({"turns": 0}, "bad_turns"),
        ({"turns": True}, "bad_rules"),
        ({"floor_mode": "shouting"}, "bad_rules"),
        ({"floor_mode": "strict"}, "strict_no_right"),
        ({"list_closes_after_minutes": 4}, "bad_list_closing"),
        (
            {"threshold": {"numerator": 2, "denominator": 3, "or_above": True, "source": " "}},
            "threshold_without_source",
        ),
        (
            {"threshold": {"numerator": 3, "denominator": 4, "or_above": True, "source": "民法典第二百七十八条"}},
            "law_counts_otherwise",
        ),
        ({"threshold": {"numerator": 1, "denominator": 3, "or_above": True, "source": "某条"}}, "bad_threshold"),
        ({"threshold": None}, "bad_rules"),
    ],
)
def test_unlawful_rules_are_refused(course: Course, other: dict[str, Any], code: str) -> None:
    plans.to_final(course)
    assert course.refused("chair", rules_drafting.draft_rules, settings=settings(**other)) == code


def test_a_meeting_is_put_off_and_held_on_another_day(course: Course) -> None:
    plans.to_noticed(course)
    course.acts("chair", rules_drafting.draft_rules, settings=settings(turns=1))
    assert course.refused("r101", finalizing.postpone_meeting, reason="不想开") == "not_your_role"
    assert course.refused("chair", finalizing.postpone_meeting, reason=" ") == "empty_text"
    course.acts("recorder", finalizing.postpone_meeting, reason="台风要来")
    course.deliver()
    meeting = plans.meeting(course)
    assert course.topic.stage == TopicStage.PLAN and course.clock("meeting") is None
    assert course.clock("draft_plan") is not None and course.clock("meet") is not None
    assert course.read(lambda uow: uow.count(Timer, meeting_id=meeting.id, done_at=None)) == 0
    assert {chat for kind, chat, _ in course.sent if kind == "meeting_postponed"} == {GROUP, CHANNEL}
    assert course.heard("r101", "meeting_postponed_private")[0]["why"] == "台风要来"
    assert course.refused("chair", finalizing.finalize_plan) == "plan_used_up"
    assert not any("台风" in entry for entry in course.journal())
    lent = "UPDATE meeting SET chair_lent = TRUE WHERE id = :id"  # handed over in a check-in that came to nothing
    course.database.write_now(lambda uow: uow.raw(lent, {"id": meeting.id}))
    plans.drafts(course, day="2026-11-18")
    plans.sends(course)
    plans.all_willing(course)
    plans.window_over(course)
    course.acts("chair", finalizing.finalize_plan)
    moved = plans.meeting(course)
    assert not moved.chair_lent  # the new plan's chair is nobody's stand-in
    assert moved.id == meeting.id and moved.scheduled_at == plans.at("2026-11-18", 19) + timedelta(minutes=30)
    assert course.read(lambda uow: uow.must(RulesDraft, moved.rules_id)).settings["turns"] == 1
    course.acts("recorder", noticing.publish_notice)
    assert plans.notice(course).fields["time"] == "2026年11月18日19时30分"


def test_a_meeting_put_off_during_check_in_lets_the_group_go(course: Course) -> None:
    plans.to_noticed(course)
    plans.until(course, plans.DAY, 19)
    course.passes(minutes=5)
    assert plans.meeting(course).live
    course.acts("chair", finalizing.postpone_meeting, reason="停电了")
    meeting = plans.meeting(course)
    assert (meeting.live, meeting.state, meeting.sitting) == (False, "scheduled", 2)
    shown = course.read(
        lambda uow: [boards.content(uow, board_id=row.id or 0, now=course.now()) for row in uow.all(Board)]
    )
    assert shown and all("等待开会" in views.render(one.view, one.facts, "zh").text for one in shown)
    course.passes(days=1)
    assert plans.meeting(course).state == "scheduled"


def test_two_topics_meet_in_one_group_on_different_days(course: Course) -> None:
    plans.to_noticed(course, day="2026-11-16")
    first = course.topic_id
    course.to_plan("r102", title="楼道里的灯什么时候修")
    assert course.refused("chair", planning.draft_plan, **plans.written(course, day="2026-11-16")) == "group_taken"
    plans.drafts(course, day="2026-11-17")
    plans.sends(course)
    plans.all_willing(course)
    plans.window_over(course)
    course.acts("chair", finalizing.finalize_plan)
    course.acts("recorder", noticing.publish_notice)
    plans.until(course, "2026-11-16", 19)
    course.passes(minutes=5)
    states = course.read(lambda uow: uow.rows("SELECT topic_id, state, live FROM meeting ORDER BY id"))
    assert [(row[0] == first, row[1], bool(row[2])) for row in states] == [
        (True, "check_in", True),
        (False, "scheduled", False),
    ]


def test_a_public_holiday_moves_the_objections_a_week(course: Course) -> None:
    course.instant = plans.at("2026-09-28", 10)
    course.to_plan()
    plans.until(course, "2026-09-29")
    early = plans.written(course, day="2026-10-12")
    assert course.refused("chair", planning.draft_plan, **early) == "too_soon_for_clocks"
    plans.drafts(course, day="2026-10-13")
    plans.sends(course)
    clock = course.clock("objections")
    assert clock is not None and clock.ends_at == plans.at("2026-10-09", 0)
    assert clock.arithmetic["nominal"] == "2026-10-01" and clock.arithmetic["uncertain"] is False


def test_a_weekend_moves_the_objections(course: Course) -> None:
    plans.until(course, "2026-11-05")
    plans.to_sent(course, day="2026-11-17")
    clock = course.clock("objections")
    assert clock is not None and clock.ends_at == plans.at("2026-11-10", 0)
    assert clock.arithmetic["nominal"] == "2026-11-07" and clock.arithmetic["last_day"] == "2026-11-09"


def test_the_notice_never_moves_with_a_rest_day(course: Course) -> None:
    plans.to_final(course)
    clock = course.clock("notice")
    assert clock is not None and clock.ends_at == plans.at("2026-11-09", 0)
    assert clock.arithmetic["last_day"] == "2026-11-08" and clock.arithmetic["clause"] == "5.4"


def test_a_chair_without_a_post_is_named_by_label(course: Course) -> None:
    plans.drafts(course.to_plan(), chair=course.people["deputy"], deputies={})
    plan = plans.plan(course)
    named = course.read(lambda uow: plan_rows.public_name(peek(uow, course.topic_id, SYSTEM), plan.chair_id))
    fields = course.read(lambda uow: noticing.notice_fields(peek(uow, course.topic_id, SYSTEM), plan))
    label = next(cast.label for cast in demo.CAST if cast.key == "deputy")
    assert named == label and fields.convener == f"周文（主持人：{label}）"
