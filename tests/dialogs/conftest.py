"""A room on SQLite: forms add nothing that the databases could differ in."""

from collections.abc import Iterator

import pytest

from tests.services.course import Course
from tests.services.room import Room
from tests.services.stages import Shelf, begin


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """One database is enough here."""
    return str(request.param)


@pytest.fixture
def room(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[Room]:
    """Seeded, two days before the meeting."""
    yield from begin(Room, engine, shelf, lambda: request.getfixturevalue("database"))


@pytest.fixture
def course(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[Course]:
    """The same community before its first topic."""
    yield from begin(Course, engine, shelf, lambda: request.getfixturevalue("database"))
