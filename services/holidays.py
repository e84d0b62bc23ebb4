"""Rest days from the published holiday table; beyond it nobody guesses."""

from datetime import date

import chinese_calendar


def is_rest_day(day: date) -> bool | None:
    """Whether this is a Saturday, Sunday or public holiday and no make-up workday; None beyond the known table."""
    try:
        return bool(chinese_calendar.is_holiday(day))
    except NotImplementedError:
        return None
