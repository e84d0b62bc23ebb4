"""Seat lists and seatings as recorders type them: phones with Chinese keyboards, in a hurry."""

import pytest

from procedure.errors import RuleBroken
from procedure.seats import HIGHEST_SEAT, MOST_SEATS, read_seating, read_seats, same_name

LISTS: list[tuple[str, tuple[int, ...]]] = [
    ("3", (3,)),
    ("3 7 12-14", (3, 7, 12, 13, 14)),
    ("３　７　１２－１４", (3, 7, 12, 13, 14)),
    ("3、7、9", (3, 7, 9)),
    ("3,7,9", (3, 7, 9)),
    ("3，7；9。", (3, 7, 9)),
    ("3\n7\n9", (3, 7, 9)),
    ("12—14", (12, 13, 14)),
    ("12–14", (12, 13, 14)),
    ("12－14", (12, 13, 14)),
    ("12~14", (12, 13, 14)),
    ("12～14", (12, 13, 14)),
    ("12到14", (12, 13, 14)),
    ("12至14号", (12, 13, 14)),
    ("12 - 14", (12, 13, 14)),
    ("12——14", (12, 13, 14)),
    ("12号-14号", (12, 13, 14)),
    ("5-5", (5,)),
    ("7 3 7 3-4", (3, 4, 7)),
    ("007", (7,)),
    ("3号,7号", (3, 7)),
    ("③", (3,)),
    ("  3  ", (3,)),
    (f"{HIGHEST_SEAT}", (HIGHEST_SEAT,)),
    (f"1-{MOST_SEATS}", tuple(range(1, MOST_SEATS + 1))),
]
BAD_LISTS: list[tuple[str, str, dict[str, object]]] = [
    ("", "seats_empty", {}),
    (" ,、; ", "seats_empty", {}),
    ("三号", "seats_unreadable", {"words": "三号"}),
    ("3 赞成", "seats_unreadable", {"words": "赞成"}),
    ("3=2-201", "seats_unreadable", {"words": "3=2-201"}),
    ("3-", "seats_unreadable", {"words": "3-"}),
    ("-3", "seats_unreadable", {"words": "-3"}),
    ("3-5-7", "seats_unreadable", {"words": "3-5-7"}),
    ("1.5e3", "seats_unreadable", {"words": "5e3"}),
    ("٣", "seats_unreadable", {"words": "٣"}),
    ("9" * 40, "seats_unreadable", {"words": "9" * 20}),
    ("20-12", "seats_reversed", {"start_seat": 20, "end_seat": 12}),
    ("0", "seat_out_of_range", {"seat": 0, "most": HIGHEST_SEAT}),
    ("0-3", "seat_out_of_range", {"seat": 0, "most": HIGHEST_SEAT}),
    ("1000", "seat_out_of_range", {"seat": 1000, "most": HIGHEST_SEAT}),
    ("1-999999999", "seat_out_of_range", {"seat": 999999999, "most": HIGHEST_SEAT}),
    ("1-151", "seats_too_many", {"most": MOST_SEATS}),
    ("1-100 201-251", "seats_too_many", {"most": MOST_SEATS}),
]


@pytest.mark.parametrize(("text", "seats"), LISTS)
def test_a_list_of_seats(text: str, seats: tuple[int, ...]) -> None:
    assert read_seats(text) == seats


@pytest.mark.parametrize(("text", "code", "facts"), BAD_LISTS)
def test_a_list_that_is_none(text: str, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_seats(text)
    assert (refused.value.code, refused.value.facts) == (code, facts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 = 2-201", ((3, "2-201"),)),
        ("3=2-201\n4=1-101", ((3, "2-201"), (4, "1-101"))),
        ("４＝１－１０１；３＝2—201", ((4, "1-101"), (3, "2-201"))),
        ("3号 2-201、4号 3-601 甲", ((3, "2-201"), (4, "3-601 甲"))),
        ("3 2-201", ((3, "2-201"),)),
        ("3：张三", ((3, "张三"),)),
        ("3是张三，4是李四", ((3, "张三"), (4, "李四"))),
        ("3 = 空\n\n", ((3, "空"),)),
    ],
)
def test_a_seating(text: str, found: tuple[tuple[int, str], ...]) -> None:
    assert read_seating(text) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "seats_empty"),
        ("\n;;\n", "seats_empty"),
        ("2-201", "seating_unreadable"),
        ("3 =", "seating_unreadable"),
        ("= 2-201", "seating_unreadable"),
        ("谁来了", "seating_unreadable"),
        ("3 == 2-201", "seating_unreadable"),
        ("3=2-201\n3=1-101", "seat_twice"),
        ("0 = 2-201", "seat_out_of_range"),
        ("1000 = 2-201", "seat_out_of_range"),
        ("\n".join(f"{seat}=x" for seat in range(1, MOST_SEATS + 2)), "seats_too_many"),
    ],
)
def test_a_seating_that_is_none(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_seating(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "known", "same"),
    [
        ("2-201", "2-201", True),
        ("２－２０１", "2-201", True),
        ("2—201", "2-201", True),
        ("3-601甲", "3-601 甲", True),
        ("a座1", "A座1", True),
        ("2-20", "2-201", False),
        ("", "", False),
        ("张三", "张三丰", False),
    ],
)
def test_whether_a_label_was_meant(written: str, known: str, same: bool) -> None:
    assert same_name(written, known) is same
