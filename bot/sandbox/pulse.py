"""A wake-up call for everybody who waits for something to change."""

import asyncio


class Pulse:
    """Waiters sleep until the next `fire`; nothing is remembered between two of them."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def fire(self) -> None:
        """Wake everybody who waits now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, timeout: float) -> bool:
        """True when fired within `timeout` real seconds."""
        event = self._event
        try:
            await asyncio.wait_for(event.wait(), max(timeout, 0.0))
        except TimeoutError:
            return False
        return True
