"""Scoring a reader on labelled files: the figures, who was taken for whom, and the worst errors."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from services.text.labelled import FLAGGED, LabelledMessage, LabelledTopic
from services.text.reader import NONE, CivilityReading, TopicReading

FLAG = "FLAG"


@dataclass
class Score:
    """Figures 0..1 by name; ``confusion`` counts (right, read as); ``errors`` are (name, right, read as)."""

    figures: dict[str, float | None] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[tuple[str, str, str]] = field(default_factory=list)


def score_topics(rows: Sequence[LabelledTopic], read: Callable[[LabelledTopic], TopicReading]) -> Score:
    """Top-1 and top-3 over every row in the ranking of all codes and NONE; annex D by the warning given.

    Recall counts rows whose label is of annex D; a warning is precise when label or second label is.
    """
    score = Score()
    first = third = warned = precise = 0
    annexed: list[bool] = []
    nones: list[bool] = []
    for row in rows:
        reading = read(row)
        answer = reading.ranking[0]
        right = answer in row.labels
        first += right
        third += bool(row.labels & set(reading.ranking[:3]))
        score.confusion[row.label, answer if not right else row.label] += 1
        if not right:
            score.errors.append((row.name, row.label, answer))
        if row.label.startswith("D."):
            annexed.append(reading.annex is not None)
        if reading.annex is not None:
            warned += 1
            precise += any(label.startswith("D.") for label in row.labels)
        if row.label == NONE:
            nones.append(reading.not_a_matter is not None)
    score.figures = {
        "top1": _share(first, len(rows)),
        "top3": _share(third, len(rows)),
        "annex_d_recall": _share(sum(annexed), len(annexed)),
        "annex_d_precision": _share(precise, warned),
        "none_recall": _share(sum(nones), len(nones)),
    }
    return score


def score_civility(rows: Sequence[LabelledMessage], read: Callable[[LabelledMessage], CivilityReading]) -> Score:
    """Recall over ATTACK, MOTIVE and THREAT, false alarms over OK; OFFTOPIC counts in neither figure."""
    score = Score()
    for row in rows:
        reading = read(row)
        wanted = row.label in FLAGGED
        score.confusion[row.label, reading.kind or "-"] += 1
        if row.label != "OFFTOPIC" and reading.flag != wanted:
            score.errors.append((row.name, row.label, reading.kind or "-"))
    flagged = sum(count for (right, read_as), count in score.confusion.items() if right in FLAGGED and read_as != "-")
    alarms = sum(count for (right, read_as), count in score.confusion.items() if right == "OK" and read_as != "-")
    score.figures = {
        "civility_recall": _share(flagged, sum(row.label in FLAGGED for row in rows)),
        "civility_false_alarm": _share(alarms, sum(row.label == "OK" for row in rows)),
    }
    return score


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
