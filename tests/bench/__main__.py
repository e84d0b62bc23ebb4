"""`make bench`: sandbox and bot in processes of their own, a file database, 100 users in flight.

The last line is one JSON object; exit 1 when a toast has no stored vote or the other way round.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from tests.bench import stage

ROOT = Path(__file__).resolve().parents[2]
BOT = 4200000000
TOKEN = f"{BOT}:bench-bench-bench-bench-bench-bench"
IN_FLIGHT = 100
COUNTED = "回执号"
WARM_UP = 200
TICKS = os.sysconf("SC_CLK_TCK")


class Town:
    """The sandbox process and the calls that the bench makes on it."""

    def __init__(self, api: str, chat: str) -> None:
        self.api, self.chat = api, chat
        self.http = httpx.Client(timeout=600)

    def post(self, path: str, **body: Any) -> Any:
        """POST to the chat side."""
        answer = self.http.post(f"{self.chat}/chat/{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    def method(self, name: str, **body: Any) -> Any:
        """Call a Bot API method."""
        answer = self.http.post(f"{self.api}/bot{TOKEN}/{name}", json=body).json()
        if not answer["ok"]:
            raise RuntimeError(answer["description"])
        return answer["result"]


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


@contextmanager
def sandbox() -> Iterator[Town]:
    """A sandbox of its own."""
    with process("-m", "bot.sandbox", "--api-port", "0", "--chat-port", "0", "--control") as started:
        assert started.stdout is not None
        words = dict(word.split("=") for word in started.stdout.readline().split()[1:])
        yield Town(words["api"], words["chat"])


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def drive(town: Town, pid: int, presses: list[dict[str, Any]]) -> dict[str, Any]:
    """Press with 100 people in flight; rate, CPU per update, and how long the toasts took."""
    before, began = cpu_seconds(pid), monotonic()
    answers = town.post("presses", presses=presses, in_flight=IN_FLIGHT)
    seconds, used = monotonic() - began, cpu_seconds(pid) - before
    times = sorted(answer["ms"] for answer in answers)
    return {
        "per_second": len(presses) / seconds,
        "cpu_us": used * 1_000_000 / len(presses),
        "p50": statistics.median(times),
        "p99": times[len(times) * 99 // 100],
        "answers": answers,
    }


def wait_for(town: Town, chat: int, viewer: int, words: str) -> dict[str, Any]:
    """The message with a button of these words, once the bot has posted it and answers taps."""
    until = monotonic() + 60
    while monotonic() < until:
        for message in town.http.get(f"{town.chat}/chat/{chat}/messages", params={"viewer": viewer}).json():
            for button in (button for row in message["buttons"] or [] for button in row):
                if words in button["text"] and not message["deleted"]:
                    return {"message_id": message["id"], "data": button["data"]}
    raise TimeoutError("the bot posted no vote")


def bare(people: int) -> dict[str, Any]:
    """The plain handler."""
    with sandbox() as town:
        users = [town.post("users", name=f"居民{number}")["id"] for number in range(min(people, 500))]
        town.method("getMe")
        group = town.post("groups", title="bench", kind="supergroup", members=users, admins=[BOT])
        keyboard = {"inline_keyboard": [[{"text": "赞成", "callback_data": "x"}]]}
        message = town.method("sendMessage", chat_id=group["id"], text="bench", reply_markup=keyboard)
        with process("-m", "tests.bench.bare", town.api, TOKEN) as bot:
            one = {"chat": group["id"], "message_id": message["message_id"], "data": "x"}
            presses = [one | {"from": users[number % len(users)]} for number in range(people)]
            drive(town, bot.pid, presses[:WARM_UP])
            return drive(town, bot.pid, presses)


def votes(people: int, folder: Path, url: str) -> dict[str, Any]:
    """One hand of each of so many stakeholders."""
    with ExitStack() as stack:
        town = stack.enter_context(sandbox())
        users = [town.post("users", name=f"居民{number}")["id"] for number in range(people)]
        town.method("getMe")
        group = town.post("groups", title="bench", kind="supergroup", members=users, admins=[BOT])
        now = datetime.fromisoformat(town.http.get(f"{town.chat}/chat/clock").json()["now"])
        stage.prepare(url, chat_id=group["id"], accounts=users, now=now)
        bot = stack.enter_context(
            process(
                "-m",
                "bot",
                "run",
                YISHITING_BOT_TOKEN=TOKEN,
                YISHITING_API_URL=town.api,
                YISHITING_CLOCK_URL=town.chat,
                YISHITING_DATABASE_URL=url,
                YISHITING_DATA_DIR=str(folder),
            )
        )
        found = wait_for(town, group["id"], users[0], "赞成")
        # Warm up as the bare handler does, with taps that are answered and store nothing.
        stale = [found | {"chat": group["id"], "from": user, "data": "x"} for user in users[:WARM_UP]]
        drive(town, bot.pid, stale)
        measured = drive(town, bot.pid, [found | {"chat": group["id"], "from": user} for user in users])
        measured["memory_mb"] = peak_memory(bot.pid)
        return measured


def peak_memory(pid: int) -> int:
    """The most resident memory the process ever had, MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def main() -> int:
    """Bare, votes, bare again: the ratio is to the mean of the two, so that a slow spell of the machine shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("YISHITING_BENCH_DATABASE_URL", f"sqlite:///{folder}/bench.db")
        first = bare(people)
        ours = votes(people, Path(folder), url)
        second = bare(people)
        stored, synchronous = stage.stored_votes(url)
    ceiling = (first["per_second"] + second["per_second"]) / 2
    toasts = sum(COUNTED in (answer.get("toast") or "") for answer in ours["answers"])
    figures = {
        "database": url.split(":")[0],
        "synchronous": synchronous,
        "people": people,
        "bare_updates_per_s": round(ceiling, 1),
        "vote_updates_per_s": round(ours["per_second"], 1),
        "vote_ratio": round(ours["per_second"] / ceiling, 3),
        "bare_cpu_us": round((first["cpu_us"] + second["cpu_us"]) / 2),
        "vote_cpu_us": round(ours["cpu_us"]),
        "toast_p50_ms": round(ours["p50"], 1),
        "toast_p99_ms": round(ours["p99"], 1),
        "memory_mb": ours["memory_mb"],
        "toasts": toasts,
        "votes_stored": stored,
    }
    print(json.dumps(figures, ensure_ascii=False))
    return 0 if toasts == stored == people else 1


if __name__ == "__main__":
    sys.exit(main())
