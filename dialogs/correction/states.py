"""Two small forms: asking, deciding."""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State, StatesGroup

from dialogs.form import Flow


class Requesting(StatesGroup):
    """What should read otherwise."""

    text = State()
    review = State()


class Deciding(StatesGroup):
    """Adopt or refuse, and why."""

    choose = State()
    why = State()


def where_requesting(fields: Mapping[str, Any]) -> State:
    """The window of a half-written request."""
    return Requesting.review if fields.get("text") and not fields.get("again") else Requesting.text


def where_deciding(fields: Mapping[str, Any]) -> State:
    """The window of a half-made answer."""
    return Deciding.choose if fields.get("adopted") is None else Deciding.why


REQUESTING: Final = Flow("correction", where_requesting)
DECIDING: Final = Flow("decision", where_deciding)
