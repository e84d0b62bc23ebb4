"""What the bot may do in a group, as Telegram last told it."""

from procedure.floor import GroupPowers
from storage.work import UnitOfWork


def of(uow: UnitOfWork, chat_id: int) -> GroupPowers:
    """The powers in this group; in one that is not bound none are known."""
    row = uow.one("SELECT kind, may_delete, may_mute FROM group_chat WHERE chat_id = :chat", {"chat": chat_id})
    if row is None:
        return GroupPowers("group")
    return GroupPowers(row[0], *(None if right is None else bool(right) for right in row[1:]))
