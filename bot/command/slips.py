"""One-time slips on paper: a Word document to cut up, or a csv for a mail merge."""

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.command.run import CommandError

COLUMNS: Final = 2
CODE_POINTS: Final = 20
TEXT_POINTS: Final = 10.5


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's code; `until` is an ISO instant."""

    person_id: int
    label: str
    name: str
    code: str
    until: str

    @property
    def shown(self) -> str:
        """The code as people read it."""
        return f"{self.code[:4]}-{self.code[4:]}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All slips of one run. `bot` is our name on Telegram, "" when it is not known yet."""

    community: str
    bot: str
    zone: ZoneInfo
    slips: Sequence[Slip]

    def link(self, slip: Slip) -> str:
        """What opens the bot with the code, "" without the bot's name."""
        return f"https://t.me/{self.bot}?start=bind-{slip.code}" if self.bot else ""

    def until(self, slip: Slip) -> str:
        """The last day, in the community's own time."""
        day = datetime.fromisoformat(slip.until).astimezone(self.zone)
        return f"{day.year}年{day.month}月{day.day}日"


@contextmanager
def new_file(path: Path) -> Iterator[Callable[[Sheet], None]]:
    """A new file that its owner alone may read, and what writes the slips into it; gone again if anything fails.

    Raises CommandError when it is there already, cannot be made, or is neither .docx nor .csv.
    """
    form = {".docx": _document, ".csv": _table}.get(path.suffix.lower())
    if form is None:
        raise CommandError("--out is a .docx or .csv file")
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be made: {error.strerror}") from None
    try:
        with os.fdopen(opened, "wb") as file:
            yield lambda sheet: _put(file, form(sheet))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _put(file: io.BufferedWriter, content: bytes) -> None:
    file.write(content)


def _table(sheet: Sheet) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("编号", "称呼", "姓名", "登记码", "链接", "有效期至"))
    for slip in sheet.slips:
        writer.writerow((slip.person_id, slip.label, slip.name, slip.shown, sheet.link(slip), sheet.until(slip)))
    return text.getvalue().encode("utf-8-sig")


def _document(sheet: Sheet) -> bytes:
    from docx import Document  # noqa: PLC0415 - half a second that other commands need not pay
    from docx.shared import Mm  # noqa: PLC0415

    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(12)
    rows = [sheet.slips[start : start + COLUMNS] for start in range(0, len(sheet.slips), COLUMNS)]
    table = paper.add_table(rows=len(rows), cols=COLUMNS)
    table.style = "Table Grid"
    for row, slips in zip(table.rows, rows, strict=True):
        row.height = Mm(52)
        _whole(row)
        for cell, slip in zip(row.cells, slips, strict=False):
            _fill(cell, sheet, slip)
    body = io.BytesIO()
    paper.save(body)
    return body.getvalue()


def _whole(row: Any) -> None:
    """A slip is not torn apart by the end of a page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fill(cell: Any, sheet: Sheet, slip: Slip) -> None:
    where = f"手机打开 {sheet.link(slip)} ，点「开始」。或者" if sheet.bot else ""
    chat = f"在和 @{sheet.bot} 的聊天里" if sheet.bot else "在和议事厅机器人的聊天里"
    lines = (
        (f"{sheet.community} 登记条", TEXT_POINTS, True),
        (f"{slip.label} {slip.name}", TEXT_POINTS, False),
        (slip.shown, CODE_POINTS, True),
        (f"{where}{chat}打上面 8 个字母和数字。", TEXT_POINTS, False),
        (f"{sheet.until(slip)}前有效，只能用一次。只给本人用，请不要拍照转发。", TEXT_POINTS, False),
    )
    first = cell.paragraphs[0]
    for number, (text, points, bold) in enumerate(lines):
        _line(first if number == 0 else cell.add_paragraph(), text, points, bold)


def _line(paragraph: Any, text: str, points: float, bold: bool) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(points), bold
    run.font.name = "Arial"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
