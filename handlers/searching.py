"""Looking for words: /topics with words, the button below the topics, and what is typed right after."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from bot import views
from bot.middlewares import Act, Read, answer_callback
from bot.views.codec import unpack
from bot.views.rendered import Rendered
from handlers.filters import Tapped, Where
from handlers.pages import send, turn_to
from services import searching
from services.act import Actor
from services.text import ReadingDesk
from services.text.search import question


async def looked_for(
    read: Read, actor: Actor, desk: ReadingDesk, language: str, *, words: str, asked: int | None, number: int = 1
) -> Rendered:
    """A page of what these words find."""
    cutter = desk.reader.finder.cutter if desk.reader is not None else None
    understood = await asyncio.to_thread(question, words, cutter)
    receipt = await read(searching.find, actor=actor, words=words, question=understood, asked=asked, number=number)
    return views.render(receipt.code, receipt.facts, language)


async def search_for(
    message: Message, words: str, act: Act, read: Read, actor: Actor, desk: ReadingDesk, language: str
) -> None:
    """A new question."""
    asked = (await act(searching.ask, words=words)).facts["asked"]
    await send(message, await looked_for(read, actor, desk, language, words=words, asked=asked))


async def begin_search(query: CallbackQuery, bot: Bot, act: Act, language: str) -> None:
    """A tap on "look for": the words come next."""
    asked = (await act(searching.ask)).facts["asked"]
    await answer_callback(bot, query.id, None)
    await turn_to(query, views.render("search" if asked else "home", {"person": None}, language))


async def turn_found(
    query: CallbackQuery, bot: Bot, read: Read, actor: Actor, desk: ReadingDesk, language: str
) -> None:
    """A tap on "more" or "back" below what was found."""
    _, facts = unpack(query.data) or ("", {})
    asked, number = int(facts["asked"]), int(facts["number"])
    words = await read(searching.words_of, actor=actor, asked=asked)
    found = await looked_for(read, actor, desk, language, words=words, asked=asked, number=number)
    await answer_callback(bot, query.id, None)
    await turn_to(query, found)


async def typed(message: Message, act: Act, read: Read, actor: Actor, desk: ReadingDesk, language: str) -> None:
    """Words typed outside of any form: looked for when something was looked for just before."""
    words = message.text or ""
    if words.startswith("/") or not await read(searching.listens, actor=actor):
        await send(message, views.render("not_understood", {"file": False}, language))
        return
    await search_for(message, words, act, read, actor, desk, language)


def register(first: Router, last: Router) -> None:
    """The buttons before any form; what is typed after all of them."""
    first.callback_query.register(begin_search, Tapped("search"))
    first.callback_query.register(turn_found, Tapped("found"))
    last.message.register(typed, Where(F.text))
