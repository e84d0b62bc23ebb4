"""What is kept of a tap, and how much of the machine one may take."""

import asyncio
from typing import Any

import pytest

from bot.inbox.poller import slim
from handlers.minutes import Reader
from services.act import Actor, Receipt
from tests.bot.test_inbox import message
from tests.views.kinds_minutes import MINUTES_KINDS


@pytest.mark.parametrize(("kind", "kept"), [("supergroup", False), ("group", False), ("private", True)])
def test_a_tap_in_a_group_is_kept_without_the_board_it_stands_under(kind: str, kept: bool) -> None:
    board = {"message_id": 7, "date": 5, "chat": {"id": -5, "type": kind}, "text": "已签到 张三", "entities": []}
    tap = {"id": "1", "from": {"id": 8}, "data": "check_in:1", "message": board}
    slimmed = slim({"update_id": 1, "callback_query": tap})["callback_query"]
    assert ("text" in slimmed["message"]) is kept
    assert {**slimmed, "message": None} == {**tap, "message": None}
    assert [slimmed["message"][name] for name in ("message_id", "date", "chat")] == [7, 5, board["chat"]]


@pytest.mark.parametrize(
    "update",
    [
        message(1, -5, 8),
        {"update_id": 1, "callback_query": {"id": "1", "data": "x"}},
        {"update_id": 1, "callback_query": {"id": "1", "message": {"message_id": 7}}},
    ],
)
def test_every_other_update_is_kept_whole(update: dict[str, Any]) -> None:
    assert slim(update) == update


async def test_however_many_tap_the_minutes_are_made_one_page_at_a_time() -> None:
    facts = next(facts for kind, facts in MINUTES_KINDS if kind == "minutes_page")
    reader, at_work, most = Reader(), 0, 0

    async def read(_fn: Any, /, **_facts: Any) -> Any:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0)
        at_work -= 1
        return Receipt("minutes_page", facts)

    pages = await asyncio.gather(*(reader.page(read, Actor(8), "zh", meeting_id=1) for _ in range(5)))
    assert len(pages) == 5 and most == 1
