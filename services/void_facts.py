"""Votes that the supervisor has annulled (5.6.4): they stay to be seen, and nothing rests on them any more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from procedure.terms import MotionKind
from services.delivery import when_sending
from services.motions import same_question
from storage.tables import Motion, Outbox
from storage.work import UnitOfWork

_RESTING: Final = ("item_result", "result", "result_text", "result_published", "result_told")
"""Messages that say what a vote came to; they name it by ``motion_id``."""


def rests_on_void(uow: UnitOfWork, facts: Mapping[str, Any]) -> bool:
    """Whether a message says what a vote came to that is void by now."""
    motion_id = facts.get("motion_id")
    return motion_id is not None and uow.must(Motion, motion_id).voided_at is not None


def _still_stands(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    return not rests_on_void(uow, row.facts)


for _kind in _RESTING:
    when_sending(_kind)(_still_stands)


def voided(uow: UnitOfWork, motion: Motion) -> list[dict[str, Any]]:
    """The void votes on the same text before this one, as boards show them; a first vote has none."""
    if motion.round == 1:
        return []
    rows = uow.all(Motion, order="round", meeting_id=motion.meeting_id, kind=motion.kind)
    if motion.kind == MotionKind.ITEM:
        rows = [row for row in rows if same_question(row.wording, motion.wording)]
    return [{"round": row.round, "clause": row.void_clause} for row in rows if row.voided_at is not None]
