"""The production wiring as a whole: boards, a second instance, roles in separate processes."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import chain, pairwise, repeat
from pathlib import Path
from typing import Any

import pytest
from aiogram.fsm.state import any_state

from bot.app import build
from bot.outbound.post import Parcel, Post, Sent
from services.text import Reader, desk, load
from storage.lock import AlreadyRunningError
from tests.chat.stages import BEGINNING, opened, town_at
from tests.chat.town import Town

PEOPLE = ("r101", "r102", "r201", "r202")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stages kept for this module."""
    return tmp_path_factory.mktemp("stages")


@pytest.fixture
async def town(tmp_path: Path, shelf: Path, migrated_file: Path) -> AsyncIterator[Town]:
    """Check-in is open and nobody has checked in."""
    async with town_at("check_in", tmp_path, shelf, migrated_file) as town:
        yield town


async def edits(town: Town, since: int) -> list[dict[str, Any]]:
    """Edits of messages in the group since a mark."""
    calls = await town.wires.calls(after=since, chat=town.group)
    return [call for call in calls if call["method"] == "editMessageText"]


async def test_menus_are_set_by_kind_of_chat_in_both_languages(town: Town) -> None:
    await town.settle()
    (bot,) = (await town.wires.ask("GET", "/state"))["bots"]
    private = ["start", "propose", "topics", "todo", "me", "help", "cancel", "language", "privacy"]
    for place, names in (("private", private), ("group", ["bind", "status", "checkup", "help"])):
        zh, en = (bot["menus"][place][language] for language in ("", "en"))
        assert [one["command"] for one in zh] == [one["command"] for one in en] == names
        assert not any(one["description"].isascii() for one in zh)
        assert en[0]["description"].isascii()


@pytest.mark.parametrize("seconds_on_the_way", [0, 0.8])
async def test_many_taps_are_few_edits_ten_seconds_apart(
    town: Town, seconds_on_the_way: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_ever, ways = Post.edit, chain([seconds_on_the_way], repeat(0.0))

    async def edit(post: Post, parcel: Parcel) -> Sent:
        await asyncio.sleep(next(ways) if parcel.chat_id == town.group else 0)
        return await as_ever(post, parcel)

    monkeypatch.setattr(Post, "edit", edit)
    mark = await town.mark()
    for who in PEOPLE:
        await town.taps(who, "签到")
    await town.passes(30)
    made = await edits(town, mark)
    moments = [datetime.fromisoformat(call["at"]) for call in made]
    assert len(moments) >= 2
    assert all(later - earlier >= timedelta(seconds=9.9) for earlier, later in pairwise(moments))
    assert "4" in (await town.board())["text"]


async def test_what_is_shown_already_is_not_sent_again(town: Town) -> None:
    mark = await town.mark()
    await town.database.write(lambda uow: uow.raw("UPDATE board SET dirty = TRUE"))
    assert town.app is not None
    town.app.courier.wake()
    await town.passes(30)
    assert await edits(town, mark) == []
    assert town.value("SELECT count(*) FROM board WHERE dirty") == 0


@pytest.mark.parametrize("error", ["timeout_after", "timeout_before", 500, 429])
async def test_an_edit_that_failed_is_made_again(town: Town, error: object) -> None:
    fault = {"method": "editMessageText", "chat": town.group, "times": 1, "error": error, "retry_after": 3}
    await town.wires.ask("POST", "/faults", [fault])
    await town.taps("r101", "签到")
    await town.passes(40)
    assert "1" in (await town.board())["text"]
    assert town.value("SELECT count(*) FROM board WHERE dirty OR shown IS NULL") == 0


async def test_a_board_somebody_deleted_comes_again(town: Town) -> None:
    old = await town.board()
    owner = town.accounts["recorder"]
    await town.wires.ask("DELETE", f"/{town.group}/messages/{old['id']}", {"from": owner})
    await town.says("r101", "签到")
    await town.passes(15)
    new = await town.board()
    assert new["id"] > old["id"]
    assert new["buttons"]


async def test_a_second_instance_is_refused_and_the_first_goes_on(town: Town) -> None:
    second = build(town.settings)
    with pytest.raises(AlreadyRunningError):
        await second.run(asyncio.Event())
    answer = await town.taps("r101", "签到")
    assert "已签到" in answer.toast


async def test_a_worker_that_gives_up_ends_the_run(town: Town) -> None:
    assert town.app is not None
    await town.stops_bot()
    app = build(town.settings)

    async def fail() -> None:
        raise LookupError("on purpose")

    app._work(fail())
    with pytest.raises(LookupError, match="on purpose"):
        await asyncio.wait_for(app.run(asyncio.Event()), 20)


async def test_the_first_poll_does_not_wait_for_the_reader_of_texts(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.stops_bot()
    let_go = threading.Event()

    def slow() -> Reader:
        let_go.wait(20)
        return load()

    monkeypatch.setattr(desk, "load", slow)
    app, stop = build(town.settings), asyncio.Event()
    running = asyncio.create_task(app.run(stop))
    try:
        await asyncio.wait_for(app.poller.first_poll.wait(), 20)
        assert not app.desk.opened.is_set()
        assert await app.desk.topics("楼道灯坏了", "晚上看不见") is None
    finally:
        let_go.set()
    await asyncio.wait_for(app.desk.opened.wait(), 20)
    assert await app.desk.topics("楼道灯坏了", "晚上看不见") is not None
    stop.set()
    await running


async def test_roles_in_separate_processes_share_one_database(database_url: str, tmp_path: Path) -> None:
    async with opened(tmp_path, database_url, at=BEGINNING) as town:
        await town.stops_bot()
        stop = asyncio.Event()
        bot = build(town.settings, roles=("bot",))
        running = [asyncio.create_task(bot.run(stop))]
        await bot.poller.first_poll.wait()
        running.append(asyncio.create_task(build(town.settings, roles=("outbound", "reminders")).run(stop)))
        await town.wires.until(datetime.fromisoformat("2026-11-05T19:05:00+08:00"))
        await _shows(town, "签到")
        assert "已签到" in (await town.taps("r101", "签到")).toast
        await town.passes(15)
        await _shows(town, "已到 1")
        stop.set()
        await asyncio.gather(*running)


async def _shows(town: Town, words: str) -> None:
    async with asyncio.timeout(60):
        while not any(words in one["text"] for one in await town.sees("group")):
            await asyncio.sleep(0.1)


async def test_no_filter_or_handler_is_handed_to_a_thread(town: Town) -> None:
    """aiogram does that with whatever is no coroutine, F included, at each update that passes it."""
    assert town.app is not None
    observers = [one for router in town.app.dispatcher.chain_tail for one in router.observers.values()]
    handlers = [handler for observer in observers for handler in observer.handlers]
    filters = [part for asked in (*handlers, *(one._handler for one in observers)) for part in asked.filters or ()]
    assert len(filters) > len(handlers) > 50
    # aiogram-dialog has one for events of its own, which this bot does not send.
    assert [part.callback for part in (*handlers, *filters) if not part.awaitable] == [any_state]
