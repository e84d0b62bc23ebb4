"""What is said and tapped in groups: words are logged or are commands, taps are answered, nothing else is sent here."""

from datetime import UTC, datetime
from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType, ContentType
from aiogram.filters import Command as CommandFilter
from aiogram.types import Message

from bot.middlewares import Act
from handlers import binding
from handlers.callbacks import pressed
from procedure import typed
from procedure.turns import MessageKind, own_words
from services import home, speech

GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_KINDS: Final = {
    ContentType.TEXT: MessageKind.TEXT,
    ContentType.PHOTO: MessageKind.PHOTO,
    ContentType.DOCUMENT: MessageKind.DOCUMENT,
    ContentType.VOICE: MessageKind.VOICE,
    ContentType.VIDEO_NOTE: MessageKind.VIDEO_NOTE,
}
_OTHER: Final = frozenset(
    {
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.LOCATION,
        ContentType.POLL,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
    }
)
SAID: Final = frozenset(_KINDS) | _OTHER
"""What a person can say with; everything else is Telegram's own notice of something."""


def router() -> Router:
    """Takes every update of a group, so that none travels on."""
    found = Router(name="group")
    in_group = F.chat.type.in_(GROUPS)
    found.message.filter(in_group)
    found.edited_message.filter(in_group)
    found.callback_query.filter(F.message.chat.type.in_(GROUPS))
    binding.in_groups(found)
    found.callback_query.register(pressed)
    found.message.register(status, CommandFilter("status", "help"))
    found.message.register(said, F.content_type.in_(SAID))
    found.message.register(ignored)
    found.edited_message.register(edited)
    return found


async def status(message: Message, act: Act) -> None:
    """/status and /help: where the meeting stands, and where to ask."""
    await act(home.group_status, chat_id=message.chat.id, message_id=message.message_id)


async def said(message: Message, act: Act) -> None:
    """A command in plain words, or speech."""
    text = message.text or message.caption or ""
    by_person = message.sender_chat is None and own_words(
        message.forward_origin is not None, message.via_bot is not None
    )
    command = typed.read(text) if message.text and by_person else None
    facts = {"chat_id": message.chat.id, "message_id": message.message_id, "text": text, "sent_at": message.date}
    if command is not None:
        await act(speech.typed, command=command, **facts)
        return
    recorded = message.voice or message.video_note
    await act(
        speech.record,
        kind=_KINDS.get(ContentType(message.content_type), MessageKind.OTHER),
        duration_seconds=recorded.duration if recorded else 0,
        own_words=own_words(message.forward_origin is not None, message.via_bot is not None),
        sender_chat=message.sender_chat is not None,
        **facts,
    )


async def edited(message: Message, act: Act) -> None:
    """The first version stays; what changed is an addendum."""
    await act(
        speech.edit,
        chat_id=message.chat.id,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        edited_at=datetime.fromtimestamp(message.edit_date or 0, UTC),
    )


async def ignored(message: Message) -> None:
    """Joins, pins, titles: nobody said anything."""
