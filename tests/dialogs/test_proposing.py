"""Form B.1 as a conversation: what is asked, what is refused, what comes of sending."""

from typing import Any

import pytest

from services import contacts
from storage.tables import Community, Draft, Person, Topic
from tests.dialogs.phone import Phone
from tests.services.course import Course
from tests.services.room import ACCOUNTS

TEXTS = ("楼道灯不亮", "三号楼一到三层的灯坏了两个月，老人摔过跤", "换成声控灯，物业出钱")


async def opened(course: Course, who: str = "r101") -> Phone:
    """/propose."""
    phone = Phone(course, who)
    await phone.types("/propose")
    return phone


async def to_consent(phone: Phone) -> None:
    """Everything up to the question of contact data."""
    for words in ("居民", "小区、楼道"):
        await phone.taps(words)
    for text in TEXTS:
        await phone.types(text)
    await phone.taps("跳过这一项")
    await phone.taps("C.2.3")
    await phone.taps("都不是")


def topics(course: Course) -> list[Topic]:
    """All there are."""
    return list(course.read(lambda uow: uow.all(Topic)))


async def test_a_resident_proposes_without_leaving_contact_data(course: Course) -> None:
    phone = await opened(course)
    assert "什么身份" in phone.screen.text and not any("两委成员" in button for button in phone.screen.buttons)
    await to_consent(phone)
    assert "联系方式" in phone.screen.text
    await phone.taps("不留")
    assert "请看一遍" in phone.screen.text and TEXTS[1] in phone.screen.text
    await phone.taps("发出去")
    assert "议题收到了，编号 1" in phone.screen.text
    (topic,) = topics(course)
    assert (topic.title, topic.reason, topic.proposal) == TEXTS
    assert (topic.proposer_kind, topic.table_row, topic.catalogue, topic.annex) == ("resident", 2, "C.2.3", None)


async def test_contact_data_is_asked_after_consent_and_lies_sealed(course: Course) -> None:
    phone = await opened(course)
    await to_consent(phone)
    await phone.taps("愿意留")
    assert "怎么称呼" in phone.screen.text
    await phone.types("张三")
    await phone.types("电话以后再说")
    assert "电话号码好像不对" in phone.screen.text
    await phone.types("138-0000-0001")
    await phone.types("不是邮箱")
    assert "邮箱好像不对" in phone.screen.text
    await phone.taps("跳过这一项")
    await phone.taps("跳过这一项")
    assert "138-0000-0001" in phone.screen.text
    draft = course.read(lambda uow: uow.first(Draft, kind="propose"))
    assert draft is not None and "138" not in str(draft.fields) and "张三" not in str(draft.fields)
    await phone.taps("发出去")
    who, topic_id = course.people["r101"], topics(course)[0].id
    given = course.read(lambda uow: contacts.read(uow, person_id=who, topic_id=topic_id))
    assert given == {"name": "张三", "phone": "138-0000-0001"}
    done = course.read(lambda uow: uow.first(Draft, kind="propose"))
    assert done is not None and done.submitted_at is not None and "phone" not in done.fields


async def test_consent_taken_back_before_sending_leaves_nothing(course: Course) -> None:
    phone = await opened(course)
    await to_consent(phone)
    await phone.taps("愿意留")
    await phone.types("张三")
    for _ in range(2):
        await phone.taps("上一步")
    assert "联系方式" in phone.screen.text
    await phone.taps("不留")
    draft = course.read(lambda uow: uow.first(Draft, kind="propose"))
    assert draft is not None and draft.fields["contact_name"] is None
    await phone.taps("发出去")
    who = course.people["r101"]
    assert course.read(lambda uow: contacts.mine(uow, person_id=who)) == []


async def test_a_matter_of_annex_d_is_warned_of_and_still_sent(course: Course) -> None:
    phone = await opened(course)
    await to_consent(phone)
    await phone.taps("上一步")
    await phone.taps("D.h")
    await phone.taps("不留")
    assert "照样可以发" in phone.screen.text
    await phone.taps("发出去")
    assert topics(course)[0].annex == "D.h"


async def test_not_sure_is_an_answer(course: Course) -> None:
    phone = await opened(course)
    await to_consent(phone)
    for _ in range(2):
        await phone.taps("上一步")
    await phone.taps("说不准")
    await phone.taps("上一步")
    await phone.taps("说不准")
    await phone.taps("不留")
    await phone.taps("发出去")
    assert (topics(course)[0].catalogue, topics(course)[0].annex) == (None, None)


async def test_another_subject_asks_only_what_it_may_propose(course: Course) -> None:
    phone = await opened(course, "recorder")
    await to_consent(phone)
    await phone.taps("不留")
    await phone.taps("改：身份")
    await phone.taps("两委成员")
    assert "最像哪一类" in phone.screen.text, "its one row is not asked for, the item is asked anew"
    await phone.taps("C.5")
    await phone.taps("发出去")
    assert (topics(course)[0].proposer_kind, topics(course)[0].table_row) == ("committee_member", 5)


async def test_a_deep_link_and_the_home_button_lead_to_the_form(course: Course) -> None:
    phone = Phone(course, "r101")
    for words in ("/start propose", f"/start propose-{course.community_id}"):
        await phone.types(words)
        assert "什么身份" in phone.screen.text
    await phone.types("/start")
    await phone.taps("提个议题")
    assert "什么身份" in phone.screen.text


@pytest.mark.parametrize("payload", ["propose-999", "propose-" + "9" * 30, "propose-x", "propose-１"])
async def test_a_deep_link_to_nowhere_is_answered_calmly(course: Course, payload: str) -> None:
    phone = Phone(course, "r101")
    await phone.types(f"/start {payload}")
    assert "登记" in phone.screen.text or "什么身份" in phone.screen.text
    await phone.types("随便说说")
    assert len(phone.log.messages) == 2


async def test_a_stranger_is_told_how_to_be_entered(course: Course) -> None:
    phone = await opened(course, "stranger")
    assert "还没有登记" in phone.screen.text


async def test_somebody_of_two_communities_chooses(course: Course) -> None:
    def moves(uow: Any) -> None:
        other = uow.add(Community(name="永安社区", created_at=course.instant))
        uow.add(Person(community_id=other.id, account_id=ACCOUNTS["r101"], name="张三", label="9-901"))

    course.database.write_now(moves)
    phone = await opened(course)
    await phone.taps("永安社区")
    assert "什么身份" in phone.screen.text
    await phone.types("/start")
    await phone.taps("提个议题")
    await phone.taps("向阳社区")
    assert "什么身份" in phone.screen.text


async def test_a_sixth_proposal_opens_no_form(course: Course) -> None:
    for _ in range(5):
        course.proposes()
    phone = await opened(course)
    assert "5 个议题还在等审核" in phone.screen.text
