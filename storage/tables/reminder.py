"""Statutory clocks and the steps that remind people of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, json, key


class Deadline(SQLModel, table=True):
    """A running clock, e.g. telling the result (5.8), with the sum that made its end."""

    __table_args__ = (UniqueConstraint("subject", "subject_id", "kind", "round"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    subject: str
    subject_id: int = big()
    kind: str
    round: int = 1
    starts_at: datetime = instant()
    ends_at: datetime = instant()
    arithmetic: dict[str, Any] = json()
    done_at: datetime | None = instant(None)


class DeadlineStep(SQLModel, table=True):
    """One reminder to one person: each (deadline, step, person) once, ever."""

    __tablename__ = "deadline_step"
    __table_args__ = (
        UniqueConstraint("deadline_id", "step", "person_id"),
        Index("step_due", "due_at", sqlite_where=text("sent_at IS NULL"), postgresql_where=text("sent_at IS NULL")),
    )

    id: int | None = key()
    community_id: int = community()
    deadline_id: int = big(foreign_key="deadline.id", index=True)
    step: str
    person_id: int = big(foreign_key="person.id")
    due_at: datetime = instant()
    sent_at: datetime | None = instant(None)
