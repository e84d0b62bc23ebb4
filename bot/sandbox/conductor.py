"""Quiet and time: who reports to be idle, waiting until everything is done, and moving the clock from due to due."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import from_iso, to_iso
from bot.sandbox.errors import ChatError
from bot.sandbox.model import Wire
from bot.sandbox.traffic import Traffic
from bot.sandbox.world import World

QUIET = 0.005
QUIET_WITHOUT_REPORT = 0.1
ACCEPTED_LATE = 1.0
UNWATCHED_FOR = 3.0
SETTLE_SECONDS = 30.0
SMALLEST_STEP = 0.001
LATEST = 2.0**32
JUST_PASSED = 1.0
"""A target this little behind, in seconds, was ahead when it was named: a busy machine has reached it meanwhile."""


@dataclass
class Reporter:
    """A program that follows the clock; `at` in real (monotonic) seconds, `due` since the epoch."""

    idle: bool
    due: float | None
    version: int
    at: float
    extra: Wire = field(default_factory=dict)


class Conductor:
    """Knows when everything is quiet, and moves the clock so that nobody is overtaken."""

    def __init__(self, world: World, traffic: Traffic) -> None:
        self._world = world
        self._traffic = traffic
        self._reporters: dict[str, Reporter] = {}
        self._watching: Counter[str] = Counter()
        self._watched: dict[str, float] = {}
        self._moving = asyncio.Lock()

    def report(self, body: Wire) -> Wire:
        """Take a report. Raises ChatError (400) when it is not understood."""
        client = body.get("client")
        if not isinstance(client, str) or not client:
            raise ChatError(400, "client must be a name")
        if body.get("gone"):
            self._reporters.pop(client, None)
        else:
            self._keep(client, body)
        self._traffic.changed.fire()
        return {"now": self._world.clock.iso(), "version": self._world.clock.version}

    def _keep(self, client: str, body: Wire) -> None:
        due, version = body.get("next"), body.get("version", self._world.clock.version)
        if not isinstance(body.get("idle"), bool) or not isinstance(version, int):
            raise ChatError(400, "idle must be true or false, version a whole number")
        extra = {name: value for name, value in body.items() if name not in ("client", "idle", "next", "version")}
        when = instant(due, "next") if due is not None else None
        self._reporters[client] = Reporter(body["idle"], when, version, _real(), extra)

    def reporters(self) -> dict[str, Wire]:
        """Who reports, as last heard; `age` in real seconds."""
        self._forget_unwatched()
        return {
            name: one.extra
            | {"idle": one.idle, "next": None if one.due is None else to_iso(one.due), "version": one.version}
            | {"age": round(_real() - one.at, 3)}
            for name, one in self._reporters.items()
        }

    def watch(self, client: str, begins: bool) -> None:
        """A reporter's long poll on the clock begins or ends: while it lasts, the reporter is alive."""
        self._watching[client] += 1 if begins else -1
        self._watched[client] = _real()

    def _forget_unwatched(self) -> None:
        now = _real()
        for name, one in list(self._reporters.items()):
            seen = max(self._watched.get(name, now), one.at)
            if not self._watching[name] and now - seen > UNWATCHED_FOR:
                del self._reporters[name]

    def _forget_silent(self, since: float) -> None:
        for name, one in list(self._reporters.items()):
            if self._unready(name, one) and one.at < since and not self._watching[name]:
                del self._reporters[name]

    def busy(self) -> str | None:
        """What is not quiet yet, in words; None when all is."""
        if self._traffic.calls:
            return f"{self._traffic.calls} calls under way"
        waiting = [bot.id for bot in self._world.bots.values() if bot.queue or bot.again]
        if waiting:
            return f"updates not confirmed by bots {waiting}"
        self._forget_unwatched()
        unready = (why for name, one in self._reporters.items() if (why := self._unready(name, one)))
        quiet = QUIET if self._reporters else QUIET_WITHOUT_REPORT
        just_now = "something happened a moment ago" if _real() - self._traffic.last_event < quiet else None
        return next(unready, just_now)

    def _unready(self, name: str, one: Reporter) -> str | None:
        if not one.idle:
            return f"{name} is not idle"
        if one.version < self._world.clock.version:
            return f"{name} has not seen the clock move"
        delivered = self._traffic.last_delivery
        if one.at < delivered and _real() - delivered < ACCEPTED_LATE:
            return f"{name} has not reported since the last update"
        return None

    async def settle(self, timeout: float = SETTLE_SECONDS) -> None:
        """Wait until all is quiet. Raises ChatError (504) after `timeout` real seconds, saying who is not.

        A reporter that kept silent all that time is taken for dead and no longer waited for.
        """
        began = _real()
        while (reason := self.busy()) is not None:
            if _real() > began + timeout:
                self._forget_silent(began)
                raise ChatError(504, f"not settled after {timeout:g} s: {reason}")
            await self._traffic.changed.wait(QUIET)

    async def move(self, target: float, settle: bool = True) -> None:
        """Move the clock to an instant (seconds since the epoch), stopping and settling at each reporter's next.

        Raises ChatError: 400 for an instant in the past once something has happened, 504 when somebody does not settle.
        """
        clock = self._world.clock
        async with self._moving:
            if not settle or (target < clock.now() and self._untouched()):
                self._jump(target - clock.now())
                return
            if target < clock.now() - JUST_PASSED:
                raise ChatError(400, "the clock only goes forward")
            await self.settle()
            while clock.now() < target:
                dues = [d for one in self._reporters.values() if (d := one.due) is not None and d > clock.now()]
                stop = min([target, *dues])
                self._jump(max(stop - clock.now(), SMALLEST_STEP))
                await self.settle()

    def _untouched(self) -> bool:
        chats = (*self._world.chats.values(), *self._world.privates.values())
        return not any(chat.messages for chat in chats)

    def _jump(self, seconds: float) -> None:
        self._world.clock.shift(seconds)
        self._world.save("clock", "offset", {"offset": self._world.clock.offset})
        self._world.flush()
        self._world.tell("clock")


def instant(value: Any, name: str) -> float:
    """Seconds since the epoch for ISO text or a number of them. Raises ChatError (400)."""
    try:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        moment = float(value) if plain else from_iso(value)
    except (TypeError, ValueError, OverflowError):
        raise ChatError(400, f"{name} must be an ISO time") from None
    if not 0 <= moment < LATEST:
        raise ChatError(400, f"{name} must be a time between 1970 and 2106")
    return moment


def _real() -> float:
    return asyncio.get_running_loop().time()
