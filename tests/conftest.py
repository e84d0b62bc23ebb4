"""Fixtures for everybody: both databases, migrated, one per test."""

import gc
import os
import shutil
import ssl
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer

from storage import database as database_module
from storage import migrations
from storage.database import Database
from storage.vault import Vault
from tests.services.stages import Shelf
from tests.support import run
from tests.support.clock import HandClock
from tests.support.engines import shared_engine
from tests.support.memory import roomy_memory
from tests.support.postgres import Cluster, binaries
from tests.support.scheduling import Together

ENGINES = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders lie in memory, unless somebody has said where."""
    if (memory := roomy_memory()) is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
    if not hasattr(config, "workerinput"):
        run.begin()
    # Every start of a bot reads the same certificates twice, and no test goes beyond this machine.
    vars(ssl)["create_default_context"] = cache(ssl.create_default_context)
    vars(database_module)["create_engine"] = shared_engine


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is loaded and collected stays: looking for garbage among it was nearly half of collecting."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever began the run ends it."""
    if not hasattr(config, "workerinput"):
        Cluster.stop_all()
        run.end()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Who gets which test, in a run of several processes."""
    return Together(config, log)


@pytest.fixture(scope="session")
def postgres() -> Cluster:
    """This run's PostgreSQL; skips by name where none is installed."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    return Cluster(programs)


@pytest.fixture(scope="session")
def migrated_file() -> Path:
    """A migrated SQLite file to copy."""
    path = run.folder() / "migrated.db"
    with run.alone("migrated"):
        if not path.exists():
            database = Database(f"sqlite:///{path}.new")
            migrations.upgrade(database)
            database.close()
            Path(f"{path}.new").rename(path)
    return path


@pytest.fixture(scope="session")
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Stages that tests begin at."""
    return Shelf(lambda: request.getfixturevalue("postgres"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; `@pytest.mark.parametrize("engine", ["sqlite"])` keeps to one."""
    return str(request.param)


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of one's own."""
    if engine == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.fresh()
        yield url
        cluster.drop(url)
    else:
        path = tmp_path / "yishiting.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"


@pytest.fixture
def empty_database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any schema."""
    if engine == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.fresh(migrated=False)
    else:
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    database = Database(url)
    yield database
    database.close()
    if engine == "postgresql":
        cluster.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database, open, with a throwaway key."""
    opened = Database(database_url, Vault.fresh())
    yield opened
    opened.close()


@pytest.fixture
def clock() -> HandClock:
    """A clock that the test moves."""
    return HandClock()
