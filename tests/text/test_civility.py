"""Civility (5.5.2 e): at people, not at matters; disguises are seen through; the words are shown."""

from functools import partial

import pytest

from procedure.civility import spans_of
from services.text import Reader
from tests.support.effort import at_most

TRICKS = [
    "你个沙比",
    "你就是个傻*",
    "s b 一个",
    "你是不是 n c 啊",
    "脑 残 就 别 说 话",
    "你 是 猪 吗",
    "你就是个🐷",
    "傻🌸瓜，你懂什么",
    "ni zhen chun",
    "你真是个辣鸡",
    "你個蠢貨，閉嘴",
    "煞笔，滚出去",
    "你这人就是l j",
    "物业的t u o又来了",
    "收💰了吧，这么帮物业说话",
    "你就是物业请来的拖",
    "信不信我现在就揍 你",
    "g u a 花你的车信不信",
    "今晚一把🔥点了你家",
]

MATTERS = [
    "这个方案蠢得离谱，请重写",
    "物业费贵得要死，账目还不公开",
    "投票系统就是垃圾，点一次退一次",
    "业委会的账一塌糊涂，请审计",
    "霸王条款，强盗逻辑，合同必须改",
    "他刚才骂我傻，请主持人提醒一下",
    "“你拿了好处”这句话请撤回",
    "再不公布账目，我就去街道投诉",
    "晚上走楼道小心点，灯坏了",
    "请问托班一个月多少钱",
    "我不同意，理由是噪音没测",
    "垃 圾 桶 少 了 两 个",
]


@pytest.mark.parametrize("text", TRICKS)
def test_disguised_abuse_is_seen_and_shown_as_it_was_written(reader: Reader, text: str) -> None:
    found = reader.civility(text)
    assert found.flag
    assert found.kind in ("ATTACK", "MOTIVE", "THREAT")
    assert found.words
    assert all(word in text for word in found.words)


@pytest.mark.parametrize("text", MATTERS)
def test_sharp_words_about_matters_and_reports_of_abuse_are_no_flag(reader: Reader, text: str) -> None:
    found = reader.civility(text)
    assert not found.flag
    assert found.kind is None
    assert found.words == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你这个废物，闭嘴", "ATTACK"),
        ("你拿了开发商多少回扣，这么帮腔", "MOTIVE"),
        ("你再停我车位，我就把你轮胎扎破", "THREAT"),
    ],
)
def test_the_three_kinds_are_told_apart(reader: Reader, text: str, kind: str) -> None:
    assert reader.civility(text).kind == kind


def test_quotation_marks_are_no_cloak_without_a_report(reader: Reader) -> None:
    assert reader.civility("你就是个“蠢货”").flag
    assert not reader.civility("请把“你是蠢货”这句话撤回").flag


@pytest.mark.parametrize("text", ["", " ", "👍👍", "123", "？", "\u200b"])
def test_nothing_written_is_no_flag(reader: Reader, text: str) -> None:
    assert not reader.civility(text).flag


@pytest.mark.parametrize("part", ["ni", "a ", "傻 ", "🐷", "“", "x*", "s b ", "很长。"])
def test_a_message_made_to_be_slow_is_not(reader: Reader, part: str) -> None:
    """Four times the text: not sixteen times the work."""
    short, long = (partial(read_both, reader, part * times) for times in (225, 900))
    assert at_most(10, long, short)


def read_both(reader: Reader, text: str) -> None:
    """As a message, and as a topic."""
    reader.civility(text)
    reader.topics(text, text)


def test_the_same_message_always_reads_the_same(reader: Reader) -> None:
    assert len({reader.civility(text) for text in TRICKS for _ in range(3)}) == len({*map(reader.civility, TRICKS)})


POLITE = "费用按楼层分摊，三楼以上多出一点。一楼的采光受影响，大家商量怎么补偿。施工安排在白天，材料堆在东门。"
RUDE = "你就是个蠢货，给我滚出去！"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (POLITE, ""),
        ("", POLITE * 3),
        (POLITE * 4, POLITE * 4),
        (POLITE.replace("。", "，") * 3, ""),
        (POLITE.replace("。", " ").replace("，", " ") * 2, POLITE),
        (POLITE * 70, ""),
        ("\n" * 4000, ""),
        ("机器滚动作业，出去走走再看。", ""),
    ],
)
def test_polite_words_around_it_hide_no_rude_sentence(before: str, after: str, reader: Reader) -> None:
    text = f"{before}{RUDE}{after}"
    reading = reader.civility(text)
    assert reading.flag and reading.kind == "ATTACK"
    spans = spans_of(text, reading.words, reading.start)
    assert spans and all(len(before) <= start and end <= len(before) + len(RUDE) for start, end in spans)


def test_many_harmless_sentences_are_no_flag(reader: Reader) -> None:
    assert not reader.civility(POLITE * 70).flag
