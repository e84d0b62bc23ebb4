"""One form for what people write: Simplified, lower case, common slips mended, every character with where it stood."""

import logging
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from services.text.words import UNREADABLE, Words, load_words, no_words

log = logging.getLogger(__name__)

_SPACED = re.compile(r"(?<![㐀-鿿])[㐀-鿿](?:[ \u3000]+[㐀-鿿])+(?![㐀-鿿])")
_LATIN = re.compile(r"[a-z0-9]+(?:[ ]+[a-z0-9]+)*")
_ALONE = re.compile(r"(?:[a-z0-9] +)+[a-z0-9](?![a-z0-9])")
_HAN_GAP = re.compile(r"(?<=[㐀-鿿])[^㐀-鿿a-z0-9，。！？；：、,.!?;:~…“”\"'‘’「」『』()（）《》【】\n]+(?=[㐀-鿿])")
_LONGEST_PINYIN = 60
_LONGEST_SYLLABLES = 12
_CLAUSE = re.compile(r"[㐀-鿿a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """Normalised text; ``at[i]`` is where character i came from in ``original`` as (start, end)."""

    original: str
    text: str
    at: tuple[tuple[int, int], ...]

    def clauses(self) -> list[tuple[int, str]]:
        """The runs of characters and letters between marks, each with where it begins in ``text``."""
        return [(found.start(), found.group()) for found in _CLAUSE.finditer(self.text)]

    def shown(self, start: int, end: int) -> str:
        """What the person wrote where ``text[start:end]`` stands."""
        return self.original[self.at[start][0] : self.at[end - 1][1]]


class Normaliser:
    """Brings texts into the one form. OpenCC and the tables are read once; safe from several threads."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._simplified = OpenCC("t2s")
        self._slips = _alternatives(words.slips)
        self._masks = _alternatives(words.masks)

    def plain(self, text: str) -> Plain:
        """The text in the one form; characters spaced out one by one come together again."""
        plain = self._folded(text)
        plain = _rewritten(plain, _SPACED, lambda found: re.sub(r"[ \u3000]", "", found))
        return _rewritten(plain, self._slips, self.words.slips.__getitem__)

    def unmasked(self, text: str) -> Plain:
        """As ``plain``, and abuse hidden behind pictures, letters, gaps and homophones made readable."""
        pictured = _rewritten(self._folded(text), re.compile("[" + "".join(self.words.pictures) + "]"), self._pictured)
        joined = _rewritten(pictured, _ALONE, lambda found: found.replace(" ", ""))
        read = _rewritten(joined, _LATIN, self._read_letters)
        starred = _rewritten(read, self._masks, self.words.masks.__getitem__)  # before the stars fall out
        closed = _rewritten(starred, _HAN_GAP, lambda _: "")
        mended = _rewritten(closed, self._slips, self.words.slips.__getitem__)
        return _rewritten(mended, self._masks, self.words.masks.__getitem__)

    def _pictured(self, picture: str) -> str:
        return self.words.pictures[picture]

    def _read_letters(self, letters: str) -> str:
        """Letters as the words they stand for, where all of them stand for one; otherwise as they are."""
        whole = letters.replace(" ", "")
        read = self.words.letters.get(whole) or _syllables(whole, self.words.syllables)
        return read or letters

    def _folded(self, text: str) -> Plain:
        folded: list[str] = []
        at: list[tuple[int, int]] = []
        for place, character in enumerate(text):
            for part in unicodedata.normalize("NFKC", character).lower():
                folded.append(part)
                at.append((place, place + 1))
        whole = "".join(folded)
        simplified = self._simplified.convert(whole)
        if len(simplified) != len(whole):  # rare words change their length: then each character by itself
            simplified = "".join(self._simplified.convert(part)[:1] or part for part in folded)
        return Plain(text, simplified, tuple(at))


@cache
def normaliser() -> Normaliser:
    """The one of this process: the first call takes a fifth of a second.

    It is needed wherever a text is kept to be found, so a broken list must not keep anybody from writing.
    """
    try:
        return Normaliser(load_words())
    except UNREADABLE:
        log.exception("words.json cannot be read: texts are found as they are written, slips and all")
        return Normaliser(no_words())


def _alternatives(table: dict[str, str]) -> re.Pattern[str]:
    keys = [re.escape(key) for key in sorted(table, key=len, reverse=True)]
    return re.compile("|".join(keys) if keys else r"(?!)")  # no key: nothing is found


def _rewritten(plain: Plain, pattern: re.Pattern[str], change: Callable[[str], str]) -> Plain:
    """The text with every find changed; what replaces a find stands where the whole find stood."""
    parts: list[str] = []
    at: list[tuple[int, int]] = []
    done = 0
    for found in pattern.finditer(plain.text):
        start, end = found.span()
        new = change(found.group())
        parts += plain.text[done:start], new
        at += plain.at[done:start]
        if len(new) == end - start:
            at += plain.at[start:end]
        else:
            at += [(plain.at[start][0], plain.at[end - 1][1])] * len(new)
        done = end
    if not parts:
        return plain
    parts.append(plain.text[done:])
    at += plain.at[done:]
    return Plain(plain.original, "".join(parts), tuple(at))


def _syllables(letters: str, table: dict[str, str]) -> str:
    """Letters read as syllables from the table, long ones first; empty when they cannot all be read."""
    if len(letters) > _LONGEST_PINYIN:
        return ""
    read: dict[int, str] = {len(letters): ""}  # by place: how everything from there on is read
    for place in range(len(letters) - 2, -1, -1):
        for length in range(_LONGEST_SYLLABLES, 1, -1):
            head, rest = table.get(letters[place : place + length]), read.get(place + length)
            if head is not None and rest is not None:
                read[place] = head + rest
                break
    return read.get(0, "")
