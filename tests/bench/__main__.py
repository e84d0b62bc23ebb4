"""`make bench`: sandbox and bot in processes of their own, a file database, 100 users in flight.

The load is the rehearsal's: its hall taps, its ledger keeps who was told what, its comparison looks at the record. The
last line is one JSON object; exit 1 when a toast has no stored vote or the other way round.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp

from bot.rehearsal import eyes
from bot.rehearsal.hall import Cast, Hall, Seen, Tap
from bot.rehearsal.hours import Hours
from bot.rehearsal.ledger import Ledger
from bot.rehearsal.people import FOR, STAKEHOLDER
from bot.rehearsal.wires import Wires
from tests.bench import crowd, stage

ROOT = Path(__file__).resolve().parents[2]
BOT = 4200000000
TOKEN = f"{BOT}:bench-bench-bench-bench-bench-bench"
WARM_UP = 200
TURN = 250
"""Taps of each in turn."""
REST_SECONDS = 0.3
"""What ours still has to mark and to show is not to slow the other."""
POST_SECONDS, LOOK_SECONDS = 60, 0.2
TICKS = os.sysconf("SC_CLK_TCK")


class Town:
    """The sandbox process, its users and their group."""

    def __init__(self, api: str, chat: str) -> None:
        self.api, self.chat = api, chat
        self.wires = Wires(chat)
        self.keys: list[str] = []

    async def method(self, name: str, **body: Any) -> Any:
        """Call a Bot API method."""
        async with aiohttp.ClientSession() as session, session.post(f"{self.api}/bot{TOKEN}/{name}", json=body) as got:
            answer = await got.json()
        if not answer["ok"]:
            raise RuntimeError(answer["description"])
        return answer["result"]

    async def fills(self, people: int) -> Hall:
        """So many users in one group with the bot, as the rehearsal knows a hall; everybody concerned and here."""
        made = [await self.wires.ask("POST", "/users", {"name": f"居民{number}"}) for number in range(people)]
        accounts = {f"r{number}": int(one["id"]) for number, one in enumerate(made)}
        await self.method("getMe")
        members = list(accounts.values())
        body = {"title": "bench", "kind": "supergroup", "members": members, "admins": [BOT]}
        group = await self.wires.ask("POST", "/groups", body)
        ledger = Ledger(dict.fromkeys(accounts, STAKEHOLDER), 1)
        ledger.present = set(accounts)
        self.keys = list(accounts)
        return Hall(self.wires, Hours(self.wires), Cast(accounts, {}, (), group["id"], BOT), ledger, 0, print)


@contextmanager
def process(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A process of ours that is stopped at the end."""
    started = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield started
    finally:
        started.terminate()
        started.wait(timeout=30)


@asynccontextmanager
async def sandbox() -> AsyncIterator[Town]:
    """A sandbox of its own."""
    with process("-m", "bot.sandbox", "--api-port", "0", "--chat-port", "0", "--control") as started:
        assert started.stdout is not None
        words = dict(word.split("=") for word in started.stdout.readline().split()[1:])
        town = Town(words["api"], words["chat"])
        try:
            yield town
        finally:
            await town.wires.close()


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass
class Rate:
    """What a bot did, added up over its turns."""

    hall: Hall
    pid: int
    seconds: float = 0
    cpu: float = 0
    times: list[float] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def drive(self, taps: Sequence[Tap]) -> None:
        """Tap with 100 people in flight."""
        self.hall.took.clear()
        before, began = cpu_seconds(self.pid), monotonic()
        self.answers += await self.hall.taps(taps)
        self.seconds += monotonic() - began
        self.cpu += cpu_seconds(self.pid) - before
        self.times += self.hall.took

    @property
    def per_second(self) -> float:
        """Answered taps a second."""
        return len(self.answers) / self.seconds

    @property
    def cpu_us(self) -> int:
        """Of the bot's process, for each tap."""
        return round(self.cpu * 1_000_000 / len(self.answers))

    def slower_than(self, share: float) -> float:
        """How many milliseconds a toast took at this share of them."""
        return round(sorted(self.times)[int(len(self.times) * share)], 1)


async def posted(hall: Hall, words: str) -> Seen:
    """The button with these words, once the bot has posted it and answers taps."""
    until = monotonic() + POST_SECONDS
    while monotonic() < until:
        for message in await hall.wires.messages(hall.cast.group):
            if (found := eyes.button(message, words)) is not None:
                return Seen(hall.cast.group, message["id"], found["data"])
        await asyncio.sleep(LOOK_SECONDS)
    raise TimeoutError("the bot posted no vote")


@asynccontextmanager
async def bare(people: int) -> AsyncIterator[tuple[Rate, list[Tap]]]:
    """The plain handler, warm, and so many taps for it."""
    async with sandbox() as town:
        hall = await town.fills(min(people, 500))
        keyboard = {"inline_keyboard": [[{"text": "赞成", "callback_data": "x"}]]}
        message = await town.method("sendMessage", chat_id=hall.cast.group, text="bench", reply_markup=keyboard)
        with process("-m", "tests.bench.bare", town.api, TOKEN) as bot:
            seen = Seen(hall.cast.group, message["message_id"], "x")
            taps = [Tap(town.keys[number % len(town.keys)], seen) for number in range(people)]
            await Rate(hall, bot.pid).drive(taps[:WARM_UP])
            yield Rate(hall, bot.pid), taps


@asynccontextmanager
async def serving(
    people: int, folder: Path, url: str, *, discussing: bool = False
) -> AsyncIterator[tuple[Town, Hall, subprocess.Popen[str]]]:
    """The bot in a process of its own, so many stakeholders, a meeting at a vote's first call or in its discussion."""
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(sandbox())
        hall = await town.fills(people)
        accounts, now, chat_id = [hall.cast.accounts[key] for key in town.keys], await town.wires.now(), hall.cast.group
        await asyncio.to_thread(stage.prepare, url, chat_id=chat_id, accounts=accounts, now=now, discussing=discussing)
        environment = {"BOT_TOKEN": TOKEN, "API_URL": town.api, "CLOCK_URL": town.chat, "DATABASE_URL": url}
        environment["DATA_DIR"] = str(folder)
        named = {f"YISHITING_{name}": value for name, value in environment.items()}
        yield town, hall, stack.enter_context(process("-m", "bot", "run", **named))


async def hands(folder: Path, url: str) -> dict[str, Any]:
    """Five hundred people want to speak within ten seconds."""
    async with serving(crowd.PEOPLE, folder, url, discussing=True) as (_, hall, _bot):
        found = await crowd.raises_hands(hall, await posted(hall, f"举手{FOR}"))
        return found | {"remarks": list(hall.ledger.remarks)}


async def votes(people: int, folder: Path, url: str) -> dict[str, Any]:
    """One hand of each of so many stakeholders, in turns with the plain handler: a slow spell falls on both."""
    async with bare(people) as (ceiling, taps), serving(people, folder, url) as (town, hall, bot):
        seen = await posted(hall, f"✋ {FOR}")
        # Warm up as the bare handler does, with taps that are answered and store nothing.
        stale = Seen(seen.chat, seen.message_id, "x")
        await Rate(hall, bot.pid).drive([Tap(key, stale) for key in town.keys[:WARM_UP]])
        ours, hands = Rate(hall, bot.pid), [Tap(key, seen) for key in town.keys]
        for first in range(0, people, TURN):
            await ceiling.drive(taps[first : first + TURN])
            await ours.drive(hands[first : first + TURN])
            await asyncio.sleep(REST_SECONDS)
        board = await crowd.board_says(hall, f"已举手 {people} 人", monotonic())
        held = hall.ledger.opens_ballot("rules")
        held.calling = FOR
        for key, answer in zip(town.keys, ours.answers, strict=True):
            hall.ledger.votes(key, FOR, answer)
        return _speed(ceiling, ours) | {
            "memory_mb": peak_memory(bot.pid),
            "toasts": len(held.codes),
            "hall": hall,
            "board": board,
            "group_calls": await crowd.most_in_a_minute(hall),
        }


def peak_memory(pid: int) -> int:
    """The most resident memory the process ever had, MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


async def measure(people: int) -> int:
    """The vote beside the plain handler, then the crowd."""
    with tempfile.TemporaryDirectory() as folder:
        place, given = Path(folder), os.environ.get("YISHITING_BENCH_DATABASE_URL")
        url = given or f"sqlite:///{folder}/bench.db"
        ours = await votes(people, place, url)
        stored, synchronous = stage.stored_votes(url)
        found = stage.differences(url, ours.pop("hall"))
        # The crowd has a database of its own, always a file: what it measures is the way, not the database.
        apart = f"sqlite:///{folder}/crowd.db"
        many = await hands(place, apart)
        board, group_calls = ours.pop("board"), ours.pop("group_calls")
        figures = (
            {"database": url.split(":")[0], "synchronous": synchronous, "people": people}
            | ours
            | {"votes_stored": stored}
            | _crowd(many, stage.stored_hands(apart), board, group_calls)
            | {"differences": len(found) + len(many["remarks"])}
        )
    for line in [*found, *many["remarks"]]:
        print(line)
    print(json.dumps(figures, ensure_ascii=False))
    right = ours["toasts"] == stored == people and not figures["differences"] and crowd.fits(figures)
    return 0 if right else 1


def _speed(ceiling: Rate, ours: Rate) -> dict[str, Any]:
    """Votes beside the ceiling."""
    return {
        "bare_updates_per_s": round(ceiling.per_second, 1),
        "vote_updates_per_s": round(ours.per_second, 1),
        "vote_ratio": round(ours.per_second / ceiling.per_second, 3),
        "bare_cpu_us": ceiling.cpu_us,
        "vote_cpu_us": ours.cpu_us,
        "toast_p50_ms": ours.slower_than(0.5),
        "toast_p99_ms": ours.slower_than(0.99),
    }


def _crowd(many: dict[str, Any], stored: int, board: float, group_calls: int) -> dict[str, Any]:
    """Five hundred hands within ten seconds, when the boards were right, and what the group cost at most."""
    return {
        "hands_people": crowd.PEOPLE,
        "hands_acknowledged": many["acknowledged"],
        "hands_stored": stored,
        "hands_p99_ms": round(many["p99"], 1),
        "hands_board_s": round(many["board"], 1),
        "vote_board_s": round(board, 1),
        "group_calls_a_minute": max(group_calls, many["group_calls"]),
    }


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    return asyncio.run(measure(parser.parse_args().people))


if __name__ == "__main__":
    sys.exit(main())
