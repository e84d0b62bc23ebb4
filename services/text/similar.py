"""Topics alike: has somebody in the community raised this before?"""

import math
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from services.text.reader import Reader

Key = TypeVar("Key", bound=Hashable)

ALIKE: Final = 0.14
"""From this likeness on a topic is worth showing; of 27,000 pairs of topics on different matters 8 do."""
SHOWN_ALIKE: Final = 3
SHOWN_WORDS: Final = 3
TELLING: Final = 8


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A topic as what its likeness is measured by: features by weight, of length 1, and its words."""

    weights: Mapping[str, float]
    words: frozenset[str]

    def telling(self, most: int = TELLING) -> tuple[str, ...]:
        """The words by which topics like it can be looked up, those that weigh most first."""
        return tuple(sorted(self.words, key=lambda word: (-self.weights["w" + word], word))[:most])


@dataclass(frozen=True, slots=True)
class Alike(Generic[Key]):
    """A topic like the one asked about: likeness 0..1 and the words they share, the rarest first."""

    key: Key
    score: float
    words: tuple[str, ...]


class Likeness:
    """Measures how alike topics are. Keeps nothing: whoever asks keeps the fingerprints."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def fingerprint(self, title: str, reason: str) -> Fingerprint:
        """What a topic is recognised by; half a millisecond, so worth keeping by topic."""
        _, features = self._reader.finder.topic(title, reason)
        empty = self._reader.finder.words.empty
        times = Counter(feature.name for feature in features if not feature.name.startswith("@"))
        weights = {
            name: self._reader.rarity(name) * (1 + math.log(count))
            for name, count in times.items()
            if name[1:] not in empty
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        words = frozenset(name[1:] for name in weights if name[0] == "w" and len(name) > 2)
        return Fingerprint({name: weight / length for name, weight in weights.items()}, words)

    def nearest(
        self, topic: Fingerprint, others: Mapping[Key, Fingerprint], least: float = ALIKE
    ) -> tuple[Alike[Key], ...]:
        """The topics most like this one, the likest first; at most three, none below ``least``."""
        found = [(likeness(topic, other), key) for key, other in others.items()]
        best = sorted(((score, key) for score, key in found if score >= least), key=lambda pair: -pair[0])
        return tuple(Alike(key, round(score, 4), self._shared(topic, others[key])) for score, key in best[:SHOWN_ALIKE])

    def _shared(self, one: Fingerprint, other: Fingerprint) -> tuple[str, ...]:
        shared = sorted(one.words & other.words, key=lambda word: (-self._reader.rarity("w" + word), word))
        return tuple(shared[:SHOWN_WORDS])


def likeness(one: Fingerprint, other: Fingerprint) -> float:
    """0 for nothing in common, 1 for the same words."""
    few, many = sorted((one.weights, other.weights), key=len)
    return sum(weight * many.get(name, 0.0) for name, weight in few.items())
