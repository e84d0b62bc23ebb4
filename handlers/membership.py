"""Telegram's word on who can be reached."""

from typing import Any, Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberRestricted, ChatMemberUpdated

from bot.middlewares import Act
from dialogs.rights import described
from handlers.filters import Where
from services import group_rights, groups, hindered, muting, people

_GONE: Final = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


def router() -> Router:
    """Takes every membership update, so that none travels on."""
    found = Router(name="membership")
    found.my_chat_member.register(reachable, Where(F.chat.type == ChatType.PRIVATE))
    found.my_chat_member.register(added, Where(F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})))
    found.my_chat_member.register(ignored)
    found.chat_member.register(came_or_went, Where(F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})))
    found.chat_member.register(ignored)
    return found


async def reachable(event: ChatMemberUpdated, act: Act) -> None:
    """Somebody blocked the bot, or took it back."""
    reachable = event.new_chat_member.status not in _GONE
    await act(people.reachability, reachable=reachable)
    await act(hindered.reach, account_id=event.from_user.id, reachable=reachable)


async def came_or_went(event: ChatMemberUpdated, act: Act, bot: Bot) -> None:
    """Who has left the group, or may not write in it, cannot use the floor; the roster stays ours."""
    member = event.new_chat_member
    status = hindered.LEFT if member.status in _GONE else None
    if isinstance(member, ChatMemberRestricted):
        status = hindered.LEFT if not member.is_member else None if member.can_send_messages else hindered.MUTED
    who = {"chat_id": event.chat.id, "account_id": member.user.id}
    await act(hindered.membership, **who, status=status)
    if event.from_user.id not in (bot.id, member.user.id):
        await act(muting.decided_elsewhere, **who, found=_described(event))


def _described(event: ChatMemberUpdated) -> dict[str, Any]:
    """The member's status and, of a restricted one, every permission and its end in seconds (0: none)."""
    member = event.new_chat_member
    found: dict[str, Any] = {"status": str(member.status)}
    if isinstance(member, ChatMemberRestricted):
        found |= {name: value for name, value in member.model_dump().items() if name.startswith("can_")}
        found["until"] = max(0, int(member.until_date.timestamp()))
    return found


async def added(event: ChatMemberUpdated, act: Act) -> None:
    """The bot has come into a group and says what to do next; or what it may do there has changed."""
    await act(group_rights.seen, chat_id=event.chat.id, **described(event.new_chat_member))
    if event.old_chat_member.status in _GONE and event.new_chat_member.status not in _GONE:
        await act(groups.bot_added, chat_id=event.chat.id)


async def ignored(event: ChatMemberUpdated) -> None:
    """Comings and goings elsewhere change nothing."""
