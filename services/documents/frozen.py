"""A paper as plain JSON and back: what it says is fixed when it is issued, and drawn later."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from services.documents.papers import (
    MeetingRecord,
    NoticePaper,
    Paper,
    Proposal,
    PublicProposal,
    ResultNotice,
    SignInSheet,
    SupervisionRecord,
)

TYPES: dict[str, type[Paper]] = {
    "b1": Proposal,
    "b1_public": PublicProposal,
    "notice": NoticePaper,
    "b2": SignInSheet,
    "b3": MeetingRecord,
    "b4": SupervisionRecord,
    "result_notice": ResultNotice,
}
"""The kind of a stored document → what it is made of."""


def frozen(value: Any) -> Any:
    """A paper, or a part of one, as JSON can hold it."""
    if is_dataclass(value):
        return {field.name: frozen(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [frozen(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def thawed(kind: str, facts: dict[str, Any]) -> Paper:
    """The paper of this kind that `frozen` wrote, an earlier version of us too.

    Raises KeyError for a kind, TypeError for a field that is not there and has to be.
    """
    paper: Paper = _thawed(TYPES[kind], facts)
    return paper


def _thawed(wanted: Any, value: Any) -> Any:
    origin = get_origin(wanted)
    if origin in (UnionType, Union):
        chosen = next(one for one in get_args(wanted) if one is not NoneType)
        return None if value is None else _thawed(chosen, value)
    if origin is tuple:
        return tuple(_thawed(get_args(wanted)[0], one) for one in value)
    if isinstance(wanted, type) and is_dataclass(wanted):
        hints = _hints(wanted)
        return wanted(**{name: _thawed(hint, value[name]) for name, hint in hints.items() if name in value})
    return date.fromisoformat(value) if wanted is date else value


@cache
def _hints(wanted: type) -> dict[str, Any]:
    return get_type_hints(wanted)
