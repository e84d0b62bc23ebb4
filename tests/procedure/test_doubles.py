"""Who may be one household or one person: a warning before the vote."""

import pytest

from procedure.doubles import Alike, Double, Entry, doubles

A = Entry(1, "张三", "3-201", 11)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (Entry(2, "李四", "3-202", 12), None),
        (Entry(2, "李四", "3-201", 12), Alike.HOUSEHOLD),
        (Entry(2, "李四", " 3-201 ", None), Alike.HOUSEHOLD),
        (Entry(2, "张三", "3-202", 12), Alike.NAME),
        (Entry(2, "张 三", None, None), Alike.NAME),
        (Entry(2, "张三", "3-201", 12), Alike.NAME),
        (Entry(2, "李四", "3-202", 11), Alike.ACCOUNT),
        (Entry(2, "张三", "3-201", 11), Alike.ACCOUNT),
        (Entry(2, "李四", None, None), None),
    ],
)
def test_t14_one_person_with_many_entries_is_warned_of_once_for_the_gravest_reason(
    other: Entry, alike: Alike | None
) -> None:
    expected = () if alike is None else (Double(alike, (1, 2)),)
    assert doubles((A, other)) == doubles((other, A)) == expected


def test_what_is_not_known_is_not_alike() -> None:
    assert doubles([Entry(one, "", None, None) for one in range(9)]) == ()


def test_groups_of_more_than_two_and_several_groups() -> None:
    entries = [A, Entry(2, "李四", "3-201", 12), Entry(3, "王五", "3-201", 13), Entry(4, "李四", "9-1", 14)]
    assert doubles(entries) == (Double(Alike.NAME, (2, 4)), Double(Alike.HOUSEHOLD, (1, 2, 3)))
