"""What a text is found by, what somebody asks for, and the sentence to show: both scripts, short words, dates.

Where texts are kept and looked up is `storage.search`; this module knows only words. A text is found by its characters,
by every two of them that stand together, by words in letters or figures, and by the dates it bears or names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from services.text.cutting import Cutter
from services.text.normal import Plain, normaliser

LONGEST_QUERY: Final = 100
MOST_WORDS: Final = 8
MARK: Final = "#"
"""Begins what a text is found by besides its words; no word has it."""
_LONGEST_TOKEN: Final = 40
_SHOWN: Final = 90
_BEFORE: Final = 24
_RUN: Final = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_DATE: Final = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*[年./-]\s*)?(?P<month>\d{1,2})\s*(?:月\s*(?:(?P<day>\d{1,2})\s*[日号]?)?"
    r"|[./-]\s*(?P<other_day>\d{1,2}))(?!\d)|(?P<only_year>(?:19|20)\d\d)\s*年"
)


class Day(NamedTuple):
    """A date as somebody writes it: any part may be open (None), but not all."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def token(self) -> str:
        """What texts of this date are found by."""
        parts = (f"{self.year:04}" if self.year else "", f"{self.month:02}" if self.month else "")
        return f"{MARK}d{'-'.join((*parts, f'{self.day:02}' if self.day else ''))}"

    def wider(self) -> set[str]:
        """Every token of this date with some of its parts left open."""
        year, month, day = self
        shapes = {self, Day(year, month, None), Day(None, month, day), Day(None, month, None), Day(year, None, None)}
        return {shape.token for shape in shapes if shape.year or shape.month}


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for: words in the one form, and dates as tokens. Nothing to look for is falsy."""

    words: tuple[str, ...]
    days: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.days)


class Passage(NamedTuple):
    """A stretch of the text as it was written, and whether it was looked for."""

    text: str
    found: bool


def tokens(plain: str, on: date) -> str:
    """What a text in the one form is found by, each once, in one line; ``on``: its date in the community's zone."""
    found: set[str] = Day(on.year, on.month, on.day).wider()
    for day, _ in _days(plain):
        found |= day.wider()
    for run in _RUN.findall(plain):
        found.update(_of_run(run))
    return " ".join(sorted(found))


def word_tokens(word: str) -> tuple[str, ...]:
    """What texts with this word are found by; all of them together may also find texts with its parts elsewhere."""
    return tuple(_of_run(word)) if len(word) == 1 or word.isascii() else _pairs(word)


def _of_run(run: str) -> tuple[str, ...]:
    return (run[:_LONGEST_TOKEN],) if run.isascii() else (*run, *_pairs(run))


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[place : place + 2] for place in range(len(run) - 1))


def question(text: str, cutter: Cutter | None) -> Question:
    """Understand what was typed. Without a cutter, which takes a while to load, words end at blanks and marks only.

    Dates (2026年3月, 3月15日, 2026-03-15) keep to texts of that date or naming it. Empty words are left out.
    """
    plain = normaliser().plain(text[:LONGEST_QUERY]).text
    days = _days(plain)
    for _, written in days:
        plain = plain.replace(written, " ", 1)
    words = cutter.pieces(plain) if cutter is not None else _RUN.findall(plain)
    empty = normaliser().words.empty
    telling = dict.fromkeys(word for word in words if word not in empty)
    return Question(tuple(telling)[:MOST_WORDS], tuple(dict.fromkeys(day.token for day, _ in days)))


def _days(plain: str) -> list[tuple[Day, str]]:
    return [(day, found.group()) for found in _DATE.finditer(plain) if (day := _day(found))]


def _day(found: re.Match[str]) -> Day | None:
    """The date meant; None for what only looks like one, such as floors 3-4."""
    year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
    other, only = found.group("other_day", "only_year")
    if only:
        return Day(int(only), None, None)
    if other:
        day = int(other) if year else 0
    possible = month is not None and 1 <= month <= 12 and (day is None or 1 <= day <= 31)
    return Day(year, month, day) if possible else None


def score(words: Sequence[str], plain: str) -> float:
    """How well a text in the one form answers: long words, words in its first line, words in one sentence."""
    here = [word for word in words if word in plain]
    title = plain.split("\n", 1)[0]
    worth = sum(len(word) * (2 if word in title else 1) for word in here)
    together = max((_within(here, found.group()) for found in _SENTENCE.finditer(plain)), default=0)
    return float(worth + together)


def _within(words: Sequence[str], sentence: str) -> int:
    return sum(word in sentence for word in words)


def passages(words: Sequence[str], text: str, days: Sequence[str] = ()) -> tuple[Passage, ...]:
    """The sentence with most of the words as it was written, cut around the first; the first one if none has any.

    ``days``: tokens of dates; a sentence naming one of them counts as having a word.
    """
    sentences = [found.group().strip() for found in _SENTENCE.finditer(text) if found.group().strip()]
    plains = [normaliser().plain(sentence) for sentence in sentences]
    named = {id(plain): _named(plain.text, days) for plain in plains}
    best = max(plains, key=lambda plain: _within(words, plain.text) + len(named[id(plain)]), default=None)
    return _cut(best, _spans(best, words, named[id(best)])) if best is not None else ()


def _named(plain: str, days: Sequence[str]) -> list[tuple[int, int]]:
    """Where a text in the one form names one of these dates."""
    hits = [(found.span(), _day(found)) for found in _DATE.finditer(plain)] if days else []
    return [span for span, day in hits if day is not None and not day.wider().isdisjoint(days)]


def _cut(plain: Plain, spans: Sequence[tuple[int, int]]) -> tuple[Passage, ...]:
    first = spans[0][0] if spans else 0
    start = max(0, first - _BEFORE) if len(plain.original) > _SHOWN else 0
    end = min(len(plain.original), start + _SHOWN)
    found: list[Passage] = [Passage("…", False)] if start else []
    place = start
    for begin, until in spans:
        if place <= begin and until <= end:
            found += [Passage(plain.original[place:begin], False), Passage(plain.original[begin:until], True)]
            place = until
    found += [Passage(plain.original[place:end], False), Passage("…" if end < len(plain.original) else "", False)]
    return tuple(passage for passage in found if passage.text)


def _spans(plain: Plain, words: Sequence[str], named: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the words and the dates that were named stand in what was written, in order."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    hits = [hit.span() for hit in re.finditer(wanted, plain.text)] if wanted else []
    return [(plain.at[start][0], plain.at[end - 1][1]) for start, end in sorted([*hits, *named])]
