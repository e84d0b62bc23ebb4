"""Which window the draft of quotations has.

Draft fields, places only and no words: ``quotations`` [[version, start, end]] in the order they are shown (None: not
drawn yet), ``keywords`` [[version, start, end, people]], ``taken`` [[version, start, end]], ``page``, and ``reading``,
the page of all speeches while they are looked at.
"""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State, StatesGroup

from dialogs.form import Flow


class Quoting(StatesGroup):
    """The draft, and all speeches."""

    draft = State()
    speeches = State()


def where(fields: Mapping[str, Any]) -> State:
    """The window of a draft."""
    return Quoting.draft if fields.get("reading") is None else Quoting.speeches


FLOW: Final = Flow("quotations", where)
