"""What texts are found by and questions understood as: both scripts, short words, dates, the sentence shown."""

from datetime import date

import pytest

from services.text import Reader
from services.text.normal import normaliser
from services.text.search import Question, passages, question, score, tokens, word_tokens

ON = date(2025, 4, 2)


def findable(text: str, asked: Question, on: date = ON) -> bool:
    """Whether the text has all that the question looks for."""
    has = set(tokens(normaliser().plain(text).text, on).split())
    return has.issuperset({*asked.days, *(token for word in asked.words for token in word_tokens(word))})


@pytest.mark.parametrize(
    ("typed", "words", "days"),
    [
        ("漏水", ("漏水",), 0),
        ("屋頂", ("屋顶",), 0),
        ("电梯 补偿", ("电梯", "补偿"), 0),
        ("加装电梯", ("加装", "电梯"), 0),
        ("的", (), 0),
        ("狗", ("狗",), 0),
        ("2025年3月", (), 1),
        ("2026年 電梯", ("电梯",), 1),
        ("Wi-Fi", ("wi", "fi"), 0),
        ("", (), 0),
        ("？！", (), 0),
        ("#c2", ("c2",), 0),
        ("' | '电梯", ("电梯",), 0),
        ('" OR "电梯', ("or", "电梯"), 0),
    ],
)
def test_a_question_is_its_telling_words_and_its_dates(
    reader: Reader, typed: str, words: tuple[str, ...], days: int
) -> None:
    asked = question(typed, reader.finder.cutter)
    assert asked.words == words and len(asked.days) == days and bool(asked) == bool(words or days)


def test_without_a_cutter_words_end_at_blanks() -> None:
    assert question("电梯补偿 一樓", None).words == ("电梯补偿", "一楼")


def test_a_question_has_few_words() -> None:
    assert len(question(" ".join("甲乙丙丁戊己庚辛壬癸"), None).words) <= 8


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("关于电梯补偿的公告", "電梯", True),
        ("關於電梯補償的公告", "电梯 补偿", True),
        ("遛狗须牵绳", "狗", True),
        ("装 Wi-Fi6 路由", "fi6", True),
        ("屋顶漏水", "2025年4月", True),
        ("屋顶漏水", "2025-04-02", True),
        ("屋顶漏水", "4月2日", True),
        ("屋顶漏水", "4月", True),
        ("屋顶漏水", "2025年", True),
        ("屋顶漏水", "2026年4月", False),
        ("屋顶漏水", "4月3日", False),
        ("定于2026年3月15日协商", "3月15日", True),
        ("定于2026年3月15日协商", "2026年3月", True),
        ("定于3月15日协商", "3月15日", True),
        ("3-4楼漏水", "3月", False),
        ("游泳馆", "游泳池", False),
        ("c2 #c2", "#c2", True),
    ],
)
def test_texts_are_found_by_words_and_dates(text: str, typed: str, found: bool) -> None:
    assert findable(text, question(typed, None)) is found


def test_no_word_of_a_text_is_a_mark() -> None:
    marks = {token for token in tokens("#c1 #d2026", ON).split() if token.startswith("#")}
    assert marks == {token for token in tokens("", ON).split() if token.startswith("#")} | {"#d2026--"} - {"#d2026--"}


def shown(words: tuple[str, ...], text: str) -> str:
    """The sentence with what was found in brackets."""
    return "".join(f"[{one.text}]" if one.found else one.text for one in passages(words, text))


def test_the_sentence_with_most_words_is_shown_as_it_was_written() -> None:
    text = "關於電梯。四單元加裝電梯，一樓補償標準公示七天。七天后没有异议再动工。"
    assert shown(("补偿", "电梯"), text) == "四單元加裝[電梯]，一樓[補償]標準公示七天。"
    assert shown((), text) == "關於電梯。"
    assert shown(("漏水",), "") == ""


def test_the_sentence_that_names_the_date_is_shown_and_the_date_stands_out() -> None:
    text = "加裝電梯\n四單元想裝。2026年3月15日問過一次,沒談攏。3-4楼都去了。"
    for typed in ("3月15日", "2026年3月", "2026年"):
        seen = passages((), text, question(typed, None).days)
        assert "".join(f"[{one.text}]" if one.found else one.text for one in seen) == "[2026年3月15日]問過一次,沒談攏。"
    assert passages((), text, question("5月", None).days)[0].text == "加裝電梯"


def test_a_long_sentence_is_cut_around_the_first_word() -> None:
    long = "路" * 200 + "电梯" + "灯" * 200
    seen = shown(("电梯",), long)
    assert seen.startswith("…路") and "[电梯]" in seen and seen.endswith("灯…") and len(seen) < 100


def test_words_in_the_title_and_in_one_sentence_weigh_more() -> None:
    words = ("电梯", "补偿")
    assert score(words, "电梯补偿\n说说") > score(words, "别的\n电梯补偿") > score(words, "别的\n电梯。补偿")
    assert score(words, "别的") == 0
