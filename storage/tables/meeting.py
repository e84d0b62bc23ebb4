"""A meeting and its timers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, json, key


class Meeting(SQLModel, table=True):
    """One meeting of a topic; at most one per group is live."""

    __table_args__ = (
        Index(
            "one_live_meeting_per_group",
            "chat_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
    )

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    plan_id: int = big(foreign_key="plan.id")
    rules_id: int = big(foreign_key="rules.id")
    chat_id: int = big(index=True)
    chair_id: int = big(foreign_key="person.id")
    state: str = "scheduled"
    state_left: str | None = None
    live: bool = False
    sitting: int = 1
    scheduled_at: datetime = instant()
    opened_at: datetime | None = instant(None)
    rules_adopted: bool | None = None
    explained_at: datetime | None = instant(None)
    last_stance: str | None = None
    last_call_until: datetime | None = instant(None)
    standing_chair_id: int | None = big(None)
    points_open: int = 0
    questions_open: int = 0
    interruptions: int = 0
    muted: int = 0
    wording_version: int = 0
    wording_posted_at: datetime | None = instant(None)
    wording: dict[str, Any] = json()
    list_closes_at: datetime | None = instant(None)
    verdict: str | None = None
    announced_at: datetime | None = instant(None)
    annex: dict[str, Any] = json()
    held: dict[str, Any] = json()
    stopped_at: datetime | None = instant(None)
    chair_lent: bool = False
    condition: dict[str, Any] = json()
    corrections_until: datetime | None = instant(None)
    signed_at: datetime | None = instant(None)


class Timer(SQLModel, table=True):
    """An instant at which a meeting does something by itself; fires once."""

    __table_args__ = (
        Index("timer_due", "due_at", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    kind: str
    subject_id: int = big()
    due_at: datetime = instant()
    done_at: datetime | None = instant(None)
