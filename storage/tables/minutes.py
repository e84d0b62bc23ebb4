"""What the minutes keep besides: every posted version of the opinion, and what the recorder set right afterwards."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, json, key


class WordingVersion(SQLModel, table=True):
    """A version of the opinion as it was posted (5.7.2 a)."""

    __tablename__ = "wording_version"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    version: int
    wording: dict[str, Any] = json()
    digest: str
    posted_by: int = big(foreign_key="person.id")
    at: datetime = instant()


class LineAmendment(SQLModel, table=True):
    """The recorder set right what they had written, a summary or words of the room; the old words stay in `content`."""

    __tablename__ = "line_amendment"

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    speech_id: int = big(foreign_key="speech.id")
    what: str
    before_id: int = big(foreign_key="content.id")
    after_id: int = big(foreign_key="content.id")
    by: int = big(foreign_key="person.id")
    at: datetime = instant()
