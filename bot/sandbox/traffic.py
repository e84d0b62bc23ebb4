"""What is under way: calls, polls and deliveries, so that it can be said when everything is quiet."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.pulse import Pulse


class Traffic:
    """Counts calls under way; remembers in real (monotonic) seconds when something last happened."""

    def __init__(self) -> None:
        self.calls = 0
        self.last_event = 0.0
        self.last_delivery = 0.0
        self.changed = Pulse()

    @contextmanager
    def call(self) -> Iterator[None]:
        """A call is under way while this is open."""
        self.calls += 1
        try:
            yield
        finally:
            self.calls -= 1
            self.touch()

    def delivered(self, updates: int) -> None:
        """So many updates go out to a bot."""
        if updates:
            self.touch()
            self.last_delivery = self.last_event

    def touch(self) -> None:
        """Something happened now."""
        self.last_event = asyncio.get_running_loop().time()
        self.changed.fire()
