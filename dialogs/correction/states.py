"""Two small forms: asking, deciding."""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State, StatesGroup

from dialogs.form import Flow


class Asking(StatesGroup):
    """What should read otherwise."""

    text = State()
    review = State()


class Deciding(StatesGroup):
    """Adopt or refuse, and why."""

    choose = State()
    why = State()


def where_asking(fields: Mapping[str, Any]) -> State:
    """The window of a half-written request."""
    return Asking.review if fields.get("text") and not fields.get("again") else Asking.text


def where_deciding(fields: Mapping[str, Any]) -> State:
    """The window of a half-made answer."""
    return Deciding.choose if fields.get("adopted") is None else Deciding.why


ASKING: Final = Flow("correction", where_asking)
DECIDING: Final = Flow("decision", where_deciding)
