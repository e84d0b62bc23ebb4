"""How well the text room reads: scored on labelled files, the last line the figures as one JSON object."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from bot.command.run import CommandError
from services.text import Reader, load
from services.text.labelled import (
    LabelledFileError,
    LabelledMessage,
    LabelledTopic,
    read_messages,
    read_topics,
)
from services.text.scoring import Score, score_civility, score_topics

LABELLED = Path(__file__).parents[2] / "tests" / "text" / "data"
"""The project's own labelled files; a checkout has them, an installed package does not."""

WORST = 20


def evaluate(topics: Path | None, civility: Path | None) -> Iterator[str]:
    """Lines to print. With one file only its figures are given, the others are null. Raises CommandError."""
    if topics is None and civility is None:
        topics, civility = LABELLED / "topics_dev.csv", LABELLED / "civility_dev.csv"
        if not (topics.is_file() and civility.is_file()):
            raise CommandError("the labelled files are not part of the installed package: give --topics and --civility")
        yield "These rows were also used to build the weights: docs/text.md has the figures for rows not seen before."
    try:
        topic_rows = read_topics(topics) if topics else []
        message_rows = read_messages(civility) if civility else []
    except LabelledFileError as error:
        raise CommandError(str(error)) from None
    reader = load()
    topic_score = score_topics(topic_rows, lambda row: reader.topics(row.title, row.reason))
    message_score = score_civility(message_rows, lambda row: reader.civility(row.text))
    yield from _told("topics", topic_score, shown=bool(topic_rows))
    yield from _told("civility", message_score, shown=bool(message_rows))
    speed = {"ms_per_message": round(_milliseconds(reader, topic_rows, message_rows), 3)}
    yield json.dumps({**topic_score.figures, **message_score.figures, **speed})


def _told(name: str, score: Score, *, shown: bool) -> Iterator[str]:
    """Per label how many rows there are, how many were read right, and what the others were taken for."""
    if not shown:
        return
    yield f"{name}: label, rows, read as"
    by_label: dict[str, Counter[str]] = {}
    for (right, read_as), count in sorted(score.confusion.items()):
        by_label.setdefault(right, Counter())[read_as] += count
    for right, answers in by_label.items():
        yield f"  {right:<9}{answers.total():>4}  " + ", ".join(f"{name} {n}" for name, n in answers.most_common())
    for row, right, read_as in score.errors[:WORST]:
        yield f"  wrong: {row} is {right}, read as {read_as}"


def _milliseconds(reader: Reader, topics: Sequence[LabelledTopic], messages: Sequence[LabelledMessage]) -> float:
    start = perf_counter()
    for topic in topics:
        reader.topics(topic.title, topic.reason)
    for message in messages:
        reader.civility(message.text)
    return (perf_counter() - start) * 1000 / max(1, len(topics) + len(messages))
