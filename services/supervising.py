"""The supervisor's record of the follow-up, form B.4 (5.9.4)."""

from datetime import datetime
from typing import Any, Final

from procedure.followup import SUPERVISION_FIELDS, check_supervision, supervision_missing
from procedure.text import clean_text
from services import after_news, following, papers, supervision_paper
from services.act import Actor, Receipt
from services.case import Case, peek, topic_action
from services.paper_words import printed
from storage.tables import Supervision
from storage.work import UnitOfWork

TEXT_LIMIT: Final = 1000


@topic_action("write_supervision")
def write_supervision(case: Case, person_id: int, *, now: datetime, fields: dict[str, str]) -> Receipt:
    """The five texts of B.4 as far as they are given; ``无`` where there is nothing to say."""
    given = {
        name: clean_text(fields[name], limit=TEXT_LIMIT, field=name)
        for name in SUPERVISION_FIELDS
        if fields.get(name, "").strip()
    }
    row = case.uow.first(Supervision, topic_id=case.id)
    if row is None:
        row = Supervision(community_id=case.topic.community_id, topic_id=case.id, updated_at=now)
        case.uow.add(row)
    row.fields, row.updated_at = row.fields | given, now
    case.uow.flush()
    _, digest = case.keep("\n".join(given.values()), person_id)
    case.note("supervision_written", now, by=person_id, fields=sorted(given), text=digest)
    if not supervision_missing(row.fields) and all(item.done_at is not None for item in following.items(case)):
        after_news.news(case, "b4_ready", [person_id], now, key=now.isoformat(), steps=("publish_supervision",))
    return Receipt("supervision_written")


@topic_action("publish_supervision")
def publish_supervision(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.9.4: form B.4 to group and channels; the topic goes to the archive.

    Raises items_open, supervision_incomplete.
    """
    row = case.uow.first(Supervision, topic_id=case.id)
    fields = {name: str(text) for name, text in row.fields.items()} if row is not None else {}
    items = following.items(case)
    check_supervision(fields, [following.facts_of(item) for item in items])
    assert row is not None
    row.confirmed_at = now
    record = papers.issue(case, "b4", now, by=person_id, publish=True)
    facts = {"count": len(items), "fields": fields}
    after_news.post(case, "supervision_published", facts, now, key=record.id)
    after_news.post_paper(case, record, now)
    case.note("supervision_published", now, by=person_id, version=record.version)
    following.to_archive(case, now)
    after_news.news(case, "supervised", after_news.committee(case), now, key=record.id)
    return Receipt("supervision_published")


def prepared(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> dict[str, Any]:
    """What the form starts from: what was written before, the progress else from the reports."""
    case = peek(uow, topic_id, actor)
    row = uow.first(Supervision, topic_id=case.id)
    written = dict(row.fields) if row is not None else {}
    if not written.get("progress"):
        lines = [
            printed("第{number}条：{line}", number=item.number, line=line)
            for item in following.items(case)
            for line in supervision_paper.report_lines(case, item)
        ]
        written["progress"] = "\n".join(lines)[:TEXT_LIMIT]
    return written
