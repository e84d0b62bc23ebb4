"""Flood limits on the sandbox's clock, and faults to order."""

from typing import Any

import httpx
import pytest

from bot.sandbox.errors import Refused
from bot.sandbox.flood import Flood
from bot.sandbox.model import Chat
from tests.sandbox.conftest import OWNER, TOKEN, Town


async def _send(town: Town, times: int, chat: int | None = None) -> None:
    for number in range(times):
        await town.ok("sendMessage", chat_id=chat or town.group, text=f"第 {number} 条")


async def test_twenty_group_calls_a_minute(town: Town) -> None:
    await _send(town, 18)
    board = (await town.ok("sendMessage", chat_id=town.group, text="板"))["message_id"]
    await town.ok("editMessageText", chat_id=town.group, message_id=board, text="新板")
    refused = await town.call("pinChatMessage", chat_id=town.group, message_id=board)
    assert refused["error_code"] == 429
    wait = refused["parameters"]["retry_after"]
    assert 55 <= wait <= 60
    assert refused["description"] == f"Too Many Requests: retry after {wait}"
    await town.ok("sendMessage", chat_id=OWNER, text="私聊不受影响")
    await town.ok("deleteMessage", chat_id=town.group, message_id=board)
    await town.pass_time(wait)
    await _send(town, 1)


async def test_refused_calls_count_neither_for_the_limit_nor_for_the_chat(town: Town) -> None:
    for _time in range(25):
        await town.refused("sendMessage", chat_id=town.group, text="<b>", parse_mode="HTML")
    await _send(town, 20)
    shown = await town.ask("GET", f"/{town.group}/messages")
    assert (await town.call("sendMessage", chat_id=town.group, text="多"))["error_code"] == 429
    assert await town.ask("GET", f"/{town.group}/messages") == shown


def test_thirty_sends_a_second_overall() -> None:
    flood, chats = Flood(), [Chat(number, "private") for number in range(1, 41)]
    for chat in chats[:30]:
        flood.pass_through(1, chat, 100.0)
    flood.pass_through(2, chats[30], 100.0)
    with pytest.raises(Refused) as refusal:
        flood.pass_through(1, chats[30], 100.9)
    assert (refusal.value.code, refusal.value.retry_after) == (429, 1)
    flood.pass_through(1, chats[30], 100.9, sends=False)
    for chat in chats[:30]:
        flood.pass_through(1, chat, 101.0)


async def test_the_log_tells_every_call_and_its_answer(town: Town) -> None:
    await town.ok("sendMessage", chat_id=town.group, text="<b>好</b>", parse_mode="HTML")
    await town.refused("sendMessage", chat_id=town.group, text="")
    good, bad = await town.ask("GET", f"/calls?method=SENDMESSAGE&chat={town.group}")
    assert good["args"] == {"chat_id": town.group, "text": "<b>好</b>", "parse_mode": "HTML"}
    assert (good["ok"], good["result"]["text"], good["bot"]) == (True, "好", 700001)
    assert (bad["ok"], bad["error_code"]) == (False, 400)
    assert await town.ask("GET", f"/calls?after={bad['id']}") == []
    assert good["at"].endswith("+08:00")


@pytest.mark.parametrize(
    ("fault", "code", "parameters"),
    [({"error": 429, "retry_after": 7}, 429, {"retry_after": 7}), ({"error": 500}, 500, None)],
)
async def test_ordered_refusals(town: Town, fault: dict[str, Any], code: int, parameters: Any) -> None:
    await town.ask("POST", "/faults", [{"method": "sendMessage", "chat": town.group, "times": 2} | fault])
    await town.ok("sendMessage", chat_id=OWNER, text="别处照常")
    for _time in range(2):
        body = await town.call("sendMessage", chat_id=town.group, text="x")
        assert (body["error_code"], body.get("parameters")) == (code, parameters)
    await town.ok("sendMessage", chat_id=town.group, text="x")


@pytest.mark.parametrize(("error", "done"), [("timeout_before", 0), ("drop", 0), ("timeout_after", 1)])
async def test_a_call_without_an_answer(town: Town, error: str, done: int) -> None:
    before = len(await town.ask("GET", f"/{town.group}/messages"))
    await town.ask("POST", "/faults", [{"method": "sendMessage", "times": 1, "error": error}])
    async with httpx.AsyncClient(verify=False, trust_env=False) as http:
        with pytest.raises(httpx.TransportError):
            url = f"{town.sandbox.api_url}/bot{TOKEN}/sendMessage"
            await http.post(url, json={"chat_id": town.group, "text": "到了吗"})
    assert len(await town.ask("GET", f"/{town.group}/messages")) == before + done
    assert (await town.ask("GET", "/calls?method=sendMessage"))[-1]["fault"] == error


async def test_an_update_can_come_twice(town: Town) -> None:
    await town.ask("POST", "/faults", [{"method": "getUpdates", "times": 1, "error": "duplicate_update"}])
    await town.say(OWNER, "一次")
    first = await town.ok("getUpdates")
    again = await town.ok("getUpdates", offset=first[0]["update_id"] + 1)
    assert again == first
    assert await town.ok("getUpdates", offset=first[0]["update_id"] + 1) == []


@pytest.mark.parametrize("body", [[{"error": 418}], [{"error": 500, "times": 0}], [1], [{"error": 500, "method": 3}]])
async def test_senseless_faults_are_refused(town: Town, body: Any) -> None:
    await town.ask("POST", "/faults", body, 400)
    await town.ok("getMe")


async def test_faults_can_be_taken_back(town: Town) -> None:
    await town.ask("POST", "/faults", [{"times": 5, "error": 500}])
    await town.ask("POST", "/faults", [])
    await town.ok("getMe")
