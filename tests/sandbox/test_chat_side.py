"""The chat side: state, people, groups, events, and what exists only with control."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from bot.sandbox.server import running
from tests.sandbox.conftest import BOT, NEIGHBOUR, OWNER, STRANGER, Town


async def test_state_names_everybody_and_every_chat(town: Town) -> None:
    await town.ok("setMyCommands", commands=[{"command": "start", "description": "开始"}])
    state = await town.ask("GET", "/state")
    assert [one["name"] for one in state["users"]] == ["张三", "李四", "周文"]
    assert [(one["id"], one["username"]) for one in state["bots"]] == [(BOT, "yishiting_bot")]
    assert state["bots"][0]["commands"] == [{"command": "start", "description": "开始"}]
    chats = {one["id"]: one for one in state["chats"]}
    statuses = {one["user"]: one["status"] for one in chats[town.group]["members"]}
    assert statuses == {OWNER: "creator", NEIGHBOUR: "member", BOT: "administrator"}
    assert (chats[OWNER]["kind"], chats[OWNER]["started"], chats[OWNER]["last"]["text"]) == ("private", True, "/start")
    assert "a" * 35 not in json.dumps(state)


async def test_each_bot_has_its_own_private_chats(town: Town) -> None:
    other = f"700002:{'b' * 35}"
    assert (await town.call("getMe", token=other))["result"]["username"] == "yishiting2_bot"
    await town.say(OWNER, "给第二个", bot=700002)
    assert await town.updates() == []
    assert len((await town.call("getUpdates", token=other))["result"]) == 1
    assert [one["text"] for one in await town.ask("GET", f"/{OWNER}/messages?bot=700002")] == ["给第二个"]
    assert [one["text"] for one in await town.ask("GET", f"/{OWNER}/messages")] == ["/start"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/users", {"name": ""}, 400),
        ("/users", {"name": "x", "age": 3}, 400),
        ("/users", {"name": "x", "id": OWNER}, 409),
        ("/groups", {"title": "x"}, 400),
        ("/groups", {"title": "", "owner": OWNER}, 400),
        ("/groups", {"title": "x", "kind": "circle", "owner": OWNER}, 400),
        ("/groups", {"title": "x", "owner": 5}, 404),
        ("/groups", {"title": "x", "owner": OWNER, "members": 3}, 400),
        ("/groups", {"title": "x", "kind": "channel", "owner": OWNER, "members": [BOT]}, 400),
        ("/-5/members", {"user": OWNER}, 404),
        ("/-5/messages", {"from": OWNER, "text": "x"}, 404),
        ("/1002/messages", {"from": OWNER, "text": "x"}, 403),
        ("/block", {"user": 5}, 404),
        ("/1001/upgrade", {}, 400),
        ("/1001/settings", {"permissions": {"can_fly": True}}, 400),
        ("/presses", {"presses": 3}, 400),
        ("/users", {"name": "x", "id": -5}, 400),
        ("/users", {"name": "x", "language_code": 5}, 400),
        ("/groups", {"title": "x", "owner": OWNER, "forum": "yes"}, 400),
        ("/1001/settings", {"slow_mode_delay": -1}, 400),
        ("/1001/settings", {"bot_privacy": "no", "protected": True}, 400),
        ("/block", {"user": OWNER, "blocked": "no"}, 400),
        ("/1001/messages", {"from": OWNER, "text": "x", "date": 1e30}, 400),
        ("/1001/messages", {"from": OWNER, "voice": "eA==", "duration": -1}, 400),
        ("/1001/press", {"from": OWNER, "message_id": 1}, 400),
        ("/1001/press", {"from": OWNER, "message_id": 1, "data": 5}, 400),
        ("/clock", {"advance": 1e18, "settle": False}, 400),
        ("/clock", {"to": "9999-12-31T23:59:59+08:00"}, 400),
        ("/clock/report", {"client": "a", "idle": True, "next": 1e30}, 400),
        ("/faults", [{"method": "*", "error": 429, "retry_after": "soon"}], 400),
        ("/faults", [{"method": "*", "error": "drop", "hold": "long"}], 400),
    ],
)
async def test_nonsense_is_refused_in_words(town: Town, path: str, body: Any, status: int) -> None:
    state = await town.ask("GET", "/state")
    assert (await town.ask("POST", path, body, status))["error"]
    after = await town.ask("GET", "/state")
    assert {**after, "now": None} == {**state, "now": None}


async def test_what_is_no_json_is_refused(town: Town) -> None:
    answer = await town.http.post(f"{town.sandbox.chat_url}/chat/users", content="{")
    assert (answer.status_code, answer.json()) == (400, {"error": "the request is not JSON"})


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example.org", 403), ("", 200), (None, 200)])
async def test_pages_of_other_sites_cannot_act(town: Town, origin: str | None, status: int) -> None:
    own = town.sandbox.chat_url
    headers = {} if origin is None else {"Origin": origin or own}
    answer = await town.http.post(f"{own}/chat/users", json={"name": "甲"}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("verb", "path", "words"),
    [
        *((verb, path, "nothing at") for verb, path in (("GET", "/nowhere"), ("PUT", "/users"), ("POST", "/state"))),
        ("GET", "/files/nothing/x", "no such file"),
        ("GET", "/events?viewer=5", "no user 5"),
    ],
)
async def test_wrong_paths_answer_in_json(town: Town, verb: str, path: str, words: str) -> None:
    assert (await town.ask(verb, path, None, 404))["error"].startswith(words)


async def test_a_file_is_never_a_page(town: Town) -> None:
    body = {"from": OWNER, "document": "PGI+", "name": "a.html", "mime": "text/html"}
    shown = await town.ask("POST", f"/{OWNER}/messages", body)
    answer = await town.http.get(town.sandbox.chat_url + shown["files"][0]["url"])
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_an_id_may_be_asked_for(town: Town) -> None:
    assert await town.ask("POST", "/users", {"name": "王五", "id": 5001}) == {"id": 5001}
    assert await town.ask("POST", "/users", {"name": "赵六"}) == {"id": 5002}


async def test_controls_exist_only_with_control() -> None:
    async with running(control=False) as sandbox, httpx.AsyncClient(verify=False, trust_env=False) as http:
        for verb, path in (
            ("POST", "/chat/clock"),
            ("POST", "/chat/block"),
            ("POST", "/chat/1001/settings"),
            ("GET", "/chat/calls"),
            ("POST", "/chat/faults"),
        ):
            assert (await http.request(verb, sandbox.chat_url + path, json={})).status_code == 404
        for path in ("/chat/clock", "/chat/state"):
            assert (await http.get(sandbox.chat_url + path)).status_code == 200


class Listener:
    """A page that follows the events as one viewer."""

    def __init__(self, town: Town, viewer: int) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self._url = f"{town.sandbox.chat_url}/chat/events?viewer={viewer}"
        self._ready = asyncio.Event()

    async def __aenter__(self) -> "Listener":
        self._task = asyncio.create_task(self._follow())
        await asyncio.wait_for(self._ready.wait(), 5)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        name = ""
        async with (
            httpx.AsyncClient(timeout=30, verify=False, trust_env=False) as http,
            http.stream("GET", self._url) as stream,
        ):
            async for line in stream.aiter_lines():
                self._ready.set()
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    self.events.append((name, json.loads(line.removeprefix("data: "))))

    async def until(self, count: int) -> list[str]:
        """The names of the events, once there are so many."""
        for _try in range(200):
            if len(self.events) >= count:
                break
            await asyncio.sleep(0.01)
        return [name for name, _data in self.events]


async def test_events_tell_a_viewer_what_he_may_see(town: Town) -> None:
    async with Listener(town, NEIGHBOUR) as member, Listener(town, STRANGER) as stranger:
        board = await town.board()
        await town.ok("editMessageText", chat_id=town.group, message_id=board, text="新")
        await town.ok("pinChatMessage", chat_id=town.group, message_id=board)
        await town.ok("deleteMessage", chat_id=town.group, message_id=board)
        await town.ask("POST", f"/{town.group}/settings", {"slow_mode_delay": 0})
        await town.say(OWNER, "私话")
        await town.pass_time(5)
        assert await member.until(7) == ["message", "edit", "pin", "message", "delete", "chat", "clock"]
        assert await stranger.until(2) == ["chat", "clock"]
    _name, edit = member.events[1]
    assert (edit["chat"], edit["message"]["id"], edit["message"]["text"]) == (town.group, board, "新")
    assert member.events[4][1]["message"]["deleted"] is True
    assert "now" in member.events[6][1]


async def test_after_gives_the_rest(town: Town) -> None:
    for text in ("一", "二", "三"):
        last = await town.say(OWNER, text)
    rest = await town.ask("GET", f"/{OWNER}/messages?viewer={OWNER}&after={last['id'] - 1}")
    assert [one["text"] for one in rest] == ["三"]
    await town.ask("GET", f"/{OWNER}/messages?viewer={NEIGHBOUR}", status=403)
