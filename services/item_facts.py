"""What a vote on one item of the wording is about, from its stored form and for boards and records."""

from collections.abc import Mapping
from typing import Any

from procedure.items import ItemOutcome, ItemQuestion, superseded
from procedure.terms import MotionKind
from storage.tables import Meeting, Motion, WordingRequest
from storage.work import UnitOfWork


def question(motion: Motion) -> ItemQuestion:
    """The question as it was put; its text never changes afterwards."""
    asked = motion.wording["item"]
    return ItemQuestion(asked["number"], asked["text"], asked["version"], asked["alternative"])


def decided(motion: Motion) -> ItemOutcome | None:
    """What the vote said; None before, and once it is void."""
    return ItemOutcome(motion.verdict) if motion.verdict is not None and motion.voided_at is None else None


def shown(motion: Motion) -> dict[str, Any] | None:
    """Number, text and alternative; None for any other vote."""
    return dict(motion.wording["item"]) if motion.kind == MotionKind.ITEM else None


def is_superseded(motion: Motion, meeting: Meeting) -> bool:
    """Whether the wording went on since this item was voted on."""
    return motion.kind == MotionKind.ITEM and superseded(question(motion), decided(motion), meeting.wording_version)


def requests(uow: UnitOfWork, meeting_id: int, labels: Mapping[int, str]) -> list[dict[str, Any]]:
    """What the chair has not answered: corrections, and demands to vote on ``item`` (``text``: another text of it)."""
    rows = uow.all(WordingRequest, meeting_id=meeting_id, decided_at=None)
    return [
        {"id": row.id, "label": labels[row.person_id], "text": row.text, "item": row.item.get("number")} for row in rows
    ]
