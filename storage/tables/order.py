"""What is done about words out of turn: messages removed from the group, members muted, each until it is undone."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, json, key


class Removal(SQLModel, table=True):
    """A logged message that is taken out of the group: by strict rules, or by the chair (`ordered_by`) with a reason.

    `removed_at`: Telegram has done it. `failed_at`: Telegram has refused it; the message stays.
    """

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    speech_id: int = big(foreign_key="speech.id", unique=True)
    ordered_by: int | None = big(None, foreign_key="person.id")
    reason_id: int | None = big(None, foreign_key="content.id")
    at: datetime = instant()
    removed_at: datetime | None = instant(None)
    failed_at: datetime | None = instant(None)


class Restriction(SQLModel, table=True):
    """One member muted by the chair: an obligation that is open until `closed_at` (procedure.mutes.MuteState).

    `before` is the member as Telegram described it before anything was done, `until` what Telegram was asked (seconds
    of the epoch, 0 for ever). The group is the meeting's.
    """

    __table_args__ = (
        Index(
            "one_open_restriction",
            "meeting_id",
            "account_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = key()
    community_id: int = community()
    meeting_id: int = big(foreign_key="meeting.id", index=True)
    account_id: int = big()
    person_id: int | None = big(None, foreign_key="person.id")
    ordered_by: int = big(foreign_key="person.id")
    reason_id: int = big(foreign_key="content.id")
    minutes: int | None = None
    state: str
    steps: int = 0
    before: dict[str, object] = json()
    until: int = big(0)
    at: datetime = instant()
    ends_at: datetime = instant()
    restricted_at: datetime | None = instant(None)
    closed_at: datetime | None = instant(None)
    why: str | None = None
