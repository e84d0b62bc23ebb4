"""Telegram's word on who can be reached."""

from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberRestricted, ChatMemberUpdated

from bot.middlewares import Act
from services import groups, hindered, people

_GONE: Final = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


def router() -> Router:
    """Takes every membership update, so that none travels on."""
    found = Router(name="membership")
    found.my_chat_member.register(reachable, F.chat.type == ChatType.PRIVATE)
    found.my_chat_member.register(added, F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP}))
    found.my_chat_member.register(ignored)
    found.chat_member.register(came_or_went, F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP}))
    found.chat_member.register(ignored)
    return found


async def reachable(event: ChatMemberUpdated, act: Act) -> None:
    """Somebody blocked the bot, or took it back."""
    reachable = event.new_chat_member.status not in _GONE
    await act(people.reachability, reachable=reachable)
    await act(hindered.reach, account_id=event.from_user.id, reachable=reachable)


async def came_or_went(event: ChatMemberUpdated, act: Act) -> None:
    """Who has left the group, or may not write in it, cannot use the floor; the roster stays ours."""
    member = event.new_chat_member
    status = hindered.LEFT if member.status in _GONE else None
    if isinstance(member, ChatMemberRestricted):
        status = hindered.LEFT if not member.is_member else None if member.can_send_messages else hindered.MUTED
    await act(hindered.membership, chat_id=event.chat.id, account_id=member.user.id, status=status)


async def added(event: ChatMemberUpdated, act: Act) -> None:
    """The bot has come into a group: it says what to do next."""
    if event.old_chat_member.status in _GONE and event.new_chat_member.status not in _GONE:
        await act(groups.bot_added, chat_id=event.chat.id)


async def ignored(event: ChatMemberUpdated) -> None:
    """Comings and goings elsewhere change nothing."""
