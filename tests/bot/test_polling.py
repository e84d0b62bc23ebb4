"""Which updates come, and in which order a group's move is taken in."""

import asyncio
from typing import Any

import pytest
from aiogram.types import Message

from bot.inbox.poller import Poller
from storage.database import Database
from tests.bot.conftest import TOKEN, Street
from tests.bot.test_inbox import Desk, message

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


async def test_t45_nothing_of_a_new_chat_is_handled_before_the_group_has_moved(database: Database) -> None:
    desk = Desk(database)
    seen: list[str] = []

    @desk.dispatcher.message()
    async def slow(message: Message) -> None:
        if message.migrate_to_chat_id:
            await asyncio.sleep(0.2)
        seen.append("moved" if message.migrate_to_chat_id else str(message.text))

    notice = message(2, -5, 7)
    del notice["message"]["text"]
    notice["message"]["migrate_to_chat_id"] = -1005
    async with desk.at_work():
        await desk.lanes.take(desk.store(message(1, -5, 8, "老群"), notice, message(3, -1005, 9, "新群")))
    assert seen == ["老群", "moved", "新群"] and desk.open() == []


async def test_t17_the_kinds_of_update_are_named_at_every_poll(street: Street) -> None:
    async def take(_arrived: list[tuple[int, Any]]) -> None:
        raise ConnectionError("enough")

    poller = Poller(street.settings.api, TOKEN, street.database, street.clock, take)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(poller.run(), 60)
    (polled,) = await street.ask("GET", "/calls", method="getUpdates")
    named = set(polled["args"]["allowed_updates"])
    assert {"message", "edited_message", "callback_query", "my_chat_member", "chat_member"} == named
    info = (await street.http.post(f"{street.sandbox.api_url}/bot{TOKEN}/getWebhookInfo")).json()["result"]
    assert set(info["allowed_updates"]) == named
