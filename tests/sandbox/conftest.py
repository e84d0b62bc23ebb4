"""A sandbox with two people, a bot and a group, spoken to over HTTP only."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.sandbox.server import Sandbox, running

TOKEN = "700001:" + "a" * 35
BOT, OWNER, NEIGHBOUR, STRANGER = 700001, 1001, 1002, 1003
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000040000000308060000") + b"\0" * 20


@dataclass
class Town:
    """A sandbox and the ways to speak to it."""

    sandbox: Sandbox
    http: httpx.AsyncClient
    group: int = 0

    async def call(self, method: str, token: str = TOKEN, **args: Any) -> dict[str, Any]:
        """The whole body of a Bot API answer."""
        answer = await self.http.post(f"{self.sandbox.api_url}/bot{token}/{method}", json=args)
        body: dict[str, Any] = answer.json()
        assert answer.status_code == body.get("error_code", 200)
        return body

    async def ok(self, method: str, **args: Any) -> Any:
        """The result of a call that must succeed."""
        body = await self.call(method, **args)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **args: Any) -> str:
        """The description of a call that must be refused."""
        body = await self.call(method, **args)
        assert not body["ok"], body
        return str(body["description"])

    async def ask(self, verb: str, path: str, body: Any = None, status: int = 200) -> Any:
        """An answer of the chat side."""
        answer = await self.http.request(verb, f"{self.sandbox.chat_url}/chat{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def say(self, who: int, text: str, chat: int | None = None, status: int = 200, **more: Any) -> Any:
        """A person writes, in the private chat unless a chat is named."""
        return await self.ask("POST", f"/{chat or who}/messages", {"from": who, "text": text, **more}, status)

    async def updates(self, **args: Any) -> list[dict[str, Any]]:
        """All updates that wait, confirmed at once."""
        found: list[dict[str, Any]] = await self.ok("getUpdates", **args)
        if found:
            await self.ok("getUpdates", offset=found[-1]["update_id"] + 1)
        return found

    async def pass_time(self, seconds: float) -> None:
        """Jump, without waiting for anybody."""
        await self.ask("POST", "/clock", {"advance": seconds, "settle": False})

    async def put(self, user: int, status: str, **more: Any) -> Any:
        """Put a membership of the group in place."""
        return await self.ask("POST", f"/{self.group}/members", {"user": user, "status": status, **more})

    async def board(self, *buttons: dict[str, str]) -> int:
        """A message of the bot in the group with these buttons."""
        keyboard = {"inline_keyboard": [[button] for button in buttons]}
        sent = await self.ok("sendMessage", chat_id=self.group, text="议事板", reply_markup=keyboard)
        return int(sent["message_id"])


@pytest.fixture
async def bare() -> AsyncIterator[Town]:
    """A sandbox in which nothing has happened yet."""
    async with running() as sandbox, httpx.AsyncClient(timeout=60, verify=False, trust_env=False) as http:
        yield Town(sandbox, http)


@pytest.fixture
async def town(bare: Town) -> Town:
    """张三 owns a supergroup with 李四, the bot is its administrator; 周文 is nowhere. 张三 has started the bot."""
    for name in ("张三", "李四", "周文"):
        await bare.ask("POST", "/users", {"name": name})
    await bare.ok("getMe")
    body = {"title": "幸福里议事群", "kind": "supergroup", "owner": OWNER, "members": [NEIGHBOUR], "admins": [BOT]}
    bare.group = (await bare.ask("POST", "/groups", body))["id"]
    await bare.say(OWNER, "/start")
    await bare.updates()
    return bare
