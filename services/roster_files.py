"""A roster as offices keep it: csv in UTF-8 or GBK, or an Excel workbook, read into entries, every bad line named."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from services.roster_fields import HEADERS, BadFieldError, Entry, column_of, entry_of

LONGEST_FILE: Final = 20_000_000
LONGEST_UNPACKED: Final = 200_000_000
MOST_LINES: Final = 20_000
MOST_COLUMNS: Final = 64
"""A stray cell far to the right would make every line thousands of cells long."""
HEADER_WITHIN: Final = 10
_SPREAD: Final = frozenset({"household", "building", "unit", "category"})
"""Columns in which one merged cell stands for all its lines."""
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_WRITTEN_DATE: Final = re.compile(
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([ T]\d.*)?|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{1,2})\Z"
)
Row = tuple[int, list[str]]
"""Line number in the file, texts of its cells."""


class BadFileError(Exception):
    """The file as a whole cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line: a code, the column it is about, and another line it clashes with."""

    line: int
    code: str
    column: str = ""
    other: int | None = None


@dataclass
class Roster:
    """What a file holds: good entries, bad lines, headings nobody asked for."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


class _Cell(str):
    """A cell's text, and the code of what makes it unusable, if something does."""

    bad: str = ""


def read(data: bytes) -> Roster:
    """The roster in the bytes of a csv or xlsx file. Raises BadFileError."""
    if len(data) > LONGEST_FILE:
        raise BadFileError("too_large")
    if data.startswith(_OLD_EXCEL):
        raise BadFileError("old_excel")
    rows = list(_workbook(data)) if data.startswith(_ZIP) else _text(data)
    if len(rows) > MOST_LINES:
        raise BadFileError("too_many_lines")
    return _roster(rows)


def _text(data: bytes) -> list[Row]:
    text = _decoded(data)
    if "\0" in text:
        raise BadFileError("not_a_table")
    tried = [_rows(text, delimiter) for delimiter in ",\t;"]
    return max(tried, key=lambda rows: max((_known(row) for _, row in rows[:HEADER_WITHIN]), default=0))


def _decoded(data: bytes) -> str:
    names = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise BadFileError("unknown_encoding")


def _rows(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    begins = 1
    try:
        for row in reader:
            rows.append((begins, [_written(cell) for cell in row]))
            begins = reader.line_num + 1
    except csv.Error:
        raise BadFileError("not_a_table") from None
    return rows


def _written(text: str) -> _Cell:
    cell = _Cell(text)
    if text.lstrip().startswith("="):
        cell.bad = "formula"
    elif _WRITTEN_DATE.match(text.strip()):
        cell.bad = "date"
    elif re.fullmatch(r"\s*\d[\d.]*[eE]\+\d+\s*", text):
        cell.bad = "rounded"
    return cell


def _workbook(data: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LONGEST_UNPACKED:
                raise BadFileError("too_large")
        # Not in read-only mode: that one knows nothing of merged cells.
        book = load_workbook(io.BytesIO(data), data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, OSError):
        raise BadFileError("not_a_table") from None
    sheet: Any = book.worksheets[0] if book.worksheets else None
    if sheet is None or sheet.max_row is None:
        raise BadFileError("no_header")
    if sheet.max_row > MOST_LINES:
        raise BadFileError("too_many_lines")
    spread = {
        (row, column): sheet.cell(merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, merged.max_row + 1)
        for column in range(merged.min_col, min(merged.max_col, MOST_COLUMNS) + 1)
    }
    right = min(sheet.max_column, MOST_COLUMNS)
    for number, row in enumerate(sheet.iter_rows(max_col=right), start=1):
        yield number, [_cell(spread.get((number, place), cell), cell) for place, cell in enumerate(row, start=1)]


def _cell(source: Any, shown: Any) -> _Cell:
    value = source.value
    cell = _Cell(_plain(value))
    if source.data_type == "f":
        cell.bad = "formula"
    elif source.data_type == "e":
        cell.bad = "excel_error"
    elif isinstance(value, date | datetime | time):
        cell.bad = "date"
    elif isinstance(shown, MergedCell):
        cell.bad = "merged"
    elif isinstance(value, str):
        cell.bad = _written(value).bad
    return cell


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _known(row: list[str]) -> int:
    columns = [column_of(cell) for cell in row]
    return sum(column is not None for column in columns) if "name" in columns else 0


def _roster(rows: list[Row]) -> Roster:
    head = next((place for place, (_, row) in enumerate(rows[:HEADER_WITHIN]) if _known(row)), None)
    if head is None:
        raise BadFileError("no_header")
    number, titles = rows[head]
    columns = [column_of(title) for title in titles]
    if any(count > 1 for name, count in Counter(columns).items() if name):
        raise BadFileError("double_header")
    roster = Roster(ignored=[title.strip() for title in titles if title.strip() and column_of(title) is None])
    seen: dict[tuple[str | None, str], int] = {}
    for number, row in rows[head + 1 :]:
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if name is not None}
        if any(cell.strip() for cell in cells.values()):
            _take(roster, number, cells, seen)
    if not roster.entries and not roster.problems:
        raise BadFileError("no_lines")
    return roster


def _take(roster: Roster, number: int, cells: dict[str, str], seen: dict[tuple[str | None, str], int]) -> None:
    problems = [Problem(number, bad, name) for name, cell in cells.items() if (bad := _unusable(name, cell))]
    if not problems:
        try:
            entry = entry_of(number, {name: str(cell) for name, cell in cells.items()})
        except BadFieldError as error:
            problems = [Problem(number, error.code, error.column)]
        else:
            first = seen.setdefault(entry.key, number)
            problems = [Problem(number, "twice", "name", first)] if first != number else []
            if not problems:
                roster.entries.append(entry)
    roster.problems += problems


def _unusable(name: str, cell: str) -> str:
    bad = getattr(cell, "bad", "")
    return "" if bad == "merged" and name in _SPREAD else bad


__all__ = ["HEADERS", "BadFileError", "Entry", "Problem", "Roster", "read"]
