"""A room of the demo community on either database."""

from collections.abc import Iterator

import pytest

from tests.services.clockwork import Clockwork
from tests.services.course import Course
from tests.services.room import Room
from tests.services.stages import Shelf, begin


@pytest.fixture
def room(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[Room]:
    """Seeded, two days before the meeting."""
    yield from begin(Room, engine, shelf, lambda: request.getfixturevalue("database"))


@pytest.fixture
def course(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[Course]:
    """The same community before its first topic."""
    yield from begin(Course, engine, shelf, lambda: request.getfixturevalue("database"))


@pytest.fixture
def work(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[Clockwork]:
    """A topic whose clocks are started by hand."""
    yield from begin(Clockwork, engine, shelf, lambda: request.getfixturevalue("database"))
