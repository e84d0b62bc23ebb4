"""Reading the JSON of the chat side."""

import json
import math
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ChatError
from bot.sandbox.model import Bot, Chat, Wire
from bot.sandbox.params import well_formed
from bot.sandbox.world import World


async def body_of(request: web.Request) -> Wire:
    """The JSON object of a request, empty when there is none. Raises ChatError (400)."""
    given = await json_of(request)
    if not isinstance(given, dict):
        raise ChatError(400, "a JSON object is expected")
    return given


async def json_of(request: web.Request) -> Any:
    """The JSON of a request. Raises ChatError (400)."""
    try:
        value = json.loads(await request.read() or b"{}")
    except (ValueError, RecursionError):
        raise ChatError(400, "the request is not JSON") from None
    if not well_formed(value):
        raise ChatError(400, "texts must be encoded in UTF-8")
    return value


def number(body: Wire, name: str, default: int | None = None) -> int:
    """A whole number of a body or query. Raises ChatError (400)."""
    return whole(body.get(name, default), name)


def whole(value: Any, name: str) -> int:
    """A whole number. Raises ChatError (400)."""
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ChatError(400, f"{name} must be a whole number")
    return value


def seconds(body: Wire, name: str, default: float) -> float:
    """A number of seconds, not negative. Raises ChatError (400)."""
    value = body.get(name, default)
    try:
        number_of = float(value)
    except (TypeError, ValueError):
        number_of = -1.0
    if isinstance(value, bool) or not math.isfinite(number_of) or number_of < 0:
        raise ChatError(400, f"{name} must be a number of seconds")
    return number_of


def positive(body: Wire, name: str, default: int | None = None) -> int:
    """A whole number that is not negative. Raises ChatError (400)."""
    value = number(body, name, default)
    if value < 0:
        raise ChatError(400, f"{name} must not be negative")
    return value


def flag(body: Wire, name: str, default: bool) -> bool:
    """True or false. Raises ChatError (400)."""
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise ChatError(400, f"{name} must be true or false")
    return value


def words(body: Wire, name: str) -> str | None:
    """A text, None when there is none. Raises ChatError (400)."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise ChatError(400, f"{name} must be a text")
    return value


def known(body: Wire, *names: str) -> Wire:
    """The body, when it has no other fields than these. Raises ChatError (400)."""
    unknown = [name for name in body if name not in names]
    if unknown:
        raise ChatError(400, f"unknown field {unknown[0]}")
    return body


def bot_of(world: World, given: Any) -> Bot:
    """The bot with that id, or the first one. Raises ChatError (404)."""
    if given is None:
        if not world.bots:
            raise ChatError(404, "no bot has called yet")
        return next(iter(world.bots.values()))
    bot = whole(given, "bot")
    if bot not in world.bots:
        raise ChatError(404, f"no bot {bot}")
    return world.bots[bot]


def chat_of(world: World, chat_id: int, bot: Any = None) -> Chat:
    """A group by its id, or the private chat of the person with that id and a bot. Raises ChatError (404)."""
    if chat_id in world.chats:
        return world.chats[chat_id]
    if chat_id not in world.users or world.users[chat_id].is_bot:
        raise ChatError(404, f"no chat {chat_id}")
    return world.private(chat_id, bot_of(world, bot).id)
