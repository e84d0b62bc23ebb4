"""Facts by name → the words a sentence takes: one formatter per name, wherever the fact turns up."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final

from bot.views.moments import DEFAULT_ZONE, clock, day, moment, period_end
from bot.views.words import Own, Words
from procedure.terms import Standing

MOST_NAMES: Final = 4
MOST_NUMBERS: Final = 20
_TERMS: Final = {
    "stance": "stance",
    "has": "stance",
    "calling": "stance",
    "state": "state",
    "state_left": "state",
    "capacity": "capacity",
    "verdict": "verdict",
    "field": "field",
    "motion_kind": "motion",
    "stage": "topic-stage",
    "post": "post",
    "first": "post",
    "second": "post",
    "hand_why": "room-hand",
    "mode": "plan-mode",
    "matter": "legal-matter",
    "legal_check": "legal-check",
    "legal_route": "legal-route",
}
_TERM_LISTS: Final = {
    "absent": "post",
    "who": "standing",
    "states": "state",
    "stages": "topic-stage",
    "posts": "post",
    "fields_missing": "supervision",
    "kinds_missing": "record-kind",
}
_NUMBER_LISTS: Final = frozenset({"seats", "skipped"})
_CLOCKS: Final = frozenset({"ends_at", "until", "answer_until"})
_MOMENTS: Final = frozenset({"opens_at", "next_at", "at", "scheduled_at", "meets_at"})
_PERIODS: Final = frozenset({"till"})
_DAYS: Final = frozenset({"latest", "due", "today", "present", "earliest", "start"})

Formatter = Callable[[Words, Any, str], Own]


def worded(say: Words, facts: Mapping[str, Any]) -> dict[str, Own]:
    """Every fact that can stand in a sentence, in words; nested ones are left to the views that know them.

    A None becomes nothing; instants are shown in facts["tz"] (Asia/Shanghai when it is missing).
    """
    zone = str(facts.get("tz") or DEFAULT_ZONE)
    return {name: _word(say, name, value, zone) for name, value in facts.items() if not isinstance(value, Mapping)}


def _word(say: Words, name: str, value: Any, zone: str) -> Own:
    if value is None:
        return Own("")
    if name in _TERM_LISTS and isinstance(value, Iterable) and not isinstance(value, str):
        return listed(say, [term(say, _TERM_LISTS[name], one) for one in value if one != Standing.SYSTEM])
    if name in _NUMBER_LISTS:
        return listed(say, [say.people(one) for one in value], MOST_NUMBERS)
    if name in _TERMS:
        word = term(say, _TERMS[name], value)
    elif name in _CLOCKS:
        word = clock(value, zone)
    elif name in _MOMENTS:
        word = moment(say, value, zone)
    elif name in _PERIODS:
        word = period_end(say, value, zone)
    elif name in _DAYS:
        word = day(say, value)
    else:
        word = say.people(value)
    return word


def term(say: Words, family: str, value: object) -> Own:
    """The word for a term; the term itself when the locales have none, so that a new one never breaks a message."""
    plain = value.value if isinstance(value, Enum) else value
    return say.of(family, plain) if say.has(f"{family}-{plain}") else say.people(plain)


def listed(say: Words, parts: list[Own], most: int = MOST_NAMES) -> Own:
    """Words one after another, the first few of many."""
    return Own(say("list-comma").join(parts[:most]) + ("…" if len(parts) > most else ""))
