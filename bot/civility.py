"""Reading what is said in the group, beside everything else: a woken worker, a thread, one act for each flag."""

import asyncio
import logging
from typing import Final

from bot.clock import Clock
from procedure.civility import ReadingState, spans_of
from services import civility
from services.act import SYSTEM, Door
from services.civility import Unread
from services.text import CivilityReading, Reader, ReadingDesk

log = logging.getLogger(__name__)
BATCH: Final = 20
RETRY_SECONDS: Final = 5.0

Reading = tuple[Unread, CivilityReading | None]


class CivilityWatch:
    """Which messages are still to be read stands in their rows: what a stop left unread is read at the next start."""

    def __init__(self, door: Door, desk: ReadingDesk, clock: Clock) -> None:
        self._door, self._desk = door, desk
        self._gauge = clock.gauge()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something has been said."""
        if not self._woken.is_set():
            self._woken.set()
            self._gauge.enter()

    async def run(self) -> None:
        """Read until cancelled. Without a reader messages stay unread, for a start that has one."""
        await self._desk.opened.wait()
        self.wake()
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                while await self._round():
                    pass
            except Exception as error:
                log.error("what was said could not be read (%s); trying again", type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
                self.wake()
            finally:
                self._gauge.leave()

    async def _round(self) -> bool:
        """Read what has come up to one batch; whether there was anything."""
        reader = self._desk.reader
        if reader is None:
            return False
        waiting = await self._door.database.read(lambda uow: civility.unread(uow, limit=BATCH))
        readings = await asyncio.to_thread(_read, reader, waiting)
        for unread, reading in readings:
            if reading is not None and reading.flag:
                spans = spans_of(unread.text, reading.words, reading.start)
                facts = {"speech_id": unread.speech_id, "kind": reading.kind, "spans": spans}
                await self._door.act(civility.raise_flag, SYSTEM, None, **facts)
        clear = [unread.speech_id for unread, reading in readings if reading is not None and not reading.flag]
        failed = [unread.speech_id for unread, reading in readings if reading is None]
        for speech_ids, state in ((clear, ReadingState.CLEAR), (failed, ReadingState.UNREADABLE)):
            if speech_ids:
                await self._door.act(civility.note_read, SYSTEM, None, speech_ids=speech_ids, state=state)
        return bool(waiting)


def _read(reader: Reader, waiting: list[Unread]) -> list[Reading]:
    return [(unread, _reading(reader, unread)) for unread in waiting]


def _reading(reader: Reader, unread: Unread) -> CivilityReading | None:
    try:
        return reader.civility(unread.text)
    except Exception as error:
        # One message that cannot be read must not keep the others unread. The error's own text may quote it.
        log.error("message %d could not be read for civility: %s", unread.speech_id, type(error).__name__)
        return None
