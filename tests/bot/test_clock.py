"""The clock is steady on a real machine and exact in the sandbox, and never says idle too early."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.clock import ClockUnreachableError, SandboxClock, SystemClock
from bot.sandbox.server import Sandbox, running
from tests.support.clock import START, HandClock


class Dial:
    """A wall and a steady clock that a test sets."""

    def __init__(self) -> None:
        self.wall, self.steady = START.timestamp(), 100.0

    def clock(self) -> SystemClock:
        """A system clock that reads this dial."""
        return SystemClock(lambda: self.wall, lambda: self.steady)

    def pass_time(self, seconds: float, wall: float | None = None) -> None:
        """Steady time passes; the wall may have another opinion."""
        self.steady += seconds
        self.wall += seconds if wall is None else wall


async def test_between_ticks_only_the_steady_clock_counts() -> None:
    dial = Dial()
    clock = dial.clock()
    dial.pass_time(10, wall=-3600)
    assert clock.now() == START + timedelta(seconds=10)


@pytest.mark.parametrize(("wall", "expected"), [(12.0, 12.0), (8.0, 10.0), (10.0, 10.0)])
async def test_a_small_drift_is_followed_but_never_backwards(wall: float, expected: float) -> None:
    dial = Dial()
    clock = dial.clock()
    dial.pass_time(10, wall=wall)
    assert clock.tick() == timedelta()
    assert clock.now() == START + timedelta(seconds=expected)


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
async def test_a_wall_jump_is_told(jump: float) -> None:
    dial = Dial()
    clock = dial.clock()
    told: list[datetime] = []

    async def note() -> None:
        told.append(clock.now())

    clock.on_jump(note)
    dial.pass_time(1, wall=1 + jump)
    assert clock.tick() == timedelta(seconds=jump)
    assert told == []
    await clock.jumped()
    assert told == [START + timedelta(seconds=1 + jump)]


async def test_waiting_ends_with_the_event_or_the_instant() -> None:
    clock = HandClock()
    event = asyncio.Event()
    assert await clock.wait(event, START) is False
    until = asyncio.create_task(clock.wait(event, START + timedelta(hours=2)))
    forever = asyncio.create_task(clock.wait(event))
    await asyncio.sleep(0.01)
    await clock.move(7200)
    assert await until is False
    assert not forever.done()
    event.set()
    assert await forever is True


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox with a clock to move."""
    async with running() as made:
        yield made


@pytest.fixture
async def follower(sandbox: Sandbox) -> AsyncIterator[SandboxClock]:
    """A clock that follows it."""
    clock = SandboxClock(sandbox.chat_url, "bot")
    await clock.start()
    yield clock
    await clock.stop()


async def chat(sandbox: Sandbox, path: str, **body: Any) -> httpx.Response:
    """Ask the chat side."""
    async with httpx.AsyncClient(timeout=60) as http:
        return await http.post(f"{sandbox.chat_url}/chat{path}", json=body)


async def test_it_follows_the_sandbox_and_runs_callbacks_before_time_goes_on(
    sandbox: Sandbox, follower: SandboxClock
) -> None:
    gauge = follower.gauge()
    begun = follower.now()
    seen: list[timedelta] = []

    async def note() -> None:
        seen.append(follower.now() - begun)
        gauge.due(begun + timedelta(minutes=2) if len(seen) == 1 else None)

    gauge.due(begun + timedelta(minutes=1))
    follower.on_jump(note)
    await follower.announce()
    answer = await chat(sandbox, "/clock", advance=300)
    assert answer.status_code == 200
    assert [round(passed.total_seconds() / 60) for passed in seen] == [1, 2, 5]
    theirs = datetime.fromisoformat(answer.json()["now"]).astimezone(UTC)
    assert abs(follower.now() - theirs) < timedelta(seconds=1)


async def test_a_busy_gauge_holds_the_clock(sandbox: Sandbox, follower: SandboxClock) -> None:
    gauge = follower.gauge()
    gauge.enter()
    await follower.announce()
    moving = asyncio.create_task(chat(sandbox, "/clock", advance=60))
    await asyncio.sleep(0.3)
    assert not moving.done()
    gauge.leave()
    assert (await moving).status_code == 200


async def test_what_is_due_and_not_yet_done_is_not_idle(sandbox: Sandbox, follower: SandboxClock) -> None:
    gauge = follower.gauge()
    gauge.due(follower.now() - timedelta(seconds=1))
    await follower.announce()
    refused = await chat(sandbox, "/settle", timeout=0.5)
    assert refused.status_code == 504
    gauge.due(None)
    assert (await chat(sandbox, "/settle", timeout=5)).status_code == 200


async def test_announce_returns_only_when_the_sandbox_knows(sandbox: Sandbox, follower: SandboxClock) -> None:
    gauge = follower.gauge()
    assert (await chat(sandbox, "/settle")).status_code == 200
    gauge.enter()
    await follower.announce()
    async with httpx.AsyncClient() as http:
        state = (await http.get(f"{sandbox.chat_url}/chat/clock")).json()
    assert state["reporters"]["bot"]["idle"] is False
    gauge.leave()


async def test_no_clock_is_said_plainly() -> None:
    with pytest.raises(ClockUnreachableError, match="no clock at"):
        await SandboxClock("http://127.0.0.1:9", "bot").start()
