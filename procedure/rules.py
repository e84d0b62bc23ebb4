"""The speaking and voting rules of a meeting as the settings that will run (5.5.2, 5.5.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from procedure.errors import RuleBroken
from procedure.legal import check_source
from procedure.terms import FloorMode
from procedure.votes import MAJORITY, MAJORITY_CLAUSE, Threshold

LEAST_LIST_CLOSING: Final = 5
MOST_LIST_CLOSING: Final = 240


@dataclass(frozen=True, slots=True)
class Rules:
    """One object for what is voted on and what then runs.

    ``minutes`` per turn, ``turns`` per person, ``list_closes_after_minutes`` from the start of the discussion (None:
    the list stays open), ``threshold`` of the main vote.
    """

    minutes: int
    turns: int
    floor_mode: FloorMode
    list_closes_after_minutes: int | None
    threshold: Threshold


TEMPLATE: Final = Rules(
    minutes=3, turns=2, floor_mode=FloorMode.SOFT, list_closes_after_minutes=None, threshold=MAJORITY
)
"""Satisfies 5.5.2 and 5.5.3 as it stands."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Lawful values to offer for each setting; a fraction is (numerator, denominator, or above)."""

    minutes: tuple[int, ...]
    turns: tuple[int, ...]
    floor_mode: tuple[FloorMode, ...]
    list_closes_after_minutes: tuple[int | None, ...]
    threshold: tuple[tuple[int, int, bool], ...]


def choices() -> Choices:
    """What a form may offer; a fraction other than the majority also needs its legal source (5.5.3 c)."""
    return Choices(
        minutes=(1, 2, 3),
        turns=(1, 2),
        floor_mode=tuple(FloorMode),
        list_closes_after_minutes=(None, 15, 30, 60, 120, MOST_LIST_CLOSING),
        threshold=((1, 2, False), (2, 3, True), (2, 3, False), (3, 4, True), (3, 4, False)),
    )


def check(rules: Rules, today: date | None = None) -> None:
    """``today`` is the community's local date; without it no figure of a law is shown in a refusal.

    Raises RuleBroken bad_minutes and bad_turns (5.5.2 f), bad_list_closing (5.5.3 a), threshold_without_source,
    law_counts_otherwise.
    """
    if not 1 <= rules.minutes <= 3:
        raise RuleBroken("bad_minutes", "5.5.2 f", minutes=rules.minutes, least=1, most=3)
    if not 1 <= rules.turns <= 2:
        raise RuleBroken("bad_turns", "5.5.2 f", turns=rules.turns, least=1, most=2)
    closing = rules.list_closes_after_minutes
    if closing is not None and not LEAST_LIST_CLOSING <= closing <= MOST_LIST_CLOSING:
        raise RuleBroken(
            "bad_list_closing", "5.5.3 a", minutes=closing, least=LEAST_LIST_CLOSING, most=MOST_LIST_CLOSING
        )
    source = rules.threshold.source.strip()
    if not rules.threshold.is_majority and source in ("", MAJORITY_CLAUSE):
        raise RuleBroken("threshold_without_source", "5.5.3 c")
    check_source(source, today)


def differences(before: Rules, after: Rules) -> tuple[str, ...]:
    """The names of the settings that differ, in the order of the rules."""
    return tuple(field.name for field in fields(Rules) if getattr(before, field.name) != getattr(after, field.name))


def to_json(rules: Rules) -> dict[str, object]:
    """A plain dictionary of strings, whole numbers and booleans."""
    threshold = rules.threshold
    return {
        "minutes": rules.minutes,
        "turns": rules.turns,
        "floor_mode": rules.floor_mode.value,
        "list_closes_after_minutes": rules.list_closes_after_minutes,
        "threshold": {
            "numerator": threshold.numerator,
            "denominator": threshold.denominator,
            "or_above": threshold.or_above,
            "source": threshold.source,
        },
    }


def from_json(data: Mapping[str, object]) -> Rules:
    """The rules ``to_json`` wrote. Raises ValueError when a setting is missing, of the wrong type or unknown."""
    threshold = data.get("threshold")
    if not isinstance(threshold, Mapping):
        raise ValueError("threshold is missing")
    closing = data.get("list_closes_after_minutes")
    return Rules(
        minutes=_whole(data, "minutes"),
        turns=_whole(data, "turns"),
        floor_mode=FloorMode(str(data.get("floor_mode"))),
        list_closes_after_minutes=None if closing is None else _whole(data, "list_closes_after_minutes"),
        threshold=Threshold(
            numerator=_whole(threshold, "numerator"),
            denominator=_whole(threshold, "denominator"),
            or_above=threshold.get("or_above") is True,
            source=str(threshold.get("source", "")),
        ),
    )


def _whole(data: Mapping[str, object], name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is not a whole number")
    return value
