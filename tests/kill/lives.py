"""The bot as a process with several lives, in a sandbox of the test's own."""

import asyncio
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import aiohttp

from bot import __main__ as command_line
from bot.command.verify import verify_database
from bot.rehearsal.wires import Wire, Wires
from bot.sandbox.server import running
from storage.database import Database
from tests.kill.rooms import Room, Rooms

LIVING = multiprocessing.get_context("forkserver")
LIVING.set_forkserver_preload(["bot.__main__", "bot.app"])
"""Every life is a process of its own, forked where the imports are done: nobody waits seconds for each."""
BOT = 4200000000
TOKEN = f"{BOT}:kill-kill-kill-kill-kill-kill-kill"
LOOK_SECONDS = 0.02
PATIENCE_SECONDS = 60
HOLD_SECONDS = 60
"""Longer than any patience of the bot's: a held call ends when its caller gives up or dies."""


def live(environment: dict[str, str], log: Path) -> None:
    """`yishiting run` in this process, its complaints in the log."""
    os.environ.update(environment)
    with log.open("ab") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    sys.argv = ["yishiting", "run"]
    command_line.main()


class Lives:
    """One database, one world, and at most one process at a time."""

    def __init__(self, wires: Wires, api_url: str, chat_url: str, database_url: str, folder: Path) -> None:
        self.wires, self.database = wires, Database(database_url)
        self._environment = {
            "YISHITING_BOT_TOKEN": TOKEN,
            "YISHITING_API_URL": api_url,
            "YISHITING_CLOCK_URL": chat_url,
            "YISHITING_DATABASE_URL": database_url,
            "YISHITING_DATA_DIR": str(folder),
        }
        self._api, self._log = f"{api_url}/bot{TOKEN}", folder / "bot.log"
        self._process: BaseProcess | None = None
        self._taps: list[asyncio.Task[Any]] = []

    async def people(self, count: int) -> list[int]:
        """New people who have pressed Start, which nobody has to answer any more."""
        accounts = [
            int((await self.wires.ask("POST", "/users", {"name": f"居民{number}"}))["id"]) for number in range(count)
        ]
        async with aiohttp.ClientSession() as session:
            await self._method(session, "getMe")
            for account in accounts:
                await self.wires.ask("POST", f"/{account}/messages", {"from": account, "text": "/start"})
            while found := await self._method(session, "getUpdates"):
                await self._method(session, "getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return accounts

    async def room(self, people: int, *, decided: bool = False) -> Room:
        """A supergroup whose meeting is in the first call of the main vote, or decided and not announced."""
        accounts = await self.people(people)
        body = {"title": "议事群", "kind": "supergroup", "members": accounts, "admins": [BOT]}
        chat = int((await self.wires.ask("POST", "/groups", body))["id"])
        rooms = Rooms(self.database, await self.wires.now())
        return (rooms.decided if decided else rooms.calling)(chat, accounts)

    # the process

    async def begins(self) -> None:
        """A new life: return as soon as it polls."""
        mark = len(await self.wires.calls(method="getUpdates"))
        self._process = LIVING.Process(target=live, args=(os.environ | self._environment, self._log))
        self._process.start()

        async def polls() -> bool:
            assert self._process is not None and self._process.is_alive(), "the bot does not live"
            return len(await self.wires.calls(method="getUpdates")) > mark

        await self.until(polls)

    async def begins_again(self) -> None:
        """A new life that does everything it finds to do."""
        await self.begins()
        await self.quiet()
        await self.sees("SELECT count(*) FROM inbox WHERE done_at IS NULL", 0)

    def freeze(self) -> None:
        """Stop it between two instructions, so that the test may look at what is stored and decide."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """SIGKILL: no handler, no flush, no goodbye."""
        self._signal(signal.SIGKILL)
        assert self._process is not None
        self._process.join(PATIENCE_SECONDS)
        assert self._process.exitcode == -signal.SIGKILL
        self._process = None

    async def end(self) -> None:
        """Nobody waits any longer."""
        for tap in self._taps:
            tap.cancel()
        await asyncio.gather(*self._taps, return_exceptions=True)
        if self._process is not None:
            self.kill()
        self.database.close()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None and self._process.pid is not None
        os.kill(self._process.pid, number)

    # what people do and see

    async def tap(self, chat: int, account: int, data: str) -> Wire:
        """Tap a button of the newest message there that is the bot's; returns what the person is shown."""
        body = {"from": account, "message_id": await self._newest(chat), "data": data}
        answer: Wire = await self.wires.ask("POST", f"/{chat}/press", body)
        return answer

    def tap_unanswered(self, chat: int, account: int, data: str) -> None:
        """Tap, and let somebody else wait for the answer."""
        self._taps.append(asyncio.create_task(self.tap(chat, account, data)))

    async def tap_together(self, room: Room, accounts: Sequence[int], data: str) -> "asyncio.Task[list[Wire]]":
        """Everybody taps at once; the task ends when each has an answer or has given up."""
        under = await self._newest(room.chat)
        presses = [{"chat": room.chat, "from": who, "message_id": under, "data": data} for who in accounts]
        body = {"presses": presses, "in_flight": len(presses)}
        task: asyncio.Task[list[Wire]] = asyncio.create_task(self.wires.ask("POST", "/presses", body))
        self._taps.append(task)
        return task

    async def texts(self, chat: int, words: str) -> int:
        """How many messages there have these words in them."""
        return sum(words in (one["text"] or "") for one in await self.wires.messages(chat))

    async def answers_to(self, account: int) -> list[list[str]]:
        """Per tap of this person's that was ever answered, the words of every answer, in order."""
        taps = [
            json.loads(body)["callback_query"]["id"]
            for (body,) in self.rows("SELECT body FROM inbox ORDER BY id")
            if json.loads(body).get("callback_query", {}).get("from", {}).get("id") == account
        ]
        calls = await self.wires.calls(method="answerCallbackQuery")
        said = [[one["args"]["text"] for one in calls if one["args"]["callback_query_id"] == tap] for tap in taps]
        return [words for words in said if words]

    async def fault(self, method: str, error: str, chat: int | None = None, times: int = 1) -> None:
        """The next such calls are held, and then the line is cut."""
        fault: Wire = {"method": method, "error": error, "times": times, "hold": HOLD_SECONDS}
        await self.wires.faults(fault | ({"chat": chat} if chat is not None else {}))

    # what is stored

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """The stored truth."""
        return self.database.read_now(lambda uow: uow.rows(sql, values))

    def value(self, sql: str, **values: object) -> Any:
        """The first column of the first row."""
        return self.rows(sql, **values)[0][0]

    def outbox(self, kind: str, chat: int) -> list[tuple[Any, ...]]:
        """(state, attempts) of the messages of this kind to this chat."""
        return self.rows(
            "SELECT state, attempts FROM outbox WHERE kind = :kind AND chat_id = :chat", kind=kind, chat=chat
        )

    def hands(self, room: Room, account: int) -> tuple[int, int, int]:
        """How many votes, entries of the trail and entries of the journal this person has in this vote."""
        who = self.value("SELECT id FROM person WHERE account_id = :account", account=account)
        where = {"motion": room.motion, "person": who}
        votes, trail = (
            int(self.value(f"SELECT count(*) FROM {table} WHERE motion_id = :motion AND person_id = :person", **where))
            for table in ("vote", "vote_trail")
        )
        entries = [json.loads(entry) for (entry,) in self.rows("SELECT entry FROM journal")]
        noted = [one for one in entries if one["kind"] == "vote"]
        return votes, trail, sum((one["motion"], one["person"]) == (room.motion, who) for one in noted)

    def chains_are_whole(self) -> bool:
        """Whether every journal verifies."""
        return verify_database(self.database, None).broken == []

    # waiting

    async def has_text(self, chat: int, words: str) -> bool:
        """Whether somebody said this there."""
        return await self.texts(chat, words) > 0

    async def has_call(self, method: str, chat: int) -> bool:
        """Whether this call has come in."""
        return bool(await self.wires.calls(method=method, chat=chat))

    async def sees(self, sql: str, wanted: object, **values: object) -> None:
        """Wait at the wire until this is stored."""

        async def stored() -> bool:
            return bool(self.value(sql, **values) == wanted)

        await self.until(stored)

    async def sending(self, kind: str, *chats: int) -> None:
        """Wait at the wire until a message of this kind is on its way to each of these chats."""

        async def on_their_way() -> bool:
            return all(self.outbox(kind, chat) == [("sending", 1)] for chat in chats)

        await self.until(on_their_way)

    async def until(self, so: Callable[[], Awaitable[bool]]) -> None:
        """Look again and again, with an end."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await so():
                await asyncio.sleep(LOOK_SECONDS)

    async def quiet(self) -> None:
        """Everything decided has been said: the town's time passes as long as messages wait for the limiter."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.wires.settle()
            while (held := await self.wires.held_back())[0]:
                await (self.wires.until(held[1]) if held[1] is not None else self.wires.settle())

    async def _newest(self, chat: int) -> int:
        found = [one["id"] for one in await self.wires.messages(chat) if one["from"] == BOT]
        assert found, "the bot has said nothing"
        return int(found[-1])

    async def _method(self, session: aiohttp.ClientSession, name: str, **body: object) -> Any:
        async with session.post(f"{self._api}/{name}", json=body) as response:
            return (await response.json())["result"]


@asynccontextmanager
async def lives(database_url: str, folder: Path) -> AsyncIterator[Lives]:
    """A world with a migrated, empty database and no bot yet."""
    async with running() as sandbox:
        wires = Wires(sandbox.chat_url)
        ours = Lives(wires, sandbox.api_url, sandbox.chat_url, database_url, folder)
        try:
            yield ours
        finally:
            await ours.end()
            await wires.close()
