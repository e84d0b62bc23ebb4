"""Windows and their widgets, in the reader's language."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from operator import itemgetter
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.api.internal import ButtonVariant, RawKeyboard
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Row, Select
from aiogram_dialog.widgets.text import Format, Text

from bot.views.rows import side_by_side
from bot.views.words import words
from dialogs.form import CHANGE, ERROR, NARROW, Event, Form, Show, Talk

PREVIEW: Final = {"text": "…", "choices": [("1", "…"), ("2", "…")], "beside": []}


class _Grid(Group):
    """Short choices side by side; what leads onward (sending, paging, choosing all) in a row of its own."""

    def __init__(self, choices: Select[str]) -> None:
        super().__init__(choices, width=1)

    def _wrap_kbd(self, kbd: Iterable[ButtonVariant]) -> RawKeyboard:
        return side_by_side(kbd, alone=_onward)


def _onward(key: ButtonVariant) -> bool:
    data = getattr(key, "callback_data", None) or ""
    beside = CHANGE in data or NARROW in data
    return data.endswith(":send") or ("~" in data and not beside)


class Say(Text):
    """A button's words from the locales."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return words(manager.middleware_data.get("language", "zh"), markup=False)(self.key)


def window(
    flow: Talk,
    state: State,
    show: Show,
    *,
    choose: Event | None = None,
    write: Event | None = None,
    back: Event | None = None,
    drop: Event | None = None,
) -> Window:
    """Text, choices, and always a way back, a way to save and a way out."""
    ways = [Button(Say("form-back"), id="back", on_click=_tap(flow, back))] if back else []
    return Window(
        Format("{text}"),
        _Grid(
            Select[str](
                Format("{item[1]}"),
                id="pick",
                item_id_getter=itemgetter(0),
                items="choices",
                on_click=_choice(flow, _offered(show, choose or _nothing)),
            )
        ),
        _Grid(
            Select[str](
                Format("{item[1]}"),
                id="beside",
                item_id_getter=itemgetter(0),
                items="beside",
                on_click=_choice(flow, choose or _nothing),
            ),
        ),
        Row(*ways, Button(Say("form-cancel"), id="drop", on_click=_tap(flow, drop or _drop))),
        Button(Say("form-save"), id="save", on_click=_tap(flow, _save)),
        MessageInput(_typed(flow, write)),
        state=state,
        getter=_getter(flow, show),
        preview_data=PREVIEW,
    )


def _getter(flow: Talk, show: Show) -> Callable[..., Awaitable[dict[str, Any]]]:
    async def getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
        return await flow.data(dialog_manager, show)

    return getter


def _choice(flow: Talk, event: Event) -> Callable[[CallbackQuery, Any, DialogManager, str], Coroutine[Any, Any, None]]:
    async def clicked(callback: CallbackQuery, widget: Any, manager: DialogManager, item: str) -> None:
        await flow.run(manager, event, item)

    return clicked


def _tap(flow: Talk, event: Event) -> Callable[[CallbackQuery, Any, DialogManager], Awaitable[None]]:
    async def clicked(callback: CallbackQuery, widget: Any, manager: DialogManager) -> None:
        await flow.run(manager, event, "")

    return clicked


def _typed(flow: Talk, event: Event | None) -> Callable[[Message, Any, DialogManager], Awaitable[None]]:
    async def typed(message: Message, widget: Any, manager: DialogManager) -> None:
        if message.text is None:
            manager.dialog_data[ERROR] = words(manager.middleware_data.get("language", "zh"))("form-need-text")
        elif event is not None:
            await flow.run(manager, event, message.text)

    return typed


def _offered(show: Show, event: Event) -> Event:
    """A choice that is not (any more) among those shown, a forged one too, only shows the window anew."""

    async def chosen(form: Form, value: str) -> None:
        _, choices = await show(form)
        if any(value == item for item, _ in choices):
            await event(form, value)

    return chosen


async def _nothing(form: Form, value: str) -> None:
    """A window without choices."""


async def _save(form: Form, value: str) -> None:
    await form.leave(form.say("form-kept"))


async def _drop(form: Form, value: str) -> None:
    await form.drop()
