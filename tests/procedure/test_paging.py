"""Pages of long texts: complete, in order, and never longer than a message."""

from itertools import pairwise

import pytest

from procedure.paging import pages, pieces
from procedure.text import utf16_length

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 4, [""]),
        ("一二三四", 4, ["一二三四"]),
        ("一二三四五", 4, ["一二三四", "五"]),
        ("𠮷𠮷𠮷", 4, ["𠮷𠮷", "𠮷"]),
        ("𠮷𠮷𠮷", 5, ["𠮷𠮷", "𠮷"]),
        (f"一{FAMILY}", 8, ["一", FAMILY]),
        (f"一{FAMILY}二", 9, [f"一{FAMILY}", "二"]),
        ("ae\u0301", 2, ["a", "e\u0301"]),
        (FAMILY, 4, ["👨\u200d", "👩\u200d", "👧"]),
    ],
)
def test_t05_a_long_text_goes_on_where_it_was_broken_off(text: str, room: int, expected: list[str]) -> None:
    found = pieces(text, room)
    assert found == expected and "".join(found) == text
    assert all(utf16_length(one) <= room for one in found)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], [(0, 0)]),
        ([10], [(0, 1)]),
        ([5, 5], [(0, 2)]),
        ([5, 6], [(0, 1), (1, 2)]),
        ([11, 1], [(0, 1), (1, 2)]),
        ([1] * 25, [(0, 10), (10, 20), (20, 25)]),
    ],
)
def test_t05_every_block_stands_on_exactly_one_page(lengths: list[int], expected: list[tuple[int, int]]) -> None:
    assert pages(lengths, 10) == expected


def test_t05_a_full_page_stays_as_it_is_while_blocks_are_added() -> None:
    lengths = [7, 3, 9, 2, 2, 8, 1]
    grown = [pages(lengths[:count], 10) for count in range(1, len(lengths) + 1)]
    for before, after in pairwise(grown):
        assert after[: len(before) - 1] == before[:-1]
