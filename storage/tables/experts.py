"""Questions to the experts of a meeting (5.6.1 f)."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, key


class ExpertQuestion(SQLModel, table=True):
    """What a stakeholder wants to know. `number` counts from 1 in the meeting; `entered_by`: the recorder, for them.

    `expert_id`: who is to answer, in `minutes`; the turns that answer it name it. `until`, `written_id`: promised in
    writing, and what was written; `reason_id`: why there is no answer.
    """

    __tablename__ = "expert_question"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id")
    number: int
    person_id: int = big(foreign_key="person.id")
    content_id: int = big(foreign_key="content.id")
    entered_by: int | None = big(None, foreign_key="person.id")
    asked_at: datetime = instant()
    state: str = "waiting"
    merged_into: int | None = big(None)
    expert_id: int | None = big(None, foreign_key="person.id")
    minutes: int
    until: date | None = None
    reason_id: int | None = big(None, foreign_key="content.id")
    written_id: int | None = big(None, foreign_key="content.id")
    settled_by: int | None = big(None, foreign_key="person.id")
    settled_at: datetime | None = instant(None)
    written_at: datetime | None = instant(None)
