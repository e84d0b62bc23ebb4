"""Questions to the experts for the minutes: from their rows to values, from values to paragraphs (5.6.1 f and i)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from procedure.experts import QuestionState
from procedure.minuted_questions import QuestionAsked
from services import paper_words
from services.minutes_rows import Rows
from services.paper_words import ERASED, printed
from storage.tables import ExpertQuestion

_TEXTS: Final = (
    "SELECT q.id, c.text, r.text, w.text FROM expert_question q JOIN content c ON c.id = q.content_id"
    " LEFT JOIN content r ON r.id = q.reason_id LEFT JOIN content w ON w.id = q.written_id WHERE q.meeting_id = :id"
)


def questions(rows: Rows) -> tuple[QuestionAsked, ...]:
    """Every question in its order."""
    texts = {row[0]: row[1:] for row in rows.all(_TEXTS)}
    if not texts:
        return ()
    found = rows.uow.all(ExpertQuestion, order="number", meeting_id=rows.id)
    numbers = {row.id: row.number for row in found}
    return tuple(_question(rows, row, numbers, *texts[row.id]) for row in found)


def _question(
    rows: Rows,
    row: ExpertQuestion,
    numbers: dict[int | None, int],
    text: str | None,
    reason: str | None,
    written: str | None,
) -> QuestionAsked:
    return QuestionAsked(
        number=row.number,
        label=rows.labels[row.person_id],
        text=text,
        at=rows.local(row.asked_at),
        entered=row.entered_by is not None,
        state=row.state,
        merged_into=numbers[row.merged_into] if row.merged_into is not None else None,
        expert=rows.labels[row.expert_id] if row.expert_id is not None else None,
        until=row.until.isoformat() if row.until is not None else None,
        reason=reason if row.reason_id is not None else "",
        settled_at=rows.when(row.settled_at),
        written=written if row.written_id is not None else "",
        written_at=rows.when(row.written_at),
    )


def numbers(rows: Rows) -> dict[int, int]:
    """Question → its number, for the turns that answer one."""
    return {row[0]: row[1] for row in rows.all("SELECT id, number FROM expert_question WHERE meeting_id = :id")}


def lines(asked: tuple[QuestionAsked, ...], ended_at: datetime | None) -> Iterator[tuple[datetime, str]]:
    """Each question, how it ended, what was written later; one that waits when the meeting is over is unanswered."""
    for one in asked:
        how = printed("（记录员代为登记）") if one.entered else ""
        sentence = "{label}向专家提问（第{number}问）{how}：{text}"
        yield one.at, printed(sentence, label=one.label, number=one.number, how=how, text=_text(one.text))
        if one.settled_at is not None and one.state != QuestionState.ANSWERED:
            yield one.settled_at, _ended(one)
        if one.written_at is not None:
            sentence = "{label}对第{number}问的书面答复：{text}"
            yield one.written_at, printed(sentence, label=one.expert, number=one.number, text=_text(one.written))
        if one.state == QuestionState.WAITING and ended_at is not None:
            yield ended_at, printed("第{number}问未答复：散会时还没有轮到。", number=one.number)


def _text(text: str | None) -> str:
    return ERASED if text is None else " ".join(text.split())


def _ended(one: QuestionAsked) -> str:
    if one.state == QuestionState.MERGED:
        return printed("记录员把第{number}问并到第{into}问，一起答复。", number=one.number, into=one.merged_into)
    if one.state == QuestionState.UNANSWERED:
        return printed("第{number}问未答复，主持人说明理由：{why}", number=one.number, why=_text(one.reason))
    assert one.until is not None
    day = paper_words.day(date.fromisoformat(one.until))
    return printed("第{number}问由{label}在{day}前书面答复。", number=one.number, label=one.expert, day=day)
