"""5.9: the state of an item, its 30 days, extensions with a reason, the record B.4, the timeline."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procedure.errors import OUR_RULE, RuleBroken
from procedure.followup import (
    SUPERVISION_FIELDS,
    ItemFacts,
    ItemLine,
    ItemState,
    check_extension,
    check_finish,
    check_progress,
    check_receipt,
    check_supervision,
    item_state,
    supervision_missing,
    timeline,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
RECEIVED = datetime(2025, 11, 3, 10, 0, tzinfo=SHANGHAI)
ENDS = datetime(2025, 12, 4, tzinfo=SHANGHAI)  # 24:00 of 3 December
SECOND = timedelta(seconds=1)

WAITING = ItemFacts(1)
RUNNING = ItemFacts(2, received_at=RECEIVED, ends_at=ENDS)
DONE = replace(RUNNING, number=3, done_at=ENDS - SECOND)
EXTENDED = replace(RUNNING, number=4, ends_at=ENDS + timedelta(days=14), extended=True)


def weekends(day: date) -> bool | None:
    return day.weekday() >= 5


@pytest.mark.parametrize(
    ("item", "now", "state"),
    [
        (WAITING, RECEIVED, ItemState.WAITING_RECEIPT),
        (RUNNING, RECEIVED, ItemState.RUNNING),
        (RUNNING, ENDS - SECOND, ItemState.RUNNING),
        (RUNNING, ENDS, ItemState.LATE),
        (EXTENDED, ENDS, ItemState.EXTENDED),
        (EXTENDED, ENDS + timedelta(days=14), ItemState.LATE),
        (DONE, RECEIVED, ItemState.DONE),
        (DONE, ENDS + timedelta(days=99), ItemState.DONE),
    ],
)
def test_states(item: ItemFacts, now: datetime, state: ItemState) -> None:
    assert item_state(item, now) is state


def test_received_once() -> None:
    check_receipt(WAITING)
    with pytest.raises(RuleBroken) as refusal:
        check_receipt(RUNNING)
    assert (refusal.value.code, refusal.value.clause) == ("item_already_received", "5.9.3")
    assert refusal.value.facts == {"number": 2}


@pytest.mark.parametrize(
    ("item", "code", "number"), [(WAITING, "item_not_received", 1), (DONE, "item_already_done", 3)]
)
def test_only_an_item_under_way_moves(item: ItemFacts, code: str, number: int) -> None:
    for act in (
        lambda: check_progress(item, "开工了"),
        lambda: check_finish(item),
        lambda: check_extension(item, date(2026, 1, 5), "下雨", RECEIVED, SHANGHAI),
    ):
        with pytest.raises(RuleBroken) as refusal:
            act()
        assert (refusal.value.code, refusal.value.clause) == (code, "5.9.3")
        assert refusal.value.facts == {"number": number}


def test_an_item_under_way_reports_and_finishes() -> None:
    check_progress(RUNNING, "车棚的地基打好了")
    check_finish(RUNNING)
    check_finish(EXTENDED)
    with pytest.raises(RuleBroken) as refusal:
        check_progress(RUNNING, " \n")
    assert (refusal.value.code, refusal.value.clause) == ("progress_empty", "5.9.4")
    assert refusal.value.facts == {"number": 2}


@pytest.mark.parametrize(
    ("now", "new_day"),
    [
        (RECEIVED, date(2025, 12, 4)),
        (ENDS - SECOND, date(2026, 3, 1)),
        (ENDS + timedelta(days=3), date(2025, 12, 7)),  # late by three days, agreed on for today
    ],
)
def test_an_extension_moves_the_end_to_midnight_of_the_new_day(now: datetime, new_day: date) -> None:
    new_end = check_extension(RUNNING, new_day, "连日下雨，水泥没干", now, SHANGHAI)
    assert new_end == datetime.combine(new_day + timedelta(days=1), datetime.min.time(), SHANGHAI)


@pytest.mark.parametrize(
    ("now", "new_day", "reason", "code", "clause", "facts"),
    [
        (
            RECEIVED,
            date(2025, 12, 3),
            "下雨",
            "extension_not_later",
            "5.9.3",
            {"asked": date(2025, 12, 3), "present": date(2025, 12, 3)},
        ),
        (
            RECEIVED,
            date(2025, 11, 20),
            "下雨",
            "extension_not_later",
            "5.9.3",
            {"asked": date(2025, 11, 20), "present": date(2025, 12, 3)},
        ),
        (
            ENDS + timedelta(days=3),
            date(2025, 12, 6),
            "下雨",
            "extension_in_past",
            OUR_RULE,
            {"asked": date(2025, 12, 6), "today": date(2025, 12, 7)},
        ),
        (RECEIVED, date(2025, 12, 20), " ", "extension_reason_needed", "5.9.3", {"number": 2}),
        (
            ENDS + timedelta(days=3),
            date(2027, 12, 8),
            "下雨",
            "day_too_far",
            OUR_RULE,
            {"latest": date(2027, 12, 7)},
        ),
        (ENDS + timedelta(days=3), date.max, "下雨", "day_too_far", OUR_RULE, {"latest": date(2027, 12, 7)}),
    ],
)
def test_refused_extensions(
    now: datetime, new_day: date, reason: str, code: str, clause: str, facts: dict[str, object]
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_extension(RUNNING, new_day, reason, now, SHANGHAI)
    assert (refusal.value.code, refusal.value.clause, refusal.value.facts) == (code, clause, facts)


WHOLE = dict.fromkeys(SUPERVISION_FIELDS, "无")


def test_a_complete_record_of_supervision() -> None:
    assert SUPERVISION_FIELDS == ("progress", "problems", "effects", "money_and_labour", "supervision")
    assert supervision_missing(WHOLE) == ()
    check_supervision(WHOLE, [DONE, replace(DONE, number=5)])


@pytest.mark.parametrize("field", SUPERVISION_FIELDS)
@pytest.mark.parametrize("value", ["", " "])
def test_every_field_of_b4_is_filled(field: str, value: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_supervision({**WHOLE, field: value}, [DONE])
    assert (refusal.value.code, refusal.value.clause) == ("supervision_incomplete", "5.9.4")
    assert refusal.value.facts == {"missing": (field,)}


def test_no_record_while_items_are_open() -> None:
    assert supervision_missing({}) == SUPERVISION_FIELDS
    with pytest.raises(RuleBroken) as refusal:
        check_supervision({}, [DONE, RUNNING, WAITING])
    assert (refusal.value.code, refusal.value.clause) == ("items_open", "5.9.3")
    assert refusal.value.facts == {"count": 2}


def test_the_timeline_puts_the_pressing_first() -> None:
    late = replace(RUNNING, number=6, ends_at=ENDS - timedelta(days=10))
    later = replace(RUNNING, number=7, ends_at=ENDS + timedelta(days=30))
    now = ENDS - timedelta(days=5, hours=3)  # 28 November
    assert timeline([DONE, WAITING, later, EXTENDED, RUNNING, late], now, SHANGHAI) == (
        ItemLine(6, ItemState.LATE, date(2025, 11, 23), -5),
        ItemLine(2, ItemState.RUNNING, date(2025, 12, 3), 5),
        ItemLine(4, ItemState.EXTENDED, date(2025, 12, 17), 19),
        ItemLine(7, ItemState.RUNNING, date(2026, 1, 2), 35),
        ItemLine(1, ItemState.WAITING_RECEIPT, None, None),
        ItemLine(3, ItemState.DONE, date(2025, 12, 3), None),
    )


def test_on_its_last_day_no_day_is_left_and_the_item_is_not_late() -> None:
    (line,) = timeline([RUNNING], ENDS - SECOND, SHANGHAI)
    assert (line.state, line.days_left) == (ItemState.RUNNING, 0)
