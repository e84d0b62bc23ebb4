"""Buttons pressed and answered."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.conftest import NEIGHBOUR, OWNER, STRANGER, Town

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
HAND = {"text": "举手", "callback_data": "h"}


def _press(town: Town, board: int, who: int = NEIGHBOUR, status: int = 200, **what: Any) -> "asyncio.Task[Any]":
    body = {"from": who, "message_id": board, **what}
    return asyncio.create_task(town.ask("POST", f"/{town.group}/press", body, status))


async def _query(town: Town) -> dict[str, Any]:
    (update,) = await town.updates(timeout=5)
    query: dict[str, Any] = update["callback_query"]
    return query


@pytest.mark.parametrize("button", ["举手", "h"])
async def test_a_press_waits_for_its_answer(town: Town, button: str) -> None:
    board = await town.board(HAND)
    press = _press(town, board, button=button)
    query = await _query(town)
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("h", NEIGHBOUR, board)
    assert not press.done()
    await town.ok("answerCallbackQuery", callback_query_id=query["id"], text="已登记", show_alert=True)
    assert await press == {"toast": "已登记", "alert": True, "url": None}
    assert await town.refused("answerCallbackQuery", callback_query_id=query["id"]) == OLD


async def test_an_empty_answer_shows_nothing(town: Town) -> None:
    press = _press(town, await town.board(HAND), button="h")
    await town.ok("answerCallbackQuery", callback_query_id=(await _query(town))["id"])
    assert await press == {"toast": None, "alert": False, "url": None}


async def test_a_query_expires_on_the_sandboxs_clock(town: Town) -> None:
    press = _press(town, await town.board(HAND), button="h", status=504)
    query = await _query(town)
    await town.pass_time(61)
    assert await town.refused("answerCallbackQuery", callback_query_id=query["id"], text="x") == OLD
    press.cancel()


async def test_the_longest_toast_and_one_more(town: Town) -> None:
    press = _press(town, await town.board(HAND), button="h")
    query = await _query(town)
    words = await town.refused("answerCallbackQuery", callback_query_id=query["id"], text="议" * 201)
    assert words == "Bad Request: MESSAGE_TOO_LONG"
    await town.ok("answerCallbackQuery", callback_query_id=query["id"], text="议" * 200)
    assert len((await press)["toast"]) == 200


async def test_a_link_button_answers_by_itself(town: Town) -> None:
    board = await town.board({"text": "登记", "url": "https://t.me/yishiting_bot?start=abc"})
    answer = await _press(town, board, button="登记")
    assert answer["url"] == "https://t.me/yishiting_bot?start=abc"
    assert await town.updates() == []


async def test_forged_data_reaches_the_bot_even_for_a_deleted_message(town: Town) -> None:
    board = await town.board(HAND)
    await town.ok("deleteMessage", chat_id=town.group, message_id=board)
    await _press(town, board, button="h", status=409)
    press = _press(town, board, data="forged:1")
    query = await _query(town)
    assert query["data"] == "forged:1"
    assert query["message"] == {"chat": query["message"]["chat"], "message_id": board, "date": 0}
    await town.ok("answerCallbackQuery", callback_query_id=query["id"])
    await press


async def test_a_button_that_an_edit_took_away_is_not_there(town: Town) -> None:
    board = await town.board(HAND)
    await town.ok("editMessageText", chat_id=town.group, message_id=board, text="结束")
    answer = await _press(town, board, button="举手", status=409)
    assert answer["error"].startswith("button not there")


async def test_only_who_is_there_presses(town: Town) -> None:
    board = await town.board(HAND)
    await _press(town, board, who=STRANGER, button="h", status=403)
    await _press(town, board + 1000, button="h", status=404)
    said = (await town.say(OWNER, "话", town.group))["id"]
    await _press(town, said, data="x", status=409)


async def _answer_all(town: Town, wanted: int) -> list[str]:
    offset, seen = 0, list[str]()
    while len(seen) < wanted:
        for update in await town.ok("getUpdates", offset=offset, timeout=5):
            offset = update["update_id"] + 1
            if "callback_query" in update:
                seen.append(update["callback_query"]["data"])
                await town.ok("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="好")
    return seen


async def test_many_presses_keep_so_many_in_flight(town: Town) -> None:
    board = await town.board(HAND)
    one = {"chat": town.group, "from": NEIGHBOUR, "message_id": board}
    presses = [one | {"data": f"d{number}"} for number in range(60)] + [one | {"button": "没有"}]
    answering = asyncio.create_task(_answer_all(town, 60))
    answers = await town.ask("POST", "/presses", {"presses": presses, "in_flight": 7})
    assert await answering == [f"d{number}" for number in range(60)]
    assert all(answer["toast"] == "好" and answer["ms"] > 0 for answer in answers[:60])
    assert answers[60]["error"].startswith("button not there")
