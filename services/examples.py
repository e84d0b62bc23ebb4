"""Choices people made are kept as labelled examples: codes beside a reference to the topic's own erasable words."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from procedure.examples import Chooser, Chosen, Suggested, settled, without_numbers
from services.case import Case
from storage.tables import Content, Example, Topic
from storage.work import UnitOfWork


class Labelled(NamedTuple):
    """A row of a labelled file; ``source`` says who chose."""

    title: str
    reason: str
    label: str
    second_label: str
    source: str


def keep(case: Case, chooser: Chooser, suggested: Suggested | None, chosen: Chosen, now: datetime) -> None:
    """Keep what was chosen for this topic; None: there was nothing to suggest with."""
    content_id = _words_of(case)
    if content_id is None:
        return
    case.uow.add(
        Example(
            community_id=case.topic.community_id,
            topic_id=case.id,
            content_id=content_id,
            chooser=chooser.value,
            suggested=_codes(suggested) if suggested is not None else {},
            item=chosen.item,
            annex=chosen.annex,
            outside=chosen.outside,
            at=now,
        )
    )


def _codes(suggested: Suggested) -> dict[str, Any]:
    return {"items": list(suggested.items), "annex": suggested.annex, "elsewhere": suggested.elsewhere}


def _words_of(case: Case) -> int | None:
    """The content that the topic's first journal entry points to; a topic that began without one has no example."""
    row = case.uow.one(
        "SELECT entry FROM journal WHERE subject = 'topic' AND subject_id = :id AND number = 1", {"id": case.id}
    )
    entry = json.loads(row[0]) if row is not None else {}
    return entry["content"] if entry.get("kind") == "topic_proposed" else None


def proposer_was_told(case: Case) -> dict[str, Any]:
    """What had been suggested to the proposer who then chose: "annex" and "elsewhere", None for nothing of the kind."""
    row = case.uow.first(Example, topic_id=case.id, chooser=Chooser.PROPOSER.value)
    suggested = row.suggested if row is not None else {}
    return {"annex": suggested.get("annex"), "elsewhere": suggested.get("elsewhere")}


def labelled(uow: UnitOfWork) -> Iterator[Labelled]:
    """One row for each topic whose words are not erased and for which somebody chose, oldest topic first."""
    for topic in uow.all(Topic):
        rows = uow.all(Example, topic_id=topic.id)
        if not rows or uow.must(Content, rows[0].content_id).text is None:
            continue
        found = settled({Chooser(row.chooser): Chosen(row.item, row.annex, row.outside) for row in rows})
        if found is not None:
            chooser, (label, second) = found
            words = without_numbers(topic.title), without_numbers(topic.reason)
            yield Labelled(*words, label, second, chooser.value)
