"""A clock that stands still until a test moves it."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.clock import Gauge, Sleepers

START = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)


class HandClock(Sleepers):
    """Moved by hand; wakes whoever waits, as a jump of the sandbox's clock does."""

    def __init__(self, start: datetime = START) -> None:
        super().__init__()
        self._now = start
        self.gauges: list[Gauge] = []

    def now(self) -> datetime:
        """Where the hand stands."""
        return self._now

    async def move(self, seconds: float) -> None:
        """Turn the hand and run the jump callbacks."""
        self._now += timedelta(seconds=seconds)
        await self._jumped()

    def gauge(self) -> Gauge:
        """A gauge that the test can read."""
        gauge = Gauge(_nothing)
        self.gauges.append(gauge)
        return gauge

    async def announce(self) -> None:
        """Nobody listens."""

    @property
    def idle(self) -> bool:
        """Nothing is busy or due."""
        return not any(g.busy or (g.next is not None and g.next <= self._now) for g in self.gauges)

    async def settled(self, seconds: float = 60.0) -> None:
        """Return once it is idle. Raises TimeoutError after so many real seconds."""
        async with asyncio.timeout(seconds):
            while not self.idle:
                await asyncio.sleep(0.005)


def _nothing() -> None:
    """Gauges of a hand clock tell nobody."""
