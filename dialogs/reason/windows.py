"""The windows of the reason form, and how it is opened."""

from typing import Any

from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode

from dialogs import facts
from dialogs.form import Form
from dialogs.parts import window
from dialogs.reason import events, getters
from dialogs.reason.states import ACTIONS, EMPTY, FLOW, Reasoning
from procedure.errors import OUR_RULE, RuleBroken


def dialog() -> Dialog:
    """A new dialog of this flow."""
    return Dialog(
        window(FLOW, Reasoning.which, getters.which, choose=events.choose_hand, back=events.back),
        window(FLOW, Reasoning.minutes, getters.minutes, choose=events.choose_minutes, back=events.back),
        window(FLOW, Reasoning.day, getters.days, choose=events.choose_day, back=events.back),
        window(
            FLOW,
            Reasoning.time,
            getters.times,
            choose=events.choose_time,
            write=events.choose_time,
            back=events.back,
        ),
        window(
            FLOW,
            Reasoning.why,
            getters.why,
            choose=events.choose_reason,
            write=events.write_reason,
            back=events.back,
        ),
        on_start=_begin,
    )


async def _begin(data: Any, manager: DialogManager) -> None:
    form = await Form(manager, FLOW.kind).load()
    asked = {"action": data["action"], "subject_id": data["subject_id"]}
    same = all(form.fields.get(name) == value for name, value in asked.items())
    await FLOW.begin(manager, **(asked if same else asked | EMPTY))


async def open_form(manager: DialogManager, *, meeting_id: int, subject_id: int, action: str) -> None:
    """Ask for what this act still needs. Raises RuleBroken when it cannot be done now or is none of these."""
    if action not in ACTIONS:
        raise RuleBroken("stale", OUR_RULE)
    data = manager.middleware_data
    await data["read"](facts.allowed, actor=data["actor"], meeting_id=meeting_id, action=action)
    start: dict[str, Any] = {"meeting_id": meeting_id, "subject_id": subject_id, "action": action}
    await manager.start(Reasoning.why, data=start, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
