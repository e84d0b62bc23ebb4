"""The engine of all forms as data: one question at a time, nothing typed is ever lost, no tap does harm twice."""

from typing import Any

import pytest

from storage.tables import Account, Draft, Person, Topic
from tests.dialogs.phone import Phone
from tests.services.course import Course
from tests.services.room import ACCOUNTS

TITLE = "楼道灯不亮"


async def opened(course: Course, who: str = "r101") -> Phone:
    """Form B.1, at the title."""
    phone = Phone(course, who)
    await phone.types("/propose")
    await phone.taps("居民")
    await phone.taps("小区、楼道")
    return phone


async def restarted(phone: Phone) -> Phone:
    """Another process; the chat looks as before."""
    later = Phone(phone.room, "r101")
    later.log = later.bot.log = phone.log
    later.bot.made = phone.bot.made
    return later


async def whole(phone: Phone) -> None:
    """From the title to the review."""
    await phone.types(TITLE)
    await phone.types("坏了两个月")
    await phone.types("换声控灯")
    for words in ("跳过这一项", "C.2.3", "都不是", "不留"):
        await phone.taps(words)


def draft(course: Course) -> dict[str, Any]:
    """What is kept."""
    row = course.read(lambda uow: uow.first(Draft, order="-id", kind="propose"))
    assert row is not None
    return row.fields


def topics(course: Course) -> int:
    """How many there are."""
    return course.read(lambda uow: uow.count(Topic))


async def test_everything_typed_is_kept_at_once(course: Course) -> None:
    phone = await opened(course)
    await phone.types(TITLE)
    assert draft(course)["title"] == TITLE and "第 4 项" in phone.screen.text


async def test_back_shows_what_was_written_and_forward_keeps_it(course: Course) -> None:
    phone = await opened(course)
    await phone.types(TITLE)
    await phone.taps("上一步")
    assert f"您写的是：{TITLE}" in phone.screen.text
    await phone.types("楼道灯坏了")
    assert draft(course)["title"] == "楼道灯坏了" and "为什么要提" in phone.screen.text


async def test_back_from_the_first_question_leaves_and_keeps(course: Course) -> None:
    phone = Phone(course, "r101")
    await phone.types("/propose")
    await phone.taps("居民")
    for _ in range(2):
        await phone.taps("上一步")
    assert "都替您存着" in phone.screen.text and draft(course)["kind"] == "resident"


@pytest.mark.parametrize("text", ["长" * 61, " \u200b ", "\u202e", "𠮷" * 31])
async def test_a_text_that_does_not_fit_loses_nothing(course: Course, text: str) -> None:
    phone = await opened(course)
    await phone.types(text)
    assert "⚠️" in phone.screen.text and "议题起个名字" in phone.screen.text
    assert draft(course)["kind"] == "resident" and "title" not in draft(course)


async def test_a_file_where_words_are_asked_for_is_answered_kindly(course: Course) -> None:
    phone = await opened(course)
    await phone.types(TITLE)
    await phone.types(None)
    assert "这里要打字" in phone.screen.text and "为什么要提" in phone.screen.text
    assert draft(course)["title"] == TITLE


async def test_words_where_a_choice_is_asked_for_search_the_list(course: Course) -> None:
    phone = await opened(course)
    await phone.types(TITLE)
    await phone.types("坏了")
    await phone.types("换灯")
    await phone.taps("跳过这一项")
    await phone.types("停放")
    assert "找“停放”，有 1 个" in phone.screen.text
    assert [button for button in phone.screen.buttons if "C.2." in button] == ["楼道、天井、车辆停放（C.2.3）"]
    await phone.types("没有这样的")
    assert "没有找到“没有这样的”" in phone.screen.text
    await phone.taps("看全部")
    await phone.taps("C.2.3")
    assert "五议两公开" in phone.screen.text


async def test_an_answer_is_changed_from_the_review(course: Course) -> None:
    phone = await opened(course)
    await whole(phone)
    await phone.taps("改：名称")
    assert f"您写的是：{TITLE}" in phone.screen.text
    await phone.types("三号楼楼道灯")
    assert "请看一遍" in phone.screen.text and "三号楼楼道灯" in phone.screen.text
    await phone.taps("发出去")
    assert course.read(lambda uow: uow.first(Topic)).title == "三号楼楼道灯"  # type: ignore[union-attr]


async def test_a_double_tap_on_send_makes_one_topic(course: Course) -> None:
    phone = await opened(course)
    await whole(phone)
    rows = phone.screen.markup.inline_keyboard if phone.screen.markup else []
    send = next(button.callback_data for row in rows for button in row if "发出去" in button.text)
    message = phone.screen
    assert send is not None
    await phone.sends(send, message.id)
    await phone.sends(send, message.id)
    assert topics(course) == 1 and "收起来了" in phone.log.toasts[-1]


async def test_a_tap_on_a_question_gone_by_changes_nothing(course: Course) -> None:
    phone = Phone(course, "r101")
    await phone.types("/propose")
    rows = phone.screen.markup.inline_keyboard if phone.screen.markup else []
    old = next(button.callback_data for row in rows for button in row if "楼长" in button.text)
    message = phone.screen
    await phone.taps("居民")
    assert old is not None
    await phone.sends(old, message.id)
    assert draft(course)["kind"] == "resident" and "哪方面" in phone.screen.text


@pytest.mark.parametrize("value", ["99.x", "3.C.2.3", "x", ".~send", "2.~done", "2.~skip", "2.~all"])
async def test_a_forged_choice_changes_nothing(course: Course, value: str) -> None:
    phone = await opened(course)
    rows = phone.screen.markup.inline_keyboard if phone.screen.markup else []
    genuine = next(button.callback_data for row in rows for button in row if "上一步" in button.text)
    assert genuine is not None
    intent = genuine.split("\x1d")[0]
    before = draft(course)
    await phone.sends(f"{intent}\x1dpick:{value}", phone.screen.id)
    assert draft(course) == before and topics(course) == 0 and "议题起个名字" in phone.screen.text


async def test_a_restart_in_the_middle_goes_on(course: Course) -> None:
    phone = await opened(course)
    await phone.types(TITLE)
    later = await restarted(phone)
    await later.types("坏了两个月")
    assert draft(course)["reason"] == "坏了两个月" and "怎么办好" in later.screen.text


async def test_opened_again_it_goes_on_and_says_so(course: Course) -> None:
    phone = await opened(course)
    await phone.types(TITLE)
    await phone.types("/cancel")
    await phone.types("/propose")
    assert "接着上次没写完的" in phone.screen.text and "为什么要提" in phone.screen.text
    await phone.types("坏了两个月")
    assert "接着上次没写完的" not in phone.screen.text


async def test_thrown_away_it_starts_empty_and_sent_as_well(course: Course) -> None:
    phone = await opened(course)
    await phone.types(TITLE)
    await phone.taps("整张不要了")
    assert "再点一次" in phone.screen.text, "one slip of a finger loses nothing"
    await phone.types("张三家门口")
    assert "再点一次" not in phone.screen.text
    await phone.taps("整张不要了")
    await phone.taps("整张不要了")
    await phone.types("/propose")
    assert "什么身份" in phone.screen.text and "接着上次" not in phone.screen.text
    await phone.taps("居民")
    await phone.taps("小区、楼道")
    await whole(phone)
    await phone.taps("发出去")
    await phone.types("/propose")
    assert "什么身份" in phone.screen.text and "接着上次" not in phone.screen.text


async def test_markup_and_other_nasty_words_are_shown_as_typed(course: Course) -> None:
    phone = await opened(course)
    await phone.types("<b>灯</b> & \u202e{ $x }")
    await phone.taps("上一步")
    assert "&lt;b&gt;灯&lt;/b&gt; &amp; { $x }" in phone.screen.text


def crowd(course: Course) -> None:
    """Sixty more people in the building."""

    def move_in(uow: Any) -> None:
        for number in range(60):
            uow.add(Account(id=9000 + number))
            uow.add(Person(community_id=course.community_id, name=f"住户{number:02}", label=f"6-{number:02}"))

    course.database.write_now(move_in)


async def test_a_long_list_is_paged_filtered_and_searched(course: Course) -> None:
    crowd(course)
    course.to_review()
    phone = Phone(course, "recorder")
    shown = phone.bot.add("page", None)
    await phone.sends(f"step:{course.topic_id}:approve_topic", shown.id)
    for words in ("属于目录", "C.2.3", "安全", "不违反"):
        await phone.taps(words)
    assert any("1-101" in one for one in phone.screen.buttons[:10]), "the proposer stands among the usual ones"
    assert "第 1 页，共 7 页" in phone.screen.text and not any("上一页" in one for one in phone.screen.buttons)
    await phone.taps("下一页")
    assert "第 2 页" in phone.screen.text
    for _ in range(5):
        await phone.taps("下一页")
    assert not any("下一页" in one for one in phone.screen.buttons)
    await phone.taps("上一页")
    await phone.types("住户5")
    assert "有 10 个" in phone.screen.text and any("住户59" in one for one in phone.screen.buttons)
    await phone.taps("看全部")
    await phone.taps("只看 居委会")
    assert [one for one in phone.screen.buttons if "🔍" not in one][:3] == ["居委会冯兰", "居委会王磊", "居委会郑洁"]
    await phone.types("查无此人")
    assert "没有找到“查无此人”" in phone.screen.text
    await phone.taps("看全部")
    await phone.types("周文")
    await phone.taps("周文")
    assert "记录员" in phone.screen.text and ACCOUNTS["recorder"] == phone.account
