"""Questions to the experts as the minutes hold them (5.6.1 f and i)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """One question and what became of it; ``state`` as in `procedure.experts.QuestionState`.

    ``entered``: by the recorder for them. ``merged_into`` is the number of the question that stands for it. The answer
    in the group is the turn that names this question's number. ``until``: the ISO date by which ``expert`` writes;
    ``written``, what they wrote. Texts are None once they are erased; ``reason`` and ``written`` are "" before.
    """

    number: int
    label: str
    text: str | None
    at: datetime
    entered: bool
    state: str
    merged_into: int | None
    expert: str | None
    until: str | None
    reason: str | None
    settled_at: datetime | None
    written: str | None
    written_at: datetime | None
