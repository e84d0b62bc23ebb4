"""The bot as a process of its own, started as an operator starts it and killed without a word."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.chat.town import Town

ROOT = Path(__file__).parents[2]
LOOK_SECONDS = 0.05
LOOKS = 1200
_FOREVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


class ProcessTown(Town):
    """A town whose bot is `python -m bot run`, on the same world and database as another town's."""

    _process: Process | None = None

    @classmethod
    async def takes_over(cls, town: Town) -> "ProcessTown":
        """Stop that town's bot; its people go on with ours."""
        await town.stops_bot()
        ours = cls(town.settings, town.wires, "")
        ours.accounts, ours.group = town.accounts, town.group
        return ours

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process is not None

    async def starts_bot(self) -> None:
        """Return when the bot polls and everything it found open is done."""
        mark = await self.mark()
        settings = self.settings
        assert settings.bot_token is not None
        surroundings = {
            "YISHITING_BOT_TOKEN": settings.bot_token.get_secret_value(),
            "YISHITING_API_URL": settings.api,
            "YISHITING_CLOCK_URL": str(settings.clock),
            "YISHITING_DATABASE_URL": settings.database,
            "YISHITING_DATA_DIR": str(settings.data_dir),
            "PYTHONPATH": str(ROOT),
        }
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env={"PATH": os.environ["PATH"], **surroundings},
            cwd=settings.data_dir,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        await self.hears_call("getUpdates", mark)
        await self.settle()

    async def stops_bot(self) -> None:
        """SIGTERM, and a clean end."""
        if self._process is not None:
            self._process.terminate()
            assert await self._process.wait() == 0
        self._process = None

    async def is_killed(self) -> None:
        """SIGKILL: no handler, no finally, no flush."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        self._process = None

    async def sees_stored(self, sql: str, wanted: object = 1) -> None:
        """Wait at the wire until this is stored."""

        async def stored() -> bool:
            return bool(self.value(sql) == wanted)

        await _look(stored, sql)

    async def hears_call(self, method: str, mark: int, chat: int | None = None) -> None:
        """Wait at the wire until this call has come in."""

        async def called() -> bool:
            return bool(await self.wires.calls(after=mark, method=method, chat=chat))

        await _look(called, method)

    async def hears(self, words: str) -> None:
        """Wait at the wire until somebody says this in the group."""

        async def said() -> bool:
            return await self.count("group", words) > 0

        await _look(said, words)

    @contextmanager
    def jammed(self, event: str, table: str) -> Iterator[None]:
        """Let every such statement (BEFORE INSERT, BEFORE UPDATE) on the table take for ever, while this lasts."""
        if self.database.sqlite:
            yield from self._jammed_sqlite(event, table)
        else:
            yield from self._jammed_postgres(event, table)

    def _jammed_sqlite(self, event: str, table: str) -> Iterator[None]:
        with closing(sqlite3.connect(str(self.database.url.database), isolation_level=None, timeout=10)) as link:
            link.execute(f"CREATE TRIGGER jam {event} ON {table} BEGIN SELECT ({_FOREVER}); END")
            yield
            link.execute("DROP TRIGGER jam")

    def _jammed_postgres(self, event: str, table: str) -> Iterator[None]:
        body = "BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NEW; END"
        with psycopg.connect(self.settings.database, autocommit=True) as link:
            link.execute("SELECT pg_advisory_lock(42)")
            link.execute(f"CREATE FUNCTION jam() RETURNS trigger LANGUAGE plpgsql AS '{body}'")
            link.execute(f"CREATE TRIGGER jam {event} ON {table} FOR EACH ROW EXECUTE FUNCTION jam()")
            yield
            # The killed client's statement still waits: it must be gone before it can get the lock.
            link.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND wait_event = 'advisory'"
            )
            link.execute("DROP FUNCTION jam CASCADE")


async def _look(done: Callable[[], Awaitable[bool]], what: str) -> None:
    for _ in range(LOOKS):
        if await done():
            return
        await asyncio.sleep(LOOK_SECONDS)
    raise AssertionError(f"it never came to {what}")
