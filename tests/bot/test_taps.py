"""What is kept of a tap."""

from typing import Any

import pytest

from bot.inbox.poller import slim
from tests.bot.test_inbox import message


@pytest.mark.parametrize(("kind", "kept"), [("supergroup", False), ("group", False), ("private", True)])
def test_a_tap_in_a_group_is_kept_without_the_board_it_stands_under(kind: str, kept: bool) -> None:
    board = {"message_id": 7, "date": 5, "chat": {"id": -5, "type": kind}, "text": "已签到 张三", "entities": []}
    tap = {"id": "1", "from": {"id": 8}, "data": "check_in:1", "message": board}
    slimmed = slim({"update_id": 1, "callback_query": tap})["callback_query"]
    assert ("text" in slimmed["message"]) is kept
    assert {**slimmed, "message": None} == {**tap, "message": None}
    assert [slimmed["message"][name] for name in ("message_id", "date", "chat")] == [7, 5, board["chat"]]


@pytest.mark.parametrize("update", [message(1, -5, 8), {"update_id": 1, "callback_query": {"id": "1", "data": "x"}}])
def test_every_other_update_is_kept_whole(update: dict[str, Any]) -> None:
    assert slim(update) == update
