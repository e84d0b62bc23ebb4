"""One person's phone: production routers and middlewares on a seeded room, with the wire to Telegram cut short."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import CallbackQuery, Chat, InlineKeyboardMarkup, Message, PhotoSize, Update, User

import handlers
from bot.middlewares import ActorMiddleware, Languages, PrivateTalk, SqlStorage, keyboard
from bot.views.rendered import Rendered
from services.text import ReadingDesk
from tests.services.room import ACCOUNTS, GROUP, Room

T = TypeVar("T")
TOKEN = "700001:" + "b" * 35
ME = User(id=700001, is_bot=True, first_name="议事厅", username="yishiting_bot")


@dataclass
class Shown:
    """A message on the screen."""

    id: int
    text: str
    markup: InlineKeyboardMarkup | None

    @property
    def buttons(self) -> list[str]:
        """Their words, row by row."""
        return [button.text for row in (self.markup.inline_keyboard if self.markup else []) for button in row]


@dataclass
class Chatlog:
    """What a chat shows, and the answers to taps."""

    messages: list[Shown] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    def find(self, message_id: int) -> Shown:
        """The message with this id."""
        return next(one for one in self.messages if one.id == message_id)


class Line(Bot):
    """Answers the few calls our handlers make, as Telegram would."""

    def __init__(self, log: Chatlog) -> None:
        super().__init__(TOKEN, default=DefaultBotProperties(parse_mode="HTML"))
        self.log = log
        self.made = 0

    async def __call__(self, method: TelegramMethod[T], request_timeout: int | None = None) -> T:
        """Answer one call; a call these tests do not know fails them."""
        return cast(T, self._answer(method))

    def _answer(self, method: Any) -> Any:
        match method:
            case GetMe():
                return ME
            case AnswerCallbackQuery():
                self.log.toasts.append(method.text or "")
                return True
            case SendMessage(text=text, chat_id=int(chat)):
                return self._message(self.add(text, method.reply_markup), chat)
            case EditMessageText(text=str(text), chat_id=int(chat), message_id=int(number)):
                shown = self.log.find(number)
                if (shown.text, shown.markup) == (text, method.reply_markup):
                    raise TelegramBadRequest(method, "Bad Request: message is not modified")
                shown.text, shown.markup = text, method.reply_markup
                return self._message(shown, chat)
            case EditMessageReplyMarkup(message_id=int(number)):
                self.log.find(number).markup = method.reply_markup
                return True
        raise AssertionError(f"unexpected call: {type(method).__name__}")

    def add(self, text: str, markup: Any) -> Shown:
        """A new message at the bottom."""
        self.made += 1
        self.log.messages.append(Shown(5000 + self.made, text, markup))
        return self.log.messages[-1]

    def _message(self, shown: Shown, chat_id: int) -> Message:
        found = Message(
            message_id=shown.id,
            date=datetime(2026, 11, 5, tzinfo=UTC),
            chat=Chat(id=chat_id, type="private" if chat_id > 0 else "supergroup"),
            from_user=ME,
            text=shown.text,
            reply_markup=shown.markup,
        )
        return found.as_(self)

    def message(self, message_id: int, chat_id: int) -> Message:
        """The message as a tap carries it."""
        return self._message(self.log.find(message_id), chat_id)


class Phone:
    """Types, taps, looks. `room` is where it all happens."""

    def __init__(self, room: Room, who: str) -> None:
        self.room, self.account = room, ACCOUNTS[who]
        self.log = Chatlog()
        self.bot = Line(self.log)
        self.desk = ReadingDesk()
        self.heard = 0
        self.dispatcher = Dispatcher(disable_fsm=True, desk=self.desk, heard=self._heard, file_wanted=_nobody_fetches)
        self.dispatcher.update.outer_middleware(ActorMiddleware(room.door, Languages(room.database)))
        self.dispatcher.update.outer_middleware(PrivateTalk(SqlStorage(room.database)))
        self.dispatcher.include_routers(*handlers.routers())
        self.user = User(id=self.account, is_bot=False, first_name="x", language_code="zh-hans")

    def _heard(self) -> None:
        self.heard += 1

    @property
    def screen(self) -> Shown:
        """The newest message."""
        return self.log.messages[-1]

    async def feed(self, **event: Any) -> None:
        """One update through the production routers."""
        actor = self.room.actor("chair")
        update = Update(update_id=actor.update_id or 0, **event).as_(self.bot)
        for name, value in event.items():
            object.__setattr__(update, name, value.as_(self.bot))
        await self.dispatcher.feed_update(self.bot, update, inbox_id=actor.arrival)

    async def types(self, text: str | None, *, group: bool = False, **more: Any) -> None:
        """A message of one's own; None: a picture instead of words."""
        self.room.messages += 1
        picture = None if text is not None else [PhotoSize(file_id="f", file_unique_id="u", width=1, height=1)]
        chat = Chat(id=GROUP, type="supergroup") if group else Chat(id=self.account, type="private")
        words = {"text": text, "photo": picture, "from_user": self.user} | more
        message = Message(message_id=self.room.messages, date=self.room.now(), chat=chat, **words)
        await self.feed(message=message)

    async def taps(self, words: str) -> None:
        """The button of the newest message that bears these words."""
        rows = self.screen.markup.inline_keyboard if self.screen.markup else []
        data = [button.callback_data for row in rows for button in row if words in button.text]
        assert data and data[0], (words, self.screen.buttons)
        await self.sends(data[0], self.screen.id)

    async def sends(self, data: str, message_id: int, *, chat: int | None = None) -> None:
        """Callback data, genuine or forged."""
        message = self.bot.message(message_id, chat or self.account)
        query = CallbackQuery(id="1", from_user=self.user, chat_instance="1", message=message, data=data)
        await self.feed(callback_query=query)

    def receives(self, rendered: Rendered) -> Shown:
        """A message that the outbox sent, a console for instance."""
        return self.bot.add(rendered.text, keyboard(rendered.buttons))


def _nobody_fetches() -> None:
    """Files are fetched elsewhere."""
