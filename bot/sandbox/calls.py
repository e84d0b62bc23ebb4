"""The log of every Bot API call, and the faults somebody has ordered."""

from collections import deque
from typing import Any

from bot.sandbox.clock import Clock, to_iso
from bot.sandbox.errors import ChatError
from bot.sandbox.model import Wire
from bot.sandbox.params import Upload

KEPT = 200_000
ERRORS = (429, 500, "timeout_before", "timeout_after", "drop", "duplicate_update")


class Calls:
    """What bots have called, newest last; the oldest rows go when there are too many."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rows: deque[Wire] = deque(maxlen=KEPT)
        self._last = 0

    def enter(self, bot: int, method: str, args: dict[str, Any]) -> Wire:
        """A row for a call that has come in; `close` completes it."""
        self._last += 1
        shown = {name: _shown(value) for name, value in args.items()}
        row: Wire = {"id": self._last, "at": to_iso(self._clock.now()), "bot": bot, "method": method}
        row |= {"chat": _chat(args.get("chat_id")), "args": shown, "ok": None}
        self._rows.append(row)
        return row

    def find(self, bot: int | None, method: str | None, chat: int | None, after: int) -> list[Wire]:
        """Rows after an id, by bot, method (any case) and chat."""
        wanted = method.lower() if method else None
        return [
            row
            for row in self._rows
            if row["id"] > after
            and (bot is None or row["bot"] == bot)
            and (wanted is None or row["method"].lower() == wanted)
            and (chat is None or row["chat"] == chat)
        ]


def _shown(value: Any) -> Any:
    if isinstance(value, Upload):
        return {"name": value.name, "mime": value.mime, "size": len(value.content)}
    return value


def _chat(value: Any) -> Any:
    text = str(value)
    return int(text) if text.lstrip("-").isdigit() else value


class Faults:
    """Faults ordered for coming calls, taken in the order they were ordered."""

    def __init__(self) -> None:
        self._ordered: list[Wire] = []

    def order(self, fault: Wire) -> None:
        """Accept one fault. Raises ChatError (400) when it makes no sense."""
        if fault.get("error") not in ERRORS:
            raise ChatError(400, f"error must be one of {', '.join(str(one) for one in ERRORS)}")
        if not isinstance(fault.get("times", 1), int) or fault.get("times", 1) < 1:
            raise ChatError(400, "times must be a whole number above 0")
        if not isinstance(fault.get("method", "*"), str):
            raise ChatError(400, "method must be a name or *")
        for name, kinds in (("chat", (int, type(None))), ("retry_after", (int,)), ("hold", (int, float))):
            if name in fault and not isinstance(fault[name], kinds):
                raise ChatError(400, f"{name} must be a number")
        self._ordered.append({"method": "*", "times": 1} | fault)

    def clear(self) -> None:
        """Forget what has not happened yet."""
        self._ordered.clear()

    def take(self, method: str, chat: Any) -> Wire | None:
        """The fault that hits this call, if any, used up once."""
        for fault in self._ordered:
            meant = fault["method"] == "*" or fault["method"].lower() == method.lower()
            if not meant or (fault.get("chat") is not None and fault["chat"] != _chat(chat)):
                continue
            fault["times"] -= 1
            if not fault["times"]:
                self._ordered.remove(fault)
            return fault
        return None
