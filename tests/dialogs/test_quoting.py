"""The draft of what was said: drawn, looked at, each sentence taken or left, then on to the opinion."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.views import quoting as lines
from bot.views.codec import pack
from bot.views.rendered import shown_length
from bot.views.words import words
from procedure.wording import OBJECTIONS_LIMIT
from services import drafts
from services.quoting import Spoken
from services.text import Reader, load
from services.text.summary import Quotation
from storage.tables import Content
from tests.dialogs.phone import Phone, Shown
from tests.services.speeches import TalkingRoom
from tests.services.stages import Shelf, begin


@pytest.fixture
def room(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[TalkingRoom]:
    """The demo community, in which people speak."""
    yield from begin(TalkingRoom, engine, shelf, lambda: request.getfixturevalue("database"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader that ships."""
    return load()


@pytest.fixture
def recorder(room: TalkingRoom, reader: Reader) -> Phone:
    """The discussion is over, the reader lies on the desk."""
    room.to_spoken()
    phone = Phone(room, "recorder")
    phone.desk.reader = reader
    return phone


async def opened(phone: Phone) -> Phone:
    """A tap on the console's button."""
    shown = phone.bot.add("console", None)
    await phone.sends(pack("quote_form", phone.room.id), shown.id)
    return phone


def drafted(phone: Phone) -> dict[str, Any]:
    facts = {"kind": "wording", "subject": "meeting", "subject_id": phone.room.id}
    found = phone.room.door.act_now(drafts.read, phone.room.actor("recorder"), None, **facts).facts["fields"]
    assert isinstance(found, dict)
    return found


def numbers(shown: Shown, mark: str) -> list[str]:
    return [button for button in shown.buttons if button.startswith(mark) and button[-1].isdecimal()]


async def test_the_draft_shows_keywords_sides_and_the_way_to_each_message(recorder: Phone) -> None:
    await opened(recorder)
    text = recorder.screen.text
    assert "都是大家的原话" in text and "充电（3 人）" in text and "都是大家的原话" in text
    assert "<b>赞成</b>（2 人发言）" in text and "<b>反对</b>（2 人发言）" in text
    assert "1-201（第 2 个发言）：“" in text and "骗子" not in text
    assert text.count('<a href="https://t.me/c/9/') == len(numbers(recorder.screen, "▫️")) >= 4
    assert not any("用作" in button for button in recorder.screen.buttons), "nothing is chosen yet"


async def test_sentences_are_taken_one_by_one_and_go_to_the_opinion(recorder: Phone) -> None:
    await opened(recorder)
    await recorder.taps("▫️ 1")
    await recorder.taps("▫️ 3")
    await recorder.taps("✅ 1")
    assert numbers(recorder.screen, "✅") == ["✅ 3"]
    await recorder.taps("用作主要意见摘要（1 句）")
    assert "选的 1 句放进协商意见" in recorder.screen.text and recorder.screen.buttons == ["写协商意见"]
    kept = drafted(recorder)["objections"]
    assert kept.count("\n") == 0 and "“" in kept
    await recorder.taps("写协商意见")
    await recorder.taps("就用提出人的建议")
    await recorder.types("物业公司")
    await recorder.taps("30 天内")
    assert kept in recorder.screen.text, "the quotation is looked at once more"
    await recorder.taps("就这样，下一步")
    await recorder.taps("发出去")
    assert recorder.room.meeting.wording["objections"] == kept


async def test_all_and_none(recorder: Phone) -> None:
    await opened(recorder)
    count = len(numbers(recorder.screen, "▫️"))
    await recorder.taps("全部选上")
    assert len(numbers(recorder.screen, "✅")) == count
    await recorder.taps("都不选")
    assert len(numbers(recorder.screen, "▫️")) == count and "用作" not in "".join(recorder.screen.buttons)


async def test_a_correction_starts_from_the_opinion_that_stands(recorder: Phone) -> None:
    recorder.room.post()
    await opened(recorder)
    await recorder.taps("▫️ 1")
    await recorder.taps("用作主要意见摘要")
    await recorder.taps("写协商意见")
    assert "担心噪音" in recorder.screen.text and "“" in recorder.screen.text
    await recorder.taps("就这样，下一步")
    assert "在南门东侧建充电点" in recorder.screen.text and "请看一遍" in recorder.screen.text


async def test_all_speeches_and_back(recorder: Phone) -> None:
    await opened(recorder)
    await recorder.taps("▫️ 2")
    await recorder.taps("看全部发言")
    text = recorder.screen.text
    assert "<b>1. 1-102</b>（赞成）：电动车上楼" in text and "骗子" in text and text.count("群里位置") == 5
    await recorder.taps("上一步")
    assert numbers(recorder.screen, "✅") == ["✅ 2"]


async def test_what_was_chosen_is_kept_until_the_next_time(recorder: Phone) -> None:
    await opened(recorder)
    await recorder.taps("▫️ 2")
    await recorder.taps("先存着")
    assert "都替您存着" in recorder.screen.text
    again = Phone(recorder.room, "recorder")
    again.desk.reader = recorder.desk.reader
    await opened(again)
    assert numbers(again.screen, "✅") == ["✅ 2"]
    await again.taps("整张不要了")
    await opened(again)
    assert numbers(again.screen, "✅") == []


async def test_before_the_reader_is_there(recorder: Phone) -> None:
    reader, recorder.desk.reader = recorder.desk.reader, None
    await opened(recorder)
    assert "还没有读完" in recorder.screen.text
    await recorder.taps("看全部发言")
    assert "1-102" in recorder.screen.text
    await recorder.taps("上一步")
    recorder.desk.reader = reader
    await recorder.taps("再试一次")
    assert numbers(recorder.screen, "▫️")


async def test_a_discussion_without_a_word(room: TalkingRoom, reader: Reader) -> None:
    phone = Phone(room, "recorder")
    phone.desk.reader = reader
    room.to_wording()
    await opened(phone)
    assert "赞成</b>：没有人发言" in phone.screen.text and "反对</b>：没有人发言" in phone.screen.text
    await phone.taps("看全部发言")
    assert "没有人发言" in phone.screen.text


async def test_erased_words_leave_the_open_draft(recorder: Phone) -> None:
    await opened(recorder)
    count = len(numbers(recorder.screen, "▫️"))

    def erase(uow: Any) -> None:
        for row in uow.all(Content):
            if row.text and "充电棚要快点建" in row.text:
                row.text = None

    recorder.room.database.write_now(erase)
    await recorder.taps("全部选上")
    assert len(numbers(recorder.screen, "✅")) < count and "充电棚要快点建" not in recorder.screen.text
    await recorder.taps("看全部发言")
    assert "（已删除）" in recorder.screen.text


async def test_more_than_the_opinion_holds_is_refused_and_nothing_lost(recorder: Phone) -> None:
    saved = {"kind": "wording", "subject": "meeting", "subject_id": recorder.room.id}
    fields = {"objections": "长" * (OBJECTIONS_LIMIT - 5)}
    recorder.room.door.act_now(drafts.save, recorder.room.actor("recorder"), None, fields=fields, **saved)
    await opened(recorder)
    await recorder.taps("全部选上")
    await recorder.taps("用作主要意见摘要")
    assert f"最多 {OBJECTIONS_LIMIT} 字" in recorder.screen.text and numbers(recorder.screen, "✅")


@pytest.mark.parametrize("who", ["r102", "supervisor"])
async def test_others_are_refused(recorder: Phone, who: str) -> None:
    phone = Phone(recorder.room, who)
    await opened(phone)
    assert phone.log.toasts[-1] and phone.screen.text == "console"


async def test_a_forged_or_stale_choice_changes_nothing(recorder: Phone) -> None:
    await opened(recorder)
    shown, rows = recorder.screen, recorder.screen.markup
    assert rows is not None
    data = next(b.callback_data or "" for row in rows.inline_keyboard for b in row if b.text == "▫️ 1")
    head = data[: data.index("pick-")]
    for forged in ("999.0", "1.1", "x", "", "1.0.0", "-1.-1"):
        await recorder.sends(f"{head}pick-{forged}", shown.id)
    assert numbers(recorder.screen, "✅") == []
    await recorder.taps("▫️ 1")
    await recorder.taps("用作")
    await recorder.sends(data, shown.id)
    assert drafted(recorder)["objections"].count("\n") == 0


def spoken(number: int, text: str | None, **more: Any) -> Spoken:
    facts: dict[str, Any] = {"key": number, "message_id": number, "addendum": 0, "kind": "text", "person_id": number}
    facts |= {"label": f"1-{number}<i>", "turn": number, "side": "for", "text": text, "sent_at": "", "url": None}
    return Spoken(**(facts | more))


def test_pages_hold_everything_within_what_telegram_takes() -> None:
    say = words("zh")
    blocks = [lines.speech_line(say, spoken(number, "<b>😀&" * 400)) for number in range(1, 40)]
    pages = lines.paged(blocks)
    assert [number for page in pages for number in page] == list(range(39)) and len(pages) > 5
    assert all(shown_length("\n".join(blocks[number] for number in page)) <= lines.PAGE_ROOM for page in pages)
    assert lines.paged([]) == [[]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_people_wrote_is_shown_harmless(language: str) -> None:
    say = words(language)
    one = spoken(3, "<b>物业</b> & שלום", addendum=1, url="https://t.me/c/9/3")
    line = lines.quotation_line(say, 1, one, Quotation(3, 0, len(one.text or "")), taken=True)
    assert "&lt;b&gt;物业&lt;/b&gt; &amp; " in line and "\u2068" in line and "1-3&lt;i&gt;" in line
    assert '<a href="https://t.me/c/9/3">' in line and "1." in line
    assert say("quote-erased") in lines.speech_line(say, spoken(4, None))
    assert say("quote-wordless") in lines.speech_line(say, spoken(4, "", kind="voice"))
