"""Civility (5.5.2 e): where a message stands between being said and a person looking at it. Nothing here punishes."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from procedure.errors import RuleBroken

CLAUSE: Final = "5.5.2 e"
FLAGS_SHOWN: Final = 3
SENTENCE_LIMIT: Final = 80
"""So many characters of what was said are shown around the words that caused the flag."""
_ENDS: Final = "。!?!?;;\n…"

Span = tuple[int, int]
"""From and to, in characters of the text that was kept."""


class ReadingState(StrEnum):
    """Whether a message has been read for civility; the last three say why it never was."""

    UNREAD = "unread"
    CLEAR = "clear"
    FLAGGED = "flagged"
    ERASED = "erased"
    OVER = "over"
    UNREADABLE = "unreadable"


class FlagKind(StrEnum):
    """What a message looks like; the chair decides what it is."""

    ATTACK = "ATTACK"
    MOTIVE = "MOTIVE"
    THREAT = "THREAT"


class FlagState(StrEnum):
    """Open until the chair has given a reminder or let it be."""

    OPEN = "open"
    REMINDED = "reminded"
    DISMISSED = "dismissed"


def spans_of(text: str, pieces: Iterable[str], start: int = 0) -> list[Span]:
    """Where the pieces stand from ``start`` on, each looked for behind the one before, or else from ``start``.

    What is not there is left out.
    """
    found: list[Span] = []
    after = start
    for piece in filter(None, pieces):
        place = text.find(piece, after)
        if place < 0:
            place = text.find(piece, start)
        if place >= 0:
            after = place + len(piece)
            found.append((place, after))
    return found


def own_part(text: str, quoted: Sequence[Sequence[int]]) -> str:
    """The sender's own words: what they quote of others becomes empty lines, every other character keeps its place."""
    for start, end in quoted:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def sentence(text: str, spans: Sequence[Sequence[int]], limit: int = SENTENCE_LIMIT) -> str:
    """The sentence in which the first of the spans stands, cut around it to ``limit`` characters."""
    start, end = min(((one[0], one[1]) for one in spans), default=(0, 0))
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    last = min((place + 1 for mark in _ENDS if (place := text.find(mark, end)) >= 0), default=len(text))
    if last - first > limit:
        first = max(first, start - limit // 4)
        last = min(last, first + limit)
    return text[first:last].strip()


def check_flag(*, of_this_sitting: bool, own: bool, state: str) -> None:
    """Raises RuleBroken no_flag for another meeting's or day's, own_flag for one's own words, flag_handled."""
    if not of_this_sitting:
        raise RuleBroken("no_flag", CLAUSE)
    if own:
        raise RuleBroken("own_flag", CLAUSE)
    if state != FlagState.OPEN:
        raise RuleBroken("flag_handled", CLAUSE)
