"""Workers: stored updates go to the dispatcher, in order per (chat, person), many chats at once."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic_core import from_json

from bot.clock import Clock
from storage import inbox
from storage.database import Database

log = logging.getLogger(__name__)

IN_FLIGHT = 100
BACKLOG = 1000
TRIES = 3
RETRY_SECONDS = 0.2
MARK_SECONDS = 0.2
MARK_ROWS = 50

Raw = dict[str, Any]
Lane = tuple[int, int]
Apology = Callable[[Update], Awaitable[None]]
_PARTS = ("callback_query", "message", "edited_message", "my_chat_member", "chat_member")


def lane_of(update: Raw) -> Lane:
    """(chat, person) of a raw update; what has neither shares one lane."""
    for part in _PARTS:
        event = update.get(part)
        if event is not None:
            chat = event.get("chat") or event.get("message", {}).get("chat", {})
            return chat.get("id", 0), event.get("from", {}).get("id", 0)
    return 0, 0


class Lanes:
    """Feeds the dispatcher; an update is done when its handler has returned, or has failed three times."""

    def __init__(self, dispatcher: Dispatcher, bot: Bot, database: Database, clock: Clock, apology: Apology) -> None:
        self._dispatcher, self._bot, self._database, self._clock = dispatcher, bot, database, clock
        self._apology = apology
        self._gauge = clock.gauge()
        self._lanes: dict[Lane, deque[tuple[int, Raw]]] = {}
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._tasks: set[asyncio.Task[None]] = set()
        self._done: list[int] = []
        self._room = asyncio.Event()
        self._room.set()
        self._marking = asyncio.Event()

    async def run(self) -> None:
        """Mark what is done, in batches, until cancelled; then let running handlers finish and mark them too."""
        try:
            while True:
                await self._marking.wait()
                await asyncio.sleep(0 if len(self._done) >= MARK_ROWS else MARK_SECONDS)
                await self._mark()
        finally:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._mark()

    async def resume(self) -> None:
        """Take in what an earlier process left open, in its order of arrival."""
        after = 0
        while rows := await self._database.read(partial(inbox.still_open, after=after)):
            after = rows[-1].id
            await self.take((row.id, from_json(row.body)) for row in rows)

    async def take(self, arrived: Iterable[tuple[int, Raw]]) -> None:
        """Queue stored updates; waits while too many are queued already."""
        for number, update in arrived:
            self._gauge.enter()
            lane = lane_of(update)
            queue = self._lanes.get(lane)
            if queue is not None:
                queue.append((number, update))
                continue
            self._lanes[lane] = deque([(number, update)])
            task = asyncio.create_task(self._walk(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._gauge.busy > BACKLOG:
            self._room.clear()
            await self._room.wait()

    async def _walk(self, lane: Lane) -> None:
        queue = self._lanes[lane]
        while queue:
            number, update = queue.popleft()
            try:
                async with self._slots:
                    await self._handle(number, update)
            finally:
                self._gauge.leave()
                if self._gauge.busy <= BACKLOG:
                    self._room.set()
        del self._lanes[lane]

    async def _handle(self, number: int, raw: Raw) -> None:
        for left in reversed(range(TRIES)):
            try:
                update = Update.model_validate(raw, context={"bot": self._bot})
                await self._dispatcher.feed_update(self._bot, update, inbox_id=number)
            except Exception as error:
                await self._stumbled(number, raw, error, last=not left)
                continue
            self._done.append(number)
            self._marking.set()
            return

    async def _stumbled(self, number: int, raw: Raw, error: Exception, *, last: bool) -> None:
        name, now = type(error).__name__, self._clock.now()
        # A traceback of ours names code, not people; the error's own text may hold what somebody wrote.
        log.error("update %d failed: %s at %s", number, name, _where(error))
        await self._database.write(lambda uow: inbox.note_failure(uow, number, error=name, last=last, now=now))
        if not last:
            await asyncio.sleep(RETRY_SECONDS)
            return
        try:
            await self._apology(Update.model_validate(raw, context={"bot": self._bot}))
        except Exception as failed:
            log.warning("nobody could be told about update %d: %s", number, type(failed).__name__)

    async def _mark(self) -> None:
        self._marking.clear()
        ids, self._done = self._done, []
        if ids:
            now = self._clock.now()
            await self._database.write(lambda uow: inbox.mark_done(uow, ids, now=now))


def _where(error: Exception) -> str:
    trace = error.__traceback__
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-4:])
