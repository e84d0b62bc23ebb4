"""Questions to the experts (5.6.1 f): asked or entered, merged, given to somebody, settled without an answer."""

from collections.abc import Sequence
from datetime import date, datetime

from procedure.errors import OUR_RULE, RuleBroken
from procedure.experts import (
    ANSWER_MINUTES,
    ANSWERING,
    CLAUSE,
    QUESTION_LIMIT,
    QuestionState,
    ask,
    check_asked,
    check_minutes,
    check_settled,
    check_until,
)
from procedure.points import TEXT_LIMIT
from procedure.terms import Capacity
from procedure.text import clean_text
from services import answer_clocks, boards, question_rows
from services.act import Actor, Receipt
from services.messages import to_group, to_person
from services.sitting import Sitting, meeting_action, peek
from storage.tables import ExpertQuestion, Meeting
from storage.work import UnitOfWork


@meeting_action("ask_expert")
def ask_expert(sitting: Sitting, person_id: int, *, text: str, now: datetime) -> Receipt:
    """A stakeholder who is here asks. Raises RuleBroken not_checked_in, questions_used, what clean_text raises."""
    row = _put(sitting, person_id, text, now)
    return Receipt("question_asked", {"number": row.number})


def may_ask(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> None:
    """Raises RuleBroken for whoever cannot ask now: no form opens for nothing."""
    sitting = peek(uow, uow.must(Meeting, meeting_id), actor)
    ask(sitting.facts(), now)
    _check(sitting, sitting.person_id() or 0)


@meeting_action("enter_question")
def enter_question(sitting: Sitting, person_id: int, *, asker_id: int, text: str, now: datetime) -> Receipt:
    """The recorder enters what a stakeholder asks in the room, or asks to have entered. Raises no_such_asker."""
    if sitting.capacities.get(asker_id) is not Capacity.STAKEHOLDER or asker_id not in sitting.present:
        raise RuleBroken("no_such_asker", CLAUSE)
    row = _put(sitting, asker_id, text, now, entered_by=person_id)
    return Receipt("question_entered", {"number": row.number, "label": sitting.label(asker_id)})


def _check(sitting: Sitting, asker_id: int) -> None:
    if asker_id not in sitting.present:
        raise RuleBroken("not_checked_in", "5.6.1 a")
    check_asked(sitting.uow.count(ExpertQuestion, meeting_id=sitting.id, person_id=asker_id))


def _put(sitting: Sitting, asker_id: int, text: str, now: datetime, *, entered_by: int | None = None) -> ExpertQuestion:
    _check(sitting, asker_id)
    words = clean_text(text, limit=QUESTION_LIMIT, field="question")
    content_id, digest = sitting.keep(words, asker_id)
    row = sitting.uow.add(
        ExpertQuestion(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            number=sitting.uow.count(ExpertQuestion, meeting_id=sitting.id) + 1,
            person_id=asker_id,
            content_id=content_id,
            entered_by=entered_by,
            asked_at=now,
            minutes=ANSWER_MINUTES[0],
        )
    )
    sitting.meeting.questions_open += 1
    sitting.note("question_asked", now, person=asker_id, question=row.id, text=digest, entered_by=entered_by)
    boards.touch(sitting.uow, sitting.id)
    return row


@meeting_action("merge_questions")
def merge_questions(
    sitting: Sitting, person_id: int, *, question_id: int, merged: Sequence[int], now: datetime
) -> Receipt:
    """One question stands for others that ask the same; whoever asked them reads its answer.

    Raises RuleBroken question_gone, merged_with_itself.
    """
    into = question_rows.one(sitting, question_id)
    others = [question_rows.one(sitting, other) for other in dict.fromkeys(merged)]
    if not others or into in others:
        raise RuleBroken("merged_with_itself", OUR_RULE)
    for row in others:
        _answer_stays(sitting, row, into)
        question_rows.end(sitting, row, QuestionState.MERGED, person_id, now)
        row.merged_into = into.id
        _raise_up(sitting, row, into)
        sitting.note("question_merged", now, by=person_id, question=row.id, into=into.id)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("questions_merged", {"count": len(others), "number": into.number})


def _answer_stays(sitting: Sitting, row: ExpertQuestion, into: ExpertQuestion) -> None:
    """Whoever has the floor for a question that is merged answers the one it goes into."""
    turn = sitting.turn
    if turn is not None and turn.question_id == row.id:
        turn.question_id, into.expert_id = into.id, turn.person_id


def _raise_up(sitting: Sitting, row: ExpertQuestion, into: ExpertQuestion) -> None:
    """What had been merged into a question that is merged itself now stands under the same one."""
    for below in sitting.uow.all(ExpertQuestion, meeting_id=sitting.id, merged_into=row.id):
        below.merged_into = into.id


@meeting_action("assign_question")
def assign_question(
    sitting: Sitting, person_id: int, *, question_id: int, expert_id: int, minutes: int, now: datetime
) -> Receipt:
    """Who answers, and in how many minutes; they hear of it beforehand. Raises question_gone, not_an_expert."""
    row = question_rows.one(sitting, question_id)
    check_minutes(minutes)
    if sitting.capacities.get(expert_id) not in ANSWERING or expert_id == sitting.meeting.chair_id:
        raise RuleBroken("not_an_expert", CLAUSE)
    row.expert_id, row.minutes = expert_id, minutes
    sitting.note("question_assigned", now, by=person_id, question=row.id, person=expert_id, minutes=minutes)
    facts = {"number": row.number, "asker": sitting.label(row.person_id), "text": question_rows.text_of(sitting, row)}
    to_person(sitting, "question_assigned", expert_id, now, key=row.id, minutes=minutes, **facts)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("question_assigned", {"number": row.number, "label": sitting.label(expert_id)})


@meeting_action("settle_questions")
def settle_questions(
    sitting: Sitting,
    person_id: int,
    *,
    question_ids: Sequence[int],
    now: datetime,
    until: str | None = None,
    reason: str | None = None,
) -> Receipt:
    """The chair: answered in writing until a day (ISO date), or not at all, with a reason.

    Raises RuleBroken too_many_questions, question_gone, question_unassigned (nobody who would write),
    written_day_bad, empty_text.
    """
    check_settled(len(question_ids))
    rows = [question_rows.one(sitting, one) for one in dict.fromkeys(question_ids)]
    if not rows:
        raise RuleBroken("question_gone", CLAUSE)
    day = date.fromisoformat(until) if until else None
    why = "" if day is not None else clean_text(reason or "", limit=TEXT_LIMIT, field="reason")
    for row in rows:
        if day is None:
            _leave(sitting, row, person_id, why, now)
        else:
            promise(sitting, row, person_id, day, now)
    tell_settled(sitting, rows, day, why, now, by="chair")
    return Receipt("questions_settled", {"count": len(rows)})


def _leave(sitting: Sitting, row: ExpertQuestion, chair_id: int, why: str, now: datetime) -> None:
    row.reason_id, digest = sitting.keep(why, chair_id)
    question_rows.end(sitting, row, QuestionState.UNANSWERED, chair_id, now)
    sitting.note("question_left", now, by=chair_id, question=row.id, why=digest)


def promise(sitting: Sitting, row: ExpertQuestion, by: int, until: date, now: datetime) -> None:
    """In writing until this day: it stands in the record, and a clock runs for it."""
    if row.expert_id is None:
        raise RuleBroken("question_unassigned", CLAUSE, number=row.number)
    check_until(until, now.astimezone(sitting.tz).date())
    row.until = until
    question_rows.end(sitting, row, QuestionState.PROMISED, by, now)
    sitting.note("answer_promised", now, by=by, question=row.id, person=row.expert_id, until=until.isoformat())
    answer_clocks.start(sitting, row, now)
    facts = {"question_id": row.id, "number": row.number, "text": question_rows.text_of(sitting, row)}
    to_person(sitting, "answer_due", row.expert_id, now, key=row.id, due=until.isoformat(), **facts)


def tell_settled(
    sitting: Sitting, rows: Sequence[ExpertQuestion], until: date | None, why: str, now: datetime, *, by: str
) -> None:
    """One message to the group, and new boards."""
    to_group(
        sitting,
        "questions_settled",
        now,
        key="-".join(str(row.id) for row in rows),
        by=by,
        questions=[
            {
                "number": row.number,
                "asker": sitting.label(row.person_id),
                "text": question_rows.text_of(sitting, row),
                "expert": sitting.label(row.expert_id) if row.expert_id is not None else None,
            }
            for row in rows
        ],
        until=until.isoformat() if until else None,
        why=why,
    )
    boards.touch(sitting.uow, sitting.id)
