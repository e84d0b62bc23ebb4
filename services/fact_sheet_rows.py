"""Rows of the fact sheet, for whatever shows it: its lines, and how many have opened it."""

import json
from typing import Final

from procedure.fact_sheet import FactLine
from procedure.terms import MeetingState
from services.sitting import Sitting
from storage.tables import Content, FactReading, FactSheet, Plan
from storage.work import UnitOfWork

_COUNTED_IN: Final = frozenset(
    {
        MeetingState.SCHEDULED,
        MeetingState.CHECK_IN,
        MeetingState.RULES_VOTE,
        MeetingState.OPEN,
        MeetingState.EXPLAINED,
    }
)
"""States in which the chair still waits for people to read."""


def of_plan(uow: UnitOfWork, plan: Plan | None) -> FactSheet | None:
    """The version that goes with this plan; no query when there is none."""
    return None if plan is None or plan.fact_sheet_id is None else uow.must(FactSheet, plan.fact_sheet_id)


def lines_of(uow: UnitOfWork, sheet: FactSheet) -> tuple[FactLine, ...] | None:
    """What it says; None once the words are erased."""
    return read_lines(uow.must(Content, sheet.content_id).text)


def read_lines(written: str | None) -> tuple[FactLine, ...] | None:
    """Stored words as lines; None for erased ones."""
    return None if written is None else tuple(FactLine(text, source) for text, source in json.loads(written))


def readers(uow: UnitOfWork, sheet_id: int | None) -> int:
    """How many persons have opened this version."""
    return uow.count(FactReading, sheet_id=sheet_id)


def on_console(sitting: Sitting) -> int | None:
    """How many have opened it, for the chair until the discussion begins; None without a sheet."""
    sheet_id = sitting.plan.fact_sheet_id
    return readers(sitting.uow, sheet_id) if sheet_id is not None and sitting.state in _COUNTED_IN else None
