"""Private conversations: dialog state and what was typed so far."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.columns import big, community, instant, json, key


class DialogState(SQLModel, table=True):
    """aiogram's conversation state, one row per key."""

    __tablename__ = "dialog_state"

    key: str = Field(primary_key=True)
    state: str | None = None
    data: dict[str, Any] = json()


class Draft(SQLModel, table=True):
    """What somebody has typed into a form, saved at every step; `submitted_at` makes sending it idempotent."""

    id: int | None = key()
    community_id: int = community()
    person_id: int = big(foreign_key="person.id", index=True)
    kind: str
    subject: str = "meeting"
    subject_id: int = big()
    fields: dict[str, Any] = json()
    updated_at: datetime = instant()
    submitted_at: datetime | None = instant(None)
