"""Putting a bot's message into a chat: text, markup, reply and keyboard read and checked first, then one step."""

from typing import Any

from bot.sandbox import wire
from bot.sandbox.entities import parse, units
from bot.sandbox.errors import bad
from bot.sandbox.markup import split
from bot.sandbox.methods.base import Call, flooded, shallow
from bot.sandbox.model import GROUPS, Chat, Message, Wire

TEXT_MOST, CAPTION_MOST = 4096, 1024
SENDING = {
    "chat_id": "chat!",
    "message_thread_id": "int",
    "disable_notification": "bool",
    "protect_content": "bool",
    "allow_paid_broadcast": "bool",
    "message_effect_id": "str",
    "reply_parameters": "json",
    "reply_to_message_id": "int",
    "allow_sending_without_reply": "bool",
    "reply_markup": "json",
}
CAPTION = {
    "caption": "str",
    "parse_mode": "str",
    "caption_entities": "json",
    "show_caption_above_media": "bool",
}
PREVIEW = {"link_preview_options": "json", "disable_web_page_preview": "bool"}


def text_of(call: Call) -> Wire:
    """`text` and `entities` of a call. Raises Refused (400) when empty, too long or unreadable."""
    text, entities = parse(call.get("text", ""), call.get("parse_mode"), entity_list(call.args, "entities"))
    if not text:
        raise bad("text must be non-empty")
    if units(text) > TEXT_MOST:
        raise bad("message is too long")
    return {"text": text} | _entities(call, "entities", entities)


def caption_of(call: Call, source: Wire | None = None) -> Wire:
    """`caption` and `caption_entities` of a call (or of one medium of a group); nothing when there is none."""
    given = source if source is not None else call.args
    listed = entity_list(given, "caption_entities")
    caption, mode = given.get("caption") or "", given.get("parse_mode")
    if not isinstance(caption, str) or not isinstance(mode, str | None):
        raise bad("can't parse InputMedia: caption and parse_mode must be of type String")
    text, entities = parse(caption, mode, listed)
    if units(text) > CAPTION_MOST:
        raise bad("message caption is too long")
    return ({"caption": text} | _entities(call, "caption_entities", entities)) if text else {}


def entity_list(source: Wire, name: str) -> list[Wire] | None:
    """Entities given outright. Raises Refused (400) when they are no list of entities."""
    given = source.get(name)
    if given is None:
        return None
    kinds = {"offset": int, "length": int, "type": str}
    sound = isinstance(given, list) and all(
        isinstance(entity, dict) and all(isinstance(entity.get(field), kind) for field, kind in kinds.items())
        for entity in given
    )
    if not sound:
        raise bad("can't parse MessageEntity: an Array of objects with type, offset and length expected")
    return [{key: value for key, value in e.items() if value is not None} for e in given]


def _entities(call: Call, field: str, entities: list[Wire]) -> Wire:
    users = call.world.users
    kept = []
    for entity in entities:
        plain = {name: value for name, value in entity.items() if name != "user_id"}
        if "user_id" not in entity:
            kept.append(plain)
        elif entity["user_id"] in users:
            kept.append(plain | {"user": wire.user(users[entity["user_id"]])})
    return {field: kept} if kept else {}


def reply_of(call: Call, chat: Chat) -> Wire:
    """The message replied to. Raises Refused (400) when it is not there and the reply must not go without."""
    asked = call.get("reply_parameters") or {}
    if not isinstance(asked, dict):
        raise bad("can't parse reply parameters JSON object")
    number = asked.get("message_id", call.get("reply_to_message_id"))
    if number is None:
        return {}
    if isinstance(number, bool) or not isinstance(number, int):
        raise bad("can't parse reply parameters JSON object")
    target = chat.messages.get(number)
    if target is not None and not target.deleted:
        return {"reply_to_message": shallow(target)} | threaded(chat, target)
    if asked.get("allow_sending_without_reply") or call.get("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def threaded(chat: Chat, target: Message) -> Wire:
    """What a reply takes over: the topic of its target; outside topics the thread of replies, which is no topic."""
    if target.wire.get("is_topic_message"):
        return {"message_thread_id": target.wire["message_thread_id"], "is_topic_message": True}
    return {"message_thread_id": target.wire.get("message_thread_id", target.id)} if chat.kind == "supergroup" else {}


def topic_head(chat: Chat, thread: int) -> Wire:
    """What a message in a topic carries: it replies to the topic's beginning unless it replies to something else."""
    place: Wire = {"message_thread_id": thread, "is_topic_message": True}
    begin = chat.messages.get(thread)
    return place | ({"reply_to_message": shallow(begin)} if begin is not None and not begin.deleted else {})


def keyboard_of(call: Call) -> tuple[Wire, Wire | None]:
    """`reply_markup` as a message carries it, and any other keyboard for the person's screen."""
    inline, other = split(call.get("reply_markup"))
    return ({"reply_markup": inline} if inline else {}), other


def publish(call: Call, chat: Chat, body: Wire, keyboard: Wire | None = None, counted: bool = True) -> Message:
    """Count the call, append the bot's message and tell everybody. Everything must have been checked before."""
    if counted:
        flooded(call, chat)
    if (thread := call.get("message_thread_id")) is not None:
        body = topic_head(chat, thread) | body | {"message_thread_id": thread}
    if call.get("protect_content"):
        body = body | {"has_protected_content": True}
    message = call.world.append(chat, call.bot.id, body)
    message.keyboard = keyboard
    if chat.kind in GROUPS and chat.last_bot != call.bot.id:
        chat.last_bot = call.bot.id
        call.world.save_chat(chat)
    call.delivery.message(chat, message)
    return message


def changed(call: Call, chat: Chat, message: Message, fresh: Wire) -> Wire:
    """Put an edited form in a message's place. Raises Refused (400) when nothing would change."""
    if {k: v for k, v in message.wire.items() if k != "edit_date"} == fresh:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    flooded(call, chat)
    message.wire = fresh | {"edit_date": int(call.world.clock.now())}
    call.world.save_message(chat, message)
    call.world.tell("edit", chat, message)
    return message.wire


def without(body: Wire, *names: str) -> dict[str, Any]:
    """The wire form less some fields and the edit date."""
    return {name: value for name, value in body.items() if name not in names and name != "edit_date"}
