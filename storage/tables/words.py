"""Around a turn: points of order, words read out for somebody, files that were sent, and who cannot speak now."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, key


class PointOfOrder(SQLModel, table=True):
    """程序异议: somebody says that the procedure is not kept; the chair answers with a reason (5.5.2 e, 5.6.4)."""

    __tablename__ = "point_of_order"

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    content_id: int = big(foreign_key="content.id")
    at: datetime = instant()
    upheld: bool | None = None
    reason_id: int | None = big(None, foreign_key="content.id")
    decided_by: int | None = big(None, foreign_key="person.id")
    decided_at: datetime | None = instant(None)


class Reading(SQLModel, table=True):
    """代读: words that somebody wrote privately for the recorder to read out in their turn.

    `turn_id` once the turn has begun, `speech_id` once they were read; `read_by` None: the bot posted them.
    """

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    turn_id: int | None = big(None, foreign_key="turn.id")
    content_id: int = big(foreign_key="content.id")
    asked_at: datetime = instant()
    read_at: datetime | None = instant(None)
    read_by: int | None = big(None, foreign_key="person.id")
    speech_id: int | None = big(None, foreign_key="speech.id")
    withdrawn_at: datetime | None = instant(None)


class Attachment(SQLModel, table=True):
    """A file that came with a message: wanted, stored (by its SHA-256), too_big, no_room or lost; left in the group."""

    __table_args__ = (
        UniqueConstraint("speech_id"),
        Index(
            "attachment_due",
            "due_at",
            sqlite_where=text("state = 'wanted'"),
            postgresql_where=text("state = 'wanted'"),
        ),
    )

    id: int | None = key()
    community_id: int = community()
    speech_id: int = big(foreign_key="speech.id")
    file_id: str
    name: str | None = None
    mime: str | None = None
    size: int | None = big(None)
    state: str = "wanted"
    attempts: int = 0
    due_at: datetime = instant()
    sha256: str | None = None
    stored_at: datetime | None = instant(None)


class Hindrance(SQLModel, table=True):
    """Somebody whose hand is up or who has the floor left the group, is muted there, or has blocked the bot."""

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    person_id: int = big(foreign_key="person.id")
    how: str
    since: datetime = instant()


class SenderChannel(SQLModel, table=True):
    """A channel that somebody wrote as while a meeting sat; whether the chair had it shut out, and since when it is."""

    __tablename__ = "sender_channel"
    __table_args__ = (UniqueConstraint("meeting_id", "channel_id"),)

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id")
    channel_id: int = big()
    title: str
    heard_at: datetime = instant()
    shut_out_by: int | None = big(None, foreign_key="person.id")
    shut_out_at: datetime | None = instant(None)
    done_at: datetime | None = instant(None)
