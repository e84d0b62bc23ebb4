"""What a group itself can become: a supergroup, and a forum's topics."""

from dataclasses import replace

from bot.sandbox import view
from bot.sandbox.chat.body import known, number
from bot.sandbox.chat.people import People
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import ChatError
from bot.sandbox.model import Chat, Wire
from bot.sandbox.rights import allowed
from bot.sandbox.world import GROUP_BOT, World

PERMISSION = "can_manage_topics"


class Places:
    """Groups as places."""

    def __init__(self, world: World, delivery: Delivery, people: People) -> None:
        self._world, self._delivery, self._people = world, delivery, people

    def upgrade(self, chat_id: int) -> Wire:
        """A group becomes a supergroup: a new chat with the same people, told in both by a service message.

        Raises ChatError 400 for what is no group, 409 for one that has become one already.
        """
        old = self._world.chats.get(chat_id)
        if old is None or old.kind != "group":
            raise ChatError(400, "only a group becomes a supergroup")
        if old.migrated_to:
            raise ChatError(409, f"it has become {old.migrated_to} already")
        world, number_of = self._world, self._people.fresh("supergroup")
        new = Chat(number_of, "supergroup", old.title, permissions=dict(old.permissions), protected=old.protected)
        new.members = {who: replace(one, chat=new.id) for who, one in old.members.items()}
        world.chats[new.id], old.migrated_to = new, new.id
        world.save_chat(new)
        for one in new.members.values():
            world.save_member(one)
        owner = next((who for who, one in old.members.items() if one.status == "creator"), GROUP_BOT)
        self._delivery.message(old, world.append(old, owner, {"migrate_to_chat_id": new.id}))
        world.save_chat(old)
        head: Wire = {"sender_chat": world.chat_wire(new), "migrate_from_chat_id": old.id}
        self._delivery.message(new, world.append(new, GROUP_BOT, head))
        world.tell("chat", old)
        world.tell("chat", new)
        return {"id": new.id}

    def topic(self, chat_id: int, body: Wire) -> Wire:
        """A new topic of a forum by its `name`; or one that is there (`thread`) closed, opened again or deleted."""
        known(body, "from", "name", "thread", "closed", "deleted")
        chat, user = self._group(chat_id), number(body, "from")
        if not chat.forum:
            raise ChatError(400, "this group has no topics")
        if not allowed(chat, self._world.user(user).id, PERMISSION):
            raise ChatError(403, f"user {user} may not do this here: {PERMISSION}")
        if "thread" not in body:
            return self._opened(chat, user, body)
        thread = number(body, "thread")
        if str(thread) not in chat.topics:
            raise ChatError(404, f"no topic {thread}")
        self._changed(chat, user, thread, body)
        self._world.save_chat(chat)
        self._world.tell("chat", chat)
        return view.chat(chat)

    def _opened(self, chat: Chat, user: int, body: Wire) -> Wire:
        name = body.get("name")
        if not isinstance(name, str) or not 1 <= len(name) <= 128:
            raise ChatError(400, "name must be a text of 1 to 128 characters")
        thread = chat.last_id + 1
        chat.topics[str(thread)] = {"name": name, "closed": False}
        self._say(chat, user, thread, {"forum_topic_created": {"name": name, "icon_color": 7322096}})
        self._world.save_chat(chat)
        self._world.tell("chat", chat)
        return {"thread": thread}

    def _changed(self, chat: Chat, user: int, thread: int, body: Wire) -> None:
        topic = chat.topics[str(thread)]
        if body.get("deleted"):
            del chat.topics[str(thread)]
            for message in chat.messages.values():
                if message.wire.get("is_topic_message") and message.wire["message_thread_id"] == thread:
                    message.deleted = True
                    self._world.save_message(chat, message)
                    self._world.tell("delete", chat, message)
        elif bool(body.get("closed")) != topic["closed"]:
            topic["closed"] = not topic["closed"]
            self._say(chat, user, thread, {"forum_topic_closed" if topic["closed"] else "forum_topic_reopened": {}})

    def _say(self, chat: Chat, user: int, thread: int, what: Wire) -> None:
        place: Wire = {"message_thread_id": thread, "is_topic_message": True}
        self._delivery.message(chat, self._world.append(chat, user, place | what))

    def _group(self, chat_id: int) -> Chat:
        chat = self._world.chats.get(chat_id)
        if chat is None:
            raise ChatError(404, f"no group {chat_id}")
        return chat
