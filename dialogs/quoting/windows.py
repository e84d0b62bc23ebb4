"""The windows of the draft of quotations, and how it is opened."""

from typing import Any

from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode

from dialogs import facts
from dialogs.form import Form
from dialogs.parts import window
from dialogs.quoting import events, getters
from dialogs.quoting.states import FLOW, Quoting


def dialog() -> Dialog:
    """A new dialog of this flow."""
    return Dialog(
        window(FLOW, Quoting.draft, getters.draft, choose=events.choose),
        window(FLOW, Quoting.speeches, getters.speeches, choose=events.leaf, back=events.close_speeches),
        on_start=_begin,
    )


async def _begin(data: Any, manager: DialogManager) -> None:
    """Drawn anew each time: what was added or erased since counts, and what was taken stays taken."""
    form = await Form(manager, FLOW.kind).load()
    await events.draw(form)
    await FLOW.begin(manager)


async def open_form(manager: DialogManager, *, meeting_id: int) -> None:
    """The draft of what was said. Raises RuleBroken when this person may not see it, or not now."""
    data = manager.middleware_data
    await data["read"](facts.allowed, actor=data["actor"], meeting_id=meeting_id, action="quote_speeches")
    start = {"meeting_id": meeting_id}
    await manager.start(Quoting.draft, data=start, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
