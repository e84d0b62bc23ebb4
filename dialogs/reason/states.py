"""Which question comes next follows from what is answered already."""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State, StatesGroup

from dialogs.form import Flow

ACTIONS: Final = (
    "grant_other",
    "skip",
    "undo_grant",
    "end_turn",
    "extend_turn",
    "accept_words",
    "ban_channel",
    "start_explanation",
    "set_aside_hands",
    "close_list",
    "adjourn",
)
REASON_LIMIT: Final = 200


class Reasoning(StatesGroup):
    """What is asked."""

    which = State()
    minutes = State()
    day = State()
    time = State()
    why = State()


def where(fields: Mapping[str, Any]) -> State:
    """The window of a draft."""
    action = fields.get("action")
    if action == "grant_other" and not fields.get("hand_id"):
        return Reasoning.which
    if action == "extend_turn" and not fields.get("minutes"):
        return Reasoning.minutes
    if action == "adjourn" and not fields.get("day"):
        return Reasoning.day
    if action == "adjourn" and not fields.get("time"):
        return Reasoning.time
    return Reasoning.why


FLOW: Final = Flow("reason", where)
EMPTY: Final[dict[str, Any]] = {"hand_id": None, "minutes": None, "day": None, "time": None}
