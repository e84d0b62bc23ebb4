"""Which other topics a topic is like."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, community, key


class Alike(SQLModel, table=True):
    """A topic that was found like this one when it was sent, and the words they share."""

    __table_args__ = (UniqueConstraint("topic_id", "other_id"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    other_id: int = big(foreign_key="topic.id")
    words: list[Any] = Field(default_factory=list, sa_type=JSON)
