"""The sandbox's own time: wall rate between moves, moved forward on request."""

import time
from datetime import UTC, datetime, timedelta, timezone

from bot.sandbox.pulse import Pulse

CHINA = timezone(timedelta(hours=8))


class Clock:
    """Seconds since the Unix epoch, advanced by the monotonic clock; `offset` is how far it runs ahead of the wall."""

    def __init__(self, offset: float = 0.0) -> None:
        self._wall = time.time()
        self._started = time.monotonic()
        self.offset = offset
        self.version = 1
        self.moved = Pulse()

    def now(self) -> float:
        """The sandbox's time in seconds since the epoch (UTC)."""
        return self._wall + self.offset + self.elapsed()

    def elapsed(self) -> float:
        """Real seconds since the server started."""
        return time.monotonic() - self._started

    def shift(self, seconds: float) -> None:
        """Jump by so many seconds and wake everybody who watches the clock."""
        self.offset += seconds
        self.version += 1
        self.moved.fire()

    def iso(self) -> str:
        """The present as ISO text with the offset of China Standard Time."""
        return to_iso(self.now())


def to_iso(seconds: float) -> str:
    """ISO text in China Standard Time for seconds since the epoch."""
    return datetime.fromtimestamp(seconds, CHINA).isoformat()


def from_iso(text: str) -> float:
    """Seconds since the epoch for ISO text; text without an offset is China Standard Time.

    Raises ValueError for text that is no ISO time.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=CHINA)
    return moment.astimezone(UTC).timestamp()
