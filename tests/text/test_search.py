"""Search: both scripts, words of two characters, dates, only the communities asked for, quick over 50,000 texts."""

import random
from datetime import date, timedelta
from time import perf_counter

import pytest

from services.text import Reader
from services.text.search import SearchIndex, Source
from tests.text.test_topics import ROWS

TODAY = date(2026, 6, 1)
TEXTS = (
    ("topic", 1, date(2025, 3, 15), "屋顶漏水。七栋顶楼全漏，想动用维修资金。"),
    ("notice", 2, date(2025, 4, 2), "關於電梯補償的公告。四單元加裝電梯，一樓補償標準公示七天。"),
    ("minutes", 3, date(2026, 5, 20), "会议讨论电梯广告收入。业委会要求公开账目！"),
    ("opinion", 4, date(2026, 5, 21), "遛狗须牵绳，时间为3月15日起每晚七点。"),
)


@pytest.fixture
def index(reader: Reader) -> SearchIndex:
    made = SearchIndex(reader.finder)
    for kind, number, on, text in TEXTS:
        made.put(1, Source(kind, number), on, text)
    made.put(2, Source("topic", 9), TODAY, "隔壁社区的屋顶漏水")
    return made


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("漏水", [1]),
        ("屋頂", [1]),
        ("补偿", [2]),
        ("電梯", [3, 2]),
        ("电梯 补偿", [2]),
        ("电梯广告怎么分", [3]),
        ("维修资金", [1]),
        ("加装电梯", [2]),
        ("的", []),
        ("狗", [4]),
        ("2025年3月", [1]),
        ("2025-04-02", [2]),
        ("3月15日", [1, 4]),
        ("2026年 电梯", [3]),
        ("3-4楼漏水", [1]),
        ("游泳池", []),
        ("", []),
        ("？！", []),
    ],
)
def test_what_is_asked_for_is_found_best_first(index: SearchIndex, query: str, numbers: list[int]) -> None:
    found = [hit.source.number for hit in index.search(query, [1], TODAY)]
    assert sorted(found) == sorted(numbers)
    assert found[:1] == numbers[:1] or query == "3月15日"


def test_the_sentence_with_the_words_is_shown_as_it_was_written(index: SearchIndex) -> None:
    assert index.search("补偿 公示", [1], TODAY)[0].sentence == "四單元加裝電梯，一樓補償標準公示七天。"
    assert index.search("账目", [1], TODAY)[0].sentence == "业委会要求公开账目！"


def test_only_the_communities_asked_for_are_searched(index: SearchIndex) -> None:
    assert [hit.source.number for hit in index.search("漏水", [2], TODAY)] == [9]
    assert {hit.source.number for hit in index.search("漏水", [1, 2], TODAY)} == {1, 9}
    assert index.search("漏水", [], TODAY) == ()
    assert index.search("漏水", [77], TODAY) == ()


def test_a_text_put_again_replaces_the_old_one_and_a_dropped_one_is_gone(index: SearchIndex) -> None:
    index.put(1, Source("topic", 1), TODAY, "外墙渗水")
    assert index.search("漏水", [1], TODAY) == ()
    assert len(index.search("渗水", [1], TODAY)) == 1
    index.drop(1, Source("topic", 1))
    index.drop(1, Source("topic", 1))
    index.drop(5, Source("topic", 1))
    assert index.search("渗水", [1], TODAY) == ()


def test_more_words_beat_fewer_and_newer_beats_older(index: SearchIndex) -> None:
    index.put(1, Source("topic", 5), date(2024, 1, 1), "电梯广告收入")
    hits = index.search("电梯广告 收入 账目", [1], TODAY)
    assert [hit.source.number for hit in hits] == [3]
    assert [hit.source.number for hit in index.search("电梯广告", [1], TODAY)][:1] == [3]


def test_fifty_thousand_texts_are_asked_within_a_moment(reader: Reader) -> None:
    chance = random.Random(3)
    sentences = [sentence for row in ROWS for sentence in row.reason.split("。") if sentence]
    index = SearchIndex(reader.finder)
    for number in range(50_000):
        on = date(2024, 1, 1) + timedelta(days=number % 800)
        index.put(number % 20, Source("topic", number), on, chance.choice(sentences))
    spent = []
    for query in ("漏水", "电梯 补偿", "公開表決", "2025年3月 停车", "垃圾"):
        start = perf_counter()
        assert index.search(query, range(20), TODAY)
        spent.append(perf_counter() - start)
    assert sorted(spent)[2] < 0.05
