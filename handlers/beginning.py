"""What every way into the private chat has in common."""

from aiogram.filters import CommandObject
from aiogram.types import Message

from bot.middlewares import Act, Languages
from services import people
from services.act import Actor


async def begin(message: Message, act: Act, actor: Actor, languages: Languages) -> str:
    """The chat is open to us from here on; the language this person reads."""
    code = message.from_user.language_code if message.from_user else None
    language: str = (await act(people.start, language_code=code)).facts["language"]
    languages.put(actor.account_id or 0, language)
    return language


def linked(command: CommandObject) -> int | None:
    """The number a deep link ends with, as in "/start minutes-12"; None for what is no number of ours."""
    number = (command.args or "").partition("-")[2]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
