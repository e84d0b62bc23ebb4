"""Joining a neighbour's topic from form B.1's review, and what stale and forged taps do there."""

from services import supporting
from storage.tables import Draft, Support, Topic
from tests.dialogs.phone import Phone
from tests.dialogs.test_proposing import to_consent, topics
from tests.dialogs.test_searching import LAMPS, data_of, phone_of
from tests.services.course import Course
from tests.services.test_searching import neighbours


async def reviewing(course: Course, who: str = "r101") -> Phone:
    """The form filled in, like a topic that r102 has raised."""
    course.proposes("r102", **LAMPS)
    phone = phone_of(course, who)
    await phone.types("/propose")
    await to_consent(phone)
    await phone.taps("不留")
    return phone


def draft(course: Course) -> Draft | None:
    """What is kept of the form."""
    return course.read(lambda uow: uow.first(Draft, kind="propose", submitted_at=None))


def joined(course: Course) -> list[int]:
    """By person."""
    return [row.person_id for row in course.read(lambda uow: uow.all(Support))]


async def test_who_joins_keeps_what_is_typed_until_they_drop_it(course: Course) -> None:
    phone = await reviewing(course)
    assert not any("不提了" in one for one in phone.screen.buttons)
    await phone.taps("附议 1 号议题")
    assert joined(course) == [course.people["r101"]]
    assert "您附议了这个议题" in phone.screen.text and "1 位邻居附议" in phone.screen.text
    assert not any("附议 1 号议题" in one for one in phone.screen.buttons)
    assert any("仍然单独提出" in one for one in phone.screen.buttons)
    kept = draft(course)
    assert kept is not None and kept.fields["title"] == "楼道灯不亮"
    await phone.taps("不提了（草稿删去）")
    assert "草稿删去了" in phone.screen.text and phone.screen.buttons == ["📄 1 号议题"]
    assert draft(course) is None and len(topics(course)) == 1
    await phone.taps("1 号议题")
    assert "收回附议" in "".join(phone.screen.buttons) and "1 位邻居附议" in phone.screen.text


async def test_who_joins_may_raise_their_own_all_the_same(course: Course) -> None:
    phone = await reviewing(course)
    await phone.taps("附议 1 号议题")
    await phone.taps("仍然单独提出")
    assert [topic.title for topic in topics(course)] == ["楼道灯坏了", "楼道灯不亮"]
    assert len(joined(course)) == 1


async def test_the_page_has_the_button_for_whoever_may(course: Course) -> None:
    course.proposes("r102", **LAMPS)
    phone = phone_of(course, "r301")
    await phone.types("/topics")
    await phone.taps("1 号议题")
    assert "接下来由" in phone.screen.text, "a button for everybody hides nobody's turn"
    page = phone.screen.id
    for toast in ("一共 1 位附议", "已经附议过了"):
        await phone.sends("step:1:join_topic", page)
        assert toast in phone.log.toasts[-1]
    await phone.taps("收回附议")
    assert "收回了" in phone.log.toasts[-1] and joined(course) == []


async def test_stale_and_forged_taps_in_the_form_lose_and_reveal_nothing(course: Course) -> None:
    course.door.database.write_now(neighbours)
    foreign = course.read(lambda uow: uow.first(Topic, number=77))
    assert foreign is not None
    phone = await reviewing(course)
    join = next(one for one in data_of(phone.screen) if "~join-" in one)
    stem, number = join.rsplit("-", 1)
    for forged in (f"{stem}-{foreign.id}", f"{stem}-99999", f"{stem}-0", f"{stem}-x", f"{stem}-"):
        await phone.sends(forged, phone.screen.id)
        assert "请看一遍" in phone.screen.text and joined(course) == []
    await phone.sends(join.replace(f"~join-{number}", "~drop"), phone.screen.id)
    assert draft(course) is not None and "请看一遍" in phone.screen.text, "who has not joined drops nothing"
    for _ in range(2):
        await phone.sends(join, phone.screen.id)
    assert "1 位邻居附议" in phone.screen.text and len(joined(course)) == 1
    course.topic_id = next(one.id or 0 for one in topics(course) if one.title == LAMPS["title"])
    course.acts("r101", supporting.withdraw_support)
    await phone.sends(join.replace(f"~join-{number}", "~drop"), phone.screen.id)
    assert draft(course) is not None, "a stale button after the support was withdrawn"
