"""Answers to questions (5.6.1 f): no turns, though the floor is the expert's; now in the group, or later in writing."""

from datetime import date, datetime
from typing import Any

from procedure.errors import RuleBroken
from procedure.experts import ANSWER_LIMIT, ANSWERING, CLAUSE, QuestionState
from procedure.terms import MeetingState, TurnKind
from procedure.text import clean_text
from services import answer_clocks, boards, question_rows, questions, recording, search_texts, turns
from services.act import Actor, Receipt
from services.case import Case
from services.messages import to_group, to_person
from services.sitting import Sitting, meeting_action, peek
from services.timer_rows import cancel
from storage.tables import ExpertQuestion, Meeting, RecordCorrection
from storage.work import UnitOfWork


@meeting_action("call_expert")
def call_expert(sitting: Sitting, person_id: int, *, question_id: int, now: datetime) -> Receipt:
    """The chair gives the floor for an answer. Raises RuleBroken question_gone, question_unassigned, expert_absent."""
    row = question_rows.one(sitting, question_id)
    if row.expert_id is None:
        raise RuleBroken("question_unassigned", CLAUSE, number=row.number)
    label = sitting.label(row.expert_id)
    if sitting.capacities.get(row.expert_id) not in ANSWERING or row.expert_id == sitting.meeting.chair_id:
        raise RuleBroken("not_an_expert", CLAUSE)
    if row.expert_id not in sitting.present:
        raise RuleBroken("expert_absent", CLAUSE, label=label)
    # Whoever hears the answer may have something to say to it: what nobody wanted to say before is asked again.
    sitting.meeting.last_call_until = None
    cancel(sitting, now, "last_call_end")
    sitting.move("call_expert")
    turn = turns.give(sitting, row.expert_id, TurnKind.ANSWER, now, question=row)
    sitting.note("expert_called", now, by=person_id, person=row.expert_id, turn=turn.id, question=row.id)
    facts = {"number": row.number, "asker": sitting.label(row.person_id), "text": question_rows.text_of(sitting, row)}
    to_person(sitting, "your_answer", row.expert_id, now, key=turn.id, minutes=turn.minutes, **facts)
    return Receipt("expert_called", {"label": label})


@meeting_action("promise_answer")
def promise_answer(sitting: Sitting, person_id: int, *, question_id: int, until: str, now: datetime) -> Receipt:
    """Not now, but in writing until this day (ISO date): an answer, too. Raises question_gone, written_day_bad."""
    row = question_rows.one(sitting, question_id, QuestionState.WAITING, QuestionState.ANSWERED)
    _check_mine(row, person_id)
    if not _promised_now(sitting, row):
        raise RuleBroken("question_gone", CLAUSE)
    day = date.fromisoformat(until)
    questions.promise(sitting, row, person_id, day, now)
    turn = sitting.turn
    if turn is not None and turn.question_id == row.id:
        turns.close(sitting, turn, "promised", now)
    questions.tell_settled(sitting, [row], day, "", now, by="expert")
    return Receipt("answer_promised", {"due": until})


@meeting_action("write_answer")
def write_answer(sitting: Sitting, person_id: int, *, question_id: int, text: str, now: datetime) -> Receipt:
    """What was promised: in the group, and in the record, as an addendum once that is signed. Raises question_gone."""
    row = question_rows.one(sitting, question_id, QuestionState.PROMISED)
    _check_mine(row, person_id)
    words = clean_text(text, limit=ANSWER_LIMIT, field="answer")
    row.written_id, digest = sitting.keep(words, person_id)
    row.state, row.written_at = QuestionState.WRITTEN.value, now
    sitting.note("answer_written", now, person=person_id, question=row.id, text=digest)
    answer_clocks.finish(sitting, row, now)
    facts: dict[str, Any] = {"number": row.number, "label": sitting.label(person_id), "text": words}
    to_group(
        sitting,
        "answer_written",
        now,
        key=row.id,
        asker=sitting.label(row.person_id),
        question=question_rows.text_of(sitting, row),
        **facts,
    )
    sitting.uow.flush()
    _into_the_record(sitting, row, words, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("answer_written")


def _into_the_record(sitting: Sitting, row: ExpertQuestion, words: str, now: datetime) -> None:
    """A signed record is not redrawn: the answer stands below it."""
    if sitting.state not in (MeetingState.ANNOUNCED, MeetingState.DIVERTED):
        return
    case = Case(sitting.uow, sitting.topic, sitting.actor)
    if sitting.meeting.signed_at is None:
        recording.redraw(case, now)
        return
    assert row.expert_id is not None
    sitting.uow.add(
        RecordCorrection(
            community_id=sitting.meeting.community_id,
            topic_id=sitting.topic.id or 0,
            meeting_id=sitting.id,
            person_id=row.expert_id,
            text=f"对第{row.number}问的书面答复：{words}",
            at=now,
            addendum=True,
        )
    )
    search_texts.keep(case)


def _check_mine(row: ExpertQuestion, person_id: int) -> None:
    if row.expert_id != person_id:
        raise RuleBroken("question_of_another", CLAUSE)


def _promised_now(sitting: Sitting, row: ExpertQuestion) -> bool:
    """It waits; or its answer runs, and what was said in it is that it cannot be given now."""
    turn = sitting.turn
    return row.state == QuestionState.WAITING or (turn is not None and turn.question_id == row.id)


def mine(
    uow: UnitOfWork, *, actor: Actor, meeting_id: int, action: str, now: datetime
) -> list[tuple[int, int, str, str]]:
    """(id, number, who asked, what) of the questions that this person can promise or write an answer to."""
    sitting = peek(uow, uow.must(Meeting, meeting_id), actor)
    given = uow.all(ExpertQuestion, order="number", meeting_id=sitting.id, expert_id=sitting.person_id() or 0)
    ahead = (QuestionState.WAITING, QuestionState.ANSWERED)
    if action == "promise_answer":
        rows = [row for row in given if row.state in ahead and _promised_now(sitting, row)]
    else:
        rows = [row for row in given if row.state == QuestionState.PROMISED]
    return [
        (row.id or 0, row.number, sitting.label(row.person_id), question_rows.text_of(sitting, row)) for row in rows
    ]
