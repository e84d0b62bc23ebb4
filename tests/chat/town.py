"""A town: the sandbox, a community in it, and the bot as it runs in production. Stories are told with its verbs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.app import App, build
from bot.command.demo_world import World
from bot.rehearsal import eyes
from bot.rehearsal.eyes import labels
from bot.rehearsal.wires import RefusedError, Wire, Wires, group_call
from bot.settings import Settings
from storage.database import Database
from storage.types import from_micros

__all__ = ["Answer", "Town", "labels"]
Seen = TypeVar("Seen")
PATIENCE = timedelta(minutes=3)
"""How long somebody waits for a button to appear, in the town's own time."""


@dataclass(frozen=True)
class Answer:
    """What a tap showed."""

    toast: str
    alert: bool = False
    url: str | None = None


class Town:
    """Opened by `tests.chat.stages`; the bot runs between `starts_bot` and `stops_bot`."""

    def __init__(self, settings: Settings, wires: Wires, chat_url: str) -> None:
        self.settings, self.wires, self._chat_url = settings, wires, chat_url
        self.accounts: dict[str, int] = {}
        self.group = self.channel = 0
        self.database = Database(settings.database)
        self.app: App | None = None
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._taps: list[asyncio.Task[Answer]] = []

    async def prepare(self, *, meeting: bool = True) -> None:
        """People, group, channel and the seeded meeting, by the demo's own way; nothing is made twice."""
        places = await World(self.settings, self._chat_url, meeting=meeting).prepare()
        self.accounts, self.group, self.channel = places.accounts, places.group, places.channel

    async def close(self) -> None:
        """Everybody goes home."""
        for tap in self._taps:
            tap.cancel()
        await self.stops_bot()
        self.database.close()
        await self.wires.close()

    async def starts_bot(self) -> None:
        """A new process of the bot, as far as the bot can tell."""
        self._stop, self.app = asyncio.Event(), build(self.settings)
        self._running = asyncio.create_task(self.app.run(self._stop))
        polling = asyncio.create_task(self.app.poller.first_poll.wait())
        await asyncio.wait({polling, self._running}, return_when=asyncio.FIRST_COMPLETED)
        polling.cancel()
        if self._running.done():
            self._running.result()
        await asyncio.gather(self.app.desk.opened.wait(), self.settle())

    async def stops_bot(self) -> None:
        """The bot is stopped as `make run` stops it."""
        self._stop.set()
        if self._running is not None:
            await self._running
        self._running = self.app = None

    @property
    def runs(self) -> bool:
        """Whether the bot is there."""
        return self._running is not None

    # what people do

    async def says(self, who: str, text: str = "", **more: object) -> int:
        """Write into the group; returns the message's id."""
        return await self._post(self.group, who, text, more)

    async def writes(self, who: str, text: str = "", **more: object) -> int:
        """Write to the bot in private."""
        return await self._post(self.accounts[who], who, text, more)

    async def starts(self, who: str, payload: str = "") -> int:
        """Press Start, or open a deep link."""
        return await self.writes(who, f"/start {payload}".strip())

    async def edits(self, who: str, message_id: int, text: str) -> None:
        """Change an own message in the group."""
        body = {"from": self.accounts[who], "text": text}
        await self.wires.ask("PATCH", f"/{self.group}/messages/{message_id}", body)
        await self.settle()

    async def taps(self, who: str, button: str) -> Answer:
        """Tap the newest button with these words in the group or one's private chat; wait for it if need be."""
        chat, message, data = await self._button(who, button)
        return await self._press(chat, {"from": self.accounts[who], "message_id": message, **data})

    async def taps_old(self, who: str, message: Wire, button: str) -> Answer:
        """Tap a button one has seen earlier in the group, whatever has become of its message."""
        found = eyes.button(message, button)
        assert found is not None, f"there was no button {button!r}"
        return await self.forges(who, found["data"], message["id"])

    async def taps_unanswered(self, who: str, button: str) -> "asyncio.Task[Answer]":
        """Tap, and do not wait: the bot may be down, or its answer may get lost."""
        chat, message, data = await self._button(who, button)
        return self.tap_under_way(chat, {"from": self.accounts[who], "message_id": message, **data})

    def tap_under_way(self, chat: int, press: Wire) -> "asyncio.Task[Answer]":
        """A press that somebody waits for elsewhere; cancelled when the town closes."""
        task = asyncio.create_task(self._answer_to(chat, press))
        self._taps.append(task)
        return task

    async def forges(self, who: str, data: str, message_id: int | None = None) -> Answer:
        """Send made-up button data under a message of the group (the board when none is named)."""
        under = message_id if message_id is not None else (await self.board())["id"]
        return await self._press(self.group, {"from": self.accounts[who], "message_id": under, "data": data})

    async def all_tap(self, people: Sequence[str], button: str) -> list[Answer]:
        """Many people tap the same button at once."""
        presses = []
        for who in people:
            chat, message, data = await self._button(who, button)
            presses.append({"chat": chat, "from": self.accounts[who], "message_id": message} | data)
        return await self.presses(presses)

    async def presses(self, presses: list[Wire]) -> list[Answer]:
        """Presses on the wire, all in flight at once."""
        answers = await self.wires.presses(presses)
        await self.settle()
        return [_answer(one) for one in answers]

    async def passes(self, seconds: float) -> None:
        """Time passes; whatever is due on the way happens."""
        await self.wires.advance(seconds, settle=self.runs)

    async def settle(self) -> None:
        """Everybody has done what there is to do at this instant."""
        await self.wires.settle()

    async def quiet(self) -> None:
        """Everything that is decided has been said: time passes as long as messages wait for the limiter."""
        await self.settle()
        began = await self.wires.now()
        while True:
            waiting, due = await self.wires.held_back()
            if not waiting:
                return
            assert (due or await self.now()) - began < PATIENCE, f"{waiting} messages still wait at {due}"
            await self._goes_on(due)

    async def waits_until(self, sql: str, wanted: object = 1) -> None:
        """No more time passes than it takes until this is stored."""
        deadline = await self.wires.now() + PATIENCE
        while self.value(sql) != wanted:
            _, due = await self.wires.held_back()
            assert (due or await self.now()) < deadline, f"{sql} is {self.value(sql)}"
            await self._goes_on(due)

    async def reaches(self, micros: int, plus: float = 0.0) -> None:
        """Time passes until this stored instant, and so many seconds more."""
        await self.wires.until(from_micros(micros), plus=plus)

    # what people see

    async def sees(self, where: str) -> list[Wire]:
        """The messages of the group ("group"), the channel ("channel") or somebody's private chat, oldest first."""
        places = {"group": self.group, "channel": self.channel}
        return await self.wires.messages(places.get(where) or self.accounts[where])

    async def last(self, where: str, words: str = "") -> Wire:
        """The newest message with these words in it; wait for it while messages are held back."""

        async def newest() -> Wire | None:
            found = [one for one in await self.sees(where) if words in one["text"] and one["kind"] != "service"]
            return found[-1] if found else None

        return await self._comes(newest, f"nobody said {words!r} in {where}")

    async def count(self, where: str, words: str) -> int:
        """How many messages have these words in them."""
        return sum(words in one["text"] for one in await self.sees(where) if one["kind"] != "service")

    async def board(self, words: str = "") -> Wire:
        """The pinned board; wait until it says this, in its text or on a button."""

        async def newest() -> Wire | None:
            pinned = [one for one in await self.sees("group") if one["pinned"] and one["kind"] != "service"]
            said = [pinned[-1]["text"], *labels(pinned[-1])] if pinned else []
            return pinned[-1] if any(words in text for text in said) else None

        return await self._comes(newest, f"the board does not say {words!r}")

    async def console(self, who: str) -> Wire:
        """An official's private console."""
        return await self.last(who, "的看板")

    async def mark(self) -> int:
        """A place in the log of calls, to count from."""
        calls = await self.wires.calls()
        return int(calls[-1]["id"]) if calls else 0

    async def group_calls(self, since: int) -> int:
        """Calls that Telegram counts against this group since a mark, refused ones too."""
        return sum(group_call(one) for one in await self.wires.calls(after=since, chat=self.group))

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """The stored truth."""
        return self.database.read_now(lambda uow: uow.rows(sql, values))

    def value(self, sql: str, **values: object) -> Any:
        """The first column of the first row."""
        return self.rows(sql, **values)[0][0]

    def state(self) -> str:
        """The meeting's state."""
        return str(self.value("SELECT state FROM meeting"))

    async def now(self) -> datetime:
        """The town's time."""
        return await self.wires.now()

    # how it is done

    async def _goes_on(self, due: datetime | None) -> None:
        """To the next due instant; without one the bot is at work this very moment: let it finish."""
        await (self.wires.until(due) if due else self.settle())

    async def _post(self, chat: int, who: str, text: str, more: Wire) -> int:
        body = {"from": self.accounts[who]} | ({"text": text} if text else {}) | more
        made = await self.wires.ask("POST", f"/{chat}/messages", body)
        if self.runs:
            await self.settle()
        return int(made["id"])

    async def _press(self, chat: int, press: Wire) -> Answer:
        answer = await self._answer_to(chat, press)
        await self.settle()
        return answer

    async def _answer_to(self, chat: int, press: Wire) -> Answer:
        return _answer(await self.wires.ask("POST", f"/{chat}/press", press))

    async def _button(self, who: str, button: str) -> tuple[int, int, Wire]:
        async def newest() -> tuple[int, int, Wire] | None:
            for chat in (self.group, self.accounts[who]):
                for message in reversed(await self.wires.messages(chat)):
                    if (found := eyes.button(message, button)) is not None:
                        return chat, message["id"], {"button": found["text"]}
            return None

        return await self._comes(newest, f"{who} sees no button {button!r}")

    async def _comes(self, look: Callable[[], Awaitable[Seen | None]], otherwise: str) -> Seen:
        """What is looked for, as soon as it is there; time passes while messages wait for the limiter."""
        deadline = await self.wires.now() + PATIENCE
        while (seen := await look()) is None:
            waiting, due = await self.wires.held_back()
            if not waiting or (due or await self.now()) >= deadline:
                await self.settle()  # the last message may come between the look and the question
                seen = await look()
                assert seen is not None, f"{otherwise}; {waiting} wait, next at {due}"
                return seen
            await self._goes_on(due)
        return seen


def _answer(body: Wire) -> Answer:
    if "error" in body:
        raise RefusedError(409, body["error"])
    return Answer(body.get("toast") or "", bool(body.get("alert")), body.get("url"))
