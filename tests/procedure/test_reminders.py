"""Steps of a deadline and quiet hours (our rule)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.reminders import Step, after_quiet, in_quiet_hours, meeting_steps, schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


def told(starts_at: datetime, ends_at: datetime) -> list[tuple[str, datetime]]:
    return [(due.step, due.at) for due in schedule(starts_at, ends_at, SHANGHAI) if not due.step.startswith("overdue")]


def test_the_telling_deadline() -> None:
    """Announced on the 18th at 20:10; three days end at 24:00 of the 21st."""
    assert told(local(11, 18, 20, 10), local(11, 22)) == [
        ("created", local(11, 18, 20, 10)),
        ("eve", local(11, 20, 9)),
        ("due_morning", local(11, 21, 9)),
        ("due_evening", local(11, 21, 18)),
    ]


@pytest.mark.parametrize(
    ("last_day", "half"),
    [(7, None), (8, local(11, 5, 9)), (9, local(11, 6, 9)), (18, local(11, 10, 9))],
)
def test_half_time_in_periods_over_four_days(last_day: int, half: datetime | None) -> None:
    steps = dict(told(local(11, 3, 10), local(11, last_day + 1)))
    assert steps.get("half") == half


def test_what_would_come_before_the_start_is_left_out() -> None:
    assert told(local(11, 3, 10), local(11, 5)) == [
        ("created", local(11, 3, 10)),
        ("due_morning", local(11, 4, 9)),
        ("due_evening", local(11, 4, 18)),
    ]


def test_what_would_come_after_the_end_is_left_out() -> None:
    assert told(local(11, 3, 15), local(11, 4, 15)) == [
        ("created", local(11, 3, 15)),
        ("due_morning", local(11, 4, 9)),
    ]


def test_an_hour_that_is_the_start_or_the_end_itself_is_left_out() -> None:
    assert told(local(11, 3, 9), local(11, 4, 18)) == [
        ("created", local(11, 3, 9)),
        ("due_morning", local(11, 4, 9)),
    ]


def test_a_period_created_at_night_is_told_in_the_morning() -> None:
    assert told(local(11, 18, 22, 30), local(11, 22))[0] == ("created", local(11, 19, 8))


def test_steps_do_not_depend_on_the_zone_of_the_instants() -> None:
    here = schedule(local(11, 18, 20, 10), local(11, 22), SHANGHAI)
    elsewhere = schedule(local(11, 18, 20, 10).astimezone(UTC), local(11, 22).astimezone(UTC), SHANGHAI)
    assert here == elsewhere


def test_overdue_daily_for_thirty_days_then_weekly() -> None:
    steps = schedule(local(9, 1, 10), local(9, 4), SHANGHAI, horizon=local(10, 24, 9))
    late = [due for due in steps if due.step.startswith("overdue")]
    assert (late[0].step, late[0].at) == ("overdue_1", local(9, 4, 8))
    assert (late[1].step, late[1].at) == ("overdue_daily_2", local(9, 5, 9))
    assert (late[29].step, late[29].at) == ("overdue_daily_30", local(10, 3, 9))
    assert [(due.step, due.at) for due in late[30:]] == [
        ("overdue_weekly_1", local(10, 10, 9)),
        ("overdue_weekly_2", local(10, 17, 9)),
        ("overdue_weekly_3", local(10, 24, 9)),
    ]


def test_without_a_horizon_there_are_no_weekly_steps() -> None:
    assert schedule(local(9, 1), local(9, 4), SHANGHAI)[-1].step == "overdue_daily_30"


@pytest.mark.parametrize(
    ("ends_at", "first"),
    [
        (local(11, 22), local(11, 22, 8)),
        (local(11, 22, 7, 59), local(11, 22, 8)),
        (local(11, 22, 8), local(11, 22, 8)),
        (local(11, 22, 8, 1), local(11, 23, 8)),
        (local(11, 22, 20), local(11, 23, 8)),
    ],
)
def test_overdue_begins_at_the_next_eight_o_clock(ends_at: datetime, first: datetime) -> None:
    steps = {due.step: due.at for due in schedule(local(11, 18), ends_at, SHANGHAI)}
    assert steps["overdue_1"] == first
    assert steps["overdue_daily_2"] == (first + timedelta(days=1)).replace(hour=9)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1), timezones=st.just(SHANGHAI)),
    st.timedeltas(timedelta(hours=1), timedelta(days=60)),
)
def test_steps_come_in_order_once_each_and_never_at_night(starts_at: datetime, length: timedelta) -> None:
    steps = schedule(starts_at, starts_at + length, SHANGHAI, horizon=starts_at + timedelta(days=120))
    assert [due.at for due in steps] == sorted(due.at for due in steps)
    assert len({due.step for due in steps}) == len(steps)
    assert steps[0].step == "created"
    assert not any(in_quiet_hours(due.at, SHANGHAI) for due in steps)


def test_the_meeting_is_tomorrow() -> None:
    (step,) = meeting_steps(local(11, 18, 19), SHANGHAI)
    assert (step.step, step.kind, step.at) == ("meeting_tomorrow", Step.MEETING_TOMORROW, local(11, 17, 9))


@pytest.mark.parametrize(
    ("known_from", "at"),
    [
        (local(11, 10, 23), local(11, 17, 9)),
        (local(11, 17, 9), local(11, 17, 9)),
        (local(11, 17, 20, 59), local(11, 17, 20, 59)),
        (local(11, 17, 21), None),  # held until the meeting's own morning: too late for "tomorrow"
        (local(11, 18, 10), None),
    ],
)
def test_a_meeting_fixed_at_short_notice(known_from: datetime, at: datetime | None) -> None:
    steps = meeting_steps(local(11, 18, 19), SHANGHAI, known_from=known_from)
    assert [due.at for due in steps] == ([] if at is None else [at])


@pytest.mark.parametrize(
    ("at", "quiet", "after"),
    [
        (local(11, 18, 20, 59), False, local(11, 18, 20, 59)),
        (local(11, 18, 21, 0), True, local(11, 19, 8)),
        (local(11, 18, 23, 59), True, local(11, 19, 8)),
        (local(11, 19, 0, 0), True, local(11, 19, 8)),
        (local(11, 19, 7, 59), True, local(11, 19, 8)),
        (local(11, 19, 8, 0), False, local(11, 19, 8)),
        (datetime(2025, 11, 18, 13, 0, tzinfo=UTC), True, local(11, 19, 8)),  # 21:00 in Shanghai
        (datetime(2025, 11, 18, 22, 0, tzinfo=UTC), True, local(11, 19, 8)),  # 06:00 in Shanghai
        (local(12, 31, 22), True, datetime(2026, 1, 1, 8, tzinfo=SHANGHAI)),
    ],
)
def test_quiet_hours(at: datetime, quiet: bool, after: datetime) -> None:
    assert in_quiet_hours(at, SHANGHAI) is quiet
    assert after_quiet(at, SHANGHAI) == after
