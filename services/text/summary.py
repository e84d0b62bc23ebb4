"""What was said in a discussion: its keywords, and by side the few sentences that say most of it, word for word.

Nothing is written here: everything returned is a place in a text that somebody sent.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from services.text.features import Finder
from services.text.reader import Reader
from services.text.sentences import sentences

MOST: Final = 5
"""Sentences for each side, however many spoke for it."""
KEYWORDS: Final = 8
FEW: Final = 4
"""What one person alone said is a keyword only as long as there are fewer than so many."""
TOO_LONG: Final = 300
"""A sentence longer than this is quoted only where its side has no other."""
ROOM: Final = 60_000
"""Characters read in all. Where more was said everybody is read up to the same length, from what they said first."""
_COMMON: Final = 7.0
"""A word as common as 问题 says nothing of the matter; a rarer one counts by how much rarer it is."""
_RAREST: Final = 13.0
_LISTED: Final = 1.0
"""What a word of the lists is worth at least, however common it is."""
_PHRASE: Final = 1.3
"""Two words that stand together are worth so many times one of them."""
_NEW: Final = 0.4
"""A sentence of which less than this share is new is a repetition."""
_BREVITY: Final = 0.4
_TELLING: Final = 5000
"""Words worth less than this in all are no more than yes or no."""
_UNKNOWN: Final = 3000
"""What two characters are worth that the dictionary knows only one by one, such as 盲道."""
_NUMERALS: Final = "零一二三四五六七八九十百千万两几半第多来"
_RUDE: Final = ("insult", "fault", "motive", "violence", "threat")


@dataclass(frozen=True, slots=True)
class Said:
    """A version of a message in a turn: the first one or an addendum, in the order of time.

    ``key`` names the version, ``message`` the message, ``side`` the list that the speaker's sentences go to.
    """

    key: int
    message: int
    speaker: int
    side: str
    text: str


class Quotation(NamedTuple):
    """A sentence: characters ``start`` to ``end`` of the version ``key``."""

    key: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or two together, where it was written first, and how many different people used it."""

    place: Quotation
    speakers: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Keywords, the weightiest first; by side its sentences in the order in which they were said."""

    keywords: tuple[Keyword, ...]
    quotations: Mapping[str, tuple[Quotation, ...]]


class _Term(NamedTuple):
    """A word that says something of the matter, in the one form of the text room; ``worth`` in thousandths."""

    name: str
    worth: int
    place: Quotation


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: Quotation
    speaker: int
    text: str
    terms: tuple[_Term, ...]
    names: frozenset[str]

    @property
    def length(self) -> int:
        return self.place.end - self.place.start


def summarise(said: Sequence[Said], reader: Reader, most: int = MOST) -> Summary:
    """Keywords of everything said, and at most ``most`` sentences a side. The same speeches give the same summary.

    A side is left out only when nothing it said can be quoted. What goes at people (5.5.2 e) is not quoted.
    """
    sides: dict[str, list[_Sentence]] = {version.side: [] for version in said}
    everything: list[_Sentence] = []
    for version, found in zip(said, _by_version(said, reader.finder), strict=True):
        sides[version.side] += found
        everything += found
    chosen = {side: _chosen(listed, reader, most) for side, listed in sides.items()}
    texts = {version.key: version.text for version in said}
    return Summary(_keywords(everything, texts), {side: places for side, places in chosen.items() if places})


def _by_version(said: Sequence[Said], finder: Finder) -> Iterator[list[_Sentence]]:
    """By version its sentences; an addendum has only those that no earlier version of the message has."""
    worth = _Worth(finder)
    known: set[tuple[int, str]] = set()
    for version, until in zip(said, _read_until(said), strict=True):
        terms = _terms(version, finder, worth, until)
        fresh = []
        for start, end in sentences(version.text, finder.words) if until else ():
            text = version.text[start:end]
            if end <= until and (version.message, text) not in known:
                inside = tuple(term for term in terms if start <= term.place.start and term.place.end <= end)
                names = frozenset(term.name for term in inside)
                fresh.append(_Sentence(Quotation(version.key, start, end), version.speaker, text, inside, names))
        known |= {(version.message, one.text) for one in fresh}
        yield fresh


def _read_until(said: Sequence[Said]) -> list[int]:
    """By version how many characters of it are read; the share is the largest with which all keep to the room."""
    lengths: Counter[int] = Counter()
    for version in said:
        lengths[version.speaker] += len(version.text)
    left, share = ROOM, 0
    for number, length in enumerate(sorted(lengths.values())):
        share = max(share, left // (len(lengths) - number))
        left -= min(length, share)
    spare = dict.fromkeys(lengths, share)
    found = []
    for version in said:
        found.append(min(len(version.text), spare[version.speaker]))
        spare[version.speaker] -= found[-1]
    return found


def _terms(version: Said, finder: Finder, worth: "_Worth", until: int) -> list[_Term]:
    plain = finder.normal.plain(version.text[:until])
    found = []

    def take(word: str, value: int, start: int) -> None:
        place = Quotation(version.key, plain.at[start][0], plain.at[start + len(word) - 1][1])
        found.append(_Term(word, value, place))

    loose = ""
    for start, piece in finder.cutter.placed_pieces(plain.text):
        word = piece.removesuffix("的") if len(piece) > 2 else piece
        single = len(piece) == 1 and piece not in worth.nothing and not piece.isascii()
        if worth[word] > 0:
            take(word, worth[word], start)
        elif single and loose and plain.text[start - 1] == loose:
            take(loose + piece, _UNKNOWN, start - 1)
            single = False
        loose = piece if single and worth[word] == 0 else ""
    return found


class _Worth(dict[str, int]):
    """Words → what they say of the matter, in thousandths; reckoned when first asked."""

    def __init__(self, finder: Finder) -> None:
        super().__init__()
        self._finder = finder
        rude = frozenset(word for name in _RUDE for word in finder.words.cues[name])
        self.nothing = rude | finder.words.talk | finder.words.empty

    def __missing__(self, word: str) -> int:
        """0 for what is said in any speech, for numbers and letters; one character counts only when a list has it."""
        listed = word in self._finder.lists
        seldom = min(_RAREST, self._finder.cutter.rarity(word)) - _COMMON
        least = _LISTED if listed else 0.0
        bare = word.isascii() or word.strip(_NUMERALS) == "" or (len(word) == 1 and not listed)
        self[word] = 0 if bare or word in self.nothing else round(1000 * max(least, seldom))
        return self[word]


def _chosen(listed: Sequence[_Sentence], reader: Reader, most: int) -> tuple[Quotation, ...]:
    """The side's sentences, the telling ones first; where there are none, the one that says most, or the shortest."""
    short = [one for one in listed if one.length <= TOO_LONG]
    telling = [one for one in short if sum(term.worth for term in one.terms) >= _TELLING]
    long = sorted(listed, key=lambda one: one.length)
    weights = _weights(listed)
    for candidates, limit in ((telling, most), (short, 1), (long, 1)):
        chosen = _greedy(candidates, weights, reader, limit)
        if chosen:
            return tuple(one.place for one in listed if one.place in chosen)
    return ()


def _weights(listed: Sequence[_Sentence]) -> dict[str, int]:
    """Rarer words, and those that more people used, weigh more. Whole numbers: their sums know no order."""
    speakers: dict[str, set[int]] = {}
    worth: dict[str, int] = {}
    for sentence in listed:
        for term in sentence.terms:
            speakers.setdefault(term.name, set()).add(sentence.speaker)
            worth[term.name] = term.worth
    return {name: round(worth[name] * math.sqrt(len(who))) for name, who in speakers.items()}


def _greedy(
    candidates: Sequence[_Sentence], weights: Mapping[str, int], reader: Reader, most: int
) -> frozenset[Quotation]:
    """By what they add to those already chosen; whoever was not quoted yet comes first."""
    chosen: list[_Sentence] = []
    covered: frozenset[str] = frozenset()
    left = list(candidates)
    while left and len(chosen) < most:
        heard = {one.speaker for one in chosen}
        best = max(left, key=lambda one: (one.speaker not in heard, _value(one, weights, covered)))
        left.remove(best)
        if reader.civility(best.text).flag:
            continue
        chosen.append(best)
        covered |= best.names
        left = [one for one in left if _new(one, weights, covered) >= _NEW]
    return frozenset(one.place for one in chosen)


def _new(sentence: _Sentence, weights: Mapping[str, int], covered: frozenset[str]) -> float:
    """The share of a sentence's weight that was not quoted yet."""
    whole = sum(weights[name] for name in sentence.names)
    return sum(weights[name] for name in sentence.names - covered) / whole if whole else 0.0


def _value(sentence: _Sentence, weights: Mapping[str, int], covered: frozenset[str]) -> float:
    fresh = sum(weights[name] for name in sentence.names - covered)
    return fresh * _new(sentence, weights, covered) / math.pow(1 + len(sentence.names), _BREVITY)


def _keywords(listed: Sequence[_Sentence], texts: Mapping[int, str]) -> tuple[Keyword, ...]:
    """Words by worth and by how many people used them, what several used first; none shares a word with another.

    Two words together are one keyword only when several people put them so.
    """
    users: dict[tuple[str, ...], set[int]] = {}
    written: dict[tuple[str, ...], list[Quotation]] = {}
    worth: dict[tuple[str, ...], float] = {}
    for sentence in listed:
        for names, value, place in _words_and_phrases(sentence):
            users.setdefault(names, set()).add(sentence.speaker)
            written.setdefault(names, []).append(place)
            worth[names] = value
    kept = [names for names, who in users.items() if len(who) > 1 or (len(names) == 1 and worth[names] > _UNKNOWN)]
    kept.sort(key=lambda names: (len(users[names]) == 1, -worth[names] * math.log2(1 + len(users[names]))))
    shown: list[tuple[str, ...]] = []
    for names in kept:
        most = KEYWORDS if len(users[names]) > 1 else FEW
        if len(shown) < most and not any(set(names) & set(other) for other in shown):
            shown.append(names)
    return tuple(Keyword(_usual(written[names], texts), len(users[names])) for names in shown)


def _words_and_phrases(sentence: _Sentence) -> Iterator[tuple[tuple[str, ...], float, Quotation]]:
    for term in sentence.terms:
        yield (term.name,), term.worth, term.place
    for first, second in pairwise(sentence.terms):
        if first.place.end == second.place.start:
            place = Quotation(first.place.key, first.place.start, second.place.end)
            yield (first.name, second.name), _PHRASE * (first.worth + second.worth) / 2, place


def _usual(places: Sequence[Quotation], texts: Mapping[int, str]) -> Quotation:
    """Where a word stands first as it was written most often."""
    forms = [texts[place.key][place.start : place.end] for place in places]
    times = Counter(forms)
    return places[forms.index(max(times, key=lambda form: times[form]))]
