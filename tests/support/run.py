"""One run of the tests, in one process or several: the folder they share, and who goes first."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.memory import roomy_memory

_FOLDER = "YISHITING_TEST_RUN"


def begin() -> None:
    """Make the folder: for the process that starts the others, before it does."""
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="yishiting-run-", dir=roomy_memory())
    folder().chmod(0o711)  # PostgreSQL's own user has to pass through


def folder() -> Path:
    """What every test process of this run sees."""
    return Path(os.environ[_FOLDER])


def end() -> None:
    """Nothing is left: for the process that began it."""
    shutil.rmtree(folder(), ignore_errors=True)


@contextmanager
def alone(what: str) -> Iterator[None]:
    """One process at a time does this; the others wait."""
    with (folder() / f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
