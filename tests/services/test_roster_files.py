"""Rosters as offices really keep them: encodings, Excel's ways, bad lines named."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from services.roster_fields import Entry
from services.roster_files import BadFileError, Roster, read

HEAD = ("姓名", "户号", "楼栋", "单元", "类别", "角色", "电话", "称呼")
GOOD = "姓名,户号,电话\n张三,3-201,138-0000-0001\n李四,3-202,\n"


def table(*lines: str, head: str = "姓名,户号,楼栋,单元,类别,角色,电话,称呼") -> Roster:
    return read("\n".join((head, *lines)).encode())


def book(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, merged: tuple[str, ...] = ()) -> Roster:
    """Written by Excel, as far as we can."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    body = io.BytesIO()
    made.save(body)
    return read(body.getvalue())


def only(roster: Roster) -> Entry:
    """The one entry of a file without bad lines."""
    assert roster.problems == []
    assert len(roster.entries) == 1
    return roster.entries[0]


def codes(roster: Roster) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.code, problem.column) for problem in roster.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_way_of_saving_gives_the_same_people(encoding: str, delimiter: str) -> None:
    found = read(GOOD.replace(",", delimiter).encode(encoding))
    assert [(one.line, one.name, one.household, one.phone) for one in found.entries] == [
        (2, "张三", "3-201", "13800000001"),
        (3, "李四", "3-202", None),
    ]
    assert found.problems == []


def test_a_workbook_gives_the_same_people() -> None:
    found = book(("张三", "3-201", None, None, None, None, 13800000001.0, None), ("李四", 301), (None,) * 8)
    assert [(one.name, one.household, one.phone) for one in found.entries] == [
        ("张三", "3-201", "13800000001"),
        ("李四", "301", None),
    ]


def test_english_headings_and_words_are_read() -> None:
    line = "Li Si,3-202,group,committee; administrator"
    one = only(table(line, head="Name,Household,Category,Roles"))
    assert (one.name, one.category) == ("Li Si", "群体")
    assert one.roles == {"committee", "administrator"}


def test_a_title_above_and_marks_in_headings_do_not_matter() -> None:
    found = read("向阳社区名册,,\n\n姓名*,户号(必填),身份证号\n张三,3-201,1\n".encode())
    assert only(found).household == "3-201"
    assert found.ignored == ["身份证号"]
    assert only(found).line == 4


def test_full_width_and_invisible_characters_make_no_second_person() -> None:
    one = only(table("张\u200b三,3—201,,,,,,"))
    assert one.key == ("3-201", "张三")


@pytest.mark.parametrize(
    ("cells", "household"),
    [
        ("201,3幢,", "3-201"),
        ("201室,3号楼,2单元", "3-2-201"),
        ("3-201,3幢,", "3-201"),
        ("201,,", "201"),
        ("东门岗亭,3幢,", "东门岗亭"),
    ],
)
def test_a_room_is_told_from_the_same_room_of_another_building(cells: str, household: str) -> None:
    assert only(table(f"张三,{cells},,,,")).household == household


def test_two_buildings_have_a_201_each() -> None:
    found = table("张三,201,3幢,,,,,", "张三,201,4幢,,,,,")
    assert [one.household for one in found.entries] == ["3-201", "4-201"]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (",3-201,,,,,,", "missing", "name"),
        ("张三,,,,,,,", "no_place", "household"),
        ("张三,3-201,,,路人,,,", "unknown_category", "category"),
        ("张三,3-201,,,,组长,,", "unknown_role", "roles"),
        ("张三,3-201,,,,,没有,", "bad_phone", "phone"),
        ("张三,3-201,,,,,1.38E+10,", "rounded", "phone"),
        ("张三,=A1,,,,,,", "formula", "household"),
        ("@张三,3-201,,,,,,", "formula", "name"),
        ("张三,1月2日,,,,,,", "date", "household"),
        ("张三,2026/1/2,,,,,,", "date", "household"),
        ("张三,2-Jan,,,,,,", "date", "household"),
        (f"{'张' * 41},3-201,,,,,,", "too_long", "name"),
    ],
)
def test_a_bad_line_is_named(line: str, code: str, column: str) -> None:
    found = table("李四,3-202,,,,,,", line)
    assert codes(found) == [(3, code, column)]
    assert [one.name for one in found.entries] == ["李四"]


def test_a_household_that_excel_made_a_date_is_refused() -> None:
    assert codes(book(("张三", date(2026, 1, 2)))) == [(2, "date", "household")]


def test_formulas_and_errors_of_excel_are_refused() -> None:
    assert codes(book(("=A1&B1", "3-201"), ("张三", "#REF!"))) == [
        (2, "formula", "name"),
        (3, "excel_error", "household"),
    ]


def test_one_merged_household_stands_for_its_people_and_a_merged_name_for_nobody() -> None:
    rows = (("张三", "3-201"), ("李四", None), ("王五", "3-202"), (None, "3-203"))
    found = book(*rows, merged=("B2:B3", "A4:A5"))
    assert [one.key for one in found.entries] == [("3-201", "张三"), ("3-201", "李四"), ("3-202", "王五")]
    assert codes(found) == [(5, "merged", "name")]


def test_a_person_twice_is_named_with_the_other_line() -> None:
    found = table("张三,3-201,,,,,,", "张三,3-201,,,,,138-0000-0001,", "李四,3-201,,,,,,")
    assert [(one.line, one.code, one.other) for one in found.problems] == [(3, "twice", 2)]


def test_a_column_that_is_not_there_says_nothing() -> None:
    assert only(table("张三,3-201", head="姓名,户号")).given == {"name", "household"}


def test_roles_in_every_way_people_separate_them() -> None:
    for roles in ("社区干部、党组织", "社区干部 党组织", "社区干部\uff0c党组织", "社区干部;党组织"):
        assert only(table(f"周文,,,,,{roles},,")).roles == {"committee", "party_branch"}
    assert only(table("周文,3-201,,,,居民,,")).roles == frozenset()


def test_a_stray_cell_at_the_end_of_the_sheet_stops_nobody() -> None:
    made = Workbook()
    sheet: Any = made.active
    for row in (("姓名", "户号"), ("张三", "1-101")):
        sheet.append(row)
    sheet["XFD900"] = "x"
    sheet.merge_cells("XEA1:XFC900")
    assert only(read(saved(made))).name == "张三"
    sheet["XFD1048576"] = "x"
    with pytest.raises(BadFileError, match="too_many_lines"):
        read(saved(made))


def saved(book: Workbook) -> bytes:
    """The bytes of its file."""
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def packed(name: str, content: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return body.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_header"),
        (b"\x00\x01\x02", "not_a_table"),
        ("户号,电话\n3-201,1\n".encode(), "no_header"),
        ("姓名,户号\n".encode(), "no_lines"),
        ("姓名,名字,户号\n张三,张三,3-201\n".encode(), "double_header"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"),
        (packed("notes.txt", b"x"), "not_a_table"),
        (packed("xl/workbook.xml", b"0" * 200_000_001), "too_large"),
        (b"PK\x03\x04 broken", "not_a_table"),
        (b"x" * 20_000_001, "too_large"),
        (b"\xff\xff\xff\xff", "unknown_encoding"),
        (("姓名,户号\n" + "张三,1\n" * 20_001).encode(), "too_many_lines"),
    ],
)
def test_what_is_no_roster_is_refused_as_a_whole(data: bytes, code: str) -> None:
    with pytest.raises(BadFileError) as error:
        read(data)
    assert error.value.code == code
