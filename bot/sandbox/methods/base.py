"""What every method shares: the table of methods, the call, and finding its chat and message."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import bad, forbidden, upgraded
from bot.sandbox.model import GROUPS, Bot, Chat, Message, Wire
from bot.sandbox.params import Upload
from bot.sandbox.rights import allowed
from bot.sandbox.world import World


@dataclass
class Call:
    """One call of one bot, its parameters read and typed."""

    world: World
    delivery: Delivery
    bot: Bot
    args: dict[str, Any]
    uploads: dict[str, Upload]

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or the default when it was not given."""
        return self.args.get(name, default)


Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Method:
    """A method's name, its parameters by kind (see `params.read`) and what carries it out."""

    name: str
    params: dict[str, str]
    run: Handler


METHODS: dict[str, Method] = {}


def method(name: str, **params: str) -> Callable[[Handler], Handler]:
    """Put a handler into the table of methods."""

    def enter(handler: Handler) -> Handler:
        METHODS[name.lower()] = Method(name, params, handler)
        return handler

    return enter


def chat_named(call: Call, name: str = "chat_id") -> Chat:
    """The chat a parameter names. Raises Refused (400 chat not found)."""
    chat_id = call.args[name]
    if isinstance(chat_id, str):
        raise bad("chat not found")
    if chat_id in call.world.chats:
        return call.world.chats[chat_id]
    user = call.world.users.get(chat_id)
    if user is None:
        raise bad("chat not found")
    if user.is_bot:
        raise forbidden("bots can't send messages to bots")
    return call.world.private(chat_id, call.bot.id)


def reachable(call: Call, chat: Chat, *, write: bool = True) -> Chat:
    """The chat, when the bot may act in it at all, or (`write` False) look at it.

    Raises Refused as Telegram does: 403, or 400 with the new id for a group that has become a supergroup.
    """
    if chat.kind == "private":
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    if chat.migrated_to and write:
        raise upgraded(chat.migrated_to)
    if not call.world.inside(chat, call.bot.id):
        member = call.world.member(chat, call.bot.id)
        kind = "channel chat" if chat.kind == "channel" else f"{chat.kind} chat"
        kicked = member is not None and member.status == "kicked"
        raise forbidden(f"bot was kicked from the {kind}" if kicked else f"bot is not a member of the {kind}")
    return chat


def writable(call: Call, chat: Chat, right: str, what: str) -> Chat:
    """The chat, when the bot may post this kind of thing there. Raises Refused."""
    reachable(call, chat)
    if not allowed(chat, call.bot.id, right):
        if chat.kind == "channel":
            raise bad("need administrator rights in the channel chat")
        raise bad(f"not enough rights to send {what} to the chat")
    thread = call.get("message_thread_id")
    if thread is not None and chat.kind in GROUPS:
        _in_topic(call, chat, thread)
    return chat


def _in_topic(call: Call, chat: Chat, thread: int) -> None:
    """A topic of the forum, open to the bot; General has no id that could be sent."""
    topic = chat.topics.get(str(thread)) if chat.forum else None
    if topic is None:
        raise bad("message thread not found")
    if topic["closed"] and not allowed(chat, call.bot.id, "can_manage_topics"):
        raise bad("TOPIC_CLOSED")


def message_in(call: Call, chat: Chat, name: str, missing: str) -> Message:
    """The message a parameter names. Raises Refused (400) with `missing`."""
    message = chat.messages.get(call.args[name])
    if message is None or message.deleted:
        raise bad(missing)
    return message


def flooded(call: Call, chat: Chat, sends: bool = True) -> None:
    """Count this call against the flood limits. Raises Refused (429)."""
    call.world.flood.pass_through(call.bot.id, chat, call.world.clock.now(), sends)


def shallow(message: Message) -> Wire:
    """A message as it appears inside another one."""
    return {name: value for name, value in message.wire.items() if name not in ("reply_to_message", "pinned_message")}
