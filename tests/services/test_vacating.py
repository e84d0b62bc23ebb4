"""A post is laid down or freed: the reason is kept and told, and somebody else can be asked (5.2.3)."""

import pytest

from services import planning, posts, telling, vacating
from tests.services.after import After
from tests.services.course import Course
from tests.services.plans import drafts
from tests.services.room import Room


def test_a_convener_who_is_gone_is_replaced(course: Course) -> None:
    course.to_plan()
    facts = {"post": "convener", "reason": "联系不上"}
    assert course.refused("r101", vacating.vacate_post, **facts) == "not_your_role"
    assert course.acts("recorder2", vacating.vacate_post, **facts).code == "post_vacated"
    course.deliver()
    assert course.heard("chair", "plan_news")[-1]["why"] == "联系不上"
    assert course.heard("recorder", "plan_news")[-1]["steps"] == ["offer_post"]
    assert course.refused("chair", planning.draft_plan, day="2026-11-20", hour="19:30", people={}, chair=0) == (
        "not_your_role"
    )
    course.acts("recorder", posts.offer_post, post="convener", holder=course.people["r102"])
    course.acts("r102", posts.accept_post)
    course.deliver()
    assert "联系不上" not in "".join(course.journal())


def test_a_holder_lays_down_their_own_post_only(course: Course) -> None:
    course.to_plan()
    assert course.refused("chair", vacating.vacate_post, post="supervisor", reason="忙") == "no_such_choice"
    assert course.refused("chair", vacating.vacate_post, post="convener", reason=" ") == "empty_text"
    assert course.acts("chair", vacating.vacate_post, post="convener", reason="出差").code == "post_vacated"
    assert course.refused("chair", vacating.vacate_post, post="convener", reason="出差") == "not_your_role"


def test_a_plan_waits_for_the_new_holder(course: Course) -> None:
    drafts(course.to_plan())
    course.acts("recorder", vacating.vacate_post, post="adviser", reason="调走了")
    course.deliver()
    assert "posts_not_accepted" in {
        course.refused("chair", planning.draft_plan, day="2026-11-20", hour="19:30", people={}, chair=0)
    }


@pytest.mark.parametrize("who", ["recorder2", "recorder"])
def test_after_the_meeting_another_recorder_signs(room: Room, who: str) -> None:
    after = After(room)
    assert after.takes(who, vacating.vacate_post, post="recorder", reason="生病").code == "post_vacated"
    after.room.deliver()
    after.takes("adviser", posts.offer_post, post="recorder", holder=after.person("recorder2"))
    after.takes("recorder2", posts.accept_post)
    after.room.deliver()
    assert after.takes("adviser", telling.publish_result).code
