"""What is said and tapped in groups: words are logged or are commands, taps are answered, nothing else is sent here."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from aiogram import F, Router
from aiogram.enums import ChatType, ContentType, MessageEntityType
from aiogram.filters import Command as CommandFilter
from aiogram.types import Message

from bot.middlewares import Act
from handlers import binding
from handlers.callbacks import pressed
from handlers.filters import Where
from handlers.threads import thread_of
from procedure import typed
from procedure.turns import MessageKind, own_words
from services import home, migrating, speech, typed_words
from services.faceless import Channel

_QUOTES: Final = frozenset({MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE})
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
    in_group = Where(F.chat.type.in_(GROUPS))
    found.message.filter(in_group)
    found.edited_message.filter(in_group)
    found.callback_query.filter(Where(F.message.chat.type.in_(GROUPS)))
    binding.in_groups(found)
    found.callback_query.register(pressed)
    found.message.register(status, CommandFilter("status", "help"))
    found.message.register(moved, Where(F.migrate_to_chat_id | F.migrate_from_chat_id))
    found.message.register(ignored, Where(F.is_automatic_forward))
    found.message.register(said, Where(F.content_type.in_(SAID)))
    found.message.register(ignored)
    found.edited_message.register(edited)
    return found


async def status(message: Message, act: Act) -> None:
    """/status and /help: where the meeting stands, and where to ask."""
    await act(home.group_status, chat_id=message.chat.id, message_id=message.message_id)


async def said(message: Message, act: Act, file_wanted: Callable[[], None], heard: Callable[[], None]) -> None:
    """A command in plain words, or speech; whoever fetches files is told of one, the tap of nobody waits for it."""
    text = message.text or message.caption or ""
    # What a reply quotes comes beside the text, never in it: only the speaker's own words are read here.
    own = own_words(message.forward_origin is not None, message.via_bot is not None)
    command = typed.read(text) if message.text and own else None
    facts = {"chat_id": message.chat.id, "message_id": message.message_id, "text": text, "sent_at": message.date}
    facts["thread"] = thread_of(message)
    if command is not None and message.sender_chat is None:
        await act(typed_words.typed, command=command, **facts)
        heard()
        return
    recorded, file = message.voice or message.video_note, _file(message)
    await act(
        speech.record,
        kind=_KINDS.get(ContentType(message.content_type), MessageKind.OTHER),
        duration_seconds=recorded.duration if recorded else 0,
        own_words=own,
        sender_chat=message.sender_chat is not None,
        album=message.media_group_id,
        file=file,
        quoted=_quoted(message),
        channel=_channel(message),
        command=command is not None,
        **facts,
    )
    heard()
    if file is not None:
        file_wanted()


def _channel(message: Message) -> Channel | None:
    """The channel it was written as; an anonymous administrator writes as the group itself."""
    chat = message.sender_chat
    return None if chat is None or chat.id == message.chat.id else Channel(chat.id, chat.title or "")


def _file(message: Message) -> dict[str, Any] | None:
    """What the message carries, as far as it is needed to fetch it; of a picture its largest size."""
    photo = message.photo[-1] if message.photo else None
    found = photo or message.document or message.voice or message.video_note or message.video or message.audio
    if found is None:
        return None
    return {
        "file_id": found.file_id,
        "name": getattr(found, "file_name", None),
        "mime": getattr(found, "mime_type", None),
        "size": found.file_size,
    }


async def edited(message: Message, act: Act, heard: Callable[[], None]) -> None:
    """The first version stays; what changed is an addendum."""
    await act(
        speech.edit,
        chat_id=message.chat.id,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        edited_at=datetime.fromtimestamp(message.edit_date or 0, UTC),
        own_words=own_words(message.forward_origin is not None, message.via_bot is not None),
        quoted=_quoted(message),
    )
    heard()


def _quoted(message: Message) -> list[str]:
    """What the sender set apart as somebody else's words."""
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities or []
    return [one.extract_from(text) for one in entities if one.type in _QUOTES]


async def moved(message: Message, act: Act) -> None:
    """The group has become a supergroup: told in the old chat and in the new one."""
    here, to, came_from = message.chat.id, message.migrate_to_chat_id, message.migrate_from_chat_id
    await act(migrating.migrate_group, old=came_from or here, new=to or here)


async def ignored(message: Message) -> None:
    """Joins, pins, titles, a linked channel's posts that come by themselves: nobody said anything here."""
