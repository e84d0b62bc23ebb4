"""The way to the database: one durable writer on SQLite, a pool of writers on PostgreSQL, readers apart."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from storage.vault import Vault
from storage.work import UnitOfWork
from storage.writer import GroupWriter, Job, Outcome

T = TypeVar("T")

POSTGRES_WRITERS = 6
READERS = 2
ATTEMPTS = 3
_TRANSIENT = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available


class DatabaseBusyError(Exception):
    """The database stayed locked through every attempt; the act did not happen."""


class Database:
    """Owns the engine and its threads. Everything that touches tables runs as fn(uow) in one of them.

    Without a vault everything works but sealed contact data and slips.
    """

    def __init__(self, url: str, vault: Vault | None = None) -> None:
        self._vault = vault
        self.url = _driver_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url)
        self._writers = ThreadPoolExecutor(POSTGRES_WRITERS, "writer")
        self._queue = GroupWriter(self._together) if self.sqlite else None
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._mine = local()
        self._opened: list[Connection] = []

    async def write(self, fn: Callable[[UnitOfWork], T]) -> T:
        """Run fn in one durable transaction: committed when this returns, rolled back when it raises.

        Raises DatabaseBusyError after three refused attempts, or whatever fn raises.
        """
        if self._queue is not None:
            return await self._queue.submit(fn)
        return await asyncio.get_running_loop().run_in_executor(self._writers, self.write_now, fn)

    async def read(self, fn: Callable[[UnitOfWork], T]) -> T:
        """Run fn in a read-only view of what is committed."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, fn)

    def write_now(self, fn: Callable[[UnitOfWork], T]) -> T:
        """`write` for callers that are a thread of their own (command line, tests)."""
        return self._persist(lambda: self._alone(fn))

    def _alone(self, fn: Callable[[UnitOfWork], T]) -> T:
        with self._transaction("BEGIN IMMEDIATE") as uow:
            return fn(uow)

    def _together(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Many acts, each behind its own savepoint, one commit: one wait for the disk makes them all durable."""

        def run() -> list[Outcome]:
            with self._transaction("BEGIN IMMEDIATE") as outer:
                return [self._inside(outer, job) for job in jobs]

        return self._persist(run)

    def _inside(self, outer: UnitOfWork, job: Job) -> Outcome:
        outer.raw("SAVEPOINT act")
        uow = UnitOfWork(outer.connection, sqlite=True, vault=self._vault)
        try:
            result = job(uow)
            uow.flush()
        except Exception as error:
            uow.close()
            outer.raw("ROLLBACK TO act")
            outer.raw("RELEASE act")
            return Outcome(None, error)
        uow.close()
        outer.raw("RELEASE act")
        return Outcome(result, None)

    def _persist(self, run: Callable[[], T]) -> T:
        for attempt in range(ATTEMPTS):
            try:
                return run()
            except (DBAPIError, sqlite3.OperationalError, psycopg.Error) as error:
                if not _transient(error):
                    raise
                if attempt == ATTEMPTS - 1:
                    raise DatabaseBusyError(str(type(error))) from error
        raise AssertionError("unreachable")

    def read_now(self, fn: Callable[[UnitOfWork], T]) -> T:
        """`read` for callers that are a thread of their own."""
        with self._transaction("BEGIN") as uow:
            return fn(uow)

    def close(self) -> None:
        """Let running work finish, then drop every connection."""
        if self._queue is not None:
            self._queue.close()
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.close()
        self.engine.dispose()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[UnitOfWork]:
        connection = self._connection()
        if self.sqlite:
            connection.info["begin"] = begin
        transaction = connection.begin()
        uow = UnitOfWork(connection, sqlite=self.sqlite, vault=self._vault)
        try:
            yield uow
            uow.flush()
            transaction.commit()
        except BaseException:
            transaction.rollback()
            raise
        finally:
            uow.close()

    def _connection(self) -> Connection:
        kept: Connection | None = getattr(self._mine, "connection", None)
        if kept is None or kept.closed or kept.invalidated:
            kept = self.engine.connect()
            self._mine.connection = kept
            self._opened.append(kept)
        return kept


def _driver_url(url: str) -> URL:
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, isolation_level="READ COMMITTED", pool_size=POSTGRES_WRITERS + READERS + 2)
    if url.database in (None, "", ":memory:"):
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.info.get("begin", "BEGIN IMMEDIATE")))


def _transient(error: Exception) -> bool:
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return "locked" in str(cause) or "busy" in str(cause)
    return getattr(cause, "sqlstate", None) in _TRANSIENT
