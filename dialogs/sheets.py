"""Every form that is filled in as a sheet, by the name of the step it leads to."""

from typing import Final

from dialogs import (
    annex,
    challenge,
    experts,
    floor,
    following,
    items,
    lines,
    order,
    planning,
    proposing,
    reviewing,
    room,
    supervision,
)
from dialogs.sheet import Sheet

_ALL: Final[tuple[Sheet, ...]] = (
    *annex.SHEETS,
    *supervision.SHEETS,
    *floor.SHEETS,
    lines.SHEET,
    *order.SHEETS,
    *experts.SHEETS,
    *challenge.SHEETS,
    *room.SHEETS,
    *items.SHEETS,
    proposing.SHEET,
    *reviewing.SHEETS,
    *planning.SHEETS,
    *following.SHEETS,
)
SHEETS: Final[dict[str, Sheet]] = {sheet.name: sheet for sheet in _ALL}
