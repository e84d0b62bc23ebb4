"""The forms after a meeting: record, telling, items, supervision, archive (5.6.1 i, 5.7.2 c, 5.8, 5.9, 6)."""

from typing import Final

from dialogs.following import closing, items, record, telling
from dialogs.sheet.questions import Sheet

__all__ = ["SHEETS"]

SHEETS: Final[tuple[Sheet, ...]] = (*record.SHEETS, *telling.SHEETS, *items.SHEETS, *closing.SHEETS)
