"""Stages that many tests begin at: walked to once per test process, then copied, database and all."""

import hashlib
import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, cast

from sqlalchemy import event

from storage.database import Database
from storage.vault import Vault
from tests.support import run
from tests.support.postgres import Cluster

F = TypeVar("F", bound=Callable[..., Any])
Path_ = tuple[Any, ...]
_OWN: Final = frozenset({"_database", "door", "shelf", "path", "mark", "kept", "engine"})
"""What a walker does not leave on the shelf."""


class Walker(Protocol):
    """Somebody who walks from stage to stage: `tests.services.room.Room` and what is made of it."""

    def __init__(self, database: Database) -> None: ...

    shelf: "Shelf | None"
    path: Path_ | None
    mark: Path_
    kept: "Kept | None"
    engine: str

    @property
    def _database(self) -> Database:
        """Opened when first looked at."""
        ...

    def fingerprint(self) -> Path_:
        """What changes with everything that is done."""
        ...

    def now(self) -> Any:
        """The hand-turned clock."""
        ...


W = TypeVar("W", bound=Walker)


@dataclass(frozen=True)
class Kept:
    """A stage on the shelf: its database to copy, and what the walker remembers."""

    source: str
    remembered: dict[str, Any]


class Shelf:
    """One for all test processes of a run: the walker's name, engine and way say where a stage stands."""

    def __init__(self, cluster: Callable[[], Cluster]) -> None:
        self._folder, self._cluster = run.folder() / "stages", cluster
        self._folder.mkdir(exist_ok=True)
        self._number = 0
        self.vault = Vault.open(run.folder() / "secret.key")

    def has(self, walker: type, engine: str, path: Path_) -> bool:
        """Whether somebody has walked to this stage already."""
        return self._place(walker, engine, path).exists()

    def _place(self, walker: type, engine: str, path: Path_) -> Path:
        way = repr((engine, walker.__module__, walker.__name__, path))
        return self._folder / hashlib.sha256(way.encode()).hexdigest()

    def keep(self, walker: Walker, path: Path_) -> None:
        """Put a copy of the walker's database on the shelf; the walker goes on where they are."""
        database = walker._database
        remembered = {name: value for name, value in vars(walker).items() if name not in _OWN}
        if database.sqlite:
            source = str(self._next())
            with closing(sqlite3.connect(str(database.url.database))) as old, closing(sqlite3.connect(source)) as new:
                old.backup(new)
        else:
            # PostgreSQL copies only what nobody is connected to.
            database.close()
            source = str(self._cluster().copy(str(database.url.database)))
            vars(walker).pop("door")
            vars(walker)["_database"] = self._opened(database.url.render_as_string(hide_password=False))
        # Two processes may walk the same way at once: either copy will do, and a name is there whole or not at all.
        draft = self._next()
        draft.write_bytes(pickle.dumps(Kept(source, remembered)))
        draft.rename(self._place(type(walker), walker.engine, path))

    def restore(self, walker: Walker, engine: str, path: Path_) -> None:
        """The walker stands at this stage; a database of their own is copied once they look at it."""
        self.clear(walker)
        walker.kept = pickle.loads(self._place(type(walker), engine, path).read_bytes())
        vars(walker).update(walker.kept.remembered)

    def open(self, walker: Walker) -> Database:
        """A copy of the database of the stage where the walker stands."""
        assert walker.kept is not None
        if walker.engine == "sqlite":
            copy = self._next()
            shutil.copy(walker.kept.source, copy)
            return self._opened(f"sqlite:///{copy}")
        return self._opened(self._cluster().url(self._cluster().copy(walker.kept.source)))

    def clear(self, walker: Walker) -> None:
        """The walker's database, if there is one, is closed and gone."""
        if "_database" not in vars(walker):
            return
        vars(walker).pop("door", None)
        database: Database = vars(walker).pop("_database")
        database.close()
        if database.sqlite:
            Path(str(database.url.database)).unlink(missing_ok=True)
        else:
            self._cluster().drop(self._cluster().url(str(database.url.database)))

    def _next(self) -> Path:
        self._number += 1
        return self._folder / f"{os.getpid()}-{self._number}.db"

    def _opened(self, url: str) -> Database:
        database = Database(url, self.vault)
        quicken(database)
        return database


def quicken(database: Database) -> None:
    """Rules are tested here, durability elsewhere: nobody waits for the disk (PostgreSQL's cluster waits for none)."""
    if database.sqlite:
        event.listen(database.engine, "connect", lambda opened, _: opened.execute("PRAGMA synchronous=OFF"))


def begin(walker: type[W], engine: str, shelf: Shelf, empty: Callable[[], Database]) -> Iterator[W]:
    """Somebody at the very beginning, and afterwards nothing of them; ``empty`` makes a database when one is needed."""
    if not shelf.has(walker, engine, ()):
        first = empty()
        quicken(first)
        made = walker(first)
        made.shelf, made.engine = shelf, engine
        shelf.keep(made, ())
    else:
        made = object.__new__(walker)
        made.shelf, made.engine = shelf, engine
        shelf.restore(made, engine, ())
    made.path, made.mark = (), made.fingerprint()
    yield made
    shelf.clear(made)


def stage(walk: F) -> F:
    """A way to a stage that gives the walker back: copied where nothing else was done before."""

    @wraps(walk)
    def walked(walker: Any, *args: Any, **facts: Any) -> Any:
        shelf, path = walker.shelf, walker.path
        if shelf is None or path is None or walker.mark != walker.fingerprint():
            walker.path = None
            return walk(walker, *args, **facts)
        goal = (*path, (walk.__name__, repr(args), repr(sorted(facts.items()))))
        if shelf.has(type(walker), walker.engine, goal):
            shelf.restore(walker, walker.engine, goal)
        else:
            walk(walker, *args, **facts)
            shelf.keep(walker, goal)
        walker.path, walker.mark = goal, walker.fingerprint()
        return walker

    return cast(F, walked)
