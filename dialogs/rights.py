"""Before strict rules are saved Telegram is asked what the bot may do in the group."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatMemberAdministrator, ChatMemberUnion

from dialogs.form import Form
from procedure.terms import FloorMode
from services import group_rights, meeting_chat


def described(me: ChatMemberUnion) -> dict[str, bool]:
    """What the bot may do about order in a group in which it is this member."""
    if not isinstance(me, ChatMemberAdministrator):
        return {"may_delete": False, "may_mute": False}
    return {"may_delete": bool(me.can_delete_messages), "may_mute": bool(me.can_restrict_members)}


async def looked_at(form: Form, floor_mode: object, **where: int) -> None:
    """Keep what Telegram says now; where it says nothing, what is known stays. `where`: topic_id or meeting_id."""
    chat_id: int | None = await form.read(meeting_chat.of, **where) if floor_mode == FloorMode.STRICT else None
    if chat_id is None:
        return
    bot: Bot = form.manager.middleware_data["bot"]
    try:
        me = await bot.get_chat_member(chat_id, bot.id)
    except TelegramAPIError:
        return
    await form.act(group_rights.seen, chat_id=chat_id, **described(me))
