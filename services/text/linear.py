"""A linear model read from a data file: scores, and what each word of a text did to them."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.text.features import Feature

_WHOLE = 1000
"""Weights are kept as whole thousandths."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The scores of one text by output, and the features behind them with the value each occurrence has."""

    scores: dict[str, float]
    parts: "tuple[tuple[Feature, float, array[int]], ...]"
    outputs: dict[str, int]

    def effects(self, outputs: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[list[float]]:
        """What each span of the text adds to each output's score: every feature that touches it, in full."""
        columns = [self.outputs[output] for output in outputs]
        effects = [[0.0] * len(spans) for _ in outputs]
        owner = {place: number for number, (start, end) in enumerate(spans) for place in range(start, end)}
        for feature, value, weights in self.parts:
            touched = {owner[place] for place in range(feature.start, feature.end) if place in owner}
            if touched:
                for row, column in zip(effects, columns, strict=True):
                    effect = value * weights[column] / _WHOLE
                    for number in touched:
                        row[number] += effect
        return effects


class LinearModel:
    """Weights by feature, as building.py writes them. Nothing changes after loading: safe from several threads."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._outputs = {name: column for column, name in enumerate(raw["outputs"])}
        self._bias = [bias / _WHOLE for bias in raw["bias"]]
        self._rows = {name: (row[0] / _WHOLE, array("h", row[1:])) for name, row in raw["features"].items()}

        self._rarest = max((rarity for rarity, _ in self._rows.values()), default=1.0)

    def rarity(self, name: str) -> float:
        """The weight of a feature for being rare; that of the rarest when it is not known."""
        row = self._rows.get(name)
        return row[0] if row else self._rarest

    def read(self, features: Iterable[Feature]) -> Reading:
        """Score a text by its features; a text without any known feature has the bare bias of each output."""
        known = [feature for feature in features if feature.name in self._rows]
        times = Counter(feature.name for feature in known)
        values = {name: self._rows[name][0] * (1 + math.log(count)) for name, count in times.items()}
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        totals = [0.0] * len(self._bias)
        for name, value in values.items():
            share = value / length / _WHOLE
            for column, weight in enumerate(self._rows[name][1]):
                totals[column] += share * weight
        scores = {name: self._bias[column] + totals[column] for name, column in self._outputs.items()}
        parts = tuple(
            (feature, values[feature.name] / length / times[feature.name], self._rows[feature.name][1])
            for feature in known
        )
        return Reading(scores, parts, self._outputs)
