"""What people write: messages, edits, deletions, and what they may see."""

import binascii
from base64 import b64decode
from typing import Any

from bot.sandbox import view, wire
from bot.sandbox.chat.body import chat_of, flag, known, number, positive
from bot.sandbox.conductor import instant
from bot.sandbox.delivery import Delivery
from bot.sandbox.entities import parse, units
from bot.sandbox.errors import ChatError
from bot.sandbox.images import measure
from bot.sandbox.methods.base import shallow
from bot.sandbox.methods.messages import origin, remove
from bot.sandbox.methods.posts import TEXT_MOST, threaded, topic_head
from bot.sandbox.model import GROUPS, Chat, Message, Wire
from bot.sandbox.rights import allowed, is_admin
from bot.sandbox.world import CHANNEL_BOT, GROUP_BOT, World

FILES = {
    "document": ("can_send_documents", "application/octet-stream", "file.bin"),
    "photo": ("can_send_photos", "image/png", "photo.png"),
    "voice": ("can_send_voice_notes", "audio/ogg", "voice.ogg"),
}
PLAIN = ("can_send_messages",)
CONTENT = ("text", "contact", "album", *FILES)
FIELDS = ("from", "bot", "name", "mime", "caption", "duration", "reply_to", "thread", "forward_from", "as_channel")
MORE = ("anonymous", "date", "wait", "quote", "via_bot")
GENERAL = 1
ALBUM_PARTS = range(2, 11)


class Posts:
    """Messages by people."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self.world = world
        self.delivery = delivery

    def post(self, chat_id: int, body: Wire) -> Wire:
        """A new message, or the several of an album (the first is shown).

        Raises ChatError: 400 for nonsense, 403 for what this person may not send here.
        """
        known(body, *CONTENT, *FIELDS, *MORE)
        chat = chat_of(self.world, chat_id, body.get("bot"))
        user = self.world.user(number(body, "from")).id
        kinds = [name for name in CONTENT if body.get(name) is not None]
        if len(kinds) != 1:
            raise ChatError(400, f"exactly one of {', '.join(CONTENT)} is expected")
        right = "can_send_photos" if kinds == ["album"] else FILES.get(kinds[0], PLAIN)[0]
        self._permit(chat, user, right, channel=body.get("as_channel") is not None)
        date = int(instant(body["date"], "date")) if body.get("date") is not None else None
        topic, reply = self._thread(chat, user, body), self._reply(chat, body)
        place = reply | topic | {"reply_to_message": reply["reply_to_message"]} if reply else topic
        head = self._author(chat, user, body) | place | self._forward(body) | self._via(body)
        parts = self._album(body) if kinds == ["album"] else [self._content(kinds[0], body)]
        messages = [self.world.append(chat, user, head | part, date) for part in parts]
        chat.spoke[user] = self.world.clock.now()
        if chat.kind == "private" and not chat.started:
            chat.started = True
            self.world.save_chat(chat)
        for message in messages:
            self.delivery.message(chat, message)
        return view.message(self.world, chat, messages[0])

    def _permit(self, chat: Chat, user: int, right: str, *, channel: bool) -> None:
        """A `channel` is not held by what its writer alone may not do."""
        if chat.migrated_to:
            raise ChatError(403, f"this group has become the supergroup {chat.migrated_to}")
        if not self.world.inside(chat, user):
            raise ChatError(403, f"user {user} is not in this chat")
        if chat.kind == "private" and chat.blocked:
            raise ChatError(403, "the bot is blocked; unblock it first")
        if not (chat.permissions.get(right, False) if channel else allowed(chat, user, right)):
            raise ChatError(403, f"user {user} may not do this here: {right}")
        wait = chat.spoke.get(user, 0.0) + chat.slow_mode_delay - self.world.clock.now()
        if chat.slow_mode_delay and wait > 0 and not is_admin(chat.members.get(user)):
            raise ChatError(429, f"slow mode: {wait:.0f} s to wait")

    def _author(self, chat: Chat, user: int, body: Wire) -> Wire:
        if flag(body, "anonymous", False):
            if chat.kind != "supergroup" or not is_admin(chat.members.get(user)):
                raise ChatError(403, "only administrators of a supergroup write anonymously")
            return {"from": wire.user(self.world.users[GROUP_BOT]), "sender_chat": self.world.chat_wire(chat)}
        if body.get("as_channel") is not None:
            channel = self.world.chats.get(number(body, "as_channel"))
            if channel is None or channel.kind != "channel" or chat.kind not in GROUPS:
                raise ChatError(400, "as_channel must be the id of a channel, in a group")
            if channel.id in chat.banned:
                raise ChatError(403, "this channel may not write here any more")
            face = wire.user(self.world.users[CHANNEL_BOT])
            return {"from": face, "sender_chat": self.world.chat_wire(channel)}
        return {}

    def _reply(self, chat: Chat, body: Wire) -> Wire:
        if body.get("reply_to") is None:
            return {}
        target = chat.messages.get(number(body, "reply_to"))
        if target is None or target.deleted:
            raise ChatError(404, "the message replied to is not there")
        return {"reply_to_message": shallow(target)} | threaded(chat, target) | self._quote(target, body)

    def _thread(self, chat: Chat, user: int, body: Wire) -> Wire:
        """The topic written in; General's id 1 leaves no trace."""
        if body.get("thread") is None or number(body, "thread") == GENERAL:
            return {}
        thread = number(body, "thread")
        topic = chat.topics.get(str(thread))
        if topic is None:
            raise ChatError(404, f"no topic {thread}")
        if topic["closed"] and not allowed(chat, user, "can_manage_topics"):
            raise ChatError(403, "this topic is closed")
        return topic_head(chat, thread)

    def _quote(self, target: Message, body: Wire) -> Wire:
        """The part of the message replied to that was picked out; it comes beside the reply's own text."""
        text = body.get("quote")
        if text is None:
            return {}
        said = target.wire.get("text") or target.wire.get("caption") or ""
        if not isinstance(text, str) or not text or text not in said:
            raise ChatError(400, "quote must be a part of the message replied to")
        return {"quote": {"text": text, "position": units(said.partition(text)[0]), "is_manual": True}}

    def _via(self, body: Wire) -> Wire:
        if body.get("via_bot") is None:
            return {}
        bot = self.world.users.get(number(body, "via_bot"))
        if bot is None or not bot.is_bot:
            raise ChatError(404, "via_bot must be the id of a bot")
        return {"via_bot": wire.user(bot)}

    def _forward(self, body: Wire) -> Wire:
        source: Any = body.get("forward_from")
        if source is None:
            return {}
        date = int(self.world.clock.now())
        if isinstance(source, dict):
            place = chat_of(self.world, number(source, "chat"), source.get("bot"))
            return {"forward_origin": origin(_there(place, number(source, "message_id")))}
        if isinstance(source, int):
            person = wire.user(self.world.user(source))
            return {"forward_origin": {"type": "user", "date": date, "sender_user": person}}
        return {"forward_origin": {"type": "hidden_user", "date": date, "sender_user_name": str(source)}}

    def _album(self, body: Wire) -> list[Wire]:
        """Two to ten pictures that belong together; the caption stands below the first."""
        photos = body["album"]
        if not isinstance(photos, list) or len(photos) not in ALBUM_PARTS:
            raise ChatError(400, "an album has 2 to 10 photos")
        contents = [_decoded("photo", one) for one in photos]
        group = {"media_group_id": f"{int(self.world.clock.now() * 1000)}{len(self.world.files) % 1000:03d}"}
        plain = {name: value for name, value in body.items() if name not in ("caption", "name")}
        parts = [group | self._stored("photo", one, plain) for one in contents]
        parts[0] |= self._caption(body)
        return parts

    def _content(self, kind: str, body: Wire) -> Wire:
        if kind == "text":
            return self._text(body["text"], "text")
        if kind == "contact":
            contact = body["contact"]
            fields = contact if isinstance(contact, dict) else {"phone_number": str(contact)}
            return {"contact": {"first_name": self.world.users[number(body, "from")].first_name} | fields}
        return self._stored(kind, _decoded(kind, body[kind]), body) | self._caption(body)

    def _stored(self, kind: str, content: bytes, body: Wire) -> Wire:
        _right, mime, name = FILES[kind]
        given = str(body.get("name") or name)
        file = self.world.add_file(kind, given, str(body.get("mime") or mime), content, positive(body, "duration", 0))
        return wire.media(file)

    def _caption(self, body: Wire) -> Wire:
        return self._text(body["caption"], "caption") if body.get("caption") else {}

    def _text(self, text: Any, field: str) -> Wire:
        if not isinstance(text, str):
            raise ChatError(400, f"{field} must be a text")
        plain, entities = parse(text, None, None)
        if not plain or units(plain) > TEXT_MOST:
            raise ChatError(400, f"{field} must have 1 to {TEXT_MOST} characters")
        return {field: plain} | ({"entities" if field == "text" else "caption_entities": entities} if entities else {})

    def edit(self, chat_id: int, message_id: int, body: Wire) -> Wire:
        """New words for an own message."""
        known(body, "from", "text", "bot")
        chat = chat_of(self.world, chat_id, body.get("bot"))
        message = _there(chat, message_id)
        field = "text" if "text" in message.wire else "caption"
        if message.sender != number(body, "from") or view.kind(message.wire) in ("service", "contact"):
            raise ChatError(403, "only an own message can be edited")
        kept = {k: v for k, v in message.wire.items() if k not in ("entities", "caption_entities", "edit_date")}
        fresh = kept | self._text(body.get("text"), field)
        if fresh != {k: v for k, v in message.wire.items() if k != "edit_date"}:
            message.wire = fresh | {"edit_date": int(self.world.clock.now())}
            self.world.save_message(chat, message)
            self.delivery.message(chat, message, edited=True)
        return view.message(self.world, chat, message)

    def delete(self, chat_id: int, message_id: int, body: Wire) -> Wire:
        """Take an own message away, or anybody's with the right to. Bots are not told, as on Telegram."""
        chat = chat_of(self.world, chat_id, body.get("bot"))
        message = _there(chat, message_id)
        user = number(body, "from")
        mine = message.sender == user or (chat.kind == "private" and chat.id == user)
        if not mine and not allowed(chat, user, "can_delete_messages"):
            raise ChatError(403, "only an own message can be deleted")
        remove(self, chat, message)
        return {"deleted": True}

    def list(self, chat_id: int, query: Wire) -> list[Wire]:
        """The messages after an id that the viewer may see."""
        chat = chat_of(self.world, chat_id, query.get("bot"))
        viewer = query.get("viewer")
        if viewer is not None and not self.world.inside(chat, number(query, "viewer")):
            raise ChatError(403, f"user {viewer} cannot see this chat")
        first = number(query, "after", 0) + 1
        found = (chat.messages.get(place) for place in range(first, chat.last_id + 1))
        return [view.message(self.world, chat, one) for one in found if one is not None]


def _decoded(kind: str, given: Any) -> bytes:
    """The bytes of a file of this kind. Raises ChatError (400)."""
    try:
        content = b64decode(given, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise ChatError(400, f"{kind} must be base64 text") from None
    if not content or (kind == "photo" and measure(content) == (0, 0)):
        raise ChatError(400, f"{kind} has no content that can be read")
    return content


def _there(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise ChatError(404, f"no message {message_id}")
    return message
