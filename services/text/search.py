"""Search over topics, notices, minutes and agreed opinions: both scripts, words of two characters, dates.

The index is in memory and the same over either database: 50,000 texts take some 50 MB and are asked within
milliseconds. Whoever holds it fills it at start, off the loop, and after each act that changes a text.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from threading import Lock
from typing import Final, NamedTuple

from services.text.features import Finder

LIMIT: Final = 10
LONGEST_QUERY: Final = 100
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*[年./-]\s*)?(?P<month>\d{1,2})\s*(?:月\s*(?:(?P<day>\d{1,2})\s*[日号]?)?"
    r"|[./-]\s*(?P<other_day>\d{1,2}))(?!\d)|(?P<only_year>(?:19|20)\d\d)\s*年"
)
_HALF_LIFE_DAYS = 365.0


class Source(NamedTuple):
    """Where a text stands: ``kind`` is topic, notice, minutes or opinion; ``number`` is the row's id there."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found, the sentence to show, and its score; only hits of one search compare."""

    source: Source
    on: date
    sentence: str
    score: float


class Day(NamedTuple):
    """A date as somebody asks for it: any part may be open (None)."""

    year: int | None
    month: int | None
    day: int | None

    def fits(self, on: date) -> bool:
        """Whether a date is meant by this one."""
        return (
            (self.year is None or self.year == on.year)
            and (self.month is None or self.month == on.month)
            and (self.day is None or self.day == on.day)
        )


@dataclass(frozen=True, slots=True)
class _Text:
    source: Source
    on: date
    sentences: tuple[str, ...]
    plain: str


class _Shelf:
    """The texts of one community, by the characters in them."""

    def __init__(self) -> None:
        self.texts: list[_Text | None] = []
        self.places: dict[Source, int] = {}
        self.holding: dict[str, array[int]] = {}
        self.dated: dict[date, array[int]] = {}

    def put(self, text: _Text) -> None:
        self.drop(text.source)
        place = len(self.texts)
        self.texts.append(text)
        self.places[text.source] = place
        self.dated.setdefault(text.on, array("I")).append(place)
        for character in set(text.plain):
            self.holding.setdefault(character, array("I")).append(place)

    def drop(self, source: Source) -> None:
        place = self.places.pop(source, None)
        if place is not None:
            self.texts[place] = None  # what stands in ``holding`` is passed over

    def of_day(self, day: Day, written: str) -> set[int]:
        """Places of the texts of a date, or naming it as it was written."""
        dated = {place for on, places in self.dated.items() if day.fits(on) for place in places}
        return dated.union(self.having(written))

    def having(self, word: str) -> list[int]:
        """Places of the texts with this word: those with its rarest character, looked through."""
        rarest = min((self.holding.get(character, array("I")) for character in word), key=len)
        texts = self.texts
        return [place for place in rarest if (text := texts[place]) is not None and word in text.plain]


class SearchIndex:
    """Texts of all communities; every search says within which. Safe from several threads."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._shelves: dict[int, _Shelf] = {}
        self._lock = Lock()

    def put(self, community: int, source: Source, on: date, text: str) -> None:
        """Add a text, or replace what was there from the same source. ``on`` is its date in the community's zone."""
        sentences = tuple(found.group().strip() for found in _SENTENCE.finditer(text) if found.group().strip())
        plain = "\n".join(self._finder.normal.plain(sentence).text.replace("\n", " ") for sentence in sentences)
        with self._lock:
            self._shelves.setdefault(community, _Shelf()).put(_Text(source, on, sentences, plain))

    def drop(self, community: int, source: Source) -> None:
        """Forget a text; one that is not there is no error."""
        with self._lock:
            if community in self._shelves:
                self._shelves[community].drop(source)

    def search(self, query: str, communities: Collection[int], today: date, limit: int = LIMIT) -> tuple[Hit, ...]:
        """The best texts with all the words, or with any where none has all; newer ones first among equals.

        Dates in the query (2026年3月, 3月15日, 2026-03-15) keep to texts of that date or naming it. A query without
        a telling word or a date finds nothing.
        """
        days, words = self._understood(query[:LONGEST_QUERY])
        if not days and not words:
            return ()
        with self._lock:
            shelves = [self._shelves[community] for community in communities if community in self._shelves]
            found = [one for shelf in shelves for one in _found(shelf, words, days, today)]
        most = max((count for count, _, _ in found), default=0)
        best = nlargest(limit, ((score, text) for count, score, text in found if count == most), key=_rank)
        return tuple(Hit(text.source, text.on, _sentence(text, words), round(score, 4)) for score, text in best)

    def _understood(self, query: str) -> tuple[list[tuple[Day, str]], tuple[str, ...]]:
        plain = self._finder.normal.plain(query).text
        days = [(day, found.group()) for found in _DATE.finditer(plain) if (day := _day(found))]
        rest = plain
        for _, written in days:
            rest = rest.replace(written, " ", 1)
        words = self._finder.cutter.pieces(rest)
        return days, tuple(dict.fromkeys(word for word in words if word not in self._finder.words.empty))


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


def _found(
    shelf: _Shelf, words: tuple[str, ...], days: Sequence[tuple[Day, str]], today: date
) -> Iterator[tuple[int, float, _Text]]:
    """Texts with how many of the words they have, the most that any has, and their score."""
    scores: dict[int, float] = {}
    counts: Counter[int] = Counter()
    for word in words:
        places = shelf.having(word)
        worth = len(word) * math.log(1 + len(shelf.texts) / (1 + len(places)))
        counts.update(places)
        for place in places:
            scores[place] = scores.get(place, 0.0) + worth
    fitting = [shelf.of_day(day, written) for day, written in days]
    if not words:
        scores = dict.fromkeys(set.intersection(*fitting), 0.0)
    most = max(counts.values(), default=0)
    for place, score in scores.items():
        text = shelf.texts[place]
        if text is not None and counts[place] == most and all(place in places for places in fitting):
            age = max(0, (today - text.on).days)
            yield most, score + 0.5 ** (age / _HALF_LIFE_DAYS), text


def _rank(found: tuple[float, _Text]) -> tuple[float, date, str, int]:
    score, text = found
    return score, text.on, *text.source


def _sentence(text: _Text, words: tuple[str, ...]) -> str:
    """The sentence with most of the words; the first one when none has any."""
    plain = text.plain.split("\n")
    numbers = range(len(text.sentences))
    best = max(numbers, key=lambda number: (sum(word in plain[number] for word in words), -number), default=None)
    return text.sentences[best] if best is not None else ""
