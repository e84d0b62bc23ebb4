"""A throw-away PostgreSQL cluster: one for all test processes of a run, one database per test."""

import os
import re
import shutil
import subprocess
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from storage import migrations
from storage.database import Database
from tests.support import run

_TEMPLATE = "migrated"
_SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c listen_addresses=''"
    # Databases of a second's life: nobody cleans them, counts in them, or sends their log anywhere.
    " -c autovacuum=off -c track_counts=off -c wal_level=minimal -c max_wal_senders=0 -c jit=off"
)


def binaries() -> Path | None:
    """The newest installed server's programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _version(programs: Path) -> int:
    said = subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, text=True).stdout
    return int(re.findall(r"\d+", said)[0])


class Cluster:
    """On a Unix socket in the run's folder, as an unprivileged user when we are root; whoever comes first starts it."""

    def __init__(self, programs: Path) -> None:
        self._programs, self._version = programs, _version(programs)
        self._folder = run.folder() / "postgres"
        self._data = self._folder / "data"
        self._numbers = count(1)
        with run.alone("postgres"):
            if not self._folder.exists():
                self._start()

    def _start(self) -> None:
        """Initialise, start, and migrate the template that every test's database is copied from."""
        self._folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        _run(
            self._programs, "initdb", "-D", str(self._data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"
        )
        options = f"{_SETTINGS} -c unix_socket_directories={self._folder}"
        _run(
            self._programs,
            "pg_ctl",
            "-D",
            str(self._data),
            "-l",
            str(self._folder / "log"),
            "-o",
            options,
            "-w",
            "start",
        )
        self._create(_TEMPLATE, "template1")
        database = Database(self.url(_TEMPLATE))
        migrations.upgrade(database)
        database.close()

    @staticmethod
    def stop_all() -> None:
        """Stop what this run has started, at once."""
        data, programs = run.folder() / "postgres" / "data", binaries()
        if programs is not None and data.exists():
            _run(programs, "pg_ctl", "-D", str(data), "-m", "immediate", "stop")

    def fresh(self, *, migrated: bool = True) -> str:
        """The address of a new database."""
        return self.url(self.copy(_TEMPLATE if migrated else "template1"))

    def copy(self, source: str) -> str:
        """The name of a new database like ``source``, to which nobody may be connected."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._create(name, source)
        return name

    def drop(self, url: str) -> None:
        """Forget the database at this address, whoever is still connected."""
        name = url.partition("@/")[2].partition("?")[0]
        self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        """The address of a database in this cluster."""
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def _create(self, name: str, template: str) -> None:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        # By files where that is a choice: nothing here waits for a disk, and pages by way of the log are written twice.
        self._do(made + sql.SQL(" STRATEGY file_copy") if self._version >= 15 else made)

    @cached_property
    def _clerk(self) -> psycopg.Connection[TupleRow]:
        """Makes and drops databases; open until this process ends."""
        return psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres", autocommit=True)

    def _do(self, statement: sql.Composed) -> None:
        self._clerk.execute(statement)


def _run(programs: Path, program: str, *arguments: str) -> None:
    command = [str(programs / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=run.folder())
