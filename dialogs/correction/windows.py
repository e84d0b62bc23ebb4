"""The windows of the two correction forms, and how they are opened."""

from typing import Any

from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode

from dialogs import facts
from dialogs.correction import events, getters
from dialogs.correction.states import DECIDING, REQUESTING, Deciding, Requesting
from dialogs.form import Form
from dialogs.parts import window


def ask_dialog() -> Dialog:
    """The stakeholder's form."""
    return Dialog(
        window(REQUESTING, Requesting.text, getters.text, choose=events.keep_request, write=events.write_request),
        window(REQUESTING, Requesting.review, getters.review, choose=events.send_request, back=events.write_again),
        on_start=_begin_asking,
    )


def decide_dialog() -> Dialog:
    """The chair's form."""
    return Dialog(
        window(DECIDING, Deciding.choose, getters.choose, choose=events.choose_answer),
        window(DECIDING, Deciding.why, getters.why, write=events.write_why, back=events.unchoose),
        on_start=_begin_deciding,
    )


async def _begin_asking(data: Any, manager: DialogManager) -> None:
    await REQUESTING.begin(manager)


async def _begin_deciding(data: Any, manager: DialogManager) -> None:
    form = await Form(manager, DECIDING.kind).load()
    asked = {"request_id": data["request_id"]}
    same = form.fields.get("request_id") == data["request_id"]
    await DECIDING.begin(manager, **(asked if same else asked | {"adopted": None}))


async def open_asking(manager: DialogManager, *, meeting_id: int) -> None:
    """Write a request. Raises RuleBroken when this person may not, or the time is over."""
    data = manager.middleware_data
    await data["read"](facts.allowed, actor=data["actor"], meeting_id=meeting_id, action="ask_correction")
    start = {"meeting_id": meeting_id}
    await manager.start(Requesting.text, data=start, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def open_deciding(manager: DialogManager, *, meeting_id: int, request_id: int) -> None:
    """Answer a request. Raises RuleBroken when this person may not, or nothing is left to answer."""
    data = manager.middleware_data
    await data["read"](facts.allowed, actor=data["actor"], meeting_id=meeting_id, action="decide_correction")
    start = {"meeting_id": meeting_id, "request_id": request_id}
    await manager.start(Deciding.choose, data=start, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
