"""What people chose where something was suggested to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, json, key


class Example(SQLModel, table=True):
    """A labelled example: the topic's words (its erasable content), what was suggested, what was chosen.

    ``chooser`` is proposer or committee; ``suggested`` holds codes only, {} when there was nothing to suggest with.
    """

    __table_args__ = (UniqueConstraint("topic_id", "chooser"),)

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id")
    content_id: int = big(foreign_key="content.id")
    chooser: str
    suggested: dict[str, Any] = json()
    item: str | None = None
    annex: str | None = None
    outside: bool = False
    at: datetime = instant()
