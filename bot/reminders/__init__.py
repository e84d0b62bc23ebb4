"""The tick: once a second every due row gets its one act. Nothing is scheduled anywhere but in rows."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, SystemClock
from services import housekeeping, restart, search_texts, timers
from services.act import SYSTEM, Door

log = logging.getLogger(__name__)
INTERVAL_SECONDS = 1
BATCH = 200
STORE_TICK = timedelta(seconds=5)
TIDY = timedelta(hours=1)
REFRESH_SECONDS = 0.01


class Reminders:
    """Walks the due rows at every tick and whenever the clock has jumped."""

    def __init__(self, door: Door, clock: Clock) -> None:
        self._door, self._clock = door, clock
        self._gauge = clock.gauge()
        self._one_at_a_time = asyncio.Lock()
        self._stored: datetime | None = None
        self._tidied: datetime | None = None
        self._unfound = True
        self._stale = asyncio.Event()

    def committed(self) -> None:
        """An act may have set or moved an instant: whoever moves the clock must know. Real time waits for nobody."""
        if not self._stale.is_set() and not isinstance(self._clock, SystemClock):
            self._stale.set()
            self._gauge.enter()

    async def run(self) -> None:
        """Tick until cancelled."""
        self._clock.on_jump(self._jumped)
        scheduler: Any = AsyncIOScheduler()
        scheduler.add_job(self._tick, "interval", seconds=INTERVAL_SECONDS, max_instances=1, coalesce=True)
        await self.sweep()
        scheduler.start()
        try:
            while True:
                await self._stale.wait()
                self._stale.clear()
                try:
                    await self._look_ahead()
                finally:
                    self._gauge.leave()
                await asyncio.sleep(REFRESH_SECONDS)
        finally:
            scheduler.shutdown(wait=False)

    async def sweep(self) -> int:
        """Act on everything due now, oldest first; returns how many acts were tried."""
        async with self._one_at_a_time:
            self._gauge.enter()
            try:
                return await self._walk()
            finally:
                await self._look_ahead()
                self._gauge.leave()

    async def _follow_wall(self, clock: SystemClock) -> None:
        """A clock that was set takes no time from anybody: what runs moves along before anything is found due."""
        drift = clock.tick()
        if drift:
            seconds = drift // timedelta(seconds=1)
            await self._door.act(restart.clock_jumped, SYSTEM, None, seconds=seconds)
            await clock.jumped()

    async def _tick(self) -> None:
        try:
            if isinstance(self._clock, SystemClock):
                await self._follow_wall(self._clock)
            await self.sweep()
        except Exception:
            log.exception("the tick failed; the next one is in a second")

    async def _jumped(self) -> None:
        await self.sweep()

    async def _walk(self) -> int:
        tried: set[str] = set()
        now = self._clock.now()
        while jobs := [(_name(job), job) for job in await self._due() if _name(job) not in tried]:
            for name, job in jobs:
                tried.add(name)
                try:
                    await self._door.act(job.action, SYSTEM, None, **job.facts)
                except Exception:
                    log.exception("%s failed; it stays due", name)
        if self._stored is None or now - self._stored >= STORE_TICK:
            self._stored = now
            await self._door.act(restart.tick, SYSTEM, None)
        if self._tidied is None or now - self._tidied >= TIDY:
            self._tidied = now
            await self._door.act(housekeeping.tidy, SYSTEM, None)
        if self._unfound:
            await self._make_found()
        return len(tried)

    async def _make_found(self) -> None:
        """What was written before there was a search, some of it at each tick until all can be found."""
        self._unfound = False
        self._unfound = bool((await self._door.act(search_texts.catch_up, SYSTEM, None)).facts["left"])

    async def _due(self) -> list[timers.Job]:
        now = self._clock.now()
        return await self._door.database.read(lambda uow: timers.due(uow, now=now, limit=BATCH))

    async def _look_ahead(self) -> None:
        self._gauge.due(await self._door.database.read(timers.next_due))


def _name(job: timers.Job) -> str:
    return f"{job.action.__name__} {job.facts}"
