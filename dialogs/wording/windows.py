"""The windows of the wording form, and how it is opened."""

from typing import Any

from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode

from dialogs import facts
from dialogs.form import Form
from dialogs.parts import window
from dialogs.wording import events, getters
from dialogs.wording.states import FLOW, Writing


def dialog() -> Dialog:
    """A new dialog of this flow."""
    return Dialog(
        window(FLOW, Writing.text, getters.text, choose=events.choose_text, write=events.write_text, back=events.back),
        window(
            FLOW,
            Writing.implementer,
            getters.implementer,
            choose=events.keep_implementer,
            write=events.write_implementer,
            back=events.back,
        ),
        window(FLOW, Writing.due, getters.due, choose=events.choose_due, write=events.write_due, back=events.back),
        window(
            FLOW,
            Writing.objections,
            getters.objections,
            choose=events.choose_objections,
            write=events.write_objections,
            back=events.back,
        ),
        window(FLOW, Writing.review, getters.review, choose=events.choose_review),
        on_start=_begin,
    )


async def _begin(data: Any, manager: DialogManager) -> None:
    """A form without items starts from the wording that stands, so that a correction is a small change."""
    form = await Form(manager, FLOW.kind).load()
    standing = form.known["wording"] or {}
    if not form.fields.keys() & {"items", "current"} and standing.get("items"):
        items = [{name: item[name] for name in ("text", "implementer", "due")} for item in standing["items"]]
        await FLOW.begin(manager, **({"objections": standing["objections"]} | form.fields | {"items": items}))
    else:
        await FLOW.begin(manager)


async def open_form(manager: DialogManager, *, meeting_id: int) -> None:
    """Go on writing. Raises RuleBroken when this person may not, or not now."""
    data = manager.middleware_data
    await data["read"](facts.allowed, actor=data["actor"], meeting_id=meeting_id, action="post_wording")
    start = {"meeting_id": meeting_id}
    await manager.start(Writing.text, data=start, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
