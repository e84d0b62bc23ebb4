"""The notice on paper (5.4): the statements of the chat in the punctuation of Chinese print."""

import pytest

from services import noticing, paper_facts
from services.act import SYSTEM
from services.case import peek
from tests.services import plans
from tests.services.course import Course


def test_what_is_ours_is_printed_full_width_and_the_title_as_it_was_written(course: Course) -> None:
    plans.to_noticed(course, day="2026-11-12")
    paper = course.read(lambda uow: paper_facts.notice(peek(uow, course.topic_id, SYSTEM), course.instant))
    assert "\uff08群体 12 人\uff09" in paper.fields.participants
    assert not set(",:;()") & set(paper.fields.participants + paper.fields.convener)
    assert paper.fields.topic == course.topic.title
    assert "（群体 12 人）" in plans.notice(course).fields["participants"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_place_of_an_internet_meeting_is_the_group_and_its_link(course: Course) -> None:
    """Readers of the channel and of the paper have to find the way there (5.4)."""
    plans.to_final(course)
    course.database.write_now(lambda uow: uow.raw("UPDATE group_chat SET username = 'xiangyang_xieshang'") and None)
    course.acts("recorder", noticing.publish_notice)
    paper = course.read(lambda uow: paper_facts.notice(peek(uow, course.topic_id, SYSTEM), course.instant))
    assert paper.fields.place == "“向阳小区协商群”\uff08t.me/xiangyang_xieshang\uff09"
