"""The fact sheet for the minutes: from its rows to a value, from the value to paragraphs (5.6.1 d and i)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from procedure.minuted_facts import FactSheetShown
from services.fact_sheet_rows import read_lines
from services.minutes_rows import Rows
from services.paper_words import ERASED, printed
from storage.tables import Plan

DIGEST_SHOWN: Final = 16
_SHEET: Final = (
    "SELECT s.version, s.digest, s.attached_at, c.text FROM fact_sheet s JOIN content c ON c.id = s.content_id"
    " WHERE s.id = :id"
)


def fact_sheet(rows: Rows, plan: Plan) -> FactSheetShown | None:
    """The version that goes with the plan of this meeting; without one nothing is asked."""
    if plan.fact_sheet_id is None or rows.meeting.opened_at is None:
        return None
    found = rows.uow.one(_SHEET, {"id": plan.fact_sheet_id})
    assert found is not None
    version, digest, at, written = found
    return FactSheetShown(version, digest, rows.since(at), read_lines(written))


def lines(sheet: FactSheetShown | None, opened_at: datetime | None) -> Iterator[tuple[datetime, str]]:
    """A paragraph for the sheet and one for each of its lines, where the meeting begins."""
    if sheet is None or opened_at is None:
        return
    head = "说明材料第{version}版（文本编号{digest}），会前可以看："
    said = printed(head, version=sheet.version, digest=sheet.digest[:DIGEST_SHOWN])
    yield opened_at, said if sheet.lines is not None else said + ERASED
    for number, one in enumerate(sheet.lines or (), start=1):
        line = "材料{number}：{text}（出处：{source}）"
        yield opened_at, printed(line, number=number, text=one.text, source=one.source)
