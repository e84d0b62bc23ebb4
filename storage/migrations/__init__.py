"""Climbing and descending the schema, on either database."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import Database
from storage.work import UnitOfWork

_FOLDER = Path(__file__).parent
_SEARCH_INDEX = "search_word"


@cache
def _head() -> str | None:
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def _stands_at(uow: UnitOfWork) -> str | None:
    return MigrationContext.configure(uow.connection).get_current_revision()


def config(database: Database) -> Config:
    """Alembic's configuration for this database; there is no ini file."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.attributes["engine"] = database.engine
    made.attributes["sqlite"] = database.sqlite
    return made


def modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table or index of the database belongs to a model; that of the search is kept by the database alone."""
    return not (kind in ("table", "index") and name is not None and name.startswith(_SEARCH_INDEX))


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to `revision`. At most starts it stands there already, which one look shows."""
    if revision == "head" and database.read_now(_stands_at) == _head():
        return
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema down to `revision` ('base' = empty)."""
    command.downgrade(config(database), revision)
