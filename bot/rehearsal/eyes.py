"""What stands in a chat, as somebody who looks at it understands it: buttons by their words, the board by its head."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.rehearsal.people import STANCES

Wire = dict[str, Any]
HEAD: Final = re.compile(r"(\S+) \S+ · 第 \d+ 号议题")
_UNTIL: Final = re.compile(r"至 (\d\d):(\d\d):(\d\d)")
_FLOOR: Final = re.compile(r"🎤 (?:请 )?(.+)")
CHECK_IN, RULES, OPEN, EXPLAINED, DISCUSSION, WORDING, VOTE, RESULT = "📝", "📜", "🔔", "🙋", "💬", "✍️", "🗳", "📊"
STOPPED: Final = ("⏸", "✋", "🔀")
"""Adjourned, suspended, diverted: states a rehearsed meeting only comes to by a chair of flesh and blood."""


def buttons(message: Wire) -> list[Wire]:
    """All buttons of a message in the order in which they are read."""
    return [one for row in message["buttons"] for one in row]


def labels(message: Wire) -> list[str]:
    """The words on a message's buttons."""
    return [one["text"] for one in buttons(message)]


def button(message: Wire, words: str) -> Wire | None:
    """The button with these words, an emoji before them or not; words ending in … are a beginning."""
    return next((one for one in buttons(message) if same(one["text"], words)), None)


def same(text: str, wanted: str) -> bool:
    """Whether a button reads like this, an emoji before it or not; words ending in … are a beginning."""
    if wanted.endswith("…"):
        return text.startswith(wanted[:-1]) or text.partition(" ")[2].startswith(wanted[:-1])
    return text == wanted or text.endswith(f" {wanted}")


@dataclass(frozen=True)
class Board:
    """The group's newest board."""

    id: int
    mark: str
    text: str
    message: Wire

    @property
    def calling(self) -> str | None:
        """The stance that is called for; "any" while hands may be corrected; None when no vote runs."""
        shown = [one for one in STANCES if button(self.message, f"✋ {one}") is not None]
        return "any" if len(shown) == len(STANCES) else shown[0] if shown else None

    @property
    def floor(self) -> str | None:
        """The line of whoever has the floor, granted or running."""
        found = _FLOOR.search(self.text)
        return found[1] if found else None

    @property
    def until(self) -> tuple[int, int, int] | None:
        """Hour, minute and second at which the running turn ends, once its clock runs."""
        found = _UNTIL.search(self.floor or "")
        return (int(found[1]), int(found[2]), int(found[3])) if found else None


def board(messages: Iterable[Wire], bot: int) -> Board | None:
    """The newest board among a group's messages, oldest first."""
    found = None
    for one in messages:
        if one["from"] == bot and (head := HEAD.match(one["text"])) is not None:
            found = Board(one["id"], head[1], one["text"], one)
    return found


def named(line: str, names: Sequence[str]) -> str | None:
    """Whose label this line begins with; the longest that fits."""
    fitting = [one for one in names if line.startswith(one)]
    return max(fitting, key=len, default=None)
