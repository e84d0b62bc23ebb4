"""Periods as the Civil Code counts them (articles 200–204), for the clocks of 5.2–5.9; days are local days.

The first day is not counted; a period ends at 24:00 of its last day; a month ends on the corresponding day or the
month's last; a last day that is a rest day moves on to the next that is none. Periods counted backwards ("3 日前",
5.4) never move.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from procedure.errors import RuleBroken

RestDays = Callable[[date], bool | None]
"""Whether a day is a Saturday, Sunday or public holiday without make-up work; None beyond the known holiday table."""

NOTICE_CLEAR_DAYS: Final = 3
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a period with its sum: ``start`` + so many days or months = ``nominal``, moved to ``last_day``.

    ``ends_at`` is the aware instant of 24:00 local time on ``last_day``. ``uncertain``: the holiday table did not reach
    that far, only weekends were reckoned with, and a person has to confirm the date.
    """

    start: date
    days: int
    months: int
    nominal: date
    last_day: date
    ends_at: datetime
    uncertain: bool

    @property
    def moved_from(self) -> date | None:
        """The rest day the period would have ended on; None when it did not move."""
        return None if self.nominal == self.last_day else self.nominal


def days_forward(start: date, days: int, is_rest: RestDays, tz: ZoneInfo) -> Due:
    """The end of a period of days that began on ``start``. Raises ValueError for less than one day."""
    if days < 1:
        raise ValueError("a period has at least one day")
    nominal = start + timedelta(days=days)
    return _due(start, nominal, is_rest, tz, days=days)


def month_forward(start: date, is_rest: RestDays, tz: ZoneInfo) -> Due:
    """The end of the one month of 5.2.1 that began on ``start``."""
    year, month = (start.year, start.month + 1) if start.month < 12 else (start.year + 1, 1)
    nominal = date(year, month, min(start.day, monthrange(year, month)[1]))
    return _due(start, nominal, is_rest, tz, months=1)


def next_working_day(start: date, is_rest: RestDays, tz: ZoneInfo) -> Due:
    """The end of the next day that is no rest day (for the registration of a topic, our rule)."""
    return days_forward(start, 1, is_rest, tz)


def _due(start: date, nominal: date, is_rest: RestDays, tz: ZoneInfo, *, days: int = 0, months: int = 0) -> Due:
    last_day = nominal
    uncertain = False
    while True:
        rest = is_rest(last_day)
        if rest is None:
            uncertain = True
            rest = last_day.weekday() >= _SATURDAY
        if not rest:
            break
        last_day += timedelta(days=1)
    return Due(start, days, months, nominal, last_day, end_of_day(last_day, tz), uncertain)


def end_of_day(day: date, tz: ZoneInfo) -> datetime:
    """24:00 local time, as an aware instant."""
    return datetime.combine(day + timedelta(days=1), time.min, tz)


def clear_days_before(meeting: date, days: int = NOTICE_CLEAR_DAYS) -> date:
    """5.4: the latest day that leaves so many whole days between it and the meeting's: 3 before the 15th is the 11th.

    Raises ValueError for less than one day.
    """
    if days < 1:
        raise ValueError("a period has at least one day")
    return meeting - timedelta(days=days + 1)


def check_notice(published_at: datetime, meeting_at: datetime, tz: ZoneInfo) -> None:
    """5.4: three clear local days between publication and meeting.

    Raises RuleBroken notice_too_late with ``published``, ``meeting``, ``latest`` (local dates) and ``days``.
    """
    published = published_at.astimezone(tz).date()
    meeting = meeting_at.astimezone(tz).date()
    latest = clear_days_before(meeting)
    if published > latest:
        raise RuleBroken(
            "notice_too_late", "5.4", published=published, meeting=meeting, latest=latest, days=NOTICE_CLEAR_DAYS
        )
