"""One sender per bot: a lock that dies with its process."""

import fcntl
import hashlib
import os
from contextlib import suppress
from types import TracebackType

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database


class AlreadyRunningError(Exception):
    """Another process holds the lock of this bot."""


class SenderLock:
    """Held while a process receives and sends for one bot; `name` is hashed, so a token never shows."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._digest = hashlib.sha256(name.encode()).digest()
        self._file: int | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> "SenderLock":
        """Take the lock; raises AlreadyRunningError."""
        if self._database.sqlite:
            self._lock_file()
        else:
            self._lock_postgres()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
        if self._connection:
            # With the session the lock would end too, but the server notices that a moment later than we are gone.
            with suppress(DBAPIError):
                self._connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": self._number})
            self._connection.invalidate()
            self._connection.close()

    @property
    def _number(self) -> int:
        """What PostgreSQL knows the lock by."""
        return int.from_bytes(self._digest[:8], "big", signed=True)

    def _lock_file(self) -> None:
        path = self._database.url.database
        if not path or path == ":memory:":
            return
        self._file = os.open(f"{path}.{self._digest.hex()[:12]}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise AlreadyRunningError from error

    def _lock_postgres(self) -> None:
        self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if not self._connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": self._number}).scalar():
            self._connection.close()
            self._connection = None
            raise AlreadyRunningError
