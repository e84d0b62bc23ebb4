"""Stored before confirmed, in order per person and chat, done once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, Update
from pydantic_core import to_json

from bot.inbox import lanes
from bot.inbox.lanes import Lanes, lane_of
from bot.inbox.poller import Poller, TokenRefusedError
from storage import inbox
from storage.database import Database, DatabaseBusyError
from storage.work import UnitOfWork
from tests.bot.conftest import TOKEN, Street
from tests.support.clock import START, HandClock


def message(number: int, chat: int, person: int, text: str = "x") -> dict[str, Any]:
    """A raw update."""
    sender = {"id": person, "is_bot": False, "first_name": "张三"}
    body = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "supergroup", "title": "群"}, "from": sender}
    return {"update_id": number, "message": body | {"text": text}}


class Desk:
    """Lanes over a dispatcher whose handler the test writes."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, HandClock()
        self.dispatcher = Dispatcher()
        self.bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base("http://127.0.0.1:9")))
        self.sorry: list[int] = []
        self.lanes = Lanes(self.dispatcher, self.bot, database, self.clock, self._apologise)

    async def _apologise(self, update: Update) -> None:
        self.sorry.append(update.update_id)

    def store(self, *updates: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
        """Store updates as the poller does."""
        bodies = [(u["update_id"], Update.model_validate(u).model_dump_json(exclude_none=True)) for u in updates]
        ids = self.database.write_now(lambda uow: inbox.store(uow, bodies, now=START))
        return [(ids[u["update_id"]], u) for u in updates]

    def open(self) -> list[int]:
        """Update ids that are not done."""
        return [row.update_id for row in self.database.read_now(inbox.still_open)]

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Workers run until the block ends, then finish."""
        work = asyncio.create_task(self.lanes.run())
        await asyncio.sleep(0)
        yield
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


@pytest.fixture
def desk(database: Database) -> Desk:
    """Lanes on this database."""
    return Desk(database)


async def test_in_order_per_person_and_chat_while_others_go_on(desk: Desk) -> None:
    seen: list[int] = []
    gate = asyncio.Event()

    @desk.dispatcher.message()
    async def handle(event: Message) -> None:
        if event.message_id == 1:
            await gate.wait()
        seen.append(event.message_id)

    async with desk.at_work():
        await desk.lanes.take(desk.store(message(1, -5, 7), message(2, -5, 7), message(3, -5, 8), message(4, -6, 7)))
        await asyncio.sleep(0.05)
        assert sorted(seen) == [3, 4]
        assert not desk.clock.idle
        gate.set()
    assert seen[2:] == [1, 2]
    assert desk.clock.idle
    assert desk.open() == []


async def test_the_handler_learns_the_place_of_arrival(desk: Desk) -> None:
    places: list[int] = []

    @desk.dispatcher.message()
    async def handle(event: Message, inbox_id: int) -> None:
        places.append(inbox_id)

    async with desk.at_work():
        stored = desk.store(message(50, -5, 7), message(9, -5, 8))
        await desk.lanes.take(stored)
    assert sorted(places) == [number for number, _ in stored]


async def test_what_an_earlier_process_left_open_runs_first_and_in_order(desk: Desk) -> None:
    seen: list[int] = []

    @desk.dispatcher.message()
    async def handle(event: Message) -> None:
        seen.append(event.message_id)

    stored = desk.store(*(message(n, -5, 7) for n in (3, 1, 2)))
    desk.database.write_now(lambda uow: inbox.mark_done(uow, [stored[1][0]], now=START))
    async with desk.at_work():
        await desk.lanes.resume()
    assert seen == [3, 2]
    assert desk.open() == []


async def test_a_handler_that_fails_is_tried_three_times_and_the_person_is_told(desk: Desk) -> None:
    tries: list[int] = []

    @desk.dispatcher.message()
    async def handle(event: Message) -> None:
        tries.append(event.message_id)
        if event.message_id == 1 or len(tries) < 6:
            raise LookupError("a secret word")

    async with desk.at_work():
        await desk.lanes.take(desk.store(message(1, -5, 7), message(2, -5, 7)))
    assert tries == [1, 1, 1, 2, 2, 2]
    assert desk.sorry == [1]
    assert desk.open() == []
    stored = desk.database.read_now(lambda uow: uow.rows("SELECT attempts, error FROM inbox ORDER BY id"))
    assert stored == [(3, "LookupError"), (2, "LookupError")]


async def test_an_update_nobody_understands_is_no_stop(desk: Desk) -> None:
    async with desk.at_work():
        await desk.lanes.take(desk.store({"update_id": 4}))
    assert desk.open() == []


POISON: list[Any] = ["x", None, 5, [], {}, {"chat": 5}, {"chat": {"id": -5}, "from": {"id": 7}, "date": "morgen"}]


@pytest.mark.parametrize("part", ["message", "edited_message", "callback_query", "my_chat_member", "brand_new"])
async def test_a_poisoned_update_stops_nobody(desk: Desk, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(lanes, "RETRY_SECONDS", 0)

    @desk.dispatcher.message()
    async def handle(event: Message) -> None:
        seen.append(event.message_id)

    raw = [{"update_id": 100 + number, part: value} for number, value in enumerate(POISON)]
    bodies = [(update["update_id"], to_json(update).decode()) for update in raw]
    desk.database.write_now(lambda uow: inbox.store(uow, bodies, now=START))
    desk.store(message(1, -5, 7))
    async with desk.at_work():
        await desk.lanes.resume()
    assert seen == [1]
    assert desk.open() == []


class Full:
    """The way to a database that takes nothing for the next `times` writes."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, self._write = 0, database.write
        monkeypatch.setattr(database, "write", self)

    async def __call__(self, fn: Callable[[UnitOfWork], Any]) -> Any:
        if self.times:
            self.times -= 1
            raise DatabaseBusyError("full")
        return await self._write(fn)


async def test_a_full_database_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it refuses, the updates wait in their order; marking them waits too."""
    seen: list[int] = []
    full = Full(desk.database, monkeypatch)
    monkeypatch.setattr(lanes, "DATABASE_SECONDS", 0.01)
    monkeypatch.setattr(lanes, "MARK_SECONDS", 0.01)

    @desk.dispatcher.message()
    async def handle(event: Message) -> None:
        if full.times:
            raise DatabaseBusyError("full")
        seen.append(event.message_id)
        full.times = 2 if event.message_id == 2 else 0

    async with desk.at_work():
        stored = desk.store(message(1, -5, 7), message(2, -5, 7))
        full.times = 10
        await desk.lanes.take(stored)
        while not seen or desk.open():
            await asyncio.sleep(0.02)
    assert seen == [1, 2]
    assert desk.sorry == []


async def test_a_stop_while_the_database_is_full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends, the update stays open for the next one."""
    full = Full(desk.database, monkeypatch)
    monkeypatch.setattr(lanes, "DATABASE_SECONDS", 0.01)

    @desk.dispatcher.message()
    async def handle(event: Message) -> None:
        raise DatabaseBusyError("full")

    async with desk.at_work():
        stored = desk.store(message(1, -5, 7))
        full.times = 10**6
        await desk.lanes.take(stored)
        await asyncio.sleep(0.1)
    assert desk.open() == [1]


async def test_what_cannot_be_stored_is_not_confirmed(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    full = Full(street.database, monkeypatch)
    full.times = 2

    async def take(arrived: list[tuple[int, Any]]) -> None:
        taken.extend(update["update_id"] for _, update in arrived)
        raise ConnectionError("far enough")

    poller = Poller(street.settings.api, TOKEN, street.database, street.clock, take)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(poller.run(), 10)
    assert full.times == 0
    assert len(taken) >= 1


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        (message(1, -5, 7), (-5, 7)),
        ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, (-5, 7)),
        ({"callback_query": {"from": {"id": 7}, "inline_message_id": "x"}}, (0, 7)),
        ({"my_chat_member": {"from": {"id": 7}, "chat": {"id": 7}}}, (7, 7)),
        ({"poll": {}}, (0, 0)),
        ({"message": "x"}, (0, 0)),
        ({"message": {"chat": 5, "from": None}}, (0, 0)),
        ({"message": {"chat": {"id": "x"}, "from": {"id": [7]}}}, (0, 0)),
        ({"callback_query": {"from": {"id": 7}, "message": None}}, (0, 7)),
    ],
)
def test_lanes(update: dict[str, Any], lane: tuple[int, int]) -> None:
    assert lane_of(update) == lane


async def test_nothing_is_confirmed_before_it_is_stored(street: Street) -> None:
    taken: list[int] = []

    async def take(arrived: list[tuple[int, Any]]) -> None:
        taken.extend(update["update_id"] for _, update in arrived)
        raise ConnectionError("killed before the next poll")

    poller = Poller(street.settings.api, TOKEN, street.database, street.clock, take)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(poller.run(), 10)
    assert len(taken) >= 1
    stored = [row.update_id for row in street.database.read_now(inbox.still_open)]
    assert stored == taken
    info = await street.http.post(f"{street.sandbox.api_url}/bot{TOKEN}/getWebhookInfo")
    assert info.json()["result"]["pending_update_count"] == len(taken)


async def test_what_is_delivered_again_is_taken_once(street: Street) -> None:
    taken: list[int] = []

    async def take(arrived: list[tuple[int, Any]]) -> None:
        taken.extend(update["update_id"] for _, update in arrived)

    for _ in range(2):  # a second process that does not know the offset of the first
        poller = Poller(street.settings.api, TOKEN, street.database, street.clock, take)
        await street.ask("POST", "/faults", [{"method": "getUpdates", "times": 1, "error": "duplicate_update"}])
        await street.ask("POST", f"/{street.resident}/messages", {"from": street.resident, "text": "您好"})
        work = asyncio.create_task(poller.run())
        await asyncio.sleep(0.5)
        work.cancel()
    assert len(taken) == len(set(taken)) >= 3


async def test_a_refused_token_ends_polling(street: Street) -> None:
    async def take(_arrived: list[tuple[int, Any]]) -> None:
        raise AssertionError("nothing can arrive")

    poller = Poller(street.settings.api, "no-token", street.database, street.clock, take)
    with pytest.raises(TokenRefusedError):
        await asyncio.wait_for(poller.run(), 10)
