"""Reading the minutes in private: from the board's link, from a button, page by page."""

import asyncio
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot import views
from bot.middlewares import Act, Languages, Read, answer_callback
from bot.views.codec import unpack
from bot.views.rendered import Rendered
from handlers.beginning import begin, linked
from handlers.filters import Tapped
from handlers.pages import send, turn_to
from services import minutes_reading
from services.act import Actor

LINK = "minutes"
"""What the board's deep link begins with; the meeting's number follows."""


class Reader:
    """One page at a time: it is made of all that a meeting has left, and however many read, hands and votes go on."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()

    async def page(self, read: Read, actor: Actor, language: str, **facts: Any) -> Rendered:
        """A page in words. Raises RuleBroken as services.minutes_reading.page."""
        async with self._one:
            receipt = await read(minutes_reading.page, actor=actor, **facts)
        return views.render(receipt.code, receipt.facts, language)

    async def from_the_board(
        self, message: Message, command: CommandObject, act: Act, read: Read, actor: Actor, languages: Languages
    ) -> None:
        """/start minutes-…: the newest page."""
        language = await begin(message, act, actor, languages)
        await send(message, await self.page(read, actor, language, meeting_id=linked(command) or 0))

    async def turn(self, query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
        """A tap on a page of the minutes."""
        _, facts = unpack(query.data) or ("", {})
        rendered = await self.page(read, actor, language, **facts)
        await answer_callback(bot, query.id, None)
        await turn_to(query, rendered)


def register(first: Router) -> None:
    """Before any open form."""
    reader = Reader()
    link = CommandStart(deep_link=True, magic=F.args.split("-")[0] == LINK)
    first.message.register(reader.from_the_board, link)
    first.callback_query.register(reader.turn, Tapped("minutes"))
