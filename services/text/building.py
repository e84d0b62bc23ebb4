"""Rebuild the weights from the labelled sentences, and score them: `python -m services.text.building`.

Needs scikit-learn, which running the bot does not. Prints what the models reach on rows they have not seen:
our own sentences alone against the dev files, and cross-validated with the dev files' other rows beside them.
"""

import csv
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from services.text.features import Feature, Finder
from services.text.labelled import FLAGGED, LabelledMessage, LabelledTopic, read_messages, read_topics
from services.text.linear import LinearModel
from services.text.reader import Reader
from services.text.scoring import score_civility, score_topics
from services.text.words import DATA, read_json

DEV = Path(__file__).parents[2] / "tests" / "text" / "data"
FILLED = 14
"""Sentences made of each pattern with blanks."""
DEV_WEIGHT = 2.0
SHORTEST_CLAUSE = 4
SEEDS = (1, 2, 3)
FOLDS = 5

_CLAUSE = re.compile(r"[^。！？!?，, ]+")

Sample = tuple[list[str], str, float]
"""Names of features, label, weight."""


class Builder:
    """Turns labelled texts into samples and samples into weights."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def topic(self, title: str, reason: str, label: str, weight: float) -> Sample:
        """A topic as a sample."""
        return _names(self._finder.topic(title, reason)[1]), label, weight

    def message(self, text: str, label: str, weight: float) -> Sample:
        """A message as a sample; what is off the topic is no offence."""
        return _names(self._finder.message(text)[1]), label, weight

    def own_topics(self) -> list[Sample]:
        """Our own labelled topics."""
        return [self.topic(row["title"], row["reason"], row["label"], 1.0) for row in _read("topics_own.csv")]

    def own_messages(self) -> list[Sample]:
        """Our own labelled messages; blanks are filled from slots.json, the same every time.

        Our topics are among them, whole and by the clause: complaints about matters, none of them an offence.
        """
        slots: dict[str, list[str]] = read_json("slots.json")
        chance = random.Random(7)  # noqa: S311  # a repeatable choice of words, nothing secret
        samples: list[Sample] = []
        for row in _read("topics_own.csv"):
            clauses = [clause for clause in _CLAUSE.findall(row["reason"]) if len(clause) >= SHORTEST_CLAUSE]
            samples += [self.message(text, "OK", 1.0) for text in (row["reason"], row["title"], *clauses)]
        for row in _read("civility_own.csv"):
            blanks = "{" in row["text"]
            for _ in range(FILLED if blanks else 1):
                text = re.sub(r"\{(\w+)\}", lambda blank: chance.choice(slots[blank[1]]), row["text"])
                samples.append(self.message(text, row["label"], 0.25 if blanks else 1.0))
        return samples


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _names(features: Iterable[Feature]) -> list[str]:
    return [feature.name for feature in features]


def fit_topics(samples: Sequence[Sample]) -> dict[str, Any]:
    """Weights that tell every label from the rest."""
    labels = sorted({label for _, label, _ in samples})
    return _fit(samples, [(label, label.__eq__, 0.3) for label in labels])


def fit_civility(samples: Sequence[Sample]) -> dict[str, Any]:
    """Weights for the flag, and for which of the three kinds it is."""
    kinds = [(kind, kind.__eq__, 1.0) for kind in FLAGGED]
    return _fit(samples, [("flag", FLAGGED.__contains__, 1.0), *kinds])


def _fit(samples: Sequence[Sample], outputs: Sequence[tuple[str, Callable[[str], bool], float]]) -> dict[str, Any]:
    """One support vector machine an output, on words weighed by how rare they are."""
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
        analyzer=list, sublinear_tf=True, min_df=2
    )
    machine = import_module("sklearn.svm").LinearSVC
    matrix = vectorizer.fit_transform([names for names, _, _ in samples])
    weights = [weight for _, _, weight in samples]
    fitted = []
    for _, right, strength in outputs:
        answers = [right(label) for _, label, _ in samples]
        fitted.append(
            machine(C=strength, class_weight="balanced", random_state=1).fit(matrix, answers, sample_weight=weights)
        )
    columns = [found.coef_[0] for found in fitted]
    rows = {
        name: [round(1000 * vectorizer.idf_[place]), *(round(1000 * column[place]) for column in columns)]
        for name, place in sorted(vectorizer.vocabulary_.items())
    }
    return {
        "outputs": [name for name, _, _ in outputs],
        "bias": [round(1000 * float(found.intercept_[0])) for found in fitted],
        "features": rows,
    }


def folds(count: int, labels: Sequence[str], seed: int) -> list[set[int]]:
    """Row numbers in FOLDS parts, every label spread over all of them."""
    chance = random.Random(seed)  # noqa: S311
    order = sorted(range(count), key=lambda row: (labels[row], chance.random()))
    return [set(order[part::FOLDS]) for part in range(FOLDS)]


class Trial:
    """The measurements that say how the models do on rows they have not seen."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        builder = Builder(finder)
        self._topics = read_topics(DEV / "topics_dev.csv")
        self._messages = read_messages(DEV / "civility_dev.csv")
        self._own = builder.own_topics(), builder.own_messages()
        self._dev = (
            [builder.topic(row.title, row.reason, row.label, DEV_WEIGHT) for row in self._topics],
            [builder.message(row.text, row.label, DEV_WEIGHT) for row in self._messages],
        )
        self._bounds = read_json("bounds.json")

    def all_samples(self) -> tuple[list[Sample], list[Sample]]:
        """Everything there is, for the weights that ship."""
        return self._own[0] + self._dev[0], self._own[1] + self._dev[1]

    def own_only(self) -> dict[str, Any]:
        """Trained on our own sentences, scored on the dev files."""
        reader = self._reader(fit_topics(self._own[0]), fit_civility(self._own[1]))
        return self._scored(lambda _: reader, lambda _: reader)

    def crossed(self, seed: int) -> dict[str, Any]:
        """Every dev row read by weights that were built without it."""
        topics: dict[str, Reader] = {}
        messages: dict[str, Reader] = {}
        for part in folds(len(self._topics), [row.label for row in self._topics], seed):
            fitted = fit_topics(self._own[0] + [s for row, s in enumerate(self._dev[0]) if row not in part])
            reader = self._reader(fitted, {"outputs": [], "bias": [], "features": {}})
            topics.update({self._topics[row].name: reader for row in part})
        for part in folds(len(self._messages), [row.label for row in self._messages], seed):
            fitted = fit_civility(self._own[1] + [s for row, s in enumerate(self._dev[1]) if row not in part])
            reader = self._reader({"outputs": [], "bias": [], "features": {}}, fitted)
            messages.update({self._messages[row].name: reader for row in part})
        return self._scored(lambda row: topics[row.name], lambda row: messages[row.name])

    def _reader(self, topics: dict[str, Any], civility: dict[str, Any]) -> Reader:
        return Reader(self._finder, LinearModel(topics), LinearModel(civility), self._bounds)

    def _scored(
        self, by_topic: Callable[[LabelledTopic], Reader], by_message: Callable[[LabelledMessage], Reader]
    ) -> dict[str, Any]:
        topics = score_topics(self._topics, lambda row: by_topic(row).topics(row.title, row.reason))
        messages = score_civility(self._messages, lambda row: by_message(row).civility(row.text))
        return {
            "figures": {**topics.figures, **messages.figures},
            "errors": topics.errors + messages.errors,
        }


def main() -> None:
    """Score, then write the weights built from everything and the figures they were scored with."""
    trial = Trial(Finder.load())
    alone = trial.own_only()
    _say({"own sentences only": alone["figures"], "errors": alone["errors"]})
    runs = [trial.crossed(seed)["figures"] for seed in SEEDS]
    spread = {
        name: {"mean": round(mean(run[name] for run in runs), 4), "stdev": round(stdev(run[name] for run in runs), 4)}
        for name in runs[0]
    }
    _say({"cross-validated": spread})
    topics, messages = trial.all_samples()
    _write("topics_weights.json", fit_topics(topics))
    _write("civility_weights.json", fit_civility(messages))
    (DATA / "figures.json").write_text(
        json.dumps({"own_only": alone["figures"], "cross_validated": spread}, indent=1) + "\n", encoding="utf-8"
    )


def _say(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def _write(name: str, raw: dict[str, Any]) -> None:
    """One feature a line, so that a rebuilt file can be compared."""
    features = ",\n".join(
        f"{json.dumps(key, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for key, row in raw["features"].items()
    )
    head = json.dumps({"outputs": raw["outputs"], "bias": raw["bias"]}, ensure_ascii=False)
    (DATA / name).write_text(f'{head[:-1]}, "features": {{\n{features}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
