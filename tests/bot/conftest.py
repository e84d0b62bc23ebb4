"""A sandbox with one group and one resident, and a database with a door."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.clock import SystemClock
from bot.sandbox.server import Sandbox, running
from bot.settings import Settings, load
from services.act import SYSTEM, Actor, Door, Receipt
from services.delivery import enqueue
from storage.database import Database
from storage.tables import Account, Outbox
from storage.work import UnitOfWork

TOKEN = "700001:" + "b" * 35
BOT = 700001
FACTS = {"tz": "Asia/Shanghai", "meeting_id": 1, "topic": {"number": 1, "title": "充电点"}}


def put(
    uow: UnitOfWork,
    actor: Actor,
    *,
    kind: str,
    chat: int,
    unique: str,
    now: datetime,
    not_before: datetime | None = None,
) -> Receipt:
    """An action that only decides to send."""
    facts = FACTS | {"label": "3-201", "way": "hand"}
    enqueue(uow, kind, chat, facts, unique_key=unique, now=now, not_before=not_before)
    return Receipt("put")


@dataclass
class Street:
    """Everything the tests speak to."""

    sandbox: Sandbox
    http: httpx.AsyncClient
    database: Database
    clock: SystemClock
    door: Door
    settings: Settings
    resident: int = 0
    group: int = 0
    keys: list[int] = field(default_factory=list)

    async def ask(self, verb: str, path: str, body: Any = None, **query: Any) -> Any:
        """The chat side's answer."""
        url = f"{self.sandbox.chat_url}/chat{path}"
        answer = await self.http.request(verb, url, json=body, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def put(self, chat: int, kind: str = "please_stop", *, wait: float = 0) -> int:
        """Queue a message through the door; returns its outbox id."""
        self.keys.append(len(self.keys))
        later = self.clock.now() + timedelta(seconds=wait)
        key = f"test:{len(self.keys)}"
        await self.door.act(put, SYSTEM, None, kind=kind, chat=chat, unique=key, not_before=later)
        row = self.database.read_now(lambda uow: uow.one("SELECT max(id) FROM outbox"))
        assert row is not None
        return int(row[0])

    def row(self, outbox_id: int) -> Outbox:
        """The outbox row as stored."""
        return self.database.read_now(lambda uow: uow.must(Outbox, outbox_id))

    async def fault(self, **fault: Any) -> None:
        """Make the next call go wrong."""
        await self.ask("POST", "/faults", [{"method": "sendMessage", "times": 1} | fault])

    async def seen(self, chat: int) -> list[str]:
        """Texts of the bot's messages in a chat, oldest first."""
        found = await self.ask("GET", f"/{chat}/messages", viewer=self.resident, bot=BOT)
        return [m["text"] for m in found if m["from"] == BOT and m["text"] and not m.get("service")]


@pytest.fixture
async def street(database: Database) -> AsyncIterator[Street]:
    """张三 is in a supergroup with the bot as administrator and has started the bot."""
    clock = SystemClock()
    async with running() as sandbox, httpx.AsyncClient(timeout=60) as http:
        settings = load(_env_file=None, bot_token=TOKEN, api_url=sandbox.api_url)
        made = Street(sandbox, http, database, clock, Door(database, clock), settings)
        made.resident = (await made.ask("POST", "/users", {"name": "张三"}))["id"]
        await http.post(f"{sandbox.api_url}/bot{TOKEN}/getMe")
        body = {"title": "议事群", "kind": "supergroup", "owner": made.resident, "members": [], "admins": [BOT]}
        made.group = (await made.ask("POST", "/groups", body))["id"]
        await made.ask("POST", f"/{made.resident}/messages", {"from": made.resident, "text": "/start"})
        await database.write(lambda uow: uow.add(Account(id=made.resident, started_at=clock.now())))
        yield made
