"""Reading the minutes in private: from the board's link, from a button, page by page."""

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot import views
from bot.middlewares import Act, Languages, Read, answer_callback
from bot.views.codec import unpack
from handlers.beginning import begin
from handlers.filters import Tapped
from handlers.pages import send, turn_to
from services import minutes_reading
from services.act import Actor

LINK = "minutes"
"""What the board's deep link begins with; the meeting's number follows."""


async def from_the_board(
    message: Message, command: CommandObject, act: Act, read: Read, actor: Actor, languages: Languages
) -> None:
    """/start minutes-…: the newest page."""
    language = await begin(message, act, actor, languages)
    number = (command.args or "").partition("-")[2]
    meeting_id = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    receipt = await read(minutes_reading.page, actor=actor, meeting_id=meeting_id)
    await send(message, views.render(receipt.code, receipt.facts, language))


async def turn(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on a page of the minutes."""
    _, facts = unpack(query.data) or ("", {})
    receipt = await read(minutes_reading.page, actor=actor, **facts)
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render(receipt.code, receipt.facts, language))


def register(first: Router) -> None:
    """Before any open form."""
    link = CommandStart(deep_link=True, magic=F.args.split("-")[0] == LINK)
    first.message.register(from_the_board, link)
    first.callback_query.register(turn, Tapped("minutes"))
