"""The watch: woken by words, in order, again after a stop, and never held up by one message."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.civility import BATCH, CivilityWatch
from bot.clock import SystemClock
from services import civility, restart
from services.act import SYSTEM
from services.text import CivilityReading, Reader, ReadingDesk
from storage.tables import CivilityFlag, Speech
from tests.services.room import Room
from tests.services.stages import Shelf, begin


class Ear(Reader):
    """Flags 蠢货, chokes on 哽, and counts what it is given."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def civility(self, text: str) -> CivilityReading:
        self.heard.append(text)
        if "哽" in text:
            raise ValueError(text)
        found = "蠢货" in text
        return CivilityReading(found, "ATTACK" if found else None, ("蠢货",) if found else ())


def states(room: Room) -> list[str | None]:
    return room.read(lambda uow: [row.civility for row in uow.all(Speech)])


@pytest.fixture
def room(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[Room]:
    """Seeded, two days before the meeting."""
    yield from begin(Room, engine, shelf, lambda: request.getfixturevalue("database"))


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
async def watch(room: Room, ear: Ear) -> AsyncIterator[CivilityWatch]:
    """A watch at its work, its desk open."""
    room.to_discussion()
    desk = ReadingDesk(ear)
    desk.opened.set()
    made = CivilityWatch(room.door, desk, SystemClock())
    running = asyncio.create_task(made.run())
    yield made
    running.cancel()


async def until(room: Room, *wanted: str) -> None:
    async with asyncio.timeout(60):
        while states(room)[-len(wanted) :] != list(wanted):
            await asyncio.sleep(0.01)


async def test_words_are_read_once_and_only_flagged_ones_come_before_the_chair(
    room: Room, watch: CivilityWatch, ear: Ear
) -> None:
    room.says("r201", "这个方案不好")
    room.says("r202", "你这个蠢货")
    watch.wake()
    await until(room, "clear", "flagged")
    watch.wake()
    room.says("r301", "好的")
    watch.wake()
    await until(room, "clear", "flagged", "clear")
    assert ear.heard[-3:] == ["这个方案不好", "你这个蠢货", "好的"]
    assert room.read(lambda uow: [flag.spans for flag in uow.all(CivilityFlag)]) == [[[3, 5]]]


async def test_a_message_that_cannot_be_read_says_so_and_holds_up_nobody(
    room: Room, watch: CivilityWatch, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(BATCH + 1):
        room.says("r201", f"哽住的话{number}")
    room.says("r202", "你这个蠢货")
    watch.wake()
    await until(room, "unreadable", "flagged")
    assert "ValueError" in caplog.text and "哽" not in caplog.text


async def test_a_database_that_fails_is_tried_again(
    room: Room, watch: CivilityWatch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.civility.RETRY_SECONDS", 0.01)
    working = civility.unread

    def failing(*args: object, **more: object) -> list[civility.Unread]:
        monkeypatch.setattr(civility, "unread", working)
        raise OSError("你这个蠢货")

    monkeypatch.setattr(civility, "unread", failing)
    room.says("r202", "你这个蠢货")
    watch.wake()
    await until(room, "flagged")
    assert "trying again" in caplog.text and "蠢货" not in caplog.text


async def test_what_a_stop_left_unread_is_read_at_the_next_start(room: Room, ear: Ear) -> None:
    room.to_discussion()
    room.says("r202", "你这个蠢货")
    for desk in (ReadingDesk(), ReadingDesk(ear)):  # the first start has no reader: the words wait
        desk.opened.set()
        room.door.act_now(restart.resume, SYSTEM, None)
        running = asyncio.create_task(CivilityWatch(room.door, desk, SystemClock()).run())
        if desk.reader is None:
            await asyncio.sleep(0.1)
            assert states(room)[-1] == "unread"
        else:
            await until(room, "flagged")
        running.cancel()
    assert room.read(lambda uow: uow.count(CivilityFlag)) == 1
