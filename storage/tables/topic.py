"""A topic and what is fixed before its meeting: posts, plan, participants, notice, rules."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, community, instant, json, key


class Topic(SQLModel, table=True):
    """The root of everything; its row is the lock of every act on it."""

    __table_args__ = (UniqueConstraint("community_id", "number"),)

    id: int | None = key()
    community_id: int = community()
    number: int
    title: str
    reason: str
    proposal: str
    other: str = ""
    proposer_id: int = big(foreign_key="person.id")
    proposer_kind: str = "resident"
    table_row: int = 1
    catalogue: str | None = None
    annex: str | None = None
    stage: str
    outcome: str | None = None
    registered_at: datetime | None = instant(None)
    approved_at: datetime | None = instant(None)
    ended_at: datetime | None = instant(None)
    created_at: datetime = instant()


class Contact(SQLModel, table=True):
    """Sealed contact data (`storage.vault`), of a person or given for one topic's form B.1 with consent."""

    __table_args__ = (UniqueConstraint("person_id", "topic_id"),)

    id: int | None = key()
    community_id: int = community()
    person_id: int = big(foreign_key="person.id", index=True)
    topic_id: int | None = big(None, foreign_key="topic.id")
    sealed: str | None = None
    consent_at: datetime = instant()
    erased_at: datetime | None = instant(None)


class Review(SQLModel, table=True):
    """What the joint meeting concluded on a topic (5.2), with its reasons; a topic has at most one."""

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", unique=True)
    outcome: str
    reasons: dict[str, Any] = json()
    recorded_by: int = big(foreign_key="person.id")
    at: datetime = instant()


class PostHolder(SQLModel, table=True):
    """One of the four posts of 5.2.3, or its deputy named by the plan; a declined one makes room for another person."""

    __tablename__ = "post_holder"
    __table_args__ = (UniqueConstraint("topic_id", "post", "deputy"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    person_id: int = big(foreign_key="person.id", index=True)
    post: str
    deputy: bool = False
    offered_at: datetime | None = instant(None)
    accepted_at: datetime | None = instant(None)
    declined_at: datetime | None = instant(None)


class Plan(SQLModel, table=True):
    """A version of the consultation plan (5.3): time, form, chair; `room` is the address of a hybrid meeting's room.

    `fact_sheet_id`: what is to be read before the explanation; a later version of the plan takes it over.
    """

    __table_args__ = (UniqueConstraint("topic_id", "version"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    version: int = 1
    mode: str
    meets_at: datetime = instant()
    chair_id: int = big(foreign_key="person.id")
    deputy_chair_id: int | None = big(None, foreign_key="person.id")
    second_official_id: int | None = big(None, foreign_key="person.id")
    group_id: int = big(foreign_key="group_chat.id")
    room: str = Field(default="", sa_column_kwargs={"server_default": ""})
    drafted_at: datetime | None = instant(None)
    sent_at: datetime | None = instant(None)
    objections_until: datetime | None = instant(None)
    final_at: datetime | None = instant(None)
    changes: dict[str, Any] = json()
    fact_sheet_id: int | None = big(None)


class Participant(SQLModel, table=True):
    """A person's one capacity in the final plan (Table 2)."""

    __table_args__ = (UniqueConstraint("plan_id", "person_id"),)

    id: int | None = key()
    community_id: int = community()
    plan_id: int = big(foreign_key="plan.id", index=True)
    person_id: int = big(foreign_key="person.id", index=True)
    capacity: str
    category: str
    willing_at: datetime | None = instant(None)
    unwilling_at: datetime | None = instant(None)
    willing_by: int | None = big(None)


class Objection(SQLModel, table=True):
    """What a participant has against a plan that was sent (5.3.2), and the convener's answer."""

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    plan_id: int = big(foreign_key="plan.id", index=True)
    person_id: int = big(foreign_key="person.id")
    text: str
    at: datetime = instant()
    adopted: bool | None = None
    answer: str | None = None
    answered_at: datetime | None = instant(None)


class Notice(SQLModel, table=True):
    """The published notice (5.4) with its nine fields."""

    id: int | None = key()
    community_id: int = community()
    plan_id: int = big(foreign_key="plan.id", index=True)
    published_at: datetime = instant()
    fields: dict[str, Any] = json()
    sha256: str


class RulesDraft(SQLModel, table=True):
    """A version of the speaking and voting rules (5.5): the very settings that run."""

    __tablename__ = "rules"
    __table_args__ = (UniqueConstraint("plan_id", "version"),)

    id: int | None = key()
    community_id: int = community()
    plan_id: int = big(foreign_key="plan.id", index=True)
    version: int = 1
    settings: dict[str, Any] = json()
    drafted_at: datetime = instant()
