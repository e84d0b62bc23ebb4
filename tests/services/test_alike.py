"""Topics like a new one, on both databases: who is told of which, and what both committees see."""

from datetime import timedelta
from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.proposing import still_tells
from services import alike, proposing
from services import course as topic_course
from storage.tables import Alike, Topic
from tests.services.course import Course
from tests.services.test_searching import DOGS, LIFT, neighbours


def before(course: Course, *words: str, who: str = "r301") -> list[int]:
    """Numbers of the topics named to this person for these words."""
    facts: dict[str, Any] = {"actor": course.actor(who), "community_id": course.community_id, "now": course.instant}
    found = course.read(lambda uow: alike.raised_before(uow, words=words, **facts))
    return [one["number"] for one in found]


def page(course: Course, who: str) -> dict[str, Any]:
    facts: dict[str, Any] = {"topic_id": course.topic_id, "now": course.instant}
    return course.read(lambda uow: topic_course.topic_page(uow, course.actor(who), **facts)).facts


def test_topics_with_most_of_the_words_come_first_and_only_ones_own(course: Course) -> None:
    course.proposes("r101", **LIFT)
    course.proposes("r102", **DOGS)
    course.proposes("r201", title="电梯异响", reason="电梯半夜响", proposal="请人修")
    course.door.database.write_now(neighbours)
    assert before(course, "电梯", "采光") == [1, 3]
    assert before(course, "狗") == [2]
    assert before(course, "游泳池") == [] and before(course) == []
    with pytest.raises(RuleBroken, match="not_in_community"):
        course.read(
            lambda uow: alike.raised_before(
                uow, actor=course.actor("r301"), community_id=2, words=["电梯"], now=course.instant
            )
        )


def test_what_ended_long_ago_is_not_named(course: Course) -> None:
    course.proposes("r101", **LIFT)
    ended = course.instant - timedelta(days=730)
    course.door.database.write_now(lambda uow: setattr(uow.must(Topic, course.topic_id), "ended_at", ended))
    assert before(course, "电梯") == [1]
    course.instant += timedelta(seconds=1)
    assert before(course, "电梯") == []
    assert still_tells(None, course.instant)


def test_both_committees_see_it_until_the_review(course: Course) -> None:
    course.proposes("r101", **LIFT)
    like = [{"topic_id": course.topic_id, "words": ["电梯", "采光"]}]
    course.proposes("r102", title="装电梯", like=like)
    shown = [{"topic_id": like[0]["topic_id"], "number": 1, "title": LIFT["title"], "words": ["电梯", "采光"]}]
    assert page(course, "recorder")["alike"] == shown and page(course, "deputy")["alike"] == shown
    assert page(course, "r301")["alike"] == [] == page(course, "r102")["alike"]
    course.deliver()
    assert course.heard("recorder", "topic_proposed")[-1]["alike"] == shown
    course.acts("recorder", proposing.register_topic)
    course.deliver()
    assert course.heard("deputy", "topic_to_review")[-1]["alike"] == shown
    course.approves()
    assert page(course, "recorder")["alike"] == []


def test_only_topics_of_the_same_community_are_noted_and_each_once(course: Course) -> None:
    course.proposes("r101", **LIFT)
    first = course.topic_id
    course.door.database.write_now(neighbours)
    foreign = course.read(lambda uow: uow.first(Topic, number=77))
    assert foreign is not None
    like = [{"topic_id": one, "words": ["电梯" * 30] * 9} for one in (foreign.id, first, first, 4711)]
    course.proposes("r102", title="装电梯", like=like)
    rows = course.read(lambda uow: uow.all(Alike))
    assert [(row.topic_id, row.other_id) for row in rows] == [(course.topic_id, first)]
    assert len(rows[0].words) == 3 and max(map(len, rows[0].words)) == 20
