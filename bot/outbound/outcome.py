"""What a failed call to Telegram means for the message."""

from dataclasses import dataclass
from enum import StrEnum

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError


class Fate(StrEnum):
    """What we know after an error."""

    HELD = "held"  # 429: not sent, wait `seconds`
    NOT_SENT = "not_sent"  # no connection was made
    UNSURE = "unsure"  # it may have arrived
    UNREACHABLE = "unreachable"  # the receiver cannot be written to
    UNCHANGED = "unchanged"  # an edit that changes nothing
    GONE = "gone"  # the message to edit, pin or delete is not there
    MIGRATED = "migrated"  # the group has become a supergroup `chat_id`
    TOPIC_GONE = "topic_gone"  # the forum topic was deleted
    TOPIC_CLOSED = "topic_closed"  # only administrators write in it
    REFUSED = "refused"  # Telegram will never take it as it is


@dataclass(frozen=True, slots=True)
class Outcome:
    """An error's fate; `reason` is Telegram's own text, for the log and the row."""

    fate: Fate
    reason: str
    seconds: float = 0.0
    chat_id: int = 0

    @property
    def gone(self) -> bool:
        """Whether a message to be deleted is not there any more: what was wanted is so."""
        return self.fate is Fate.GONE and _DELETED in self.reason.lower()


_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_DELETED = "message to delete not found"
_GONE = (
    "message to edit not found",
    _DELETED,
    "message to pin not found",
    "message to unpin not found",
    "message can't be",
)

_TOPIC = {
    Fate.TOPIC_GONE: ("message thread not found", "topic_deleted"),
    Fate.TOPIC_CLOSED: ("topic_closed",),
}


def judge(error: TelegramError) -> Outcome:
    """Sort an error of python-telegram-bot."""
    reason = error.message
    if isinstance(error, RetryAfter):
        # The public property warns about its coming type on every access; this is the value behind it.
        return Outcome(Fate.HELD, reason, seconds=error._retry_after.total_seconds())
    if isinstance(error, ChatMigrated):
        return Outcome(Fate.MIGRATED, reason, chat_id=error.new_chat_id)
    if isinstance(error, Forbidden):
        return Outcome(Fate.UNREACHABLE, reason)
    if isinstance(error, BadRequest):
        return Outcome(_bad_request(reason.lower()), reason)
    if isinstance(error, InvalidToken) or isinstance(error.__cause__, _NEVER_LEFT):
        return Outcome(Fate.NOT_SENT, reason)
    return Outcome(Fate.UNSURE if isinstance(error, NetworkError) else Fate.REFUSED, reason)


def _bad_request(reason: str) -> Fate:
    if "message is not modified" in reason or "chat_not_modified" in reason:
        return Fate.UNCHANGED
    for fate, texts in _TOPIC.items():
        if any(text in reason for text in texts):
            return fate
    return Fate.GONE if any(text in reason for text in _GONE) else Fate.REFUSED
