"""Text messages, copies, forwards, deletions and pins."""

from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.methods.base import Call, chat_named, flooded, message_in, method, reachable, shallow, writable
from bot.sandbox.methods.posts import (
    CAPTION,
    PREVIEW,
    SENDING,
    caption_of,
    keyboard_of,
    publish,
    reply_of,
    text_of,
)
from bot.sandbox.model import GROUPS, Chat, Message, Wire
from bot.sandbox.rights import allowed

DELETABLE_SECONDS = 48 * 3600
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
CONTENT = ("text", "entities", "photo", "document", "voice", "caption", "caption_entities", "contact")


@method("sendMessage", **SENDING, text="str!", parse_mode="str", entities="json", **PREVIEW)
def send_message(call: Call) -> Wire:
    """A text message."""
    chat = writable(call, chat_named(call), "can_send_messages", "text messages")
    keyboard, other = keyboard_of(call)
    return publish(call, chat, text_of(call) | reply_of(call, chat) | keyboard, other).wire


@method("sendChatAction", chat_id="chat!", action="str!", message_thread_id="int")
def send_chat_action(call: Call) -> bool:
    """Checked, and otherwise without effect."""
    writable(call, chat_named(call), "can_send_messages", "text messages")
    if call.args["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


SOURCE = {"from_chat_id": "chat!", "message_id": "int!", "video_start_timestamp": "int"}


@method("copyMessage", **SENDING, **SOURCE, **CAPTION)
def copy_message(call: Call) -> Wire:
    """The content of a message again, without its author; a caption given replaces the old one."""
    chat = writable(call, chat_named(call), "can_send_messages", "text messages")
    body = _content(call, "message to copy not found", "message can't be copied")
    if "caption" in call.args and "text" not in body:
        body = {k: v for k, v in body.items() if not k.startswith("caption")} | caption_of(call)
    keyboard, other = keyboard_of(call)
    message = publish(call, chat, body | reply_of(call, chat) | keyboard, other)
    return {"message_id": message.id}


@method(
    "forwardMessage",
    chat_id="chat!",
    message_thread_id="int",
    disable_notification="bool",
    protect_content="bool",
    message_effect_id="str",
    **SOURCE,
)
def forward_message(call: Call) -> Wire:
    """A message again, with where it came from."""
    chat = writable(call, chat_named(call), "can_send_messages", "text messages")
    body = _content(call, "message to forward not found", "message can't be forwarded")
    source = chat_named(call, "from_chat_id").messages[call.args["message_id"]]
    return publish(call, chat, body | {"forward_origin": origin(source)}).wire


def origin(source: Message) -> Wire:
    """MessageOrigin of a forwarded message."""
    body = source.wire
    if "forward_origin" in body:
        return dict(body["forward_origin"])
    if "sender_chat" in body:
        kind = "channel" if body["chat"]["type"] == "channel" else "chat"
        if kind == "channel":
            return {"type": kind, "date": body["date"], "chat": body["chat"], "message_id": source.id}
        return {"type": kind, "date": body["date"], "sender_chat": body["sender_chat"]}
    return {"type": "user", "date": body["date"], "sender_user": body["from"]}


def _content(call: Call, missing: str, protected: str) -> Wire:
    chat = reachable(call, chat_named(call, "from_chat_id"))
    source = message_in(call, chat, "message_id", missing)
    body = {name: source.wire[name] for name in CONTENT if name in source.wire}
    if not body or source.wire.get("has_protected_content"):
        raise bad(protected)
    return body


@method("deleteMessage", chat_id="chat!", message_id="int!")
def delete_message(call: Call) -> bool:
    """One message; the sandbox keeps it, marked as deleted."""
    chat = reachable(call, chat_named(call))
    message = message_in(call, chat, "message_id", "message to delete not found")
    if not _deletable(call, chat, message):
        raise bad("message can't be deleted")
    remove(call, chat, message)
    return True


@method("deleteMessages", chat_id="chat!", message_ids="json!")
def delete_messages(call: Call) -> bool:
    """Up to a hundred messages; those that are not there are skipped."""
    chat = reachable(call, chat_named(call))
    numbers = call.args["message_ids"]
    if not isinstance(numbers, list) or not all(isinstance(number, int) for number in numbers):
        raise bad("can't parse message identifiers JSON object")
    if not 1 <= len(numbers) <= 100:
        raise bad("message identifiers are not specified" if not numbers else "too many message identifiers")
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    if not all(_deletable(call, chat, message) for message in found if not message.deleted):
        raise bad("message can't be deleted")
    for message in found:
        if not message.deleted:
            remove(call, chat, message)
    return True


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    if chat.kind != "private" and allowed(chat, call.bot.id, "can_delete_messages"):
        return True
    own = message.sender == call.bot.id or chat.kind == "private"
    return own and call.world.clock.now() - message.wire["date"] <= DELETABLE_SECONDS


def remove(call: Any, chat: Chat, message: Message) -> None:
    """Mark a message as deleted, take it off the pins and tell the page."""
    message.deleted = True
    if message.id in chat.pins:
        chat.pins.remove(message.id)
        call.world.save_chat(chat)
    call.world.save_message(chat, message)
    call.world.tell("delete", chat, message)


@method("pinChatMessage", chat_id="chat!", message_id="int!", disable_notification="bool")
def pin_chat_message(call: Call) -> bool:
    """Pin, with the service message everybody sees."""
    chat = _pinner(call)
    message = message_in(call, chat, "message_id", "message to pin not found")
    flooded(call, chat, sends=False)
    if message.id in chat.pins:
        return True
    chat.pins.append(message.id)
    call.world.save_chat(chat)
    call.world.tell("pin", chat, message)
    notice = call.world.append(chat, call.bot.id, {"pinned_message": shallow(message)})
    call.delivery.message(chat, notice)
    return True


@method("unpinChatMessage", chat_id="chat!", message_id="int")
def unpin_chat_message(call: Call) -> bool:
    """Unpin the named message, or the one pinned last."""
    chat = _pinner(call)
    number = call.get("message_id", chat.pins[-1] if chat.pins else None)
    if number not in chat.pins:
        raise bad("message to unpin not found")
    flooded(call, chat, sends=False)
    chat.pins.remove(number)
    call.world.save_chat(chat)
    call.world.tell("pin", chat, chat.messages[number])
    return True


@method("unpinAllChatMessages", chat_id="chat!")
def unpin_all_chat_messages(call: Call) -> bool:
    """Unpin everything."""
    chat = _pinner(call)
    flooded(call, chat, sends=False)
    chat.pins.clear()
    call.world.save_chat(chat)
    call.world.tell("pin", chat)
    return True


def _pinner(call: Call) -> Chat:
    chat = reachable(call, chat_named(call))
    right = "can_pin_messages" if chat.kind in GROUPS else "can_edit_messages"
    if chat.kind != "private" and not allowed(chat, call.bot.id, right):
        raise bad("not enough rights to manage pinned messages in the chat")
    return chat
