"""Reading the fact sheet in private: from a group's link, or from a button."""

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot import views
from bot.middlewares import Act, Languages, Read, answer_callback
from bot.views.codec import unpack
from bot.views.fact_sheet import LINK
from bot.views.rendered import Rendered
from handlers.beginning import begin, linked
from handlers.filters import Tapped
from handlers.pages import send, turn_to
from services import fact_sheets
from services.act import Actor


async def from_the_group(
    message: Message, command: CommandObject, act: Act, read: Read, actor: Actor, languages: Languages
) -> None:
    """/start facts-…: the sheet of this topic."""
    language = await begin(message, act, actor, languages)
    await send(message, await _opened(linked(command) or 0, act, read, actor, language))


async def tapped(query: CallbackQuery, bot: Bot, act: Act, read: Read, actor: Actor, language: str) -> None:
    """A tap below a notice or on a topic's page."""
    _, facts = unpack(query.data) or ("", {})
    page = await _opened(int(facts["topic_id"]), act, read, actor, language)
    await answer_callback(bot, query.id, None)
    await turn_to(query, page)


async def _opened(topic_id: int, act: Act, read: Read, actor: Actor, language: str) -> Rendered:
    await act(fact_sheets.note_opened, topic_id=topic_id)
    receipt = await read(fact_sheets.page, actor=actor, topic_id=topic_id)
    return views.render(receipt.code, receipt.facts, language)


def register(first: Router) -> None:
    """Before any open form."""
    link = CommandStart(deep_link=True, magic=F.args.split("-")[0] == LINK)
    first.message.register(from_the_group, link)
    first.callback_query.register(tapped, Tapped("fact_sheet"))
