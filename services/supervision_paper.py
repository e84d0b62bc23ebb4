"""Form B.4: the supervisor's record of what became of the agreed opinion (5.9.4)."""

from datetime import date, datetime, timedelta
from typing import Final

from services import minutes, paper_words
from services.case import Case
from services.documents.papers import ItemRow, SupervisionRecord
from services.paper_words import printed
from storage.tables import FollowItem, FollowReport, Supervision

_KINDS: Final = {"receipt": "收到结果", "progress": "进度", "done": "办结", "extension": "延期"}


def supervision_record(case: Case, now: datetime) -> SupervisionRecord:
    """As written so far; the signature is written by hand. LookupError before the meeting."""
    meeting = minutes.held(case)
    assert meeting.opened_at is not None
    written = case.uow.first(Supervision, topic_id=case.id)
    fields = written.fields if written is not None else {}
    items = case.uow.all(FollowItem, order="number", topic_id=case.id, meeting_id=meeting.id)
    return SupervisionRecord(
        topic=case.topic.title,
        time=paper_words.day(meeting.opened_at.astimezone(case.tz).date()),
        items=tuple(_row(case, item) for item in items),
        progress=fields.get("progress", ""),
        problems=fields.get("problems", ""),
        effects=fields.get("effects", ""),
        money=fields.get("money_and_labour", ""),
        supervision=fields.get("supervision", ""),
        signed_by="",
        signed_on=None,
        number=case.topic.number,
    )


def last_day(case: Case, ends_at: datetime) -> date:
    """The local day at whose end a period is over."""
    return (ends_at - timedelta(microseconds=1)).astimezone(case.tz).date()


def _row(case: Case, item: FollowItem) -> ItemRow:
    due = paper_words.day(item.promised_on)
    if item.ends_at is not None and last_day(case, item.ends_at) != item.promised_on:
        due += printed("（期限到{day}）", day=paper_words.day(last_day(case, item.ends_at)))
    done = item.done_at
    return ItemRow(
        number=item.number,
        text=item.text,
        implementer=item.implementer,
        due=due,
        state="办理中" if done is None else f"{paper_words.day(done.astimezone(case.tz).date())}办结",
        notes=tuple(report_lines(case, item)),
    )


def report_lines(case: Case, item: FollowItem) -> list[str]:
    """What was reported about an item, oldest first."""
    lines = []
    for row in case.uow.all(FollowReport, order="at,id", item_id=item.id):
        when = paper_words.day(row.at.astimezone(case.tz).date())
        said = [when, _KINDS[row.kind]]
        if row.kind == "extension" and row.ends_at is not None:
            said.append(printed("（延至{day}）", day=paper_words.day(last_day(case, row.ends_at))))
        lines.append("".join(said) + (printed(":{text}", text=row.text) if row.text else ""))
    return lines
