"""Questions to the experts as rows: which wait, and how one stops waiting (5.6.1 f)."""

from collections.abc import Sequence
from datetime import datetime

from procedure.errors import RuleBroken
from procedure.experts import CLAUSE, QuestionState
from services.sitting import Sitting
from storage.tables import Content, ExpertQuestion, Turn


def waiting(sitting: Sitting) -> Sequence[ExpertQuestion]:
    """Those that have neither an answer nor a settlement, in the order in which they were asked."""
    if not sitting.meeting.questions_open:
        return []
    return sitting.uow.all(ExpertQuestion, order="number", meeting_id=sitting.id, state=QuestionState.WAITING.value)


def one(sitting: Sitting, question_id: int, *states: QuestionState) -> ExpertQuestion:
    """A question of this meeting in one of these states (waiting when none is named). Raises question_gone."""
    row = sitting.uow.get(ExpertQuestion, question_id)
    if row is None or row.meeting_id != sitting.id or row.state not in (states or (QuestionState.WAITING,)):
        raise RuleBroken("question_gone", CLAUSE)
    return row


def text_of(sitting: Sitting, row: ExpertQuestion) -> str:
    """What was asked; empty once it is erased."""
    return sitting.uow.must(Content, row.content_id).text or ""


def end(sitting: Sitting, row: ExpertQuestion, state: QuestionState, by: int | None, now: datetime) -> None:
    """The question waits no longer."""
    if row.state == QuestionState.WAITING:
        sitting.meeting.questions_open -= 1
    row.state, row.settled_by, row.settled_at = state.value, by, now


def waits(sitting: Sitting, turn: Turn) -> bool:
    """The floor was given for an answer, and none has come yet."""
    asked = sitting.uow.get(ExpertQuestion, turn.question_id) if turn.question_id is not None else None
    return asked is not None and asked.state == QuestionState.WAITING


def answered(sitting: Sitting, turn: Turn, now: datetime) -> None:
    """A word of speech stands in this turn: if it answers a question that waited, it is answered."""
    if turn.question_id is None:
        return
    row = sitting.uow.must(ExpertQuestion, turn.question_id)
    if row.state == QuestionState.WAITING:
        end(sitting, row, QuestionState.ANSWERED, turn.person_id, now)
        sitting.note("question_answered", now, question=row.id, person=turn.person_id, turn=turn.id)
