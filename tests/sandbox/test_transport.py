"""Calls come in every way Telegram takes them, and updates go out as Telegram gives them."""

import asyncio
import json
from typing import Any

import pytest
from aiogram import methods as known_to_aiogram

from bot.sandbox.known_methods import KNOWN
from bot.sandbox.methods import METHODS
from tests.sandbox.conftest import NEIGHBOUR, OWNER, TOKEN, Town


@pytest.mark.parametrize("name", ["getMe", "getme", "GETME"])
async def test_any_case_and_verb(town: Town, name: str) -> None:
    url = f"{town.sandbox.api_url}/bot{TOKEN}/{name}"
    got, posted = await town.http.get(url), await town.http.post(url)
    assert got.json() == posted.json()
    assert got.json()["result"]["username"] == "yishiting_bot"


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_every_encoding_gives_the_same_message(town: Town, way: str) -> None:
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "[1,2] {x}"}]]}
    plain = {"chat_id": str(OWNER), "text": "[1,2] {x}", "disable_notification": "true"}
    form = plain | {"reply_markup": json.dumps(markup)}
    url = f"{town.sandbox.api_url}/bot{TOKEN}/sendMessage"
    requests = {
        "query": lambda: town.http.get(url, params=form),
        "form": lambda: town.http.post(url, data=form),
        "json": lambda: town.http.post(url, json=plain | {"reply_markup": markup}),
        "multipart": lambda: town.http.post(url, files={k: (None, v) for k, v in form.items()}),
    }
    result = (await requests[way]()).json()["result"]
    assert (result["text"], result["reply_markup"], result["chat"]["id"]) == ("[1,2] {x}", markup, OWNER)


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/bot12:short/getMe", 401, "Unauthorized"),
        (f"/bot700001:{'b' * 35}/getMe", 401, "Unauthorized"),
        (f"/bot{TOKEN}/getMee", 404, "Not Found: method not found"),
        (f"/bot{TOKEN}", 404, "Not Found"),
        ("/elsewhere", 404, "Not Found"),
        (f"/bot{TOKEN}/sendPoll", 501, "Not Implemented: the sandbox does not implement sendPoll"),
        (f"/file/bot{TOKEN}/documents/none", 404, "Not Found"),
    ],
)
async def test_wrong_paths(town: Town, path: str, code: int, words: str) -> None:
    answer = await town.http.get(town.sandbox.api_url + path)
    assert answer.status_code == code
    assert answer.json() == {"ok": False, "error_code": code, "description": words}


@pytest.mark.parametrize("body", ["{", "[1]", '"x"'])
async def test_a_body_that_is_no_object_is_refused(town: Town, body: str) -> None:
    url = f"{town.sandbox.api_url}/bot{TOKEN}/getMe"
    answer = await town.http.post(url, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


async def test_unserved_methods_are_remembered(town: Town) -> None:
    assert (await town.call("sendDice", chat_id=OWNER))["error_code"] == 501
    rows = await town.ask("GET", "/calls?method=sendDice")
    assert [(row["ok"], row["error_code"], row["chat"]) for row in rows] == [(False, 501, OWNER)]


def test_the_list_of_methods_is_that_of_the_libraries_version() -> None:
    named = {name for name in known_to_aiogram.__all__ if name not in ("Request", "Response", "TelegramMethod")}
    assert set(KNOWN) == {name.lower() for name in named}
    assert set(METHODS) <= set(KNOWN)
    assert all(METHODS[name].name == KNOWN[name] for name in METHODS)


async def test_updates_come_again_until_confirmed(town: Town) -> None:
    for text in ("一", "二", "三"):
        await town.say(OWNER, text)
    first = await town.ok("getUpdates", limit=2)
    assert [one["message"]["text"] for one in first] == ["一", "二"]
    assert await town.ok("getUpdates", limit=2) == first
    rest = await town.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [one["message"]["text"] for one in rest] == ["三"]
    assert await town.ok("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_newest(town: Town) -> None:
    for text in ("一", "二", "三"):
        await town.say(OWNER, text)
    assert [one["message"]["text"] for one in await town.ok("getUpdates", offset=-1)] == ["三"]
    assert len(await town.ok("getUpdates")) == 1


async def test_a_long_poll_answers_when_something_comes(town: Town) -> None:
    poll = asyncio.create_task(town.ok("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await town.say(OWNER, "你好")
    assert (await asyncio.wait_for(poll, 2))[0]["message"]["text"] == "你好"


async def test_the_first_of_two_pollers_is_told_of_the_conflict(town: Town) -> None:
    first = asyncio.create_task(town.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(town.call("getUpdates", timeout=20))
    refused = await asyncio.wait_for(first, 2)
    assert refused["error_code"] == 409
    assert refused["description"].startswith("Conflict: terminated by other getUpdates request")
    await town.say(OWNER, "你好")
    assert (await asyncio.wait_for(second, 2))["ok"]


async def _join_and_leave(town: Town) -> None:
    for status in ("left", "member"):
        await town.ask("POST", f"/{town.group}/members", {"user": NEIGHBOUR, "status": status})


def _kinds(updates: list[dict[str, Any]]) -> set[str]:
    return {kind for one in updates for kind in one if kind != "update_id"}


async def test_chat_member_comes_only_when_asked_for_and_the_wish_is_kept(town: Town) -> None:
    await _join_and_leave(town)
    assert _kinds(await town.updates(allowed_updates=["message", "chat_member"])) == {"message"}
    await _join_and_leave(town)
    assert _kinds(await town.updates()) == {"message", "chat_member"}
    assert (await town.ok("getWebhookInfo"))["allowed_updates"] == ["message", "chat_member"]
    await town.updates(allowed_updates=[])
    await _join_and_leave(town)
    assert _kinds(await town.updates()) == {"message"}


async def test_pending_updates_can_be_dropped(town: Town) -> None:
    await town.say(OWNER, "旧事")
    assert (await town.ok("getWebhookInfo"))["pending_update_count"] == 1
    assert await town.ok("deleteWebhook", drop_pending_updates=True) is True
    assert await town.ok("getUpdates") == []
