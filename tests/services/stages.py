"""Stages that many tests begin at: walked to once per test process, then copied, database and all."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, cast

from sqlalchemy import event

from services.act import Door
from storage.database import Database
from storage.vault import Vault
from tests.support.postgres import Cluster

F = TypeVar("F", bound=Callable[..., Any])
Path_ = tuple[Any, ...]
_DATABASE: Final = frozenset({"_database", "door", "shelf", "path", "mark"})


class Walker(Protocol):
    """Somebody who walks from stage to stage: `tests.services.room.Room` and what is made of it."""

    def __init__(self, database: Database) -> None: ...

    _database: Database
    door: Door
    shelf: "Shelf | None"
    path: Path_ | None
    mark: Path_

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
    """One per test process."""

    def __init__(self, folder: Path, cluster: Callable[[], Cluster]) -> None:
        self._folder, self._cluster = folder, cluster
        self._kept: dict[Path_, Kept] = {}
        self._number = 0
        self.vault = Vault.fresh()

    def has(self, walker: type, engine: str, path: Path_) -> bool:
        """Whether this stage stands here already."""
        return (engine, walker.__name__, path) in self._kept

    def keep(self, walker: Walker, path: Path_) -> None:
        """Put a copy of the walker's database on the shelf; the walker goes on where they are."""
        database = walker._database
        remembered = deepcopy({name: value for name, value in vars(walker).items() if name not in _DATABASE})
        if database.sqlite:
            source = str(self._next())
            with closing(sqlite3.connect(str(database.url.database))) as old, closing(sqlite3.connect(source)) as new:
                old.backup(new)
        else:
            # PostgreSQL copies only what nobody is connected to.
            database.close()
            source = str(self._cluster().copy(str(database.url.database)))
            self._turn(walker, database.url.render_as_string(hide_password=False))
        self._kept[(engine_of(database), type(walker).__name__, path)] = Kept(source, remembered)

    def restore(self, walker: Walker, engine: str, path: Path_) -> None:
        """The walker stands at this stage, in a database of their own."""
        kept = self._kept[(engine, type(walker).__name__, path)]
        if engine == "sqlite":
            copy = self._next()
            shutil.copy(kept.source, copy)
            url = f"sqlite:///{copy}"
        else:
            url = self._cluster().url(self._cluster().copy(kept.source))
        self._turn(walker, url)
        vars(walker).update(deepcopy(kept.remembered))

    def clear(self, walker: Walker) -> None:
        """The walker's database is closed and gone."""
        database = walker._database
        database.close()
        if database.sqlite:
            Path(str(database.url.database)).unlink(missing_ok=True)
        else:
            self._cluster().drop(self._cluster().url(str(database.url.database)))

    def _next(self) -> Path:
        self._number += 1
        return self._folder / f"{self._number}.db"

    def _turn(self, walker: Walker, url: str) -> None:
        walker._database = Database(url, self.vault)
        quicken(walker._database)
        walker.door = Door(walker._database, walker)


def engine_of(database: Database) -> str:
    """As the fixtures name it."""
    return "sqlite" if database.sqlite else "postgresql"


def quicken(database: Database) -> None:
    """Rules are tested here, durability elsewhere: nobody waits for the disk."""
    quick = "PRAGMA synchronous=OFF" if database.sqlite else "SET synchronous_commit TO OFF"
    event.listen(database.engine, "connect", lambda connection, _: connection.execute(quick))


def begin(walker: type[W], engine: str, shelf: Shelf, empty: Callable[[], Database]) -> Iterator[W]:
    """Somebody at the very beginning, and afterwards nothing of them; ``empty`` makes a database when one is needed."""
    if not shelf.has(walker, engine, ()):
        first = empty()
        quicken(first)
        made = walker(first)
        shelf.keep(made, ())
    else:
        made = object.__new__(walker)
        shelf.restore(made, engine, ())
    made.shelf, made.path, made.mark = shelf, (), made.fingerprint()
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
        engine = engine_of(walker._database)
        if shelf.has(type(walker), engine, goal):
            shelf.clear(walker)
            shelf.restore(walker, engine, goal)
        else:
            walk(walker, *args, **facts)
            shelf.keep(walker, goal)
        walker.path, walker.mark = goal, walker.fingerprint()
        return walker

    return cast(F, walked)
