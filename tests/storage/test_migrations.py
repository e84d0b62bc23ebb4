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
from storage.work import UnitOfWork


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
    opts = {"compare_type": _same_type, "include_name": migrations.modelled}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_there_is_one_head(empty_database: Database) -> None:
    assert len(ScriptDirectory.from_config(migrations.config(empty_database)).get_heads()) == 1


def _same_type(_context: object, _inspected: object, _column: object, inspected: object, wanted: object) -> bool | None:
    return False if isinstance(wanted, Instant) and "BIGINT" in str(inspected).upper() else None


def test_rows_of_the_first_version_climb_unharmed(empty_database: Database) -> None:
    migrations.upgrade(empty_database, "0001")
    empty_database.write_now(_a_plan_of_the_first_version)
    migrations.upgrade(empty_database)
    kept = empty_database.read_now(
        lambda uow: uow.rows(
            "SELECT p.mode, t.proposer_kind, t.table_row FROM meeting m JOIN plan p ON p.id = m.plan_id"
            " JOIN topic t ON t.id = m.topic_id"
        )
    )
    assert kept == [("internet", "resident", 1)]


def _a_plan_of_the_first_version(uow: UnitOfWork) -> None:
    for statement in (
        "INSERT INTO community (id, name, timezone, created_at) VALUES (1, '向阳社区', 'Asia/Shanghai', 0)",
        "INSERT INTO person (id, community_id, name, label) VALUES (1, 1, '张三', '1-101')",
        "INSERT INTO group_chat (id, community_id, chat_id, title, kind) VALUES (1, 1, -1, '群', 'supergroup')",
        "INSERT INTO topic (id, community_id, number, title, reason, proposal, proposer_id, stage, created_at)"
        " VALUES (1, 1, 1, '车位', '少', '多画', 1, 'meeting', 0)",
        "INSERT INTO plan (id, community_id, topic_id, version, mode, meets_at, chair_id, group_id, final_at)"
        " VALUES (1, 1, 1, 1, 'internet', 0, 1, 1, 0)",
        "INSERT INTO rules (id, community_id, plan_id, version, settings, drafted_at) VALUES (1, 1, 1, 1, '{}', 0)",
        "INSERT INTO meeting (id, community_id, topic_id, plan_id, rules_id, chat_id, chair_id, state, live, sitting,"
        " scheduled_at, interruptions, wording_version, wording) VALUES (1, 1, 1, 1, 1, -1, 1, 'scheduled', FALSE, 1,"
        " 0, 0, 0, '{}')",
    ):
        uow.raw(statement)
