"""Instants come back exactly, writers do not lose each other's work, failures leave nothing behind."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.tables import Account, Setting, Topic
from storage.types import Instant, from_micros, to_micros
from storage.work import UnitOfWork

NOON = datetime(2026, 11, 3, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
@settings(derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_micros_and_back(instant: datetime) -> None:
    assert from_micros(to_micros(instant)) == instant


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_micros(datetime(2026, 11, 3))


def test_instant_is_the_same_in_orm_and_driver_sql(database: Database) -> None:
    database.write_now(lambda uow: uow.add(Account(id=7, started_at=NOON)))
    account = database.read_now(lambda uow: uow.must(Account, 7))
    raw = database.read_now(lambda uow: uow.one("SELECT started_at, unreachable_at FROM account"))
    assert account.started_at == NOON
    assert account.started_at.utcoffset() == timedelta()
    assert raw == (to_micros(NOON), None)
    assert Instant().process_result_value(None, database.engine.dialect) is None


async def test_concurrent_writers_lose_nothing(database: Database) -> None:
    database.write_now(lambda uow: uow.add(Setting(name="count", value="0")))

    def add_one(uow: UnitOfWork) -> None:
        if not uow.sqlite:
            uow.raw("SELECT name FROM setting WHERE name = 'count' FOR UPDATE")
        row = uow.one("SELECT value FROM setting WHERE name = 'count'")
        assert row is not None
        uow.raw("UPDATE setting SET value = :value WHERE name = 'count'", {"value": str(int(row[0]) + 1)})

    await asyncio.gather(*(database.write(add_one) for _ in range(60)))
    assert database.read_now(lambda uow: uow.must(Setting, "count").value) == "60"


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(uow: UnitOfWork) -> None:
        uow.add(Setting(name="slow", value="x"))
        loop.call_soon_threadsafe(inside.set)
        asyncio.run_coroutine_threadsafe(leave.wait(), loop).result(10)

    writing = asyncio.create_task(database.write(slow))
    await inside.wait()
    assert await asyncio.wait_for(database.read(lambda uow: uow.get(Setting, "slow")), 5) is None
    leave.set()
    await writing
    assert await database.read(lambda uow: uow.must(Setting, "slow").value) == "x"


def test_what_raises_leaves_nothing(database: Database) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.add(Setting(name="half", value="x"))
        raise LookupError("on purpose")

    with pytest.raises(LookupError, match="on purpose"):
        database.write_now(fail)
    assert database.read_now(lambda uow: uow.get(Setting, "half")) is None


@pytest.mark.parametrize("engine", ["sqlite"])
def test_sqlite_is_durable(database: Database) -> None:
    def pragmas(uow: UnitOfWork) -> tuple[object, object]:
        mode, sync = uow.one("PRAGMA journal_mode"), uow.one("PRAGMA synchronous")
        assert mode
        assert sync
        return mode[0], sync[0]

    assert database.write_now(pragmas) == ("wal", 2)


@pytest.mark.parametrize("key", [0, 10**9, 2**31, 2**62, -(2**62)])
def test_a_key_that_no_row_can_have_is_not_there(database: Database, key: int) -> None:
    """Whatever number somebody sends: no row, and no error of the database's own."""
    assert database.read_now(lambda uow: uow.get(Topic, key)) is None
    assert database.read_now(lambda uow: uow.get(Account, key)) is None
