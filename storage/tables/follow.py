"""What comes after the announcement: record and papers, telling, follow-up, archive (5.7–5.9, 6)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, json, key


class Document(SQLModel, table=True):
    """An issued paper: kind (b1, b1_public, notice, b2, b3, b4, result_notice) and version, its bytes by SHA-256.

    `facts` is what it says, fixed when it was issued; `sha256` is empty until somebody has drawn it.
    """

    __table_args__ = (UniqueConstraint("topic_id", "kind", "version"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    meeting_id: int | None = big(None, foreign_key="meeting.id")
    kind: str
    version: int = 1
    name: str
    sha256: str = ""
    facts: dict[str, Any] = json()
    issued_at: datetime = instant()
    issued_by: int | None = big(None, foreign_key="person.id")
    signed_at: datetime | None = instant(None)
    signed_by: int | None = big(None, foreign_key="person.id")
    published_at: datetime | None = instant(None)
    voided_at: datetime | None = instant(None)


class RecordCorrection(SQLModel, table=True):
    """What somebody wants corrected in the record B.3, and what became of it; after 24 h an addendum."""

    __tablename__ = "record_correction"

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    text: str
    at: datetime = instant()
    addendum: bool = False
    adopted: bool | None = None
    answer: str | None = None
    answered_at: datetime | None = instant(None)


class Telling(SQLModel, table=True):
    """That one person is to be told one thing: subject review, plan, result or record (5.2.4, 5.3.2, 5.8)."""

    __table_args__ = (UniqueConstraint("subject", "subject_id", "person_id"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    subject: str
    subject_id: int = big()
    person_id: int = big(foreign_key="person.id", index=True)
    delivered_at: datetime | None = instant(None)


class TellingAttempt(SQLModel, table=True):
    """A recorded attempt to tell somebody by telephone, at the door, in writing."""

    __tablename__ = "telling_attempt"

    id: int | None = key()
    community_id: int = community()
    telling_id: int = big(foreign_key="telling.id", index=True)
    by: int = big(foreign_key="person.id")
    at: datetime = instant()
    way: str
    reached: bool = False


class FollowItem(SQLModel, table=True):
    """One numbered item of the agreed opinion and who carries it out (5.9.2); `ends_at` is the present end."""

    __tablename__ = "follow_item"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    meeting_id: int = big(foreign_key="meeting.id")
    number: int
    text: str
    implementer: str
    promised_on: date
    person_id: int | None = big(None, foreign_key="person.id")
    received_at: datetime | None = instant(None)
    ends_at: datetime | None = instant(None)
    done_at: datetime | None = instant(None)


class FollowReport(SQLModel, table=True):
    """What was said about an item: receipt, progress, done, extension (with its new end and reason)."""

    __tablename__ = "follow_report"

    id: int | None = key()
    community_id: int = community()
    item_id: int = big(foreign_key="follow_item.id", index=True)
    kind: str
    text: str
    by: int = big(foreign_key="person.id")
    at: datetime = instant()
    ends_at: datetime | None = instant(None)


class Supervision(SQLModel, table=True):
    """The supervisor's record B.4 while it is written (5.9.4)."""

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", unique=True)
    fields: dict[str, Any] = json()
    updated_at: datetime = instant()
    confirmed_at: datetime | None = instant(None)


class Archive(SQLModel, table=True):
    """The supervisor's check of the seven kinds of record, and the committee's upload (6)."""

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", unique=True)
    confirmed_at: datetime | None = instant(None)
    confirmed_by: int | None = big(None, foreign_key="person.id")
    uploaded_on: date | None = None
    uploaded_by: int | None = big(None, foreign_key="person.id")
    proof: str | None = None
