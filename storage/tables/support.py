"""Who joined a topic that a neighbour raised."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, key


class Support(SQLModel, table=True):
    """One person's support of a topic; withdrawn, the row is gone and the journal keeps both."""

    __table_args__ = (UniqueConstraint("topic_id", "person_id"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id")
    person_id: int = big(foreign_key="person.id")
    joined_at: datetime = instant()
