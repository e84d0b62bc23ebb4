"""Motions, their three calls, the frozen roster, hands and the trail of changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, community, instant, json, key


class Motion(SQLModel, table=True):
    """What is put to the vote: the rules, the agreed opinion's wording, or one item of it.

    Text and hash freeze at the first call. `nudged`: the call in which those whose hand was missing were reminded.
    A void one (5.6.4) keeps everything, its hands too; it is never the meeting's latest, since it is put again at once.
    """

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    kind: str
    round: int = 1
    stage: str = "put"
    wording: dict[str, Any] = json()
    digest: str | None = None
    threshold: dict[str, Any] = json()
    calling: str | None = None
    calls_done: int = 0
    call_opened_at: datetime | None = instant(None)
    correction_until: datetime | None = instant(None)
    roster: int = 0
    in_favour: int | None = None
    against: int | None = None
    abstain: int | None = None
    verdict: str | None = None
    decided_at: datetime | None = instant(None)
    voided_at: datetime | None = instant(None)
    void_clause: str | None = None
    void_reason: str | None = None
    nudged: str | None = None


class Call(SQLModel, table=True):
    """One of the three calls of a motion."""

    __table_args__ = (UniqueConstraint("motion_id", "stance"),)

    id: int | None = key()
    community_id: int = community()
    motion_id: int = big(foreign_key="motion.id", index=True)
    stance: str
    opened_at: datetime = instant()
    seen_at: datetime | None = instant(None)
    closed_at: datetime | None = instant(None)


class Seat(SQLModel, table=True):
    """A place on a motion's roster: a stakeholder checked in when the first call opened."""

    motion_id: int = big(primary_key=True, foreign_key="motion.id")
    person_id: int = big(primary_key=True, foreign_key="person.id")
    community_id: int = community()


class Vote(SQLModel, table=True):
    """The one hand of one stakeholder on one motion, as it stands; `batch_id` if it was raised in the room."""

    motion_id: int = big(primary_key=True, foreign_key="motion.id")
    person_id: int = big(primary_key=True, foreign_key="person.id")
    community_id: int = community()
    stance: str
    code: str
    batch_id: int | None = big(None)
    at: datetime = instant()


class RoomBatch(SQLModel, table=True):
    """Hands in the room of one stance, entered by the recorder: they count once the second official confirms them.

    `hands`: {"seats": [[seat number, person], …]}.
    """

    __tablename__ = "room_batch"

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id")
    motion_id: int = big(foreign_key="motion.id", index=True)
    stance: str
    hands: dict[str, Any] = json()
    state: str = "waiting"
    entered_by: int = big(foreign_key="person.id")
    entered_at: datetime = instant()
    judged_by: int | None = big(None, foreign_key="person.id")
    judged_at: datetime | None = instant(None)


class VoteTrail(SQLModel, table=True):
    """Every hand ever counted, in order: a change never wipes out what was."""

    __tablename__ = "vote_trail"

    id: int | None = key()
    community_id: int = community()
    motion_id: int = big(foreign_key="motion.id", index=True)
    person_id: int = big()
    stance: str
    batch_id: int | None = big(None)
    at: datetime = instant()


class WordingRequest(SQLModel, table=True):
    """A stakeholder's request to correct the wording before it is put (5.7.2 a).

    `item`: the item they want to be voted on by itself, {"number", "text"}; `text` is then another text for it, or "".
    """

    __tablename__ = "wording_request"

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    text: str
    item: dict[str, Any] = json()
    asked_at: datetime = instant()
    adopted: bool | None = Field(default=None)
    reason: str | None = None
    decided_at: datetime | None = instant(None)
