"""Steps taken by those who have lost the right to them, and answers that only a forged client can give."""

from collections.abc import Callable

import pytest

from procedure.errors import RuleBroken
from services import course as pages
from services import home, papers, posts, reviewing
from services.act import Receipt
from storage.tables import Person
from storage.work import UnitOfWork
from tests.services.course import Course


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
