"""When a deadline speaks up and when it keeps quiet (our rule). Instants are aware; hours are local hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(8)
MORNING: Final = time(9)
EVENING: Final = time(18)
HALF_FROM_DAYS: Final = 5
"""Half-time is told only in periods over 4 days."""
LAST_DAILY: Final = 30


class Step(StrEnum):
    """The kinds of step; the numbered ones carry their number behind: overdue_daily_2, overdue_weekly_1."""

    CREATED = "created"
    HALF = "half"
    EVE = "eve"
    DUE_MORNING = "due_morning"
    DUE_EVENING = "due_evening"
    OVERDUE_1 = "overdue_1"
    OVERDUE_DAILY = "overdue_daily"
    OVERDUE_WEEKLY = "overdue_weekly"
    MEETING_TOMORROW = "meeting_tomorrow"


_NUMBERED: Final = frozenset({Step.OVERDUE_DAILY, Step.OVERDUE_WEEKLY})


@dataclass(frozen=True, slots=True)
class StepDue:
    """One reminder and when it is due; ``number`` counts the daily ones (2 to 30: days overdue) and the weekly ones."""

    kind: Step
    at: datetime
    number: int = 1

    @property
    def step(self) -> str:
        """Its name, unique within the deadline."""
        return f"{self.kind}_{self.number}" if self.kind in _NUMBERED else self.kind.value


def schedule(
    starts_at: datetime, ends_at: datetime, tz: ZoneInfo, *, horizon: datetime | None = None
) -> tuple[StepDue, ...]:
    """All steps of a period in order of time.

    created at once; half at 09:00 of the middle day (periods over 4 days); eve 09:00; due day 09:00 and 18:00; then
    overdue: first at the 08:00 after the end, daily at 09:00 to the 30th day, and weekly up to ``horizon``. Steps whose
    hour lies before the start or, unless overdue, after the end are left out.
    """
    first_day = starts_at.astimezone(tz).date()
    last_day = (ends_at - timedelta(microseconds=1)).astimezone(tz).date()
    length = (last_day - first_day).days
    before = [
        (Step.EVE, last_day - timedelta(days=1), MORNING),
        (Step.DUE_MORNING, last_day, MORNING),
        (Step.DUE_EVENING, last_day, EVENING),
    ]
    if length >= HALF_FROM_DAYS:
        before.insert(0, (Step.HALF, first_day + timedelta(days=length // 2), MORNING))
    steps = [StepDue(Step.CREATED, after_quiet(starts_at, tz))]
    for step, day, hour in before:
        at = datetime.combine(day, hour, tz)
        if steps[-1].at < at < ends_at:
            steps.append(StepDue(step, at))
    return (*steps, *_overdue(ends_at, tz, horizon))


def _overdue(ends_at: datetime, tz: ZoneInfo, horizon: datetime | None) -> list[StepDue]:
    first_day = ends_at.astimezone(tz).date()
    if ends_at > datetime.combine(first_day, QUIET_UNTIL, tz):
        first_day += timedelta(days=1)
    steps = [StepDue(Step.OVERDUE_1, datetime.combine(first_day, QUIET_UNTIL, tz))]
    for number in range(2, LAST_DAILY + 1):
        steps.append(StepDue(Step.OVERDUE_DAILY, _morning(first_day, number - 1, tz), number))
    week = 1
    at = _morning(first_day, LAST_DAILY - 1 + 7, tz)
    while horizon is not None and at <= horizon:
        steps.append(StepDue(Step.OVERDUE_WEEKLY, at, week))
        week += 1
        at = _morning(first_day, LAST_DAILY - 1 + 7 * week, tz)
    return steps


def _morning(day: date, days_later: int, tz: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=days_later), MORNING, tz)


def meeting_steps(meeting_at: datetime, tz: ZoneInfo, *, known_from: datetime | None = None) -> tuple[StepDue, ...]:
    """ "The meeting is tomorrow": 09:00 of the day before.

    When the meeting became known only later (``known_from``), at once but outside the quiet hours; not at all when that
    would be the meeting's own day.
    """
    meeting_day = meeting_at.astimezone(tz).date()
    at = datetime.combine(meeting_day - timedelta(days=1), MORNING, tz)
    if known_from is not None and known_from > at:
        at = after_quiet(known_from, tz)
    if at.astimezone(tz).date() >= meeting_day:
        return ()
    return (StepDue(Step.MEETING_TOMORROW, at),)


def in_quiet_hours(at: datetime, tz: ZoneInfo) -> bool:
    """21:00 to 08:00 local time; 21:00 is quiet, 08:00 no longer."""
    hour = at.astimezone(tz).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def after_quiet(at: datetime, tz: ZoneInfo) -> datetime:
    """``at`` itself, or the 08:00 that ends the quiet hours it falls into."""
    if not in_quiet_hours(at, tz):
        return at
    local = at.astimezone(tz)
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, tz)
