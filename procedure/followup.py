"""Carrying out what was agreed: items, their ends, and the supervisor's record B.4 (5.9).

Instants are aware; days are the community's local days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from procedure.calendar import end_of_day
from procedure.errors import OUR_RULE, RuleBroken

MOST_AHEAD: Final = timedelta(days=730)


class ItemState(StrEnum):
    """How far an item is; extended: its end was moved with a reason and has not come yet."""

    WAITING_RECEIPT = "waiting_receipt"
    RUNNING = "running"
    EXTENDED = "extended"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One numbered item: when its implementer received the result, its present end, when it was finished."""

    number: int
    received_at: datetime | None = None
    ends_at: datetime | None = None
    done_at: datetime | None = None
    extended: bool = False


def item_state(item: ItemFacts, now: datetime) -> ItemState:
    """Where an item stands at ``now``; late from the very end of its period."""
    if item.done_at is not None:
        return ItemState.DONE
    if item.received_at is None or item.ends_at is None:
        return ItemState.WAITING_RECEIPT
    if now >= item.ends_at:
        return ItemState.LATE
    return ItemState.EXTENDED if item.extended else ItemState.RUNNING


def check_receipt(item: ItemFacts) -> None:
    """The 30 days begin once. Raises RuleBroken item_already_received (5.9.3) with ``number``."""
    if item.received_at is not None:
        raise RuleBroken("item_already_received", "5.9.3", number=item.number)


def check_progress(item: ItemFacts, text: str) -> None:
    """Raises RuleBroken item_not_received, item_already_done (5.9.3, ``number``), progress_empty (5.9.4)."""
    _check_under_way(item)
    if not text.strip():
        raise RuleBroken("progress_empty", "5.9.4", number=item.number)


def check_finish(item: ItemFacts) -> None:
    """A late item can be finished too. Raises RuleBroken item_not_received, item_already_done (5.9.3, ``number``)."""
    _check_under_way(item)


def _check_under_way(item: ItemFacts) -> None:
    if item.done_at is not None:
        raise RuleBroken("item_already_done", "5.9.3", number=item.number)
    if item.received_at is None or item.ends_at is None:
        raise RuleBroken("item_not_received", "5.9.3", number=item.number)


def check_ahead(day: date, today: date) -> None:
    """A day agreed for later lies within two years, and may be moved on from there with a new reason: a clock that
    ends in some other life reminds nobody (our rule). Raises RuleBroken day_too_far (``latest``).
    """
    if day - today > MOST_AHEAD:
        raise RuleBroken("day_too_far", OUR_RULE, latest=today + MOST_AHEAD)


def check_extension(item: ItemFacts, new_day: date, reason: str, now: datetime, tz: ZoneInfo) -> datetime:
    """5.9.3: an agreed day replaces the end, with a reason told to the stakeholders; returns 24:00 of that day.

    Raises RuleBroken item_not_received, item_already_done (``number``), extension_not_later (``asked``, ``present``),
    extension_in_past (our rule: ``asked``, ``today``), day_too_far, extension_reason_needed.
    """
    _check_under_way(item)
    check_ahead(new_day, now.astimezone(tz).date())
    new_end = end_of_day(new_day, tz)
    if item.ends_at is not None and new_end <= item.ends_at:
        raise RuleBroken("extension_not_later", "5.9.3", asked=new_day, present=_last_day(item.ends_at, tz))
    if new_end <= now:
        raise RuleBroken("extension_in_past", OUR_RULE, asked=new_day, today=now.astimezone(tz).date())
    if not reason.strip():
        raise RuleBroken("extension_reason_needed", "5.9.3", number=item.number)
    return new_end


def _last_day(ends_at: datetime, tz: ZoneInfo) -> date:
    return (ends_at.astimezone(tz) - timedelta(microseconds=1)).date()


SUPERVISION_FIELDS: Final = ("progress", "problems", "effects", "money_and_labour", "supervision")
"""The five texts of form B.4; where there is nothing to say the form says "无"."""


def supervision_missing(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of B.4 that are blank, in the order of the form."""
    return tuple(name for name in SUPERVISION_FIELDS if not fields.get(name, "").strip())


def check_supervision(fields: Mapping[str, str], items: Iterable[ItemFacts]) -> None:
    """The record B.4 is complete when every item is done and every field is filled.

    Raises RuleBroken items_open (5.9.3, ``count``), supervision_incomplete (5.9.4, ``missing``).
    """
    count = sum(item.done_at is None for item in items)
    if count:
        raise RuleBroken("items_open", "5.9.3", count=count)
    missing = supervision_missing(fields)
    if missing:
        raise RuleBroken("supervision_incomplete", "5.9.4", missing=missing)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item on the follow-up's timeline. ``days_left`` to ``last_day`` in local days, negative when late; both None
    until it is received, ``days_left`` None once it is done.
    """

    number: int
    state: ItemState
    last_day: date | None
    days_left: int | None


_RANK: Final = {
    ItemState.LATE: 0,
    ItemState.RUNNING: 1,
    ItemState.EXTENDED: 1,
    ItemState.WAITING_RECEIPT: 2,
    ItemState.DONE: 3,
}


def timeline(items: Iterable[ItemFacts], now: datetime, tz: ZoneInfo) -> tuple[ItemLine, ...]:
    """What is most pressing first: late, then by end, then what nobody received, then what is done."""
    lines = [_line(item, now, tz) for item in items]
    return tuple(sorted(lines, key=_pressing))


def _line(item: ItemFacts, now: datetime, tz: ZoneInfo) -> ItemLine:
    state = item_state(item, now)
    if item.ends_at is None:
        return ItemLine(item.number, state, None, None)
    last_day = _last_day(item.ends_at, tz)
    days_left = None if state is ItemState.DONE else (last_day - now.astimezone(tz).date()).days
    return ItemLine(item.number, state, last_day, days_left)


def _pressing(line: ItemLine) -> tuple[int, date, int]:
    return _RANK[line.state], line.last_day or date.max, line.number
