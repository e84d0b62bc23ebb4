"""Where the one Reader of this process lies, once it is loaded."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from typing import Final

from services.text.reader import Reader, TopicReading, load
from services.text.words import UNREADABLE

log = logging.getLogger(__name__)
_REMEMBERED: Final = 64
"""Readings kept at hand: a form asks for the same one several times while its window is drawn."""


class ReadingDesk:
    """`reader` is None until `open` has loaded it, and for good where its files cannot be read.

    A reading takes milliseconds of a core: make it outside the transaction, and give its result to the act as facts.
    """

    def __init__(self, reader: Reader | None = None) -> None:
        self.reader = reader
        self.opened = asyncio.Event()
        """Set when loading is over, whatever came of it."""
        self._read = lru_cache(_REMEMBERED)(_read)

    async def open(self) -> None:
        """Load off the loop. Nobody is held up by it, and the bot goes on without readings if it fails."""
        try:
            self.reader = await asyncio.to_thread(load)
        except UNREADABLE:
            log.exception("the text room did not open: nothing is suggested")
        finally:
            self.opened.set()

    async def topics(
        self, title: str, reason: str, proposal: str = "", *, among: Collection[str] | None = None
    ) -> TopicReading | None:
        """What a topic looks like, read off the loop; None while there is no reader.

        ``among``: the items of annex C that may be suggested, None for all. The proposal is read for annex D alone: how
        a matter is to be paid for often stands there only, while its item is told by what the matter is.
        """
        if self.reader is None:
            return None
        items = tuple(sorted(among)) if among is not None else None
        return await asyncio.to_thread(self._read, self.reader, title, reason, proposal, items)


def _read(reader: Reader, title: str, reason: str, proposal: str, items: tuple[str, ...] | None) -> TopicReading:
    reading = reader.topics(title, reason, items)
    if not proposal:
        return reading
    warnings = [one for one in (reading.annex, reader.topics(title, f"{reason}\n{proposal}").annex) if one]
    return replace(reading, annex=max(warnings, key=lambda one: one.score, default=None))
