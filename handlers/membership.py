"""Telegram's word on who can be reached."""

from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from bot.middlewares import Act
from services import groups, people

_GONE: Final = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


def router() -> Router:
    """Takes every membership update, so that none travels on."""
    found = Router(name="membership")
    found.my_chat_member.register(reachable, F.chat.type == ChatType.PRIVATE)
    found.my_chat_member.register(added, F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP}))
    found.my_chat_member.register(ignored)
    found.chat_member.register(ignored)
    return found


async def reachable(event: ChatMemberUpdated, act: Act) -> None:
    """Somebody blocked the bot, or took it back."""
    await act(people.reachability, reachable=event.new_chat_member.status not in _GONE)


async def added(event: ChatMemberUpdated, act: Act) -> None:
    """The bot has come into a group: it says what to do next."""
    if event.old_chat_member.status in _GONE and event.new_chat_member.status not in _GONE:
        await act(groups.bot_added, chat_id=event.chat.id)


async def ignored(event: ChatMemberUpdated) -> None:
    """Comings and goings in groups change nothing: the roster is ours."""
