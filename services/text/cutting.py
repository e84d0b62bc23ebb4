"""Cutting into words with jieba, on the part of its dictionary that people use."""

import math
import re
from pathlib import Path

import jieba

_RARE = 30
_LONGEST = 4
_HAN = re.compile(r"[㐀-鿿]+|[a-z0-9]+")


class Cutter:
    """Cuts normalised text. Deterministic, no cache file, no guessing of new words; safe from several threads."""

    def __init__(self, own_words: tuple[str, ...]) -> None:
        # jieba's whole dictionary costs 67 MB; words seldom seen or long are cut into their parts instead.
        frequencies: dict[str, int] = {}
        total = 0
        with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as lines:
            for line in lines:
                word, count, _ = line.split(" ")
                times = int(count)
                if times >= _RARE and len(word) <= _LONGEST:
                    total += _add(frequencies, word, times)
        for word in own_words:
            if frequencies.get(word, 0) == 0:
                total += _add(frequencies, word, _RARE * 10)
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
        self._tokenizer = tokenizer

    def words(self, text: str) -> list[tuple[int, str]]:
        """The words of a text without its marks, each with where it begins."""
        found: list[tuple[int, str]] = []
        for run in _HAN.finditer(text):
            place = run.start()
            for word in self._tokenizer.cut(run.group(), HMM=False):
                found.append((place, word))
                place += len(word)
        return found

    def pieces(self, text: str) -> list[str]:
        """The words of a text, those of four characters as their halves where these are words: 加装 and 电梯."""
        return [piece for _, piece in self.placed_pieces(text)]

    def placed_pieces(self, text: str) -> list[tuple[int, str]]:
        """As ``pieces``, each with where it begins."""
        found: list[tuple[int, str]] = []
        for place, word in self.words(text):
            halves = [(place, word[:2]), (place + 2, word[2:])] if len(word) == _LONGEST else []
            whole = not halves or not all(self._tokenizer.FREQ.get(half) for _, half in halves)
            found += [(place, word)] if whole else halves
        return found

    def rarity(self, word: str) -> float:
        """How seldom a word is in Chinese as a whole: 5 for 的, 7 for 问题, 12 for 车位, 18 for unknown ones."""
        return math.log(self._tokenizer.total / (self._tokenizer.FREQ.get(word) or 1))


def _add(frequencies: dict[str, int], word: str, times: int) -> int:
    frequencies[word] = times
    for length in range(1, len(word)):
        frequencies.setdefault(word[:length], 0)
    return times
