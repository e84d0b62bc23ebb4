"""What the models look at: words, short runs of characters and cues, each with where it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from services.text.cutting import Cutter
from services.text.normal import Normaliser, Plain, normaliser
from services.text.words import Words, load_words

_QUOTED = re.compile(r"[“\"「『‘]([^“”\"「」『』‘’]{1,60})[”\"」』’]")


class Feature(NamedTuple):
    """A feature and the part of the normalised text it was found in."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finder:
    """Brings texts into one form and finds their features; safe from several threads."""

    words: Words
    normal: Normaliser
    cutter: Cutter
    lists: Mapping[str, tuple[str, ...]]
    """By word the lists for topics it stands in."""

    @classmethod
    def load(cls) -> Self:
        """Read the word lists and the dictionary: most of a second."""
        words = load_words()
        lists = (*words.topics.values(), *words.cues.values())
        cutter = Cutter(tuple(word for listed in lists for word in listed))
        by_word: dict[str, tuple[str, ...]] = {}
        for name, listed in words.topics.items():
            for word in listed:
                by_word[word] = (*by_word.get(word, ()), name)
        return cls(words, normaliser(), cutter, by_word)

    def topic(self, title: str, reason: str) -> tuple[Plain, list[Feature]]:
        """Words and runs of two and three characters; the title's words count again; clauses put aside do not."""
        plain = self.normal.plain(f"{title}\n{reason}")
        end_of_title = plain.text.find("\n")
        found: list[Feature] = []
        for start, clause in plain.clauses():
            if any(phrase in clause for phrase in self.words.aside):
                continue
            found += self._words_of(clause, start, "w")
            found += _runs(clause, start, (2, 3))
            found += self._listed(clause, start)
            if start < end_of_title:
                found += self._words_of(clause, start, "t")
        return plain, found

    def message(self, text: str) -> tuple[Plain, list[Feature]]:
        """Words, runs of one to three characters, and cues standing together; what is only quoted counts apart."""
        plain = self.normal.unmasked(text)
        quoted = _reported(plain.text, self.words)
        found: list[Feature] = []
        for start, clause in plain.clauses():
            here = [
                *self._words_of(clause, start, "w"),
                *_runs(f"^{clause}$", start - 1, (1, 2, 3)),
                *self._cues(clause, start),
            ]
            if any(begin <= start < end for begin, end in quoted):
                here = [Feature("q" + feature.name, feature.start, feature.end) for feature in here]
            found += here
        return plain, found

    def _listed(self, clause: str, start: int) -> Iterator[Feature]:
        """Every word of the lists for topics that stands in the clause, as its list's name."""
        for place, word in self.cutter.words(clause):
            for name in self.lists.get(word, ()):
                yield Feature("@" + name, start + place, start + place + len(word))

    def _cues(self, clause: str, start: int) -> list[Feature]:
        """Which lists of cues the clause has words of, and which two stand in it together."""
        alone = {word: place for place, word in self.cutter.words(clause)}
        hits: dict[str, tuple[int, int]] = {}
        for name, cue in self.words.cues.items():
            for word in cue:
                # One character only as a word of its own: the 托 of a shill is not that of 托班.
                place = alone.get(word, -1) if len(word) == 1 else clause.find(word)
                if place >= 0:
                    hits[name] = (start + place, start + place + len(word))
                    break
        found = [Feature("@" + name, *span) for name, span in hits.items()]
        names = sorted(hits)
        for number, first in enumerate(names):
            found += [Feature(f"@{first}+{second}", *hits[second]) for second in names[number + 1 :]]
        return found

    def _words_of(self, clause: str, start: int, mark: str) -> Iterator[Feature]:
        for place, word in self.cutter.words(clause):
            yield Feature(mark + word, start + place, start + place + len(word))


def _runs(text: str, start: int, lengths: tuple[int, ...]) -> Iterator[Feature]:
    for length in lengths:
        for place in range(len(text) - length + 1):
            yield Feature("c" + text[place : place + length], start + place, start + place + length)


def _reported(text: str, words: Words) -> list[tuple[int, int]]:
    """Where quotation marks hold what somebody else is reported to have said."""
    spans = [found.span(1) for found in _QUOTED.finditer(text)]
    outside = _QUOTED.sub("", text)
    return spans if any(word in outside for word in words.reporting) else []
