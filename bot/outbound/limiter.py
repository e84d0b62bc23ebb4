"""How fast we send: our own limiter for python-telegram-bot, on our clock, with back-off per chat."""

from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from telegram._utils.types import JSONDict
from telegram.ext import BaseRateLimiter

from bot.clock import Clock
from bot.settings import Limits

# Telegram counts when a call arrives, we when it leaves: a second of slack keeps our window inside theirs.
MINUTE = timedelta(seconds=61)
SECOND = timedelta(seconds=1)


class Window:
    """At most `most` calls within any `span`."""

    def __init__(self, most: int, span: timedelta) -> None:
        self.most, self.span = most, span
        self._calls: deque[datetime] = deque(maxlen=most)
        self._out = 0

    def ready_at(self, now: datetime) -> datetime:
        """The earliest instant at which one more call fits; while all places are on their way, a span from now."""
        room = self.most - self._out
        if room <= 0:
            return now + self.span
        return max(now, self._calls[-room] + self.span) if len(self._calls) >= room else now

    def add(self, at: datetime) -> None:
        """A call is made."""
        self._calls.append(at)

    def leaves(self) -> None:
        """A call is on its way: it may arrive at any moment until it is answered."""
        self._out += 1

    def arrived(self, at: datetime) -> None:
        """The newest call counts from when it was there by, not from when it left."""
        if self._calls:
            self._calls[-1] = max(self._calls[-1], at)

    def answered(self, at: datetime) -> None:
        """The call on its way had arrived by then."""
        self._out -= 1
        self._calls.append(at)


class Limiter(BaseRateLimiter[bool]):
    """Overall (boards in private chats a share of it), per group (boards a share of it) and per private chat.

    A 429 holds its own chat only.

    The courier asks `ready_at`, then `reserve`s and passes rate_limit_args=True; any other call waits its turn here.
    """

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits, self._clock = limits, clock
        self._overall = Window(limits.overall_per_second, SECOND)
        # Whoever floods a private chat is answered from this share: a fifth stays for the floor, whatever comes.
        self._answers = Window(limits.overall_per_second - limits.overall_per_second // 5, SECOND)
        self._groups: dict[int, Window] = defaultdict(lambda: Window(limits.group_per_minute, MINUTE))
        self._boards: dict[int, Window] = defaultdict(lambda: Window(limits.boards_per_minute, MINUTE))
        self._private_boards = Window(limits.private_boards_per_second, SECOND)
        burst = timedelta(seconds=limits.private_burst / limits.private_per_second)
        self._private: dict[int, Window] = defaultdict(lambda: Window(limits.private_burst, burst))
        self._held: dict[int, datetime] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    def open_at(self, now: datetime) -> datetime:
        """The earliest instant at which any chat may be called."""
        return self._overall.ready_at(now)

    def ready_at(self, chat_id: int, now: datetime, *, board: bool = False, counted: bool = True) -> datetime:
        """The earliest instant at which this chat may be called; not `counted`: by what makes no message there."""
        at = self._open_at(chat_id, now)
        if not counted:
            return at
        if chat_id > 0:
            at = max(at, self._private[chat_id].ready_at(now))
            return max(at, self._private_boards.ready_at(now)) if board else at
        at = max(at, self._groups[chat_id].ready_at(now))
        return max(at, self._boards[chat_id].ready_at(now)) if board else at

    def answer_at(self, chat_id: int, now: datetime) -> datetime:
        """The earliest instant at which this chat may be answered at once, by a form or a page."""
        return max(self._answers.ready_at(now), self._open_at(chat_id, now))

    def _open_at(self, chat_id: int, now: datetime) -> datetime:
        return max(self._overall.ready_at(now), self._held.get(chat_id, now))

    def count(self, at: datetime) -> None:
        """Count such an answer."""
        self._overall.add(at)
        self._answers.add(at)

    def reserve(self, chat_id: int, at: datetime, *, board: bool = False) -> None:
        """Count a call that is about to be made (or was made before a restart)."""
        self._overall.add(at)
        self._count(chat_id, at, board=board)

    def leaves(self, chat_id: int, at: datetime, *, board: bool = False, counted: bool = True) -> None:
        """A call leaves; whoever makes it says when it is `answered`. Calls that pile up on a slow way do not overrun
        the second in which they all arrive.
        """
        self._overall.leaves()
        if counted:
            self._count(chat_id, at, board=board)

    def answered(self, chat_id: int, at: datetime, *, counted: bool = True) -> None:
        """A call that left for this chat, one at a time, has been answered or given up.

        On a slow way it may have arrived as late as that: Telegram's minute begins there.
        """
        self._overall.answered(at)
        if counted:
            (self._private if chat_id > 0 else self._groups)[chat_id].arrived(at)

    def _count(self, chat_id: int, at: datetime, *, board: bool) -> None:
        (self._private if chat_id > 0 else self._groups)[chat_id].add(at)
        if board:
            (self._private_boards if chat_id > 0 else self._boards[chat_id]).add(at)

    def hold(self, chat_id: int, until: datetime) -> None:
        """Telegram asked us (429) to leave this chat alone for a while."""
        self._held[chat_id] = max(until, self._held.get(chat_id, until))

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: bool | None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Let a reserved call pass; make any other call to a chat wait."""
        chat_id = data.get("chat_id")
        if not rate_limit_args and isinstance(chat_id, int):
            while (at := self.ready_at(chat_id, now := self._clock.now())) > now:
                await self._clock.sleep_until(at)
            self.reserve(chat_id, now)
        return await callback(*args, **kwargs)
