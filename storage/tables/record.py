"""The way in, the way out, and what stays: inbox, receipts, outbox, boards, journal, contents, files."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, community, instant, json, key


class Inbox(SQLModel, table=True):
    """A raw update, stored before Telegram is told that we have it. `id` is the order of arrival."""

    __table_args__ = (
        Index("inbox_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )

    id: int | None = key()
    update_id: int = big(unique=True)
    body: str
    received_at: datetime = instant()
    done_at: datetime | None = instant(None)
    attempts: int = 0
    error: str | None = None


class Receipt(SQLModel, table=True):
    """What an act answered, by (update, action, n) or (deadline, step, person): a repeat is given this."""

    key: str = Field(primary_key=True)
    body: str
    at: datetime = instant()


class Outbox(SQLModel, table=True):
    """A message that a commit decided to send: queued, sending, sent, unsure, failed or dropped."""

    __table_args__ = (
        UniqueConstraint("unique_key"),
        Index(
            "outbox_queued",
            "chat_id",
            "priority",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
    )

    id: int | None = key()
    community_id: int | None = Field(default=None, foreign_key="community.id", index=True)
    kind: str
    chat_id: int = big()
    facts: dict[str, Any] = json()
    priority: int
    unique_key: str
    subject_id: int | None = big(None)
    state: str = "queued"
    attempts: int = 0
    not_before: datetime = instant()
    not_after: datetime | None = instant(None)
    created_at: datetime = instant()
    sent_at: datetime | None = instant(None)
    message_id: int | None = big(None)
    error: str | None = None


class Board(SQLModel, table=True):
    """A live message: the group's board, or one official's private console. A new generation is a new message."""

    __table_args__ = (
        UniqueConstraint("meeting_id", "chat_id"),
        Index("board_dirty", "id", sqlite_where=text("dirty"), postgresql_where=text("dirty")),
    )

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    chat_id: int = big()
    person_id: int | None = big(None, foreign_key="person.id")
    view: str
    generation: int = 0
    posted_generation: int = 0
    message_id: int | None = big(None)
    pinned_id: int | None = big(None)
    dirty: bool = False
    shown: str | None = None
    edited_at: datetime | None = instant(None)
    below: int = 0


class JournalEntry(SQLModel, table=True):
    """Append-only; a hash chain per subject (topic or community). Ids, figures and salted hashes only."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "number"),)

    id: int | None = key()
    community_id: int = community()
    subject: str
    subject_id: int = big()
    number: int
    at: datetime = instant()
    entry: str
    hash: str


class Content(SQLModel, table=True):
    """Erasable words: what was said or written, tied to the journal by a salted hash."""

    id: int | None = key()
    community_id: int = community()
    person_id: int | None = big(None)
    text: str | None = None
    salt: str
    hash: str
    erased_at: datetime | None = instant(None)


class File(SQLModel, table=True):
    """Bytes by their SHA-256: pictures, papers."""

    sha256: str = Field(primary_key=True)
    community_id: int = community()
    name: str
    mime: str
    body: bytes = Field(sa_type=LargeBinary)


class Setting(SQLModel, table=True):
    """Small facts about the running system: the last tick, the sender's lock."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str
