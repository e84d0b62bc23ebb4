"""A client of one's own: a step forged for a topic that is not there, or not for this person, opens no form."""

import pytest

from bot.views.codec import pack
from dialogs.sheets import SHEETS
from procedure.course import STEPS
from storage.tables import CommunityRole, Draft
from storage.work import UnitOfWork
from tests.dialogs.phone import Phone
from tests.services.course import Course

FORMS = tuple(name for name in STEPS if name in SHEETS)


@pytest.mark.parametrize("who", ["r101", "observer"])
async def test_no_form_opens_for_who_may_not_take_its_step(course: Course, who: str) -> None:
    course.to_review()
    phone = Phone(course, who)
    page = phone.bot.add("page", None)
    for name in FORMS:
        await phone.sends(pack("step", course.topic_id, name), page.id)
        assert phone.log.toasts[-1], name
    assert [one.text for one in phone.log.messages] == ["page"]
    assert not course.read(lambda uow: uow.count(Draft))
    assert not course.read(lambda uow: uow.rows("SELECT key FROM dialog_state"))


@pytest.mark.parametrize("topic_id", [0, 10**9, 2**63 - 1])
async def test_a_topic_that_is_not_there_is_no_fault_of_ours(course: Course, topic_id: int) -> None:
    phone = Phone(course, "recorder")
    page = phone.bot.add("page", None)
    for name in STEPS:
        await phone.sends(pack("step", topic_id, name), page.id)
        assert "没有" in phone.log.toasts[-1], (name, phone.log.toasts[-1])
    assert [one.text for one in phone.log.messages] == ["page"]


async def test_a_form_left_open_shows_no_names_once_the_role_is_gone(course: Course) -> None:
    course.to_review()
    phone = Phone(course, "recorder")
    page = phone.bot.add("page", None)
    await phone.sends(pack("step", course.topic_id, "approve_topic"), page.id)
    await phone.types("属于目录")
    await phone.taps("C.2.3")
    await phone.taps("日常生活")

    def dismissed(uow: UnitOfWork) -> None:
        for role in uow.all(CommunityRole, person_id=course.people["recorder"]):
            uow.orm.delete(role)

    course.database.write_now(dismissed)
    await phone.taps("办得成")
    assert "居委会、党组织" in phone.log.toasts[-1]
    assert not any("张三" in words for words in phone.screen.buttons) and "召集人" not in phone.screen.text
