"""Where the one Reader of this process lies, once it is loaded."""

import asyncio
import logging
from typing import Final

from services.text.reader import Reader, TopicReading, load

log = logging.getLogger(__name__)
_UNREADABLE: Final = (OSError, ValueError, KeyError)


class ReadingDesk:
    """`reader` is None until `open` has loaded it, and for good where its files cannot be read.

    A reading takes milliseconds of a core: make it outside the transaction, and give its result to the act as facts.
    """

    def __init__(self, reader: Reader | None = None) -> None:
        self.reader = reader
        self.opened = asyncio.Event()
        """Set when loading is over, whatever came of it."""

    async def open(self) -> None:
        """Load off the loop. Nobody is held up by it, and the bot goes on without readings if it fails."""
        try:
            self.reader = await asyncio.to_thread(load)
        except _UNREADABLE:
            log.exception("the text room did not open: nothing is suggested")
        finally:
            self.opened.set()

    async def topics(self, title: str, reason: str) -> TopicReading | None:
        """What a topic looks like, read off the loop; None while there is no reader."""
        reader = self.reader
        return await asyncio.to_thread(reader.topics, title, reason) if reader is not None else None
