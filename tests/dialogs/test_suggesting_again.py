"""Form B.1 when what it looks like changes on the way: what is urgent comes first, and nothing untrue is kept."""

import pytest

from services.text import load
from tests.dialogs.phone import Phone
from tests.dialogs.test_suggesting import LAMP, LEVY, PARK, example, opened, to_item, told
from tests.services.course import Course


async def titled(course: Course, title: str) -> Phone:
    """As a resident of a building, up to the title."""
    phone = await opened(course)
    for words in ("居民", "小区、楼道"):
        await phone.taps(words)
    await phone.types(title)
    return phone


@pytest.mark.parametrize(("title", "figure"), [("着火了", "119"), ("我不想活了", "12356")])
async def test_what_cannot_wait_is_answered_before_any_reason_is_asked_for(
    course: Course, title: str, figure: str
) -> None:
    phone = await titled(course, title)
    assert figure in phone.screen.text and "仍然提出" in phone.screen.buttons[0]
    await phone.taps("仍然提出")
    assert "为什么要提" in phone.screen.text
    await phone.types("快来人，救命" if figure == "119" else "活着没意思，天天睡不着")
    assert "您看怎么办好" in phone.screen.text, "it is not asked twice"


async def test_a_reason_that_is_something_else_is_asked_about_again(course: Course) -> None:
    phone = await titled(course, "着火了")
    await phone.taps("仍然提出")
    await phone.types("我不想活了，活着没意思")
    assert "12356" in phone.screen.text


async def test_what_can_wait_is_asked_about_after_the_reason(course: Course) -> None:
    phone = await titled(course, "我家水龙头漏水")
    assert "为什么要提" in phone.screen.text


async def test_other_words_that_look_like_annex_d_are_warned_of_before_sending(course: Course) -> None:
    phone = await to_item(course, *LAMP)
    for words in ("C.2.3", "都不是", "不留", "改：建议"):
        await phone.taps(words)
    await phone.types(LEVY)
    assert "“捐款”" in phone.screen.text and "D.h" in phone.screen.text
    await phone.taps("都不是")
    await phone.taps("改：建议")
    await phone.types(f"{LEVY}，就这样")
    assert "请看一遍" in phone.screen.text, "who was warned and chose is not asked again"
    await phone.taps("发出去")
    assert example(course).suggested["annex"] == "D.h"


async def test_nobody_is_said_to_have_been_warned_who_was_not(course: Course) -> None:
    """The reader came only when everything had been answered."""
    phone = Phone(course, "r101")
    await phone.types("/propose")
    for words in ("居民", "小区、楼道"):
        await phone.taps(words)
    for text in (*PARK, LEVY):
        await phone.types(text)
    for words in ("跳过这一项", "C.2.1", "都不是", "不留"):
        await phone.taps(words)
    phone.desk.reader = load()
    await phone.taps("发出去")
    assert example(course).suggested["items"] and example(course).suggested["annex"] is None


async def test_another_title_takes_back_that_it_was_raised_anyway(course: Course) -> None:
    phone = await told(course, "我家水龙头漏水", "师傅什么时候来修一下")
    await phone.taps("仍然提出")
    for _ in range(3):
        await phone.taps("上一步")
    await phone.types("我家马桶堵了")
    assert "先停一下" in phone.screen.text


async def test_what_is_typed_meanwhile_is_the_reason_and_nothing_is_looked_for(course: Course) -> None:
    phone = await titled(course, "着火了")
    await phone.types("三楼冒烟，快来人")
    assert "119" in phone.screen.text and "没有找到" not in phone.screen.text
    await phone.types("怎么没人来")
    assert "119" in phone.screen.text and "没有找到" not in phone.screen.text
    await phone.taps("仍然提出")
    assert "您看怎么办好" in phone.screen.text
    await phone.taps("上一步")
    await phone.taps("上一步")
    assert "三楼冒烟，快来人" in phone.screen.text


async def test_what_is_like_nothing_in_the_catalogue_has_no_item_suggested(course: Course) -> None:
    phone = await to_item(course, "宅基地给谁", "三户人家都要宅基地")
    assert "💡" not in phone.screen.text and "人家" not in phone.screen.text
    assert any("C.2.1" in one for one in phone.screen.buttons)
    await phone.taps("说不准")
    assert "“宅基地”" in phone.screen.text and "D.e" in phone.screen.text
