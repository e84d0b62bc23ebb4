"""The hall: what people do in the chats and what they see there, over the wire."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bot.rehearsal import eyes, people
from bot.rehearsal.eyes import Board, Wire
from bot.rehearsal.hours import Hours
from bot.rehearsal.ledger import Ledger
from bot.rehearsal.people import Resident
from bot.rehearsal.wires import Wires

IN_FLIGHT = 100
TRIES = 5
PATIENCE = timedelta(minutes=4)
"""How long somebody waits for something to appear, in the meeting's own time."""
ANSWER_SECONDS = 15.0
"""Real seconds before an unanswered tap is repeated."""
LOST_ANSWER_SECONDS, EACH_SECONDS = 1.0, 0.02
"""Where answers get lost on purpose it is repeated sooner: after so long, and so much more for each tap in flight."""
NO_ANSWER = "the bot did not answer"


class StuckError(Exception):
    """The rehearsal cannot go on; str() is one plain line in Chinese."""


class StoppedError(Exception):
    """A chair of flesh and blood ended the meeting early: what there is will be compared."""


@dataclass(frozen=True)
class Seen:
    """A button somebody has seen, whatever has become of its message since."""

    chat: int
    message_id: int
    data: str


@dataclass(frozen=True)
class Tap:
    """Somebody taps a button they have seen."""

    who: str
    seen: Seen


@dataclass(frozen=True)
class Cast:
    """Who is there: accounts by key, labels as the group shows them, the residents and how they behave."""

    accounts: Mapping[str, int]
    labels: Mapping[str, str]
    residents: Sequence[Resident]
    group: int
    bot: int


class Hall:
    """One meeting's group, its people and their ledger. `seed` decides whatever anybody decides.

    `took`: real milliseconds that each tap waited for its answer. `twice`: updates ordered to be delivered twice.
    `following`: who has the board in their private chat too.
    """

    def __init__(
        self, wires: Wires, hours: Hours, cast: Cast, ledger: Ledger, seed: int, tell: Callable[[str], None]
    ) -> None:
        self.wires, self.hours, self.cast, self.ledger, self.seed, self.tell = wires, hours, cast, ledger, seed, tell
        self.practice = False
        self.answers_get_lost = False
        self.took: list[float] = []
        self.twice = 0
        self.following: list[str] = []
        self._since = 0

    def dice(self, about: str) -> Random:
        """Chance for one matter: what is drawn here moves nothing anywhere else."""
        return people.dice(f"{self.seed}:{about}")

    # what people see

    async def messages(self) -> list[Wire]:
        """The group's messages from the newest board on, oldest first."""
        found = await self.wires.messages(self.cast.group, after=max(self._since - 1, 0))
        newest = eyes.board(found, self.cast.bot)
        if newest is not None:
            self._since = newest.id
        return found

    async def board(self) -> Board:
        """The newest board; waited for while there is none. Raises StoppedError when it says the meeting stands."""
        deadline = await self.hours.now() + PATIENCE
        while True:
            await self.hours.settle()
            newest = eyes.board(await self.messages(), self.cast.bot)
            if newest is not None:
                if newest.mark in eyes.STOPPED:
                    raise StoppedError
                return newest
            await self._waits("群里的看板", deadline)

    async def on_board(self, words: str) -> Seen:
        """A button of the group's newest board."""
        deadline = await self.hours.now() + PATIENCE
        while True:
            newest = await self.board()
            found = eyes.button(newest.message, words)
            if found is not None:
                return Seen(self.cast.group, newest.id, found["data"])
            await self._waits(f"看板上的「{words}」", deadline)

    async def sees(self, who: str, wanted: Callable[[str], bool], what: str) -> tuple[str, Seen]:
        """The newest button in somebody's private chat with words that are wanted; waited for."""
        deadline = await self.hours.now() + PATIENCE
        chat = self.cast.accounts[who]
        while True:
            await self.hours.settle()
            for message in reversed(await self.wires.messages(chat, viewer=chat)):
                for one in eyes.buttons(message):
                    if wanted(one["text"]) and "data" in one:
                        return one["text"], Seen(chat, message["id"], one["data"])
            await self._waits(f"{who} 私聊里的「{what}」", deadline)

    async def becomes(self, done: Callable[[Board], bool], what: str) -> Board:
        """The board, once it shows what is waited for."""
        deadline = await self.hours.now() + PATIENCE
        while not done(found := await self.board()):
            await self._waits(what, deadline)
        return found

    async def _waits(self, what: str, deadline: datetime) -> None:
        if await self.hours.now() > deadline:
            raise StuckError(f"等了 {PATIENCE.seconds // 60} 分钟，没有等到：{what}")
        await self.hours.goes_on()

    # what people do

    async def taps(self, taps: Sequence[Tap]) -> list[str]:
        """All tap in this order, many at once; who gets no answer taps again. The answers, in the same order."""
        told = [""] * len(taps)
        waiting = list(range(len(taps)))
        patience = LOST_ANSWER_SECONDS + EACH_SECONDS * len(taps) if self.answers_get_lost else ANSWER_SECONDS
        for _ in range(TRIES):
            if not waiting:
                break
            presses = [self._press(taps[place]) for place in waiting]
            found = await self.wires.presses(presses, in_flight=IN_FLIGHT, patience=patience)
            self.took += [answer["ms"] for answer in found]
            for place, answer in zip(waiting, found, strict=True):
                told[place] = answer.get("toast") or answer.get("error") or ""
            waiting = [place for place in waiting if told[place] == NO_ANSWER]
        for place in waiting:
            self.ledger.remark(f"{taps[place].who} 点了 {TRIES} 次，一直没有回答")
        return told

    async def tap(self, who: str, seen: Seen) -> str:
        """One tap."""
        return (await self.taps([Tap(who, seen)]))[0]

    async def says(self, who: str, text: str, *, official: bool = False) -> int:
        """Words in the group that are no command; the ledger keeps what they are."""
        message = await self.types(who, text)
        self.ledger.said(who, message["id"], datetime.fromisoformat(message["date"]).astimezone(UTC), official=official)
        return int(message["id"])

    async def types(self, who: str, text: str) -> Wire:
        """Words in the group, whatever they mean."""
        body = {"from": self.cast.accounts[who], "text": text}
        made: Wire = await self.wires.ask("POST", f"/{self.cast.group}/messages", body)
        return made

    async def writes(self, who: str, text: str) -> None:
        """Words to the bot in private."""
        account = self.cast.accounts[who]
        await self.wires.ask("POST", f"/{account}/messages", {"from": account, "text": text})
        await self.hours.settle()

    def _press(self, tap: Tap) -> Wire:
        seen = tap.seen
        account = self.cast.accounts[tap.who]
        return {"chat": seen.chat, "from": account, "message_id": seen.message_id, "data": seen.data}
