"""Which window a half-written opinion has.

Draft fields: ``items`` [{text, implementer, due}], ``current`` the item being written with ``at`` the question it is
at (None: no item is being written), ``objections`` (None: not asked yet), ``asking_objections``.
"""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State, StatesGroup

from dialogs.form import Flow


class Writing(StatesGroup):
    """The questions about an item, the objections, and the whole."""

    text = State()
    implementer = State()
    due = State()
    objections = State()
    review = State()


_AT: Final = {"text": Writing.text, "implementer": Writing.implementer, "due": Writing.due}


def where(fields: Mapping[str, Any]) -> State:
    """The window of a draft."""
    current = fields.get("current")
    if current:
        return _AT[current["at"]]
    if not fields.get("items"):
        return Writing.text
    if fields.get("objections") is None or fields.get("asking_objections"):
        return Writing.objections
    return Writing.review


FLOW: Final = Flow("wording", where)
