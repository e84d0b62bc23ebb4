"""One household or one person twice on the list of those who vote: a warning for the convener, never a refusal.

Two of one household may both be stakeholders; whether they are is the convener's to know (5.3.1 b, our rule).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Alike(StrEnum):
    """What two entries share, the graver first."""

    ACCOUNT = "account"
    NAME = "name"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class Entry:
    """A stakeholder as the roster has them; `household` and `account` are None where nothing is known."""

    person_id: int
    name: str
    household: str | None
    account: int | None


@dataclass(frozen=True, slots=True)
class Double:
    """Entries that may be one household, or one person."""

    alike: Alike
    persons: tuple[int, ...]


def doubles(entries: Iterable[Entry]) -> tuple[Double, ...]:
    """Groups that share an account, a name or a household, each group once and for its gravest reason."""
    listed = tuple(entries)
    found: dict[tuple[int, ...], Alike] = {}
    for alike in Alike:
        for persons in _groups(listed, alike):
            found.setdefault(persons, alike)
    return tuple(Double(alike, persons) for persons, alike in found.items())


def _groups(entries: Iterable[Entry], alike: Alike) -> list[tuple[int, ...]]:
    by_value: dict[object, list[int]] = defaultdict(list)
    for entry in entries:
        value = _value(entry, alike)
        if value:
            by_value[value].append(entry.person_id)
    return sorted(tuple(sorted(persons)) for persons in by_value.values() if len(persons) > 1)


def _value(entry: Entry, alike: Alike) -> object:
    match alike:
        case Alike.ACCOUNT:
            return entry.account
        case Alike.NAME:
            return "".join(entry.name.split()).casefold()
        case Alike.HOUSEHOLD:
            return "".join((entry.household or "").split()).casefold()
