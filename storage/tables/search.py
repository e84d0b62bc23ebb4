"""What can be looked for."""

from datetime import datetime

from sqlmodel import SQLModel

from storage.tables.columns import big, community, instant, key


class SearchText(SQLModel, table=True):
    """A public text of a topic: kind topic, notice, minutes or opinion; no names, no contact data.

    `plain` is the text in the one form that questions have too, `tokens` what it is found by; the database keeps an
    index of these (`storage.search`). `content_id`: the erasable words it was taken from, if any.
    """

    __tablename__ = "search_text"

    id: int | None = key()
    community_id: int = community()
    topic_id: int = big(foreign_key="topic.id", index=True)
    content_id: int | None = big(None, foreign_key="content.id")
    kind: str
    at: datetime = instant()
    text: str
    plain: str
    tokens: str
