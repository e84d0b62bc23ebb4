"""A room on SQLite: forms add nothing that the databases could differ in."""

import pytest

from storage.database import Database
from tests.services.course import Course
from tests.services.room import Room


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """One database is enough here."""
    return str(request.param)


@pytest.fixture
def room(database: Database) -> Room:
    """Seeded, two days before the meeting."""
    return Room(database)


@pytest.fixture
def course(database: Database) -> Course:
    """The same community before its first topic."""
    return Course(database)
