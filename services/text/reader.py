"""The text room: which item of the catalogue a topic belongs to, and whether a message keeps to the topic's matter."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from services.text.features import Finder
from services.text.linear import LinearModel, Reading
from services.text.normal import Plain
from services.text.sentences import pieces
from services.text.words import read_json

NONE: Final = "NONE"
CRISIS: Final = "crisis"
OTHER: Final = "other"
"""Not a matter, and no list says what else; whoever is told is sent to where such things are sorted."""
SHOWN_SUGGESTIONS: Final = 3
SHOWN_WORDS: Final = 4
WEAK: Final = 0.25
"""A word is shown as a reason from this share of the strongest one's effect."""
LONGEST_TEXT: Final = 2000
"""Characters read of a topic's title and of its reason: its matter is told well before that."""
LONGEST_MESSAGE: Final = 4096
PIECE: Final = 40
"""A message is read for civility by its sentences, one longer than this by its clauses: among many polite words the
weights would see no rude ones."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item of annex C (5.2.1 a), its likelihood 0..1 and the person's own words that decided, strongest first."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexWarning:
    """An item of annex D that the topic may fall under (5.2.2), how likely any of them is, and the deciding words."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAMatter:
    """The text asks for something else than a consultation; ``kind`` says where to go, a key of words.json or OTHER."""

    kind: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicReading:
    """What a topic looks like; a person always chooses. ``ranking`` has all codes and NONE, the likeliest first."""

    suggestions: tuple[Suggestion, ...]
    annex: AnnexWarning | None
    not_a_matter: NotAMatter | None
    ranking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CivilityReading:
    """Whether a message looks like an attack, a presumed motive or a threat (5.5.2 e), and the words that decided.

    ``kind`` is ATTACK, MOTIVE or THREAT, None without a flag. Shown to the chair, who alone decides. ``start`` is the
    character from which on the words are to be looked for.
    """

    flag: bool
    kind: str | None
    words: tuple[str, ...]
    start: int = 0


class Reader:
    """Reads texts. Built once by ``load``; the same text always reads the same; safe from several threads.

    ``finder`` brings texts into one form; Likeness and SearchIndex share it.
    """

    def __init__(self, finder: Finder, topics: LinearModel, civility: LinearModel, bounds: dict[str, float]) -> None:
        self.finder = finder
        self._topics = topics
        self._civility = civility
        self._bounds = bounds

    def rarity(self, feature: str) -> float:
        """How rare a feature of topics is; what was never seen is as rare as can be."""
        return self._topics.rarity(feature)

    def topics(self, title: str, reason: str, among: Collection[str] | None = None) -> TopicReading:
        """Suggestions, the annex D warning and "not a matter for consultation" for a topic being proposed.

        ``among``: the items of annex C that may be suggested (table 1), None for all.
        """
        plain, features = self.finder.topic(title[:LONGEST_TEXT], reason[:LONGEST_TEXT])
        reading = self._topics.read(features)
        none_held_back = {**reading.scores, NONE: reading.scores[NONE] - self._bounds["none"]}
        likely = _likelihoods(none_held_back, self._bounds["sharpness"])
        ranking = tuple(sorted(likely, key=lambda code: (-likely[code], code)))
        open_to = [code for code in ranking if code.startswith("C.") and (among is None or code in among)]
        listed = open_to[:SHOWN_SUGGESTIONS]
        annex = self._annex(reading, ranking)
        none = NONE if ranking[0] == NONE or not reading.parts else None
        reasons = self._reasons(plain, reading, [*listed, *filter(None, (annex, none))])
        in_annex = sum(value for code, value in likely.items() if code.startswith("D."))
        return TopicReading(
            tuple(Suggestion(code, round(likely[code], 4), reasons[code]) for code in listed),
            AnnexWarning(annex, round(in_annex, 4), reasons[annex]) if annex else None,
            NotAMatter(self._kind(plain.text), round(likely[NONE], 4), reasons[NONE]) if none else None,
            ranking,
        )

    def civility(self, text: str) -> CivilityReading:
        """Whether the message goes at people instead of the matter; sharp criticism of a matter is no flag."""
        text = text[:LONGEST_MESSAGE]
        plain, reading, start = *self._message(text), 0
        if len(parts := pieces(text, PIECE)) > 1:
            read = [(*self._message(text[slice(*part)]), part.start) for part in parts]
            rudest = max(read, key=lambda one: one[1].scores["flag"])
            if self._flags(rudest[1]):
                plain, reading, start = rudest
        if not self._flags(reading):
            return CivilityReading(False, None, ())
        kind = max(("ATTACK", "MOTIVE", "THREAT"), key=lambda name: reading.scores[name])
        return CivilityReading(True, kind, self._reasons(plain, reading, ["flag"])["flag"], start)

    def _message(self, text: str) -> tuple[Plain, Reading]:
        plain, features = self.finder.message(text)
        return plain, self._civility.read(features)

    def _flags(self, reading: Reading) -> bool:
        return bool(reading.parts) and reading.scores["flag"] >= self._bounds["civility"]

    def _annex(self, reading: Reading, ranking: tuple[str, ...]) -> str | None:
        """The likeliest item of annex D, when it comes close to whatever else is likeliest."""
        first = next(code for code in ranking if code.startswith("D."))
        rival = max(score for code, score in reading.scores.items() if not code.startswith("D."))
        close = reading.scores[first] - rival >= self._bounds["annex"]
        return first if close and reading.parts else None

    def _kind(self, text: str) -> str:
        hits = {kind: sum(word in text for word in words) for kind, words in self.finder.words.elsewhere.items()}
        hits[CRISIS] *= 2  # one word of despair weighs more than one of anything else
        return max(hits, key=lambda kind: hits[kind]) if any(hits.values()) else OTHER

    def _reasons(self, plain: Plain, reading: Reading, outputs: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """By output the words that raised its score most, as the person wrote them; weak ones are left out."""
        cut = [(place, place + len(word), word) for place, word in self.finder.cutter.words(plain.text)]
        telling = [(start, end) for start, end, word in cut if word not in self.finder.words.empty]
        spans = telling or [(start, end) for start, end, _ in cut]
        reasons: dict[str, tuple[str, ...]] = {}
        for output, effects in zip(outputs, reading.effects(outputs, spans), strict=True):
            least = max(effects, default=0.0) * WEAK
            strongest = sorted(zip(effects, spans, strict=True), key=lambda pair: (-pair[0], pair[1]))
            shown = [plain.shown(*span) for effect, span in strongest if effect > 0 and effect >= least]
            reasons[output] = tuple(dict.fromkeys(shown))[:SHOWN_WORDS]
        return reasons


def _likelihoods(scores: dict[str, float], sharpness: float) -> dict[str, float]:
    top = max(scores.values())
    raised = {name: math.exp(sharpness * (score - top)) for name, score in scores.items()}
    whole = sum(raised.values())
    return {name: value / whole for name, value in raised.items()}


@cache
def load() -> Reader:
    """Read dictionary, weights and word lists: once a process, for they never change; slow, so off the loop."""
    return Reader(
        Finder.load(),
        LinearModel(read_json("topics_weights.json")),
        LinearModel(read_json("civility_weights.json")),
        read_json("bounds.json"),
    )
