"""The named list of a vote: from the board's link or a button in the private chat, turned page by page (5.5.3 b)."""

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot import views
from bot.middlewares import Act, Languages, Read, answer_callback
from bot.views.codec import unpack
from handlers.beginning import begin, linked
from handlers.filters import Tapped, Where
from handlers.pages import send, turn_to
from services import roll
from services.act import Actor

LINK = "roll"


async def open_roll(
    message: Message,
    command: CommandObject,
    act: Act,
    read: Read,
    actor: Actor,
    languages: Languages,
    dialog_manager: DialogManager,
) -> None:
    """/start roll-…: the first page."""
    await dialog_manager.reset_stack()
    language = await begin(message, act, actor, languages)
    receipt = await read(roll.vote_roll, actor=actor, motion_id=linked(command) or 0)
    await send(message, views.render(receipt.code, receipt.facts, language))


async def turn_roll(query: CallbackQuery, bot: Bot, read: Read, actor: Actor, language: str) -> None:
    """A tap on another page."""
    _, facts = unpack(query.data) or ("", {})
    receipt = await read(roll.vote_roll, actor=actor, **facts)
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render(receipt.code, receipt.facts, language))


def register(first: Router) -> None:
    """Before any open form."""
    first.message.register(open_roll, CommandStart(deep_link=True, magic=F.args.startswith(f"{LINK}-")))
    first.callback_query.register(turn_roll, Tapped("roll"), Where(F.data.func(unpack).is_not(None)))
