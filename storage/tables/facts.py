"""The fact sheet of a topic, and who has opened which version: counted, never listed."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, json, key


class FactSheet(SQLModel, table=True):
    """A version of the fact sheet; its lines are JSON in `content`. `changes`: numbers added, removed, changed."""

    __tablename__ = "fact_sheet"
    __table_args__ = (UniqueConstraint("topic_id", "version"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id")
    version: int
    content_id: int = big(foreign_key="content.id")
    digest: str
    changes: dict[str, Any] = json()
    attached_by: int = big(foreign_key="person.id")
    attached_at: datetime = instant()


class FactReading(SQLModel, table=True):
    """Somebody opened this version: one row a person, for their number."""

    __tablename__ = "fact_reading"
    __table_args__ = (UniqueConstraint("sheet_id", "person_id"),)

    id: int | None = key()
    community_id: int = community()
    sheet_id: int = big(foreign_key="fact_sheet.id")
    person_id: int = big(foreign_key="person.id")
