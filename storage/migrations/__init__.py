"""Climbing and descending the schema, on either database."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.database import Database


def config(database: Database) -> Config:
    """Alembic's configuration for this database; there is no ini file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["engine"] = database.engine
    made.attributes["sqlite"] = database.sqlite
    return made


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to `revision`."""
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema down to `revision` ('base' = empty)."""
    command.downgrade(config(database), revision)
