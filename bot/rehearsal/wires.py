"""The sandbox's chat side and its controls, over HTTP: what a story or a rehearsal does to the world
goes through here."""

from datetime import UTC, datetime
from typing import Any

import aiohttp

PATIENCE = 600
"""Real seconds for one request: a move of the clock walks through everything that is due on its way."""
Wire = dict[str, Any]
GROUP_METHODS = ("send", "edit", "copy", "forward", "pin", "unpin")


class RefusedError(Exception):
    """The sandbox said no: `status` and its plain reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status, self.reason = status, reason


class Wires:
    """One HTTP session with the sandbox."""

    def __init__(self, chat_url: str) -> None:
        self._url = chat_url
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))

    async def close(self) -> None:
        """Hang up."""
        await self._session.close()

    async def ask(self, verb: str, path: str, body: object = None, **query: object) -> Any:
        """One request; raises RefusedError for anything but 2xx."""
        given = {name: str(value) for name, value in query.items() if value is not None}
        async with self._session.request(verb, f"{self._url}/chat{path}", json=body, params=given) as response:
            answer = await response.json()
            if response.status >= 300:
                raise RefusedError(response.status, str(answer.get("error")))
            return answer

    async def now(self) -> datetime:
        """The sandbox's present, aware, UTC."""
        return datetime.fromisoformat((await self.ask("GET", "/clock"))["now"]).astimezone(UTC)

    async def settle(self) -> None:
        """Return when everybody has done everything there is to do at this instant."""
        await self.ask("POST", "/settle", {})

    async def advance(self, seconds: float, *, settle: bool = True) -> None:
        """Let time pass, from one due instant to the next; `settle=False` is one jump that nobody has to follow."""
        await self.ask("POST", "/clock", {"advance": seconds, "settle": settle})

    async def until(self, instant: datetime, *, plus: float = 0.0) -> None:
        """Let time pass until an instant and so many seconds more; no time when that is over."""
        left = (instant - await self.now()).total_seconds() + plus
        await (self.advance(left) if left > 0 else self.settle())

    async def set_clock(self, iso: str) -> None:
        """Put the clock to an instant, backwards too; nobody has to follow."""
        await self.ask("POST", "/clock", {"to": iso, "settle": False})

    async def held_back(self) -> tuple[int, datetime | None]:
        """How many messages wait for their turn to be sent, and the earliest instant at which a reporter acts.

        No instant while somebody is at work this very moment: what they said last of it is not what they will do.
        """
        reporters = (await self.ask("GET", "/clock"))["reporters"].values()
        if not all(one["idle"] for one in reporters):
            return sum(one.get("waiting", 0) for one in reporters), None
        dues = [datetime.fromisoformat(one["next"]) for one in reporters if one["next"]]
        return sum(one.get("waiting", 0) for one in reporters), min(dues, default=None)

    async def messages(self, chat: int, viewer: int | None = None, after: int = 0) -> list[Wire]:
        """What stands in a chat for this viewer, oldest first, deleted messages left out."""
        found: list[Wire] = await self.ask("GET", f"/{chat}/messages", viewer=viewer, after=after)
        return [one for one in found if not one["deleted"]]

    async def calls(self, *, after: int = 0, chat: int | None = None, method: str | None = None) -> list[Wire]:
        """Bot API calls since a call's number."""
        found: list[Wire] = await self.ask("GET", "/calls", after=after, chat=chat, method=method)
        return found

    async def presses(
        self, presses: list[Wire], *, in_flight: int | None = None, patience: float | None = None
    ) -> list[Wire]:
        """Press in this order, so many unanswered at once (all of them unless told); the answers in the same order.

        `patience`: real seconds to wait for each answer, by default the sandbox's own 15.
        """
        body = {"presses": presses, "in_flight": in_flight or len(presses)}
        found: list[Wire] = await self.ask(
            "POST", "/presses", body | ({} if patience is None else {"patience": patience})
        )
        return found

    async def faults(self, *faults: Wire) -> None:
        """Order faults for coming calls."""
        await self.ask("POST", "/faults", list(faults))


def group_call(call: Wire) -> bool:
    """Whether Telegram counts this call against the group's 20 a minute."""
    return str(call["method"]).lower().startswith(GROUP_METHODS)
