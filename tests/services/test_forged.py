"""Steps taken by those who have lost the right to them, and answers that only a forged client can give."""

from collections.abc import Callable

import pytest

from procedure.errors import RuleBroken
from services import annex, checkin, finalizing, home, objecting, papers, posts, recording, reviewing
from services import course as pages
from services.act import Receipt
from storage.tables import Objection, Person, PostHolder
from storage.work import UnitOfWork
from tests.services import plans
from tests.services.after import DAY, After
from tests.services.course import Course
from tests.services.room import Room


def leaves(course: Course, who: str) -> None:
    """Struck from the roster; the account stays bound."""

    def act(uow: UnitOfWork) -> None:
        uow.must(Person, course.people[who]).left_at = course.instant

    course.database.write_now(act)


def test_who_has_left_the_roster_acts_no_more(course: Course) -> None:
    course.to_review()
    leaves(course, "recorder2")
    assert course.refused("recorder2", reviewing.reject_topic, a="不在目录里") == "not_in_community"
    course.approves()
    leaves(course, "chair")
    assert course.refused("chair", posts.accept_post) == "not_in_community"
    leaves(course, "r102")
    with pytest.raises(RuleBroken, match="not_in_community"):
        course.proposes("r102")


def test_who_has_left_the_roster_sees_no_more(course: Course) -> None:
    course.to_review()
    leaves(course, "recorder2")

    def looks(page: Callable[..., Receipt], **facts: int) -> Receipt:
        return course.read(lambda uow: page(uow, course.says_as("recorder2"), now=course.instant, **facts))

    for page in (pages.topic_page, pages.whole_timeline, papers.topic_papers):
        with pytest.raises(RuleBroken, match="not_in_community"):
            looks(page, topic_id=course.topic_id)
    for own in (home.home, home.todo, home.topics, home.me):
        assert looks(own).facts == {"person": None}


def in_the_meeting(course: Course, who: str, action: Callable[..., Receipt], **facts: str) -> Receipt:
    """One tap in the topic's meeting."""
    actor = course.actor(who)
    return course.door.act_now(action, actor, f"{actor.arrival}:1", meeting_id=plans.meeting(course).id, **facts)


def test_a_matter_of_annex_d_is_not_escaped_by_putting_the_meeting_off(course: Course) -> None:
    plans.to_noticed(course)
    course.passes((plans.meeting(course).scheduled_at - course.instant).total_seconds() - 600)
    for who in ("r101", "chair"):
        in_the_meeting(course, who, checkin.check_in, via="button")
    in_the_meeting(course, "r101", annex.raise_annex, item="D.d", reason="要动用集体资产")
    assert course.refused("chair", finalizing.postpone_meeting, reason="下雨") == "annex_open"
    in_the_meeting(course, "chair", annex.refuse_annex, reason="只是放充电桩")
    assert course.refused("recorder", finalizing.postpone_meeting, reason="下雨") == "annex_open"
    course.acts("recorder", annex.decide_annex, outcome="dismissed", reason="不动用集体资产")
    course.acts("chair", finalizing.postpone_meeting, reason="下雨")
    meeting = plans.meeting(course)
    assert (meeting.state, meeting.annex["over"], course.topic.stage) == ("scheduled", True, "plan")
    assert course.clock("annex_d") is None and course.clock("meet") is not None


def test_whoever_supervises_hears_why_a_meeting_is_put_off_each_time(course: Course) -> None:
    plans.to_noticed(course)
    course.acts("recorder", finalizing.postpone_meeting, reason="主持人出差")
    course.deliver()
    for who in ("supervisor", "supervisor2", "adviser", "r101"):
        assert [told["why"] for told in course.heard(who, "meeting_postponed_private")] == ["主持人出差"], who


def test_nobody_keeps_a_plan_from_standing_with_a_heap_of_objections(course: Course) -> None:
    plans.to_sent(course)
    for number in range(3):
        course.acts("r101", objecting.object_plan, text=f"第 {number} 条")
    assert course.refused("r101", objecting.object_plan, text="还有") == "too_many_waiting"
    course.acts("r102", objecting.object_plan, text="我也有")
    first = course.read(lambda uow: uow.first(Objection, topic_id=course.topic_id))
    assert first is not None
    course.acts("chair", objecting.answer_objection, objection_id=first.id, adopted=False, answer="多数人有空")
    course.acts("r101", objecting.object_plan, text="还有")


def test_nobody_keeps_a_record_from_being_signed_with_a_heap_of_corrections(room: Room) -> None:
    after = After(room)
    for number in range(3):
        after.takes("r101", recording.ask_record_correction, text=f"第 {number} 处")
    assert after.refused("r101", recording.ask_record_correction, text="还有") == "too_many_waiting"
    after.takes("r102", recording.ask_record_correction, text="我也有")
    room.passes(DAY)
    assert after.takes("r101", recording.ask_record_correction, text="后来想起").code == "record_addendum"


def test_drafting_anew_every_day_does_not_move_the_day_of_sending(course: Course) -> None:
    plans.drafts(course.to_plan())
    before = course.clock("send_plan")
    course.passes(days=1)
    plans.drafts(course)
    after = course.clock("send_plan")
    assert before is not None and after is not None and after.id != before.id
    assert (after.starts_at, after.ends_at) == (before.starts_at, before.ends_at)


def test_nobody_is_given_a_post_behind_their_back(course: Course) -> None:
    course.to_review()
    course.approves()
    course.deliver()
    offered = course.read(lambda uow: uow.first(PostHolder, topic_id=course.topic_id, post="supervisor"))
    assert offered is not None
    course.acts("recorder", posts.enter_acceptance, holder_id=offered.id, accepted=True, way="phone")
    course.deliver()
    (told,) = course.heard("supervisor", "plan_news")
    assert (told["code"], told["posts"]) == ("post_yes", ["supervisor"])
