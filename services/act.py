"""The only door: every change of anything goes through `Door.act`, once.

An action is a plain synchronous function `(uow, actor, *, now, **facts) -> Receipt`. It loads, asks procedure/,
records, enqueues; it never commits, sleeps, sends or words a sentence.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from storage.database import Database
from storage.types import to_micros
from storage.work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


class Now(Protocol):
    """What services need of a clock; it must be callable from any thread."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as far as Telegram vouches: the real account id, the update, and its place in the order of arrival."""

    account_id: int | None
    update_id: int | None = None
    arrival: int = 0


SYSTEM = Actor(None)
"""Timers, reminders and deliveries."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an act answers: a code and plain facts, for the views to put into words."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """The form in which receipts are stored."""
        return json.dumps({"code": self.code, "facts": self.facts}, ensure_ascii=False)

    @classmethod
    def from_json(cls, body: str) -> "Receipt":
        """The receipt `to_json` wrote."""
        stored = json.loads(body)
        return cls(stored["code"], stored["facts"])


Action = Callable[..., Receipt]


class Door:
    """Runs actions: one hop to a writer thread, one transaction, the receipt looked up first."""

    def __init__(self, database: Database, clock: Now) -> None:
        self.database = database
        self.clock = clock
        self.on_commit: Callable[[], None] = _nothing

    async def act(self, action: Action, actor: Actor, key: str | None, **facts: Any) -> Receipt:
        """Act once per key (None: the action itself sees to being repeatable).

        Raises RuleBroken when procedure/ refuses; then nothing was changed and no receipt is kept.
        """
        receipt = await self.database.write(partial(self._run, action, actor, key, facts))
        self.on_commit()
        return receipt

    def act_now(self, action: Action, actor: Actor, key: str | None, **facts: Any) -> Receipt:
        """`act` for the command line and tests, in this thread."""
        return self.database.write_now(partial(self._run, action, actor, key, facts))

    async def read(self, fn: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **facts: P.kwargs) -> T:
        """Run fn(uow, …, now=…) on what is committed."""
        return await self.database.read(lambda uow: fn(uow, *args, **(facts | {"now": self.clock.now()})))  # type: ignore[arg-type]

    def _run(self, action: Action, actor: Actor, key: str | None, facts: dict[str, Any], uow: UnitOfWork) -> Receipt:
        if key is not None:
            stored = uow.one("SELECT body FROM receipt WHERE key = :key", {"key": key})
            if stored is not None:
                return Receipt.from_json(stored[0])
        # The clock is read inside the transaction: on the one writer instants are in the order of commits.
        now = self.clock.now()
        receipt = action(uow, actor, now=now, **facts)
        if key is not None:
            uow.raw(
                "INSERT INTO receipt (key, body, at) VALUES (:key, :body, :at)",
                {"key": key, "body": receipt.to_json(), "at": to_micros(now)},
            )
        return receipt


def _nothing() -> None:
    """Nobody waits for commits."""
