"""One window: every tap is saved in the draft, the rules change when it is sent."""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State, StatesGroup
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode

from bot.views.facts import term
from bot.views.lines import list_closing, ratio
from bot.views.words import Own
from dialogs import facts, rights
from dialogs.form import Choices, Flow, Form, chosen
from dialogs.parts import window
from procedure.rules import choices as lawful
from procedure.terms import FloorMode
from services import opening, rules


class Changing(StatesGroup):
    """The one window."""

    settings = State()


def where(fields: Mapping[str, Any]) -> State:
    """Always the same."""
    return Changing.settings


FLOW: Final = Flow("rules", where)
_NEVER: Final = "none"


def dialog() -> Dialog:
    """A new dialog of this flow."""
    return Dialog(window(FLOW, Changing.settings, show, choose=choose), on_start=_begin)


async def show(form: Form) -> tuple[list[Own], Choices]:
    """The settings as they would be, and what can be chosen instead."""
    meeting = await form.read(facts.known, meeting_id=form.meeting_id)
    settings = meeting["rules"] | form.fields
    plain, offered = form.say.plain(), lawful()
    options: Choices = []
    for name, key in (("minutes", "rules-minutes"), ("turns", "rules-turns")):
        for value in getattr(offered, name):
            words = f"{plain(key)} {plain(f'{key}-of', **{name: value})}"
            options.append(chosen((f"{name}-{value}", words), plain, yes=settings[name] == value))
    for mode in offered.floor_mode:
        words = str(plain.of("rules-floor", mode.value))
        options.append(chosen((f"floor-{mode.value}", words), plain, yes=settings["floor_mode"] == mode))
    for closing in offered.list_closes_after_minutes:
        words = str(plain("rules-closing-none") if closing is None else plain("rules-closing-of", minutes=closing))
        now = settings["list_closes_after_minutes"] == closing
        options.append(chosen((f"closing-{_NEVER if closing is None else closing}", words), plain, yes=now))
    lines = [
        form.say("rules-head"),
        form.say(
            "board-rules",
            minutes=settings["minutes"],
            turns=settings["turns"],
            floor=term(form.say, "floor_mode", settings["floor_mode"]),
        ),
        list_closing(form.say, settings["list_closes_after_minutes"]),
        form.say("rules-ratio", ratio=ratio(form.say, settings["threshold"])),
    ]
    return lines, [*options, *_sending(form, meeting["motion"])]


def _sending(form: Form, motion: dict[str, Any] | None) -> Choices:
    """Putting the rules again makes sense only after a vote that did not adopt them."""
    plain = form.say.plain()
    again = motion is not None and motion["stage"] == "decided"
    return [("send-put", str(plain("rules-save-put")))] if again else [("send-save", str(plain("rules-save")))]


async def choose(form: Form, value: str) -> None:
    """One setting, or sending the whole."""
    name, _, chosen_value = value.partition("-")
    if name == "send":
        await _send(form, put=chosen_value == "put")
    elif name == "closing":
        await form.keep(list_closes_after_minutes=None if chosen_value == _NEVER else int(chosen_value))
    elif name == "floor" and chosen_value in tuple(FloorMode):
        await form.keep(floor_mode=chosen_value)
    elif name in ("minutes", "turns"):
        await form.keep(**{name: int(chosen_value)})


async def _send(form: Form, *, put: bool) -> None:
    await rights.looked_at(form, form.fields.get("floor_mode"), meeting_id=form.meeting_id)
    if put:
        await form.act(rules.change_rules, meeting_id=form.meeting_id, settings=form.fields)
        await form.submit(opening.put_rules)
    else:
        await form.submit(rules.change_rules, settings=form.fields)


async def _begin(data: Any, manager: DialogManager) -> None:
    """Starts from the rules that stand; half-made changes of another round would only confuse."""
    form = await Form(manager, FLOW.kind).load()
    if form.fields:
        await form.forget()
    await FLOW.begin(manager)


async def open_form(manager: DialogManager, *, meeting_id: int) -> None:
    """Change the rules. Raises RuleBroken when this person may not, or not now."""
    data = manager.middleware_data
    await data["read"](facts.allowed, actor=data["actor"], meeting_id=meeting_id, action="change_rules")
    start = {"meeting_id": meeting_id}
    await manager.start(Changing.settings, data=start, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
