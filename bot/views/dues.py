"""A running clock in words: what is to do, until when, how late, and the sum that made the date."""

from datetime import date
from typing import Any

from bot.views.codec import pack
from bot.views.facts import listed, term
from bot.views.moments import day, period_end
from bot.views.registry import Facts
from bot.views.rendered import Button, Row
from bot.views.words import Own, Words
from procedure.clocks import CLOCKS, WINDOWS, DeadlineKind

TITLE_LIMIT = 40
BUTTONS_SHOWN = 8
_MINUTES = (("days", 1440), ("hours", 60), ("minutes", 1))


def what(say: Words, item: Facts) -> Own:
    """What the clock is about; of a time given to others, once it is over, what it left to be done."""
    kind = item["kind"]
    return say.of("window", kind) if item["late"] and kind in WINDOWS else term(say, "deadline", kind)


def late(item: Facts) -> bool:
    """Whether somebody is late with it: not when a time given to others is over."""
    return bool(item["late"]) and item["kind"] not in WINDOWS


def until(say: Words, item: Facts) -> Own:
    """The end of the period as people count it."""
    return period_end(say, item["ends_at"], item["tz"])


def named(say: Words, item: Facts) -> Own:
    """№ and title, short."""
    return say("todo-of", number=item["topic"]["number"], title=say.people(item["topic"]["title"], TITLE_LIMIT))


def who(say: Words, item: Facts) -> Own:
    """Whose it is to act."""
    return listed(say, [term(say, "standing", one) for one in item["who"]])


def duty(say: Words, item: Facts) -> Own:
    """What the reader of a reminder is asked to do; who only watches is asked to urge the others."""
    kind, role = item["kind"], item["role"]
    if watches(item):
        return say("duty-watch", who=who(say, item))
    return term(say, "duty", f"{kind}-{role}" if say.has(f"duty-{kind}-{role}") else kind)


def watches(item: Facts) -> bool:
    """Whether the reader supervises this clock and need not act."""
    clock = CLOCKS[DeadlineKind(item["kind"])]
    return item["role"] in clock.watching and item["role"] not in clock.acting


def counted(say: Words, arithmetic: dict[str, Any]) -> list[Own]:
    """The sum (none for an appointed end), that it moved over rest days, that a person has to confirm it."""
    unit, last_day = arithmetic["unit"], date.fromisoformat(arithmetic["last_day"])
    nominal = last_day if unit == "working_day" else date.fromisoformat(arithmetic["nominal"])
    start, end = day(say, arithmetic["start"]), day(say, nominal)
    parts = [] if unit == "appointed" else [say.of("sum", unit, start=start, amount=arithmetic["amount"], end=end)]
    if nominal != last_day:
        parts.append(say("counted-moved", day=day(say, last_day)))
    if arithmetic["uncertain"]:
        parts.append(say("counted-uncertain"))
    return parts


def in_short(say: Words, arithmetic: dict[str, Any]) -> Own:
    """Sum and clause as one small line."""
    parts = [*counted(say, arithmetic), say.clause(arithmetic["clause"])]
    return Own(f"<i>{say('counted-comma').join(parts)}</i>")


def span(say: Words, minutes: int) -> Own:
    """How long, in the largest whole unit."""
    unit, size = next((unit, size) for unit, size in _MINUTES if minutes >= size or size == 1)
    return say.of("span", unit, count=minutes // size)


def topic_rows(say: Words, items: list[Any]) -> tuple[Row, ...]:
    """The way to each topic once, two to a row."""
    plain = say.plain()
    topics = {item["topic_id"]: item["topic"]["number"] for item in items}
    buttons = [
        Button(plain("btn-topic", number=number), pack("topic", topic_id))
        for topic_id, number in list(topics.items())[:BUTTONS_SHOWN]
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
