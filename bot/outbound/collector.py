"""The collector: fetches the files of speeches, one at a time, away from every tap (T31)."""

import asyncio
import hashlib
import logging
import os
import tempfile
from pathlib import Path

from telegram.error import BadRequest, TelegramError

from bot.clock import Clock
from bot.outbound.post import Post
from services import files, files_coming
from services.act import SYSTEM, Door
from services.files import Wish

log = logging.getLogger(__name__)
PACE_SECONDS = 0.02


class Collector:
    """Woken when a file came with a message; keeps each once under its SHA-256, all together at most `most_bytes`."""

    def __init__(self, door: Door, post: Post, clock: Clock, folder: Path, most_bytes: int) -> None:
        self._door, self._post, self._clock = door, post, clock
        self._folder, self._most_bytes = folder, most_bytes
        self._gauge = clock.gauge()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There may be a file to fetch."""
        if not self._woken.is_set():
            self._woken.set()
            self._gauge.enter()

    async def run(self) -> None:
        """Fetch until cancelled."""
        self._clock.on_jump(self._jumped)
        self.wake()
        while True:
            if not await self._clock.wait(self._woken, self._gauge.next):
                self.wake()
            self._woken.clear()
            try:
                await self._round()
            except Exception:
                log.exception("a file could not be fetched; trying again")
            finally:
                self._gauge.due(await self._door.database.read(files.next_due))
                self._gauge.leave()
            await asyncio.sleep(PACE_SECONDS)

    async def _jumped(self) -> None:
        self.wake()

    async def _round(self) -> None:
        while (wish := await self._next()) is not None:
            await self._fetch(wish)

    async def _next(self) -> Wish | None:
        now = self._clock.now()
        return await self._door.database.read(lambda uow: files.next_wish(uow, now=now))

    async def _fetch(self, wish: Wish) -> None:
        try:
            body = await self._download(wish)
        except BadRequest as error:
            await self._failed(wish, files_coming.TOO_BIG if "too big" in error.message.lower() else files_coming.LOST)
            return
        except (TelegramError, OSError):
            await self._failed(wish, files_coming.WANTED)
            return
        if body is None:
            await self._failed(wish, files_coming.TOO_BIG)
            return
        if wish.kept_bytes + len(body) > self._most_bytes:
            log.error("a file was not kept: all files together may take %d bytes", self._most_bytes)
            await self._failed(wish, files_coming.NO_ROOM)
            return
        try:
            digest = await asyncio.to_thread(keep, self._folder, body)
        except OSError:
            log.exception("a file could not be written")
            await self._failed(wish, files_coming.WANTED)
            return
        facts = {"attachment_id": wish.attachment_id, "sha256": digest, "size": len(body)}
        await self._door.act(files.file_stored, SYSTEM, None, **facts)

    async def _download(self, wish: Wish) -> bytes | None:
        """The file's bytes; None when they are more than a bot may fetch."""
        file = await self._post.bot.get_file(wish.file_id)
        if (file.file_size or 0) > files.MOST_BYTES:
            return None
        body = bytes(await file.download_as_bytearray())
        return body if len(body) <= files.MOST_BYTES else None

    async def _failed(self, wish: Wish, state: str) -> None:
        await self._door.act(files.file_failed, SYSTEM, None, attachment_id=wish.attachment_id, state=state)


def path_of(folder: Path, digest: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return folder / digest[:2] / digest


def keep(folder: Path, body: bytes) -> str:
    """Write the bytes under their SHA-256, whole or not at all. Raises OSError."""
    digest = hashlib.sha256(body).hexdigest()
    path = path_of(folder, digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest
