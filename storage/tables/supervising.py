"""The supervisor's stop of a meeting and its correction (5.6.4), and challenges of a vote (our rule)."""

from datetime import datetime

from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, key


class Stop(SQLModel, table=True):
    """A meeting stopped by the supervisor: why, what is to be corrected, the state before; open until `lifted_at`."""

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    reason: str
    correction: str
    state_left: str
    at: datetime = instant()
    lifted_by: int | None = big(None, foreign_key="person.id")
    lifted_at: datetime | None = instant(None)


class Challenge(SQLModel, table=True):
    """A stakeholder's challenge of a vote: ``about`` their own hand or the call; and what the supervisor answered."""

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    motion_id: int = big(foreign_key="motion.id")
    person_id: int = big(foreign_key="person.id")
    about: str
    text: str
    at: datetime = instant()
    upheld: bool | None = None
    answer: str | None = None
    answered_by: int | None = big(None, foreign_key="person.id")
    answered_at: datetime | None = instant(None)
