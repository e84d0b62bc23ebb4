"""What all forms share: the draft is the truth, the window follows from it, and a refusal loses nothing typed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode

from bot.middlewares import keyboard
from bot.views.rendered import Button, joined
from bot.views.toasts import refusal_sentence, toast_sentence
from bot.views.words import Own, Words, words
from procedure.errors import RuleBroken
from services import drafts
from services.act import Action, Receipt
from services.text import ReadingDesk

ERROR: Final = "error"
CHANGE: Final = "~edit-"
NARROW: Final = "~f-"
"""What marks the choices that lead back to one answer or narrow a list: many and short, they stand side by side."""
SUBJECTS: Final = ("meeting", "topic", "community")
Choices = list[tuple[str, str]]
Fields = dict[str, Any]


@dataclass
class Form:
    """One person's open form: `fields` is what they have typed so far, `known` what it may start from."""

    manager: DialogManager
    kind: str
    fields: Fields = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> dict[str, Any]:
        """What the form was opened with; always a meeting_id, topic_id or community_id."""
        data = self.manager.start_data
        assert isinstance(data, dict)
        return data

    @property
    def subject(self) -> str:
        """What the form is about: meeting, topic or community."""
        return next(name for name in SUBJECTS if f"{name}_id" in self.start)

    @property
    def subject_id(self) -> int:
        """Which one."""
        return int(self.start[f"{self.subject}_id"])

    @property
    def meeting_id(self) -> int:
        """The meeting the form belongs to."""
        return int(self.start["meeting_id"])

    def _draft(self) -> dict[str, Any]:
        return {"kind": self.kind, "subject": self.subject, "subject_id": self.subject_id}

    @property
    def say(self) -> Words:
        """Sentences as HTML."""
        return words(self.manager.middleware_data.get("language", "zh"))

    @property
    def desk(self) -> ReadingDesk:
        """Where readings of texts are asked for."""
        desk: ReadingDesk = self.manager.middleware_data["desk"]
        return desk

    async def load(self) -> "Form":
        """Read the draft."""
        receipt = await self.read(drafts.read, **self._draft())
        self.known, self.fields = receipt.facts, dict(receipt.facts["fields"])
        return self

    async def keep(self, **fields: Any) -> None:
        """Save at once; what is not named stays."""
        await self.act(drafts.save, fields=fields, **self._draft())
        self.fields |= fields

    async def keep_private(self, name: str, value: str) -> None:
        """Save one field sealed: contact data."""
        await self.act(drafts.save, fields={name: value}, private=(name,), **self._draft())
        self.fields[name] = value

    async def act(self, action: Action, **facts: Any) -> Receipt:
        """Act as whoever fills the form in."""
        receipt: Receipt = await self.manager.middleware_data["act"](action, **facts)
        return receipt

    async def read(self, fn: Callable[..., Any], **facts: Any) -> Any:
        """Read as whoever fills the form in."""
        data = self.manager.middleware_data
        return await data["read"](fn, actor=data["actor"], **facts)

    async def submit(self, action: Action, **facts: Any) -> None:
        """Do what the form is for, close it, and say what came of it. Raises RuleBroken; then it stays open."""
        receipt = await self.act(action, **{f"{self.subject}_id": self.subject_id}, **facts)
        await self.act(drafts.finish, **self._draft())
        await self.leave(self.say("form-done", answer=toast_sentence(self.say, receipt.code, receipt.facts)))

    async def drop(self) -> None:
        """Throw the draft away and close."""
        await self.forget()
        await self.leave(self.say("form-dropped"))

    async def forget(self) -> None:
        """Throw the draft away; the form stays open, empty."""
        await self.act(drafts.finish, **self._draft())
        self.fields = {}

    async def leave(self, text: str, *onward: Button) -> None:
        """Close; the form's message becomes ``text``, or ``text`` follows what was typed; ``onward`` stand below."""
        event = self.manager.event
        if isinstance(event, CallbackQuery) and isinstance(event.message, Message):
            message = event.message
            await self.manager.done(show_mode=ShowMode.NO_UPDATE)
            try:
                await message.edit_text(text, reply_markup=keyboard([[one] for one in onward]))
            except TelegramBadRequest:
                await message.answer(text, reply_markup=keyboard([[one] for one in onward]))
        elif isinstance(event, Message):
            await self.manager.done()
            await event.answer(text)


Event = Callable[[Form, str], Awaitable[None]]
Show = Callable[[Form], Awaitable[tuple[list[Own], Choices]]]
Where = Callable[[Mapping[str, Any]], State]


class Talk(Protocol):
    """What a window needs of its flow."""

    async def run(self, manager: DialogManager, event: Event, value: str) -> None:
        """One tap or one typed text."""

    async def data(self, manager: DialogManager, show: Show) -> dict[str, Any]:
        """What the window shows."""
        ...


def window_data(manager: DialogManager, lines: list[Own], choices: Choices) -> dict[str, Any]:
    """Lines and choices as the window takes them; above the lines why the last step was refused."""
    error = manager.dialog_data.get(ERROR)
    return {
        "text": joined([error, "", *lines] if error else lines),
        "choices": [one for one in choices if not _beside(one[0])],
        "beside": [one for one in choices if _beside(one[0])],
    }


def _beside(choice: str) -> bool:
    return CHANGE in choice or NARROW in choice


@dataclass(frozen=True)
class Flow:
    """A kind of form and the window each state of its draft has."""

    kind: str
    where: Where

    async def begin(self, manager: DialogManager, **fields: Any) -> None:
        """On start: save what the form is about and show the window of the draft."""
        form = await Form(manager, self.kind).load()
        if fields:
            await form.keep(**fields)
        await manager.switch_to(self.where(form.fields))

    async def run(self, manager: DialogManager, event: Event, value: str) -> None:
        """One tap or one typed text; a tap on a window the draft has left shows the present one instead."""
        form = await Form(manager, self.kind).load()
        manager.dialog_data.pop(ERROR, None)
        if self.where(form.fields) == manager.current_context().state:
            try:
                await event(form, value)
            except RuleBroken as broken:
                sentence = refusal_sentence(form.say, broken.code, broken.clause, broken.facts)
                manager.dialog_data[ERROR] = str(form.say("form-failed", sentence=sentence))
        if manager.has_context():
            await manager.switch_to(self.where(form.fields))

    async def data(self, manager: DialogManager, show: Show) -> dict[str, Any]:
        """What a window shows: its lines, above them why the last step was refused, and its choices."""
        form = await Form(manager, self.kind).load()
        return window_data(manager, *await show(form))


def chosen(choice: tuple[str, str], say: Words, *, yes: bool) -> tuple[str, str]:
    """A choice, marked when it is the present one."""
    return (choice[0], say("rules-chosen", choice=Own(choice[1]))) if yes else choice
