"""Edits of a bot's own messages; an edit without a keyboard takes the old one away."""

from bot.sandbox import wire
from bot.sandbox.errors import bad
from bot.sandbox.methods.base import Call, chat_named, message_in, method, reachable
from bot.sandbox.methods.media import medium
from bot.sandbox.methods.posts import CAPTION, PREVIEW, caption_of, changed, keyboard_of, text_of, without
from bot.sandbox.model import Chat, Message, Wire
from bot.sandbox.rights import allowed

TARGET = {"chat_id": "chat!", "message_id": "int!", "reply_markup": "json"}


def _target(call: Call) -> tuple[Chat, Message]:
    chat = reachable(call, chat_named(call))
    message = message_in(call, chat, "message_id", "message to edit not found")
    channel = chat.kind == "channel" and allowed(chat, call.bot.id, "can_edit_messages")
    if (message.sender != call.bot.id and not channel) or "pinned_message" in message.wire:
        raise bad("message can't be edited")
    if "forward_origin" in message.wire:
        raise bad("message can't be edited")
    return chat, message


@method("editMessageText", **TARGET, text="str!", parse_mode="str", entities="json", **PREVIEW)
def edit_message_text(call: Call) -> Wire:
    """New words for a text message."""
    chat, message = _target(call)
    if "text" not in message.wire:
        raise bad("there is no text in the message to edit")
    keyboard, _other = keyboard_of(call)
    return changed(call, chat, message, without(message.wire, "entities", "reply_markup") | text_of(call) | keyboard)


@method("editMessageCaption", **TARGET, **CAPTION)
def edit_message_caption(call: Call) -> Wire:
    """A new caption, or none, for a file or picture."""
    chat, message = _target(call)
    if not any(kind in message.wire for kind in ("photo", "document", "voice")):
        raise bad("there is no caption in the message to edit")
    keyboard, _other = keyboard_of(call)
    kept = without(message.wire, "caption", "caption_entities", "reply_markup")
    return changed(call, chat, message, kept | caption_of(call) | keyboard)


@method("editMessageReplyMarkup", **TARGET)
def edit_message_reply_markup(call: Call) -> Wire:
    """A new keyboard, or none."""
    chat, message = _target(call)
    keyboard, _other = keyboard_of(call)
    return changed(call, chat, message, without(message.wire, "reply_markup") | keyboard)


@method("editMessageMedia", **TARGET, media="json!")
def edit_message_media(call: Call) -> Wire:
    """Another file or picture in the place of the old one."""
    chat, message = _target(call)
    if "text" in message.wire:
        raise bad("there is no media in the message to edit")
    keyboard, _other = keyboard_of(call)
    media = call.args["media"]
    source = medium(call, media)
    caption = caption_of(call, media)
    kept = without(message.wire, "photo", "document", "voice", "caption", "caption_entities", "reply_markup")
    return changed(call, chat, message, kept | wire.media(source.stored(call)) | caption | keyboard)
