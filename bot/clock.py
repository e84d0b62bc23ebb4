"""The one clock: real time, or the sandbox's. act, tick, limiter, outbox and boards use it and nothing else."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import aiohttp

Jumped = Callable[[], Awaitable[None]]
log = logging.getLogger(__name__)
WALL_JUMP = timedelta(seconds=5)
LONGEST_SLEEP = 3600.0
POLL_SECONDS = 25
DEBOUNCE_SECONDS = 0.005
RETRY_SECONDS = 0.5


class Gauge:
    """Says whether one part of the process is busy, and when it next has something to do by itself."""

    def __init__(self, changed: Callable[[], None] | None = None) -> None:
        self._changed = changed
        self.busy = 0
        self.next: datetime | None = None
        self.waiting = 0

    def enter(self, count: int = 1) -> None:
        """`count` pieces of work have begun."""
        self.busy += count
        if self._changed:
            self._changed()

    def leave(self, count: int = 1) -> None:
        """`count` pieces of work are over."""
        self.busy -= count
        if self._changed:
            self._changed()

    def due(self, instant: datetime | None, waiting: int = 0) -> None:
        """The next instant at which this part acts by itself; `waiting` rows wait for it."""
        if self._changed and (instant, waiting) != (self.next, self.waiting):
            self._changed()
        self.next, self.waiting = instant, waiting


class Clock(Protocol):
    """What the rest of the bot sees of time."""

    def now(self) -> datetime:
        """The present, aware, UTC."""

    async def sleep_until(self, instant: datetime) -> None:
        """Return when the clock has reached the instant."""

    async def wait(self, event: asyncio.Event, until: datetime | None = None) -> bool:
        """True once the event is set, False once the clock has reached `until`."""

    def on_jump(self, callback: Jumped) -> None:
        """Have the callback awaited whenever the clock has jumped."""

    def gauge(self) -> Gauge:
        """A gauge for one part of the process."""

    async def announce(self) -> None:
        """Return when whoever moves the clock knows that we are busy; at once on a real clock."""


class Sleepers:
    """Waiting on a clock that may jump: a jump wakes everybody to look again."""

    def __init__(self) -> None:
        self._moved = asyncio.Event()
        self._callbacks: list[Jumped] = []

    def now(self) -> datetime:
        """The present, aware, UTC."""
        raise NotImplementedError

    def on_jump(self, callback: Jumped) -> None:
        """Have the callback awaited whenever the clock has jumped."""
        self._callbacks.append(callback)

    async def sleep_until(self, instant: datetime) -> None:
        """Return when the clock has reached the instant."""
        await self.wait(asyncio.Event(), instant)

    async def wait(self, event: asyncio.Event, until: datetime | None = None) -> bool:
        """True once the event is set, False once the clock has reached `until`."""
        while not event.is_set():
            left = LONGEST_SLEEP if until is None else (until - self.now()).total_seconds()
            if left <= 0:
                return False
            tasks = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(self._moved.wait())]
            try:
                await asyncio.wait(tasks, timeout=min(left, LONGEST_SLEEP), return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
        return True

    async def _jumped(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()
        for callback in self._callbacks:
            await callback()


class SystemClock(Sleepers):
    """The wall clock read once a tick and carried by the monotonic clock between ticks."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._wall, self._steady = wall, steady
        self._base, self._mark = wall(), steady()

    def now(self) -> datetime:
        """The present, aware, UTC."""
        return datetime.fromtimestamp(self._base + self._steady() - self._mark, UTC)

    def tick(self) -> timedelta:
        """Follow the wall; returns how far it had jumped (zero for less than 5 s). Whoever asks then calls `jumped`."""
        wall, steady = self._wall(), self._steady()
        drift = timedelta(seconds=wall - (self._base + steady - self._mark))
        if abs(drift) <= WALL_JUMP:
            self._base, self._mark = max(wall, self._base + steady - self._mark), steady
            return timedelta()
        self._base, self._mark = wall, steady
        log.warning("the wall clock jumped by %.0f s", drift.total_seconds())
        return drift

    async def jumped(self) -> None:
        """Wake everybody who waits: what hangs on the jump has been moved along."""
        await self._jumped()

    def gauge(self) -> Gauge:
        """A gauge that nobody reads."""
        return Gauge()

    async def announce(self) -> None:
        """Nobody moves a real clock."""


class ClockUnreachableError(Exception):
    """The sandbox's clock did not answer."""


class SandboxClock(Sleepers):
    """Follows the sandbox's clock, and tells the sandbox when there is nothing left to do at this instant.

    Being idle means: no gauge is busy, none is due, and every callback of the last jump has returned.
    """

    def __init__(self, url: str, client: str = "bot", steady: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._url = url.removesuffix("/chat/clock").rstrip("/") + "/chat/clock"
        self._client = client
        self._steady = steady
        self._base, self._mark = datetime.fromtimestamp(0, UTC), steady()
        self._version = 0
        self._gauges: list[Gauge] = []
        self._changed = asyncio.Event()
        self._answered = asyncio.Event()
        self._count = self._reported = 0
        self._posting = False
        self._told: dict[str, Any] = {}
        self._session: aiohttp.ClientSession | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def now(self) -> datetime:
        """The sandbox's present, aware, UTC."""
        return self._base + timedelta(seconds=self._steady() - self._mark)

    def gauge(self) -> Gauge:
        """A gauge that counts for being idle."""
        gauge = Gauge(self._touch)
        self._gauges.append(gauge)
        return gauge

    async def start(self) -> None:
        """Read the clock once, then follow it; raises ClockUnreachableError."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=POLL_SECONDS + 10))
        try:
            self._follow(await self._get(wait=False))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            await self._session.close()
            self._session = None
            raise ClockUnreachableError(f"no clock at {self._url}") from error
        self._tasks = [asyncio.create_task(self._poll()), asyncio.create_task(self._report())]
        self._touch()

    async def stop(self) -> None:
        """Stop following."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._post(self._state() | {"gone": True})
            await self._session.close()

    async def announce(self) -> None:
        """Return when the sandbox knows that we are busy: it must not take an older report for the present."""
        if self._posting or self._told.get("idle", True):
            wanted = self._count
            while self._reported < wanted:
                self._changed.set()
                await self._answered.wait()

    def _touch(self) -> None:
        self._count += 1
        self._changed.set()

    def _follow(self, answer: dict[str, Any]) -> None:
        self._base, self._mark = datetime.fromisoformat(answer["now"]).astimezone(UTC), self._steady()
        self._version = int(answer["version"])

    async def _get(self, *, wait: bool) -> dict[str, Any]:
        assert self._session is not None
        query = {"wait": str(POLL_SECONDS), "version": str(self._version), "client": self._client} if wait else {}
        async with self._session.get(self._url, params=query) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer

    async def _poll(self) -> None:
        jump = self.gauge()
        while True:
            try:
                answer = await self._get(wait=True)
            except (aiohttp.ClientError, TimeoutError, ValueError):
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if int(answer["version"]) != self._version:
                jump.enter()
                self._follow(answer)
                await self._jumped()
                jump.leave()

    def _state(self) -> dict[str, Any]:
        now = self.now()
        dues = [gauge.next for gauge in self._gauges if gauge.next is not None]
        return {
            "client": self._client,
            "idle": not any(gauge.busy for gauge in self._gauges) and all(due > now for due in dues),
            "next": min(dues).isoformat() if dues else None,
            "version": self._version,
            "waiting": sum(gauge.waiting for gauge in self._gauges),
        }

    async def _report(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(DEBOUNCE_SECONDS)
            self._changed.clear()
            count, state = self._count, self._state()
            # While we stay busy nothing else in the report matters: keep off the wire.
            if state["idle"] or self._told.get("idle", True):
                await self._post(state)
                if self._changed.is_set() and self._told is not state:
                    await asyncio.sleep(RETRY_SECONDS)
            self._reported = count
            self._answered.set()
            self._answered = asyncio.Event()

    async def _post(self, state: dict[str, Any]) -> None:
        assert self._session is not None
        self._posting = True
        try:
            async with self._session.post(f"{self._url}/report", json=state) as response:
                response.raise_for_status()
            self._told = state
        except (aiohttp.ClientError, TimeoutError):
            self._changed.set()
        finally:
            self._posting = False
