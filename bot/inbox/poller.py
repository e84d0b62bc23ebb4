"""Long polling that never confirms an update before it is stored."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from pydantic_core import from_json, to_json

from bot.clock import Clock, Gauge
from storage import inbox
from storage.database import Database

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
POLL_SECONDS = 25
BATCH = 100
BACKOFF_SECONDS = (0.5, 1, 2, 5, 10, 30)

Update = dict[str, Any]
Take = Callable[[list[tuple[int, Update]]], Awaitable[None]]

_GROUPS = ("group", "supergroup")
_WHERE_IT_STOOD = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")


class TokenRefusedError(Exception):
    """Telegram does not know this token (401, 404)."""


class Poller:
    """Fetches updates and hands (inbox number, update) to `take` once their transaction is committed."""

    def __init__(self, api: str, token: str, database: Database, clock: Clock, take: Take) -> None:
        self._url = f"{api}/bot{token}/"
        self._database, self._clock, self._take = database, clock, take
        self._gauge: Gauge = clock.gauge()
        self._offset: int | None = None
        self._failures = 0
        self.first_poll = asyncio.Event()

    async def run(self) -> None:
        """Poll until cancelled. Raises TokenRefusedError."""
        timeout = aiohttp.ClientTimeout(total=POLL_SECONDS + 15, connect=10)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            await self._call(session, "deleteWebhook", {})
            while True:
                await self._once(session)

    async def _once(self, session: aiohttp.ClientSession) -> None:
        query: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            query["offset"] = self._offset
        self.first_poll.set()
        updates = await self._call(session, "getUpdates", query)
        if not updates:
            return
        self._gauge.enter()
        try:
            # Whoever moves the clock hears that we are busy before the next call confirms these updates.
            kept = [slim(update) for update in updates]
            stored, _ = await asyncio.gather(self._store(kept), self._clock.announce())
            if stored is None:
                return
            # Ids may start again anywhere after an idle week: follow this batch, not the highest id ever seen.
            self._offset = updates[-1]["update_id"] + 1
            await self._take(stored)
        finally:
            self._gauge.leave()

    async def _store(self, updates: list[Update]) -> list[tuple[int, Update]] | None:
        """What is new, with its inbox number; None when the database takes nothing: then Telegram keeps them."""
        bodies = [(update["update_id"], to_json(update).decode()) for update in updates]
        now = self._clock.now()
        try:
            fresh = await self._database.write(lambda uow: inbox.store(uow, bodies, now=now))
        except Exception as error:
            await self._pause("the database takes nothing (%s)", type(error).__name__)
            return None
        by_id = {update["update_id"]: update for update in updates}
        return [(number, by_id[update_id]) for update_id, number in fresh.items()]

    async def _call(self, session: aiohttp.ClientSession, method: str, query: dict[str, Any]) -> Any:
        """Telegram's result, or None after a failure that was waited out."""
        try:
            async with session.post(self._url + method, json=query) as response:
                answer = from_json(await response.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            await self._pause("Telegram cannot be reached (%s)", type(error).__name__)
            return None
        if answer.get("ok"):
            self._failures = 0
            return answer["result"]
        code = answer.get("error_code")
        if code in (401, 404):
            raise TokenRefusedError("Telegram does not accept YISHITING_BOT_TOKEN")
        if code == 409:
            await self._pause("another program receives this bot's updates (%s); only one may", code)
        else:
            await self._pause("Telegram answered %s", code, answer.get("parameters", {}).get("retry_after", 0))
        return None

    async def _pause(self, message: str, detail: object, seconds: float = 0) -> None:
        wait = max(seconds, BACKOFF_SECONDS[min(self._failures, len(BACKOFF_SECONDS) - 1)])
        if self._failures < len(BACKOFF_SECONDS):
            log.warning(message + "; trying again in %.1f s", detail, wait)
        self._failures += 1
        await asyncio.sleep(wait)


def slim(update: Update) -> Update:
    """The update as it is kept: a tap in a group brings the whole board along, of which only the place is read."""
    tap: Update = update.get("callback_query") or {}
    message = tap.get("message")
    if not message or message.get("chat", {}).get("type") not in _GROUPS:
        return update
    place = {name: message[name] for name in _WHERE_IT_STOOD if name in message}
    return update | {"callback_query": tap | {"message": place}}
