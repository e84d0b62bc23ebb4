"""What the forms after a meeting share."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from bot.views.moments import full_date
from bot.views.words import Words
from dialogs.form import Choices, Form
from dialogs.sheet.options import picked
from dialogs.sheet.questions import Options, Question
from procedure.errors import OUR_RULE, RuleBroken
from services import after_choices, course

DAY_LIMIT: Final = 30
PAST: Final = (0, -1, -2, -3)
COMING: Final = (7, 15, 30, 60)


async def may(form: Form) -> None:
    """No form opens for nothing."""
    await form.read(course.allowed, topic_id=form.subject_id, action=form.kind)


async def choices(form: Form) -> dict[str, Any]:
    """What there is to choose from."""
    found: dict[str, Any] = await form.read(after_choices.choices, topic_id=form.subject_id)
    return found


def typed(name: str, key: str, limit: int, *, title: str | None = None) -> Question:
    """Words of one's own."""
    return Question(name, key, title or f"{key}-title", limit=limit)


def chosen(name: str, key: str, options: Options, *, optional: bool = False) -> Question:
    """One of a list."""
    return Question(name, key, f"{key}-title", options=options, optional=optional, shown=picked(options))


def day(name: str, key: str, offered: Sequence[int], *, optional: bool = False) -> Question:
    """A day: one of those offered, so many days from today, or typed."""

    async def options(form: Form, narrowed: str) -> Choices:
        today, plain = date.fromisoformat((await choices(form))["today"]), form.say.plain()
        days = [today + timedelta(days=count) for count in offered]
        return [(one.isoformat(), _day_words(plain, one, today)) for one in days]

    return Question(
        name, key, f"{key}-title", limit=DAY_LIMIT, options=options, optional=optional, read=_read_day, shown=_show_day
    )


def _day_words(plain: Words, one: date, today: date) -> str:
    return str(plain("sheet-day-today") if one == today else full_date(plain, one))


async def _read_day(form: Form, value: str) -> str:
    """2026-11-30, 2026.11.30, 2026年11月30日; raises RuleBroken bad_day. "" is an answer left out."""
    if not value:
        return value
    written = value.strip().rstrip("日")
    for mark in ("年", "月", ".", "/"):
        written = written.replace(mark, "-")
    try:
        year, month, number = (int(part) for part in written.split("-"))
        return date(year, month, number).isoformat()
    except ValueError:
        raise RuleBroken("bad_day", OUR_RULE) from None


async def _show_day(form: Form, value: Any) -> str:
    return str(full_date(form.say.plain(), str(value)))
