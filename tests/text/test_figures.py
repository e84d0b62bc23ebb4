"""The reading reaches the figures asked for, on rows its weights were never built from, and docs tell the same."""

from pathlib import Path
from typing import Any

import pytest

from services.text import Reader
from services.text.labelled import read_messages, read_topics
from services.text.scoring import score_civility, score_topics
from services.text.words import DATA as WORDS
from services.text.words import read_json

DATA = Path(__file__).parent / "data"
DOCS = Path(__file__).parents[2] / "docs" / "text.md"


@pytest.fixture(scope="module", params=["unseen", "dev"])
def figures(request: pytest.FixtureRequest, reader: Reader) -> dict[str, Any]:
    """The figures on rows kept out of building, and on the dev files, which the weights have seen."""
    topics = read_topics(DATA / f"topics_{request.param}.csv")
    messages = read_messages(DATA / f"civility_{request.param}.csv")
    return {
        **score_topics(topics, lambda row: reader.topics(row.title, row.reason)).figures,
        **score_civility(messages, lambda row: reader.civility(row.text)).figures,
    }


@pytest.mark.parametrize(
    ("name", "least"),
    [("top1", 0.9), ("top3", 0.97), ("annex_d_recall", 0.97), ("annex_d_precision", 0.8), ("none_recall", 0.95)],
)
def test_topics_reach_their_figures(figures: dict[str, Any], name: str, least: float) -> None:
    assert figures[name] >= least


def test_civility_reaches_its_figures(figures: dict[str, Any]) -> None:
    assert figures["civility_recall"] >= 0.87
    assert figures["civility_false_alarm"] <= 0.05


def test_civility_on_sentences_kept_out_of_the_weights(reader: Reader) -> None:
    rows = read_messages(DATA / "civility_fresh.csv")
    found: dict[str, Any] = score_civility(rows, lambda row: reader.civility(row.text)).figures
    assert len(rows) > 180
    assert found["civility_recall"] >= 0.85
    assert found["civility_false_alarm"] <= 0.05


@pytest.mark.parametrize("trained", ["own_only", "cross_validated"])
def test_the_build_reached_the_figures_on_dev_rows_it_had_not_seen(trained: str) -> None:
    found = {
        name: value["mean"] if isinstance(value, dict) else value
        for name, value in read_json("figures.json")[trained].items()
    }
    assert found["top1"] >= 0.70
    assert found["top3"] >= 0.90
    assert found["annex_d_recall"] >= 0.95
    assert found["annex_d_precision"] >= 0.70
    assert found["none_recall"] >= 0.80
    assert found["civility_recall"] >= 0.85
    assert found["civility_false_alarm"] <= 0.05


def test_the_documentation_tells_the_figures_of_the_build() -> None:
    text = DOCS.read_text(encoding="utf-8")
    figures = read_json("figures.json")
    for name, value in figures["own_only"].items():
        spread = figures["cross_validated"][name]
        assert f"| `{name}` | {value:.3f} | {spread['mean']:.3f} ± {spread['stdev']:.3f} |" in text


def test_unseen_rows_are_in_no_training_file() -> None:
    own = "\n".join((WORDS / f"{name}_own.csv").read_text(encoding="utf-8") for name in ("topics", "civility"))
    topics = [row.title for row in read_topics(DATA / "topics_unseen.csv")]
    messages = [row.text for name in ("unseen", "fresh") for row in read_messages(DATA / f"civility_{name}.csv")]
    assert not [text for text in topics + messages if text in own]
