"""How time passes in a rehearsal: as fast as it goes, or so many times the wall's."""

import asyncio
from datetime import datetime

from bot.rehearsal.wires import Wires

STEP_SECONDS = 0.5
SETTLE_SECONDS = 120
GONE_SECONDS = 0.25
SHORTEST_STEP, LONGEST_STEP = 0.01, 5.0


class Hours:
    """Virtual time jumps from one due instant to the next; with `speed` (at least 1) it runs, for people who watch."""

    def __init__(self, wires: Wires, speed: float | None = None) -> None:
        self._wires = wires
        self.speed = speed

    async def now(self) -> datetime:
        """The meeting's present, aware, UTC."""
        return await self._wires.now()

    async def settle(self) -> None:
        """Everybody has done what there is to do at this instant.

        A bot that is busy for seconds is taken for gone by the sandbox; it is waited for all the same.
        """
        for _ in range(int(SETTLE_SECONDS / GONE_SECONDS)):
            await self._wires.ask("POST", "/settle", {"timeout": SETTLE_SECONDS})
            if (await self._wires.ask("GET", "/clock"))["reporters"]:
                return
            await asyncio.sleep(GONE_SECONDS)

    async def passes(self, seconds: float) -> None:
        """So many seconds of the meeting's time pass."""
        await self.settle()
        if self.speed is None:
            await self._wires.advance(seconds)
            return
        left = seconds
        while left > 0:
            real = min(STEP_SECONDS, left / self.speed)
            await asyncio.sleep(real)
            if self.speed > 1:
                await self._wires.advance(real * (self.speed - 1))
            left -= real * self.speed

    async def until(self, instant: datetime) -> None:
        """Time passes until this instant; none when it is over."""
        left = (instant - await self.now()).total_seconds()
        await (self.passes(left) if left > 0 else self.settle())

    async def goes_on(self) -> None:
        """To the next instant at which the bot does something by itself, a few seconds at most.

        Whoever waits for something settles and looks first: it may be there at this very instant.
        """
        _, due = await self._wires.held_back()
        left = (due - await self.now()).total_seconds() if due is not None else LONGEST_STEP
        await self.passes(min(max(left, SHORTEST_STEP), LONGEST_STEP))

    async def quiet(self) -> None:
        """Everything that is decided has been said."""
        while True:
            await self.settle()
            waiting, _ = await self._wires.held_back()
            if not waiting:
                return
            await self.goes_on()
