"""Civil Code 200–204 and 5.4: ends of periods, rest days, make-up workdays, clear days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.calendar import (
    check_notice,
    clear_days_before,
    days_forward,
    end_of_day,
    month_forward,
    next_working_day,
)
from procedure.errors import RuleBroken

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAYS = {date(2025, 10, day) for day in range(1, 9)} | {date(2026, 1, day) for day in (1, 2, 3)}
MAKE_UP_WORKDAYS = {date(2025, 9, 28), date(2025, 10, 11), date(2026, 1, 4)}
TABLE_ENDS = date(2026, 12, 31)


def is_rest(day: date) -> bool | None:
    """An excerpt of a holiday table that ends with 2026."""
    if day > TABLE_ENDS:
        return None
    return day in HOLIDAYS or (day.weekday() >= 5 and day not in MAKE_UP_WORKDAYS)


def never_rest(day: date) -> bool | None:
    return False


@pytest.mark.parametrize(
    ("start", "days", "nominal", "last_day"),
    [
        (date(2025, 11, 3), 15, date(2025, 11, 18), date(2025, 11, 18)),  # 11月3日 + 15日 = 11月18日
        (date(2025, 11, 3), 1, date(2025, 11, 4), date(2025, 11, 4)),
        (date(2025, 11, 5), 3, date(2025, 11, 8), date(2025, 11, 10)),  # Saturday → Monday
        (date(2025, 11, 6), 3, date(2025, 11, 9), date(2025, 11, 10)),  # Sunday → Monday
        (date(2025, 9, 28), 3, date(2025, 10, 1), date(2025, 10, 9)),  # the whole holiday
        (date(2025, 9, 26), 2, date(2025, 9, 28), date(2025, 9, 28)),  # a Sunday worked instead
        (date(2025, 10, 8), 3, date(2025, 10, 11), date(2025, 10, 11)),  # a Saturday worked instead
        (date(2025, 12, 30), 2, date(2026, 1, 1), date(2026, 1, 4)),  # holiday, weekend day, worked Sunday
        (date(2025, 2, 26), 2, date(2025, 2, 28), date(2025, 2, 28)),
        (date(2024, 2, 26), 3, date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_days_forward(start: date, days: int, nominal: date, last_day: date) -> None:
    due = days_forward(start, days, is_rest, SHANGHAI)
    assert (due.start, due.days, due.months) == (start, days, 0)
    assert (due.nominal, due.last_day) == (nominal, last_day)
    assert due.moved_from == (nominal if nominal != last_day else None)
    assert not due.uncertain


def test_a_period_ends_at_midnight_local_time() -> None:
    due = days_forward(date(2025, 11, 3), 15, is_rest, SHANGHAI)
    assert due.ends_at == datetime(2025, 11, 18, 16, 0, tzinfo=UTC)
    assert due.ends_at.tzinfo is SHANGHAI
    assert end_of_day(date(2025, 12, 31), SHANGHAI) == datetime(2026, 1, 1, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "nominal", "last_day"),
    [
        (date(2025, 11, 3), date(2025, 12, 3), date(2025, 12, 3)),
        (date(2025, 1, 31), date(2025, 2, 28), date(2025, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29), date(2024, 2, 29)),
        (date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 1)),  # the month's last day is a Sunday
        (date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 4)),
        (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 2)),
        (date(2025, 2, 28), date(2025, 3, 28), date(2025, 3, 28)),
    ],
)
def test_month_forward(start: date, nominal: date, last_day: date) -> None:
    due = month_forward(start, is_rest, SHANGHAI)
    assert (due.nominal, due.last_day, due.months, due.days) == (nominal, last_day, 1, 0)


def test_next_working_day() -> None:
    assert next_working_day(date(2025, 11, 7), is_rest, SHANGHAI).last_day == date(2025, 11, 10)
    assert next_working_day(date(2025, 11, 10), is_rest, SHANGHAI).last_day == date(2025, 11, 11)


@pytest.mark.parametrize(
    ("start", "last_day", "uncertain"),
    [
        (date(2026, 12, 29), date(2026, 12, 31), False),
        (date(2026, 12, 31), date(2027, 1, 4), True),  # Saturday 2 January 2027: weekends are still reckoned with
        (date(2027, 3, 1), date(2027, 3, 3), True),
    ],
)
def test_beyond_the_table_a_date_is_uncertain(start: date, last_day: date, uncertain: bool) -> None:
    due = days_forward(start, 2, is_rest, SHANGHAI)
    assert (due.last_day, due.uncertain) == (last_day, uncertain)


def test_a_period_that_moves_out_of_the_table_is_uncertain() -> None:
    due = days_forward(date(2026, 12, 30), 1, lambda day: True if day <= TABLE_ENDS else None, SHANGHAI)
    assert (due.moved_from, due.last_day, due.uncertain) == (date(2026, 12, 31), date(2027, 1, 1), True)


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_at_least_a_day(days: int) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        days_forward(date(2025, 11, 3), days, is_rest, SHANGHAI)
    with pytest.raises(ValueError, match="at least one day"):
        clear_days_before(date(2025, 11, 3), days)


@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(1, 40))
def test_a_forward_period_ends_on_a_working_day_and_never_early(start: date, days: int) -> None:
    due = days_forward(start, days, is_rest, SHANGHAI)
    assert is_rest(due.last_day) is False
    assert due.last_day >= start + timedelta(days=days)
    assert all(is_rest(due.nominal + timedelta(days=n)) for n in range((due.last_day - due.nominal).days))
    assert days_forward(start, days, never_rest, SHANGHAI).last_day == due.nominal


@pytest.mark.parametrize(
    ("meeting", "latest"),
    [
        (date(2025, 11, 15), date(2025, 11, 11)),
        (date(2025, 11, 13), date(2025, 11, 9)),  # a Sunday: backward periods do not move
        (date(2025, 3, 3), date(2025, 2, 27)),
        (date(2024, 3, 3), date(2024, 2, 28)),
    ],
)
def test_clear_days_before(meeting: date, latest: date) -> None:
    assert clear_days_before(meeting) == latest


def test_one_clear_day() -> None:
    assert clear_days_before(date(2025, 11, 15), 1) == date(2025, 11, 13)


@pytest.mark.parametrize(
    ("published_at", "lawful"),
    [
        (datetime(2025, 11, 11, 23, 59, tzinfo=SHANGHAI), True),
        (datetime(2025, 11, 12, 0, 0, tzinfo=SHANGHAI), False),
        (datetime(2025, 11, 11, 15, 59, tzinfo=UTC), True),
        (datetime(2025, 11, 11, 16, 0, tzinfo=UTC), False),  # already the 12th in Shanghai
        (datetime(2025, 11, 1, 9, 0, tzinfo=SHANGHAI), True),
        (datetime(2025, 11, 15, 9, 0, tzinfo=SHANGHAI), False),
    ],
)
def test_check_notice(published_at: datetime, lawful: bool) -> None:
    meeting_at = datetime(2025, 11, 15, 0, 30, tzinfo=SHANGHAI)
    if lawful:
        check_notice(published_at, meeting_at, SHANGHAI)
        return
    with pytest.raises(RuleBroken) as refused:
        check_notice(published_at, meeting_at, SHANGHAI)
    assert (refused.value.code, refused.value.clause) == ("notice_too_late", "5.4")
    assert refused.value.facts["latest"] == date(2025, 11, 11)
    assert refused.value.facts["published"] == published_at.astimezone(SHANGHAI).date()
