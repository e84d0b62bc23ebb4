"""Due rows get their one act at the tick and at every jump; one that fails stops no other."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.reminders import Reminders
from services import timers
from services.act import Actor, Door, Receipt
from services.timers import Job
from storage.database import Database
from storage.tables import Setting
from storage.work import UnitOfWork
from tests.support.clock import START, HandClock


class Alarms:
    """Stands for the due rows: names and instants in a setting table."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timers, "due", self.due)
        monkeypatch.setattr(timers, "next_due", self.next_due)
        self.rung: list[tuple[str, int | None]] = []

    def due(self, uow: UnitOfWork, *, now: datetime, limit: int) -> list[Job]:
        """What is due by now."""
        rows = [row for row in uow.all(Setting, order="value,name") if row.name.startswith("alarm")]
        return [Job(self.ring, {"name": row.name}) for row in rows if self._at(row) <= now][:limit]

    def next_due(self, uow: UnitOfWork) -> datetime | None:
        """The earliest."""
        rows = [row for row in uow.all(Setting, order="name") if row.name.startswith("alarm")]
        return min((self._at(row) for row in rows), default=None)

    def ring(self, uow: UnitOfWork, actor: Actor, *, name: str, now: datetime) -> Receipt:
        """The act: fails for the bad one."""
        self.rung.append((name, actor.account_id))
        if name == "alarm-bad":
            raise LookupError("on purpose")
        uow.raw("DELETE FROM setting WHERE name = :name", {"name": name})
        return Receipt("rung")

    @staticmethod
    def _at(row: Setting) -> datetime:
        return datetime.fromisoformat(row.value)


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> Alarms:
    """Nothing set yet."""
    return Alarms(monkeypatch)


@pytest.fixture
def door(database: Database, clock: HandClock) -> Door:
    """A door on the hand clock."""
    return Door(database, clock)


@pytest.fixture
async def reminders(door: Door, clock: HandClock, alarms: Alarms) -> AsyncIterator[Reminders]:
    """The tick at work."""
    made = Reminders(door, clock)
    door.on_commit = made.committed
    work = asyncio.create_task(made.run())
    await asyncio.sleep(0.05)
    await clock.settled()
    yield made
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


def alarm(uow: UnitOfWork, actor: Actor, *, name: str, seconds: int, now: datetime) -> Receipt:
    """An act that sets an instant."""
    uow.add(Setting(name=f"alarm-{name}", value=(START + timedelta(seconds=seconds)).isoformat()))
    return Receipt("set")


async def test_a_jump_rings_what_is_due_oldest_first(
    door: Door, clock: HandClock, alarms: Alarms, reminders: Reminders
) -> None:
    for name, seconds in (("b", 20), ("a", 10), ("later", 90)):
        await door.act(alarm, Actor(7), None, name=name, seconds=seconds)
    await clock.move(60)
    assert alarms.rung == [("alarm-a", None), ("alarm-b", None)]


async def test_an_act_that_fails_stops_no_other(
    door: Door, clock: HandClock, alarms: Alarms, reminders: Reminders
) -> None:
    for name in ("bad", "good"):
        await door.act(alarm, Actor(7), None, name=name, seconds=5)
    await clock.move(10)
    assert [name for name, _ in alarms.rung] == ["alarm-bad", "alarm-good"]


async def test_the_gauge_knows_the_next_instant_as_soon_as_it_is_committed(
    door: Door, clock: HandClock, reminders: Reminders
) -> None:
    await clock.settled()
    await door.act(alarm, Actor(7), None, name="a", seconds=30)
    assert not clock.idle  # committed, not yet looked at
    await clock.settled()
    assert [gauge.next for gauge in clock.gauges] == [START + timedelta(seconds=30)]


async def test_the_tick_is_stored_at_most_every_five_seconds(
    database: Database, clock: HandClock, reminders: Reminders
) -> None:
    def stored() -> str:
        return database.read_now(lambda uow: uow.must(Setting, "last_tick").value)

    first = stored()
    await clock.move(4)
    assert stored() == first
    await clock.move(1)
    assert int(stored()) - int(first) == 5_000_000
