"""Alembic's entry: runs migrations on the engine that `storage.migrations.config` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata
from storage.migrations import modelled
from storage.types import Instant


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own and SQLModel's column types as plain SQLAlchemy ones."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.BigInteger()"
    if kind == "type" and type(item).__name__ == "AutoString":
        return "sa.String()"
    return False


def compare_type(_context: Any, _inspected: Any, _column: Any, inspected: Any, wanted: Any) -> bool | None:
    """Instant is a BIGINT in the database: the same thing."""
    return False if isinstance(wanted, Instant) and "BIGINT" in str(inspected).upper() else None


with context.config.attributes["engine"].connect() as connection:
    sqlite = bool(context.config.attributes["sqlite"])
    driver: Any = connection.connection.driver_connection
    if sqlite:
        # A table that is made anew is dropped first; to others that point at it nothing has happened.
        driver.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        compare_type=compare_type,
        include_name=modelled,
        render_as_batch=sqlite,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
    if sqlite:
        driver.execute("PRAGMA foreign_keys=ON")
