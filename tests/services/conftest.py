"""A room of the demo community on either database."""

import pytest
from sqlalchemy import event

from storage.database import Database
from tests.services.course import Course
from tests.services.room import Room


@pytest.fixture
def room(database: Database) -> Room:
    """Seeded, two days before the meeting. Rules are tested here, durability elsewhere: nobody waits for the disk."""
    _quicken(database)
    return Room(database)


@pytest.fixture
def course(database: Database) -> Course:
    """The same community before its first topic."""
    _quicken(database)
    return Course(database)


def _quicken(database: Database) -> None:
    quick = "PRAGMA synchronous=OFF" if database.sqlite else "SET synchronous_commit TO OFF"
    event.listen(database.engine, "connect", lambda connection, _: connection.execute(quick))
