"""What the text room suggests in form B.1 and in the review: shown with its words, never in the way."""

import html
import re

import pytest

from bot.views.words import words as sentences
from dialogs import suggesting
from services.text import AnnexWarning, NotAMatter, Suggestion, TopicReading, load
from services.text.words import load_words
from storage.tables import Draft, Example, Topic
from tests.dialogs.phone import Phone
from tests.services.course import Course

LAMP = ("三号楼道口装感应灯", "三号楼道口的灯坏了半年，老人晚上看不清台阶")
PARK = ("村口建个小公园", "大家没地方去")
LEVY = "村里出资，每人捐款五十块，出工三天"
TAP = ("我家水龙头漏水", "师傅什么时候来修一下")


async def opened(course: Course, who: str = "r101") -> Phone:
    """/propose, with the text room open."""
    phone = Phone(course, who)
    phone.desk.reader = load()
    await phone.types("/propose")
    return phone


async def told(course: Course, title: str, reason: str, who: str = "r101") -> Phone:
    """As a resident of a building, up to the reason."""
    phone = await opened(course, who)
    for words in ("居民", "小区、楼道"):
        await phone.taps(words)
    await phone.types(title)
    await phone.types(reason)
    return phone


async def to_item(course: Course, title: str, reason: str, proposal: str = "换成声控灯") -> Phone:
    """Up to the question of the catalogue."""
    phone = await told(course, title, reason)
    await phone.types(proposal)
    await phone.taps("跳过这一项")
    return phone


def quoted(phone: Phone) -> list[str]:
    """The words given as reasons on the screen."""
    return [
        html.unescape(word)
        for word in re.findall(r"“([^“”]+)”", phone.screen.text)
        if word not in ("五议两公开", "说不准")
    ]


def data_of(phone: Phone, words: str) -> str:
    """What the button with these words sends."""
    rows = phone.screen.markup.inline_keyboard if phone.screen.markup else []
    return next(str(button.callback_data) for row in rows for button in row if words in button.text)


def topic(course: Course) -> Topic:
    """The one there is."""
    (found,) = course.read(lambda uow: uow.all(Topic))
    return found


def example(course: Course, chooser: str = "proposer") -> Example:
    """What was kept of this choice."""
    row = course.read(lambda uow: uow.first(Example, chooser=chooser))
    assert row is not None
    return row


async def test_three_items_come_first_with_the_persons_own_words(course: Course) -> None:
    phone = await to_item(course, *LAMP)
    offered = [button for button in phone.screen.buttons if "（C." in button]
    assert len(offered) == 3 and "C.2.3" in offered[0]
    assert "“楼道”" in phone.screen.text
    assert all(word in "\n".join(LAMP) for word in quoted(phone)) and quoted(phone)


async def test_all_items_of_the_row_are_one_tap_away(course: Course) -> None:
    phone = await to_item(course, *LAMP)
    await phone.taps("其他类别")
    offered = {code for button in phone.screen.buttons for code in re.findall(r"C\.[\d.]+\d", button)}
    assert {"C.2.1", "C.2.2", "C.2.3"} <= offered
    assert not any("其他类别" in button for button in phone.screen.buttons)
    await phone.taps("C.2.1")
    await phone.taps("上一步")
    assert "您写的是" in phone.screen.text and any("其他类别" in button for button in phone.screen.buttons)


async def test_a_typed_word_looks_through_all_items(course: Course) -> None:
    phone = await to_item(course, *LAMP)
    await phone.types("宠物")
    assert [button for button in phone.screen.buttons if "（C." in button] == ["垃圾、宠物、绿化、设施、噪音（C.2.2）"]
    await phone.taps("看全部")
    assert any("C.2.1" in button for button in phone.screen.buttons)


async def test_a_suggestion_of_another_row_brings_its_row_along(course: Course) -> None:
    phone = await to_item(course, "小区门口装充电桩", "电动车没处充电，有人飞线充电，怕着火")
    await phone.taps("C.1.2")
    for words in ("都不是", "不留", "发出去"):
        await phone.taps(words)
    assert (topic(course).catalogue, topic(course).table_row) == ("C.1.2", 1)


async def test_only_what_the_subject_may_propose_is_suggested(course: Course) -> None:
    phone = await to_item(course, "物业费为什么又涨", "物业公司服务差，物业合同没给大家看")
    offered = " ".join(button for button in phone.screen.buttons if "（C." in button)
    assert offered and "C.3" not in offered and "C.4" not in offered


async def test_annex_d_is_warned_of_with_its_words_and_the_person_answers(course: Course) -> None:
    phone = await to_item(course, *PARK, LEVY)
    await phone.taps("C.1.6")
    assert "不走协商" in phone.screen.text and "D.h" in phone.screen.text
    assert all(word in "\n".join((*PARK, LEVY)) for word in quoted(phone)) and quoted(phone)
    assert len([button for button in phone.screen.buttons if "（D." in button]) == 9
    for words in ("都不是", "不留", "发出去"):
        await phone.taps(words)
    assert topic(course).annex is None
    assert (example(course).item, example(course).annex) == ("C.1.6", None)
    assert example(course).suggested["annex"] == "D.h"


async def test_what_belongs_elsewhere_is_told_where_to_go_at_once(course: Course) -> None:
    phone = await told(course, *TAP)
    assert "像是要<b>报修</b>" in phone.screen.text and "“漏水”" in phone.screen.text
    assert "仍然提出" in phone.screen.buttons[0] and any("不提了（草稿保留）" in one for one in phone.screen.buttons)


async def test_who_leaves_it_finds_the_draft_again_and_is_asked_again(course: Course) -> None:
    phone = await told(course, *TAP)
    await phone.taps("不提了")
    assert "都替您存着" in phone.screen.text
    draft = course.read(lambda uow: uow.first(Draft, kind="propose"))
    assert draft is not None and draft.fields["title"] == TAP[0] and draft.submitted_at is None
    await phone.types("/propose")
    assert "报修" in phone.screen.text
    assert course.read(lambda uow: uow.count(Topic)) == 0


async def test_who_raises_it_anyway_is_not_stopped_and_the_committee_knows(course: Course) -> None:
    phone = await told(course, *TAP)
    await phone.taps("仍然提出")
    await phone.types("请物业三天内来修")
    await phone.taps("跳过这一项")
    for words in ("C.2.2", "都不是", "不留"):
        await phone.taps(words)
    assert "仍然提出" in phone.screen.text
    await phone.taps("发出去")
    assert topic(course).stage == "proposed" and example(course).suggested["elsewhere"] == "repair"


async def test_another_reason_asks_anew_or_not_at_all(course: Course) -> None:
    phone = await told(course, *TAP)
    await phone.taps("仍然提出")
    await phone.taps("上一步")
    await phone.taps("上一步")
    await phone.types("楼道水管老化，三户人家渗水，怎么一起换")
    await phone.taps("上一步")
    await phone.taps("上一步")
    await phone.types("三号楼楼道的水管")
    assert "您看怎么办好" in phone.screen.text
    draft = course.read(lambda uow: uow.first(Draft, kind="propose"))
    assert draft is not None and draft.fields["matter"] is None


@pytest.mark.parametrize(
    ("title", "reason", "figures"),
    [
        ("有人晕倒在楼下", "快来人，叫不醒了", ("110", "119", "120", "12345")),
        ("不想活了", "活着没意思，天天睡不着", ("12356",)),
        ("老板拖欠工资", "三个月工资没发", ("12333",)),
        ("网店不退款", "买的鞋是假货，客服不理", ("12315",)),
        ("接到公检法电话", "让我转账，是不是诈骗", ("96110",)),
    ],
)
async def test_the_right_number_is_given(course: Course, title: str, reason: str, figures: tuple[str, ...]) -> None:
    phone = await told(course, title, reason)
    assert all(figure in phone.screen.text for figure in figures)
    assert "仍然提出" in phone.screen.buttons[0]


async def test_who_is_in_despair_is_not_shown_their_words_taken_apart(course: Course) -> None:
    phone = await told(course, "不想活了", "活着没意思，天天睡不着")
    assert "12356" in phone.screen.text and quoted(phone) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_suggested_is_said_in_both_languages_and_escaped(language: str) -> None:
    say = sentences(language)
    suggestion = Suggestion("C.2.3", 0.9, ("<b>楼道</b>", "灯"))
    reading = TopicReading(
        (suggestion,), AnnexWarning("D.h", 0.5, ("集\u202e资",)), NotAMatter("repair", 0.9, ("修",)), ()
    )
    said = [*suggesting.items(say, reading.suggestions), *suggesting.warning(say, reading)]
    shown = "\n".join([*said, *suggesting.elsewhere(say, reading)])
    assert "“&lt;b&gt;楼道&lt;/b&gt;”" in shown and "“灯”" not in shown and "“修”" in shown
    assert "\u202e" not in shown and "C.2.3" in shown and "D.h" in shown


def test_every_kind_of_elsewhere_has_its_word() -> None:
    assert len(load_words().elsewhere) == 12


async def test_without_a_reader_the_form_is_as_it_was(course: Course) -> None:
    phone = Phone(course, "r101")
    await phone.types("/propose")
    for words in ("居民", "小区、楼道"):
        await phone.taps(words)
    for text in (*TAP, "请物业来修"):
        await phone.types(text)
    await phone.taps("跳过这一项")
    assert [button for button in phone.screen.buttons if "（C." in button] and "💡" not in phone.screen.text
    for words in ("C.2.2", "都不是", "不留", "发出去"):
        await phone.taps(words)
    assert example(course).suggested == {}


async def test_a_reader_that_comes_in_the_middle_takes_nothing_back(course: Course) -> None:
    phone = Phone(course, "r101")
    await phone.types("/propose")
    for words in ("居民", "小区、楼道"):
        await phone.taps(words)
    for text in (*TAP, "请物业来修"):
        await phone.types(text)
    skip = data_of(phone, "跳过")
    phone.desk.reader = load()
    await phone.sends(skip, phone.screen.id)
    assert "报修" in phone.screen.text, "the window is drawn anew: the question is new"
    draft = course.read(lambda uow: uow.first(Draft, kind="propose"))
    assert draft is not None and draft.fields["proposal"] == "请物业来修" and draft.fields.get("other") is None


async def test_markup_and_turned_text_in_the_words_do_no_harm(course: Course) -> None:
    phone = await to_item(course, "<b>狗</b>半夜叫", "隔壁的狗\u202e半夜叫，<a href='x'>大家</a>睡不好，遛狗不牵绳")
    await phone.taps("上一步")
    await phone.taps("跳过这一项")
    shown = phone.screen.text
    assert "\u202e" not in shown and "<b>狗" not in shown and "<a " not in shown and quoted(phone)


@pytest.mark.parametrize("data", ["C.9.9", "~more", "D.h", "C.4.1"])
async def test_a_forged_choice_changes_nothing(course: Course, data: str) -> None:
    phone = await to_item(course, *LAMP)
    own = data_of(phone, "C.2.3")
    await phone.sends(own.replace("C.2.3", data), phone.screen.id)
    draft = course.read(lambda uow: uow.first(Draft, kind="propose"))
    assert draft is not None and draft.fields.get("item") is None and "最像哪一类" in phone.screen.text


async def test_a_forged_look_at_a_topic_shows_nothing(course: Course) -> None:
    course.proposes("r102", title="广场舞的音响", reason="晚上十点还在跳")
    other = course.read(lambda uow: uow.first(Topic))
    phone = await to_item(course, *LAMP)
    for words in ("C.2.3", "都不是", "不留"):
        await phone.taps(words)
    rows = phone.screen.markup.inline_keyboard if phone.screen.markup else []
    own = next(str(button.callback_data) for row in rows for button in row if "~edit-" in str(button.callback_data))
    review = phone.screen
    for choice in ("~see-x", "~see-²", "~see-", "~see-" + "9" * 30, f"~see-{other.id if other else 0}"):
        await phone.sends(f"{own.split('~edit-')[0]}{choice}", review.id)
    assert phone.screen is review, "no page, no apology"
