"""Instants and days as people read them, in the community's time zone."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.views.words import Own, Words

DEFAULT_ZONE: Final = "Asia/Shanghai"
Instant = datetime | str


def local(instant: Instant, tz: str) -> datetime:
    """An aware instant, or its ISO form, in the zone ``tz``."""
    aware = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return aware.astimezone(ZoneInfo(tz))


def clock(instant: Instant, tz: str) -> Own:
    """The time of day to the second, for what ends today: 15:42:30."""
    return Own(local(instant, tz).strftime("%H:%M:%S"))


def day(say: Words, value: date | str) -> Own:
    """A calendar day: 11月3日(周一)."""
    when = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return say("day", month=when.month, day=when.day, monthname=_month(say, when), weekday=_weekday(say, when))


def full_date(say: Words, value: date | str) -> Own:
    """A day that must still be read rightly next year: 2026年11月30日."""
    when = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return say("date", year=when.year, month=when.month, day=when.day, monthname=_month(say, when))


def moment(say: Words, instant: Instant, tz: str) -> Own:
    """Day and minute: 11月3日(周一)15:00."""
    at = local(instant, tz)
    return say("moment", day=day(say, at.date()), time=Own(at.strftime("%H:%M")))


def period_end(say: Words, instant: Instant, tz: str) -> Own:
    """The end of a period: midnight is 24:00 of the last day, as the Civil Code says it and people count it."""
    at = local(instant, tz)
    if at.time() != time():
        return moment(say, instant, tz)
    return say("moment", day=day(say, at.date() - timedelta(days=1)), time=Own("24:00"))


def remaining(say: Words, until: Instant, now: Instant | None) -> Own:
    """What is left at ``now``, minutes and seconds, for the console; nothing when ``now`` is not known."""
    if now is None:
        return Own("")
    seconds = int((local(until, "UTC") - local(now, "UTC")).total_seconds())
    return say("remaining", time=Own(f"{seconds // 60}:{seconds % 60:02d}")) if seconds > 0 else Own("")


def _month(say: Words, when: date) -> Own:
    return say.of("month", when.month)


def _weekday(say: Words, when: date) -> Own:
    return say.of("weekday", when.isoweekday())
