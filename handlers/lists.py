"""The whole of what a console names the first few of, page by page, in private."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from bot import views
from bot.middlewares import Read, answer_callback
from bot.views.codec import unpack
from handlers.filters import Tapped
from handlers.pages import send, turn_to
from services import lists
from services.act import Actor


async def open_list(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on the console, which stays where it is: the list comes below it."""
    _, facts = unpack(query.data) or ("", {})
    receipt = await read(lists.read_list, actor=actor, number=1, **facts)
    await answer_callback(bot, query.id, None)
    if isinstance(query.message, Message):
        await send(query.message, views.render(receipt.code, receipt.facts, language))


async def turn(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on another page or list."""
    _, facts = unpack(query.data) or ("", {})
    receipt = await read(lists.read_list, actor=actor, **facts)
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render(receipt.code, receipt.facts, language))


def register(first: Router) -> None:
    """Before any open form."""
    first.callback_query.register(open_list, Tapped("open_list"))
    first.callback_query.register(turn, Tapped("list"))
