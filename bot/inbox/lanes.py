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
DATABASE_SECONDS = 1.0
MARK_SECONDS = 0.2
MARK_ROWS = 50

Raw = dict[str, Any]
Lane = tuple[int, int]
Apology = Callable[[Update], Awaitable[None]]
_PARTS = ("callback_query", "message", "edited_message", "my_chat_member", "chat_member")


def lane_of(update: Raw) -> Lane:
    """(chat, person) of a raw update; what has neither, or is nothing we know, shares one lane."""
    event: Any = next((update[part] for part in _PARTS if update.get(part)), None)
    return _id(_part(event, "chat") or _part(_part(event, "message"), "chat")), _id(_part(event, "from"))


def _moves(update: Raw) -> bool:
    """Whether this is Telegram's notice of a group that has become a supergroup."""
    message = update.get("message")
    return any(_part(message, name) is not None for name in ("migrate_to_chat_id", "migrate_from_chat_id"))


def _part(whole: Any, name: str) -> Any:
    return whole.get(name) if isinstance(whole, dict) else None


def _id(whole: Any) -> int:
    number = _part(whole, "id")
    return number if isinstance(number, int) else 0


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
        self._closing = False

    async def run(self) -> None:
        """Mark what is done, in batches, until cancelled; then let running handlers finish and mark them too."""
        try:
            while True:
                await self._marking.wait()
                await asyncio.sleep(0 if len(self._done) >= MARK_ROWS else MARK_SECONDS)
                await self._mark()
        finally:
            self._closing = True
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
            if _moves(update):
                await self._move(number, update)
                continue
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

    async def _move(self, number: int, update: Raw) -> None:
        """A group gets another id: nothing that arrived after that is handled before it."""
        self._gauge.enter()
        try:
            await self._handle(number, update)
        finally:
            self._gauge.leave()

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
        tries = 0
        while tries < TRIES:
            try:
                update = Update.model_validate(raw, context={"bot": self._bot})
                await self._dispatcher.feed_update(self._bot, update, inbox_id=number)
            except Exception as error:
                if not await self._noted(number, error, last=tries + 1 == TRIES):
                    if self._closing:
                        return  # still open: the next start runs it again
                    await asyncio.sleep(DATABASE_SECONDS)
                    continue
                tries += 1
                if tries < TRIES:
                    await asyncio.sleep(RETRY_SECONDS)
                continue
            self._done.append(number)
            self._marking.set()
            return
        await self._apologise(number, raw)

    async def _noted(self, number: int, error: Exception, *, last: bool) -> bool:
        """Count a failed try; False when not even that can be stored: then it is no try, and nothing is given up."""
        name, now = type(error).__name__, self._clock.now()
        # A traceback of ours names code, not people; the error's own text may hold what somebody wrote.
        log.error("update %d failed: %s at %s", number, name, _where(error))
        try:
            await self._database.write(lambda uow: inbox.note_failure(uow, number, error=name, last=last, now=now))
        except Exception as failed:
            log.error("the database takes nothing (%s); update %d waits for it", type(failed).__name__, number)
            return False
        return True

    async def _apologise(self, number: int, raw: Raw) -> None:
        try:
            await self._apology(Update.model_validate(raw, context={"bot": self._bot}))
        except Exception as failed:
            log.warning("nobody could be told about update %d: %s", number, type(failed).__name__)

    async def _mark(self) -> None:
        self._marking.clear()
        ids, self._done = self._done, []
        if not ids:
            return
        now = self._clock.now()
        try:
            await self._database.write(lambda uow: inbox.mark_done(uow, ids, now=now))
        except Exception as failed:
            # Unmarked they would only run again at the next start, and be answered from their receipts.
            log.error("the database takes nothing (%s); marked later", type(failed).__name__)
            self._done += ids
            if not self._closing:
                await asyncio.sleep(DATABASE_SECONDS)
                self._marking.set()


def _where(error: Exception) -> str:
    trace = error.__traceback__
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-4:])
