"""Names and texts from people: what is taken out, what stays, how long they may be; and what typed words mean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.errors import RuleBroken
from procedure.terms import Stance
from procedure.text import clean_name, clean_text, utf16_length, visible
from procedure.typed import Command, CommandKind, almost_a_vote, read

FAMILY = "👨\u200d👩\u200d👧"
INVISIBLE = [
    *(chr(code) for code in range(0x202A, 0x202F)),
    *(chr(code) for code in range(0x2066, 0x206A)),
    *"\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u061c\ufeff\u3164\u2800\u115f\U000e0041\ufe0f",
    *"\x00\x01\x07\x08\x1b\x7f\x9f",
    "\ud83d",
    "\udc00",
]


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_invisible_characters_go(character: str) -> None:
    assert visible(f"{character}张{character * 2}三").replace("张\ufe0f", "张") == "张三"
    with pytest.raises(RuleBroken) as refused:
        clean_name(f" {character} ")
    assert refused.value.code == "empty_name"


@pytest.mark.parametrize(
    "text",
    [FAMILY, "❤️", "👍🏽", "🧑🏽\u200d🌾", "🏳️\u200d🌈", "🙋\u200d♀️", "👩\u200d⚕️", "葛\U000e0100", "é", "ا", "🇨🇳", "𠮷"],
)
def test_visible_characters_stay(text: str) -> None:
    assert visible(text) == text
    assert clean_name(text) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\u200db", "ab"),  # a joiner between letters only hides
        ("👨\u200d", "👨"),
        ("\u200d👨", "👨"),
        ("👨\u200d\u200d👩", "👨\u200d👩"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f"),
        ("e\u200b\u0301", "é"),
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"),
        ("甲\t乙", "甲 乙"),
    ],
)
def test_visible(raw: str, expected: str) -> None:
    assert visible(raw) == expected


TRICKY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="张a😀👍🏽❤e\u0301\u200d\ufe0f\u202e\u200b\u3164\U000e0100 \r\n\t\ud83d", max_size=20),
)


@given(TRICKY)
def test_cleaning_is_done_once(raw: str) -> None:
    assert visible(visible(raw)) == visible(raw)
    assert unicodedata.is_normalized("NFC", visible(raw))


@given(TRICKY, st.integers(2, 40))
def test_a_name_is_one_line_within_its_limit_or_refused(raw: str, limit: int) -> None:
    try:
        name = clean_name(raw, limit)
    except RuleBroken as refused:
        assert refused.code == "empty_name"
        assert not visible(raw).split()
        return
    assert 0 < utf16_length(name) <= limit
    assert name == " ".join(name.split())
    name.encode()


@pytest.mark.parametrize(
    ("raw", "limit", "expected"),
    [
        ("  张   三 \n", 32, "张 三"),
        ("一" * 32, 32, "一" * 32),
        ("一" * 33, 32, "一" * 31 + "…"),
        ("😀" * 16, 32, "😀" * 16),
        ("😀" * 17, 32, "😀" * 15 + "…"),
        (FAMILY, 7, "👨\u200d👩…"),
        (FAMILY, 6, "👨\u200d👩…"),
        (FAMILY, 5, "👨…"),
        ("<b>王五</b>", 32, "<b>王五</b>"),  # escaping is the business of whoever shows it
    ],
)
def test_clean_name(raw: str, limit: int, expected: str) -> None:
    assert clean_name(raw, limit) == expected


def test_a_name_has_32_units_unless_said_otherwise() -> None:
    assert clean_name("一" * 33) == "一" * 31 + "…"


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("a", 1), ("议", 1), ("😀", 2), ("𠮷", 2), (FAMILY, 8), ("\uffff", 1), ("\U00010000", 2)],
)
def test_utf16_length(text: str, length: int) -> None:
    assert utf16_length(text) == length == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  同意  \n", "同意"),
        ("一\n\n\n\n二", "一\n\n二"),
        ("一  \n二", "一\n二"),
        ("\n\n一", "一"),
        ("\u202e恶作剧\u202c", "恶作剧"),
    ],
)
def test_clean_text(raw: str, expected: str) -> None:
    assert clean_text(raw, limit=300, field="text") == expected


@pytest.mark.parametrize("raw", ["", "   ", "\n", "\u200b\u202e"])
def test_an_empty_text_is_refused(raw: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        clean_text(raw, limit=300, field="reason")
    assert (refused.value.code, refused.value.facts) == ("empty_text", {"field": "reason"})


@pytest.mark.parametrize(("character", "size"), [("一", 1), ("😀", 2)])
def test_a_text_is_never_cut_but_refused_with_its_length(character: str, size: int) -> None:
    fits = character * (300 // size)
    assert clean_text(fits, limit=300, field="text") == fits
    with pytest.raises(RuleBroken) as refused:
        clean_text(fits + character, limit=300, field="text")
    assert refused.value.code == "text_too_long"
    assert refused.value.facts == {"field": "text", "limit": 300, "length": 300 + size}


CHECK_IN = Command(CommandKind.CHECK_IN)
LOWER = Command(CommandKind.LOWER_HAND)
RAISE_FOR, RAISE_AGAINST = (Command(CommandKind.RAISE_HAND, stance) for stance in (Stance.FOR, Stance.AGAINST))
VOTE_FOR, VOTE_AGAINST, VOTE_ABSTAIN = (Command(CommandKind.VOTE, stance) for stance in Stance)
WORDS = [
    ("签到", CHECK_IN),
    ("簽到", CHECK_IN),
    ("举手赞成", RAISE_FOR),
    ("舉手贊成", RAISE_FOR),
    ("举手反对", RAISE_AGAINST),
    ("舉手反對", RAISE_AGAINST),
    ("放下", LOWER),
    ("放下手", LOWER),
    ("赞成", VOTE_FOR),
    ("贊成", VOTE_FOR),
    ("反对", VOTE_AGAINST),
    ("反對", VOTE_AGAINST),
    ("弃权", VOTE_ABSTAIN),
    ("棄權", VOTE_ABSTAIN),
    ("讚成", VOTE_FOR),
    ("舉手赞成", RAISE_FOR),
]


@pytest.mark.parametrize(("word", "command"), WORDS)
@pytest.mark.parametrize(
    "pattern", ["{}", " {} ", "{}。", "{}！！", "{}!", "{}. ", "{}~", "\u3000{}\n", "\u200b{}", "「{}」", "{},"]
)
def test_typed_words(word: str, command: Command, pattern: str) -> None:
    assert read(pattern.format(word)) == command
    assert read(word[:1] + " " + word[1:]) == command


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "我赞成",
        "不赞成",
        "赞成吗?",
        "赞成？",
        "赞成,但是",
        "举手",
        "举手弃权",
        "赞成\n反对",
        "“赞成”",
        "/签到",
        "签到了",
    ],
)
def test_a_sentence_is_no_command(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "almost"),
    [
        ("我赞成", True),
        ("同意!", True),
        ("我家支持", True),
        ("“赞成”", True),
        ("贊成嗎?", True),
        ("赞成", False),
        ("举手反对。", False),
        ("大家好", False),
        ("", False),
        ("反对\n反对", False),
        ("上次开会的时候我是反对的,后来想通了", False),
    ],
)
def test_almost_a_vote(text: str, almost: bool) -> None:
    """Short lines by which somebody may believe they have voted; what counts, and what is a speech, is none."""
    assert almost_a_vote(text) is almost


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("程序异议:还没念规则", "还没念规则"),
        ("程序異議:規則沒念", "規則沒念"),
        ("程序异议 超时了。", "超时了"),
        ("程序异议\n第一,没念规则", "第一,没念规则"),
        (" 程序异议", ""),
        ("程序异议。", ""),
    ],
)
def test_a_point_of_order_says_in_its_own_words_what_is_wrong(text: str, words: str) -> None:
    assert read(text) == Command(CommandKind.POINT, words=words)


@pytest.mark.parametrize("text", ["程序异议书", "我有程序异议:超时", "程序", "什么叫程序异议", "程序异议?"])
def test_what_only_speaks_of_a_point_of_order_raises_none(text: str) -> None:
    assert read(text) is None
