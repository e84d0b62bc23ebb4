"""The world: people, bots, chats, messages and files, with what both sides of the server share."""

import asyncio
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox import wire
from bot.sandbox.clock import Clock
from bot.sandbox.errors import ChatError
from bot.sandbox.flood import Flood
from bot.sandbox.images import measure
from bot.sandbox.model import Bot, Chat, File, Member, Message, Query, Update, User, Wire
from bot.sandbox.rights import expire, present
from bot.sandbox.store import Store

FIRST_USER, FIRST_UPDATE = 1001, 100_000_000
GROUP_BOT, CHANNEL_BOT = 1087968824, 136817688
TOKEN = re.compile(r"(\d{1,16}):[A-Za-z0-9_-]{30,}")
Listener = Callable[[str, Chat | None, Message | None], None]


class World:
    """Everything that exists. Changes are marked with `save` and written by `flush` before an answer is given."""

    def __init__(self, clock: Clock, store: Store | None = None) -> None:
        self.clock = clock
        self.store = store
        self.users: dict[int, User] = {}
        self.bots: dict[int, Bot] = {}
        self.chats: dict[int, Chat] = {}
        self.privates: dict[tuple[int, int], Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.flood = Flood()
        self.listeners: list[Listener] = []
        self.pollers: dict[int, asyncio.Future[bool]] = {}
        self.awaited: dict[str, asyncio.Future[Wire]] = {}
        self._last_query = 0
        self._restore_helpers()

    def _restore_helpers(self) -> None:
        for known, name, handle in (
            (GROUP_BOT, "Group", "GroupAnonymousBot"),
            (CHANNEL_BOT, "Channel", "Channel_Bot"),
        ):
            self.users[known] = User(known, name, handle, None, True)

    def save(self, kind: str, key: object, record: object) -> None:
        """Mark a record as changed."""
        if self.store is not None:
            self.store.put(kind, str(key), record)

    def save_chat(self, chat: Chat) -> None:
        """Mark a chat (not its members or messages) as changed; a private chat exists from then on."""
        if chat.kind == "private":
            self.privates[chat.id, chat.peer] = chat
        self.save("chat", chat.key, chat)

    def save_message(self, chat: Chat, message: Message) -> None:
        """Mark a message as changed."""
        self.save("message", f"{chat.key}:{message.id}", message)

    def forget(self, kind: str, key: object) -> None:
        """Mark a record as gone."""
        if self.store is not None:
            self.store.drop(kind, str(key))

    def flush(self) -> None:
        """Write what changed to disk."""
        if self.store is not None:
            self.store.flush()

    def tell(self, event: str, chat: Chat | None = None, message: Message | None = None) -> None:
        """Tell everybody who watches the world."""
        for listener in self.listeners:
            listener(event, chat, message)

    def bot_of(self, token: str) -> Bot | None:
        """The bot of a token, made at its first use; None for a token of the wrong shape or with another's id."""
        match = TOKEN.fullmatch(token)
        if match is None:
            return None
        bot = self.bots.get(int(match[1]))
        digest = hashlib.sha256(token.encode()).hexdigest()
        if bot is None:
            bot = self._new_bot(int(match[1]), digest)
        return bot if bot.token_hash == digest else None

    def _new_bot(self, number: int, token_hash: str) -> Bot:
        place = len(self.bots) + 1
        suffix = "" if place == 1 else str(place)
        bot = Bot(number, token_hash, place, last_update=FIRST_UPDATE)
        self.bots[number] = bot
        self.users[number] = User(number, f"议事厅{suffix}", f"yishiting{suffix}_bot", None, True)
        self.save("user", number, self.users[number])
        self.save("bot", number, bot)
        self.tell("chat")
        return bot

    def add_user(self, name: str, username: str | None, language: str | None, number: int | None = None) -> User:
        """A new person; ids count up from 1001 unless one is asked for."""
        people = (one.id for one in self.users.values() if not one.is_bot)
        fresh = number or max(people, default=FIRST_USER - 1) + 1
        if fresh in self.users:
            raise ChatError(409, f"user {fresh} exists already")
        user = User(fresh, name, username, language)
        self.users[fresh] = user
        self.save("user", fresh, user)
        self.tell("chat")
        return user

    def user(self, number: int) -> User:
        """The user of that id. Raises ChatError (404)."""
        if number not in self.users:
            raise ChatError(404, f"no user {number}")
        return self.users[number]

    def private(self, user: int, bot: int) -> Chat:
        """The private chat of a person and a bot; it is kept once something happens in it."""
        return self.privates.get((user, bot)) or Chat(user, "private", peer=bot)

    def member(self, chat: Chat, user: int) -> Member | None:
        """The member record as of now: a restriction whose time is over is lifted first."""
        one = chat.members.get(user)
        if one is not None and one.until and expire(one, self.clock.now()):
            self.save_member(one)
        return one

    def save_member(self, one: Member) -> None:
        """Mark a member as changed."""
        self.save("member", f"{one.chat}:{one.user}", one)

    def inside(self, chat: Chat, user: int) -> bool:
        """True for who is in the chat now: the person and the bot of a private chat, the members of a group."""
        if chat.kind == "private":
            return user in (chat.id, chat.peer)
        return present(self.member(chat, user))

    def bots_in(self, chat: Chat) -> Iterator[Bot]:
        """The bots that are in the chat now."""
        return (bot for bot in self.bots.values() if self.inside(chat, bot.id))

    def chat_wire(self, chat: Chat) -> Wire:
        """Chat, as messages carry it."""
        return wire.chat(chat, self.users.get(chat.id) if chat.kind == "private" else None)

    def append(self, chat: Chat, sender: int, body: Wire, date: int | None = None) -> Message:
        """A new message at the end of the chat; `body` overrides the head (from, sender_chat)."""
        if not chat.last_id:
            self.save_chat(chat)
        chat.last_id += 1
        when = int(self.clock.now()) if date is None else date
        head: Wire = {"message_id": chat.last_id, "date": when, "chat": self.chat_wire(chat)}
        if chat.kind == "channel":
            head["sender_chat"] = self.chat_wire(chat)
        else:
            head["from"] = wire.user(self.users[sender])
        if chat.protected:
            head["has_protected_content"] = True
        message = Message(chat.last_id, sender, head | body)
        chat.messages[message.id] = message
        self.save_message(chat, message)
        return message

    def add_file(self, kind: str, name: str, mime: str, content: bytes, duration: int = 0) -> File:
        """Store a file's content under a new id."""
        number = len(self.files) + 1
        digest = hashlib.sha256(content).hexdigest()[:16]
        width, height = measure(content) if kind == "photo" else (0, 0)
        file = File(f"F{kind[0]}{number:06d}-{digest}", number, kind, name, mime, content, width, height, duration)
        self.files[file.id] = file
        self.save("file", file.id, file)
        return file

    def new_query(self, bot: int, user: int, seconds: float) -> Query:
        """A callback query that expires after so many seconds of the sandbox's clock."""
        now = self.clock.now()
        self._last_query = max(self._last_query + 1, int(now * 1e6))
        query = Query(str(self._last_query), bot, user, now + seconds)
        self.queries[query.id] = query
        self.save("query", query.id, query)
        return query

    def end_query(self, query: Query) -> None:
        """A query that can no longer be answered."""
        del self.queries[query.id]
        self.forget("query", query.id)

    def wake(self, bot: int, updates: bool) -> None:
        """End a bot's waiting poll: there are updates, or (False) another poller has come."""
        waiting = self.pollers.pop(bot, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(updates)

    def load(self) -> None:
        """Bring back what the store holds."""
        if self.store is None:
            return
        read = self.store.read
        self.users |= {body["id"]: User(**body) for _key, body in read("user")}
        self.bots = {body["id"]: Bot(**body) for _key, body in sorted(read("bot"), key=_order)}
        for _key, body in read("chat"):
            self._keep(Chat(**body))
        for _key, body in read("member"):
            self.chats[body["chat"]].members[body["user"]] = Member(**body)
        self.files = {body["id"]: File(**body) for _key, body in sorted(read("file"), key=_number)}
        self.queries = {body["id"]: Query(**body) for _key, body in read("query")}
        self._load_messages()
        for key, body in sorted(read("update"), key=lambda row: row[1]["id"]):
            self.bots[int(key.partition(":")[0])].queue.append(Update(**body))

    def _keep(self, chat: Chat) -> None:
        if chat.kind == "private":
            self.privates[chat.id, chat.peer] = chat
        else:
            self.chats[chat.id] = chat

    def _load_messages(self) -> None:
        by_key = {chat.key: chat for chat in itertools.chain(self.chats.values(), self.privates.values())}
        rows: list[tuple[Chat, dict[str, Any]]] = []
        for key, body in self.store.read("message") if self.store else ():
            rows.append((by_key[key.rpartition(":")[0]], body))
        for chat, body in sorted(rows, key=lambda row: row[1]["id"]):
            chat.messages[body["id"]] = Message(**body)
            chat.last_id = body["id"]


def _order(row: tuple[str, Any]) -> int:
    return int(row[1]["place"])


def _number(row: tuple[str, Any]) -> int:
    return int(row[1]["number"])
