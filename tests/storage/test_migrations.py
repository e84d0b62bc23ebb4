"""Migrations climb and descend on both databases, and end where the models stand."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata
from storage import migrations
from storage.database import Database
from storage.types import Instant


def revisions(database: Database) -> list[str]:
    """Every revision, oldest first."""
    script = ScriptDirectory.from_config(migrations.config(database))
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def test_stairway(empty_database: Database) -> None:
    for revision in revisions(empty_database):
        migrations.upgrade(empty_database, revision)
        migrations.downgrade(empty_database, "-1")
        migrations.upgrade(empty_database, revision)
    migrations.downgrade(empty_database, "base")
    assert set(inspect(empty_database.engine).get_table_names()) <= {"alembic_version"}


def test_models_equal_migrations(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _same_type})
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_there_is_one_head(empty_database: Database) -> None:
    assert len(ScriptDirectory.from_config(migrations.config(empty_database)).get_heads()) == 1


def _same_type(_context: object, _inspected: object, _column: object, inspected: object, wanted: object) -> bool | None:
    return False if isinstance(wanted, Instant) and "BIGINT" in str(inspected).upper() else None
