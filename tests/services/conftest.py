"""A room of the demo community on either database."""

import pytest
from sqlalchemy import event

from storage.database import Database
from tests.services.room import Room


@pytest.fixture
def room(database: Database) -> Room:
    """Seeded, two days before the meeting. Rules are tested here, durability elsewhere: nobody waits for the disk."""
    quick = "PRAGMA synchronous=OFF" if database.sqlite else "SET synchronous_commit TO OFF"
    event.listen(database.engine, "connect", lambda connection, _: connection.execute(quick))
    return Room(database)
