"""The end (6): the supervisor checks the seven kinds of record, the committee notes the upload, the topic is closed."""

from datetime import date, datetime
from typing import Final

from procedure.errors import RuleBroken
from procedure.terms import TopicStage
from procedure.text import clean_text
from services import after_news
from services.act import Receipt
from services.case import Case, topic_action
from storage.tables import Archive

PROOF_LIMIT: Final = 300


@topic_action("confirm_archive")
def confirm_archive(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """The supervisor has seen every kind of record this topic's end calls for; what is missing is named."""
    row = _archive(case)
    row.confirmed_at, row.confirmed_by = now, person_id
    case.note("archive_confirmed", now, by=person_id)
    after_news.news(case, "to_upload", after_news.committee(case), now, key="", steps=("note_upload",))
    return Receipt("archive_confirmed")


def _archive(case: Case) -> Archive:
    row = case.uow.first(Archive, topic_id=case.id)
    return row or case.uow.add(Archive(community_id=case.topic.community_id, topic_id=case.id))


@topic_action("note_upload")
def note_upload(case: Case, person_id: int, *, now: datetime, day: str, proof: str) -> Receipt:
    """6: uploaded to the committee's platform on ``day`` (ISO), with its proof. Raises upload_in_future."""
    uploaded_on, today = date.fromisoformat(day), now.astimezone(case.tz).date()
    if uploaded_on > today:
        raise RuleBroken("upload_in_future", "6", today=today)
    row = _archive(case)
    row.uploaded_on, row.uploaded_by = uploaded_on, person_id
    row.proof = clean_text(proof, limit=PROOF_LIMIT, field="proof")
    case.topic.stage, case.topic.ended_at = TopicStage.CLOSED.value, now
    _, digest = case.keep(row.proof, person_id)
    case.note("topic_closed", now, by=person_id, uploaded_on=uploaded_on.isoformat(), proof=digest)
    outcome = case.topic.outcome
    after_news.posted(case, "closed", now, key="", outcome=outcome)
    people = [*after_news.listed(case), *after_news.supervision(case)]
    after_news.news(case, "closed", people, now, key="", outcome=outcome)
    return Receipt("topic_closed")
