"""The pages of the private chat, from a name to a message."""

from types import MappingProxyType
from typing import Final

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from bot import views
from bot.middlewares import Read, keyboard
from bot.views.rendered import Rendered
from services import contacts, home, proposing
from services.act import Action, Actor

PAGES: Final = MappingProxyType[str, Action](
    {
        "home": home.home,
        "todo": home.todo,
        "topics": home.topics,
        "me": home.me,
        "contacts": contacts.my_contacts,
        "propose": proposing.where,
    }
)
"""Pages that read what is so; the receipt's code names the view."""

PLAIN_PAGES: Final = frozenset({"help", "privacy", "language"})


async def page(name: str, read: Read, actor: Actor, language: str, **facts: object) -> Rendered | None:
    """The page of this name, None when there is none; ``facts`` say which part of it."""
    if name in PLAIN_PAGES:
        return views.render(name, {}, language)
    if name not in PAGES:
        return None
    receipt = await read(PAGES[name], actor=actor, **facts)
    return views.render(receipt.code, receipt.facts, language)


async def send(message: Message | InaccessibleMessage, rendered: Rendered) -> None:
    """As a new message below."""
    await message.answer(rendered.text, reply_markup=keyboard(rendered.buttons))


async def turn_to(query: CallbackQuery, rendered: Rendered) -> None:
    """In place of the page whose button was tapped; below it when that cannot be edited any more."""
    message = query.message
    if message is None:
        return
    if not isinstance(message, Message) or message.text is None:  # too old to be seen, or a file's caption
        await send(message, rendered)
        return
    try:
        await message.edit_text(rendered.text, reply_markup=keyboard(rendered.buttons))
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            await send(message, rendered)
