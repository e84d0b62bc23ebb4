"""The clock: reports, settling, and moves that overtake nobody."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.conftest import OWNER, Town


class Follower:
    """A program that follows the clock: at each due instant it writes it down, busy for a moment."""

    def __init__(self, town: Town, dues: list[datetime]) -> None:
        self.town, self.dues = town, dues
        self.done: list[tuple[datetime, datetime]] = []

    async def report(self, idle: bool, version: int) -> Any:
        due = self.dues[0].isoformat() if self.dues else None
        body = {"client": "follower", "idle": idle, "next": due, "version": version, "waiting": len(self.dues)}
        return await self.town.ask("POST", "/clock/report", body)

    async def run(self) -> None:
        clock = await self.town.ask("GET", "/clock")
        while True:
            await self.report(False, clock["version"])
            await asyncio.sleep(0.02)
            now = datetime.fromisoformat(clock["now"])
            while self.dues and self.dues[0] <= now:
                self.done.append((self.dues.pop(0), now))
            await self.report(True, clock["version"])
            clock = await self.town.ask("GET", f"/clock?wait=30&version={clock['version']}&client=follower")


async def _now(town: Town) -> datetime:
    return datetime.fromisoformat((await town.ask("GET", "/clock"))["now"])


async def test_a_move_stops_at_every_due_instant(town: Town) -> None:
    start = await _now(town)
    dues = [start + timedelta(minutes=minute) for minute in (1, 5, 5, 600, 5000)]
    follower = Follower(town, list(dues))
    following = asyncio.create_task(follower.run())
    await asyncio.sleep(0.1)
    answer = await town.ask("POST", "/clock", {"advance": 86400})
    assert start + timedelta(days=1) <= datetime.fromisoformat(answer["now"]) < start + timedelta(days=1, seconds=20)
    assert [due for due, _at in follower.done] == dues[:4]
    assert all(at - due < timedelta(seconds=5) for due, at in follower.done)
    assert (await town.ask("GET", "/clock"))["reporters"]["follower"]["waiting"] == 1
    following.cancel()


async def test_the_clock_is_moved_to_a_time(town: Town) -> None:
    target = await _now(town) + timedelta(days=3)
    answer = await town.ask("POST", "/clock", {"to": target.isoformat()})
    assert timedelta() <= datetime.fromisoformat(answer["now"]) - target < timedelta(seconds=5)


@pytest.mark.parametrize("body", [{"advance": -1}, {"advance": "x"}, {}, {"to": "soon"}, {"to": "2020-01-01T00:00"}])
async def test_senseless_moves_are_refused(town: Town, body: Any) -> None:
    await town.ask("POST", "/clock", body, 400)


async def test_before_anything_has_happened_it_may_start_in_the_past(bare: Town) -> None:
    await bare.ask("POST", "/clock", {"to": "2020-03-01T19:30:00+08:00"})
    assert (await _now(bare)).isoformat().startswith("2020-03-01T19:30:0")


async def test_between_moves_time_passes_at_wall_rate(town: Town) -> None:
    first = await _now(town)
    await asyncio.sleep(0.2)
    assert timedelta(seconds=0.19) < await _now(town) - first < timedelta(seconds=5)


async def test_watching_the_clock_answers_at_a_move(town: Town) -> None:
    version = (await town.ask("GET", "/clock"))["version"]
    watch = asyncio.create_task(town.ask("GET", f"/clock?wait=30&version={version}"))
    await asyncio.sleep(0.05)
    assert not watch.done()
    await town.pass_time(10)
    assert (await asyncio.wait_for(watch, 2))["version"] == version + 1
    assert (await asyncio.wait_for(town.ask("GET", f"/clock?wait=30&version={version}"), 2))["version"] == version + 1


async def test_nothing_is_settled_while_an_update_waits(town: Town) -> None:
    await town.say(OWNER, "在吗")
    answer = await town.ask("POST", "/settle", {"timeout": 0.2}, 504)
    assert "updates not confirmed by bots [700001]" in answer["error"]
    settling = asyncio.create_task(town.ask("POST", "/settle"))
    await asyncio.sleep(0.05)
    await town.updates()
    await asyncio.wait_for(settling, 5)


@pytest.mark.parametrize(
    ("report", "words"),
    [({"idle": False}, "is not idle"), ({"idle": True, "version": 0}, "has not seen the clock move")],
)
async def test_nothing_is_settled_while_a_reporter_is_not(town: Town, report: dict[str, Any], words: str) -> None:
    await town.ask("POST", "/clock/report", {"client": "bot", **report})
    waiting = asyncio.create_task(town.ask("POST", "/settle", {"timeout": 0.3}, 504))
    await asyncio.sleep(0.05)
    await town.ask("POST", "/clock/report", {"client": "bot", **report})
    assert words in (await waiting)["error"]
    await town.ask("POST", "/clock/report", {"client": "bot", "idle": True})
    await asyncio.wait_for(town.ask("POST", "/settle"), 5)


async def test_a_reporter_that_is_dead_holds_up_only_once(town: Town) -> None:
    await town.ask("POST", "/clock/report", {"client": "dead", "idle": False})
    await town.ask("POST", "/settle", {"timeout": 0.2}, 504)
    await town.ask("POST", "/settle", {"timeout": 5})
    await town.ask("POST", "/clock/report", {"client": "leaving", "idle": False})
    await town.ask("POST", "/clock/report", {"client": "leaving", "gone": True})
    assert (await town.ask("GET", "/clock"))["reporters"] == {}


@pytest.mark.parametrize("body", [{}, {"client": "a"}, {"client": "a", "idle": 1}, {"client": "a", "next": "x"}])
async def test_senseless_reports_are_refused(town: Town, body: Any) -> None:
    await town.ask("POST", "/clock/report", body, 400)


async def test_a_message_may_wait_for_the_bot(town: Town) -> None:
    posting = asyncio.create_task(town.say(OWNER, "请办", wait=True))
    (update,) = await town.updates(timeout=5)
    assert not posting.done()
    await town.ok("sendMessage", chat_id=OWNER, text="办好了")
    await asyncio.wait_for(posting, 5)
    assert update["message"]["text"] == "请办"
