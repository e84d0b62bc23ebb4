"""Who there is: communities, Telegram accounts, and the persons of each community's roster."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, community, instant, key


class Community(SQLModel, table=True):
    """A village or residential community; all its law is computed in its own time zone."""

    id: int | None = key()
    name: str
    timezone: str = "Asia/Shanghai"
    created_at: datetime = instant()


class Account(SQLModel, table=True):
    """A Telegram account, global; it may come to carry several persons of one household."""

    id: int = big(primary_key=True)
    language: str = "zh"
    started_at: datetime | None = instant(None)
    unreachable_at: datetime | None = instant(None)


class Person(SQLModel, table=True):
    """One entry of a roster. `label` is what others see (household label or number), never the Telegram name."""

    __table_args__ = (Index("person_of_account", "account_id", "community_id"),)

    id: int | None = key()
    community_id: int = community()
    account_id: int | None = big(None, foreign_key="account.id")
    name: str
    label: str
    household: str | None = None
    building: str | None = None
    category: str | None = None
    unit: str | None = None
    left_at: datetime | None = instant(None)


class BindCode(SQLModel, table=True):
    """A one-time slip that ties an account to a person; only the code's hash is kept."""

    __tablename__ = "bind_code"

    id: int | None = key()
    community_id: int = community()
    person_id: int = big(foreign_key="person.id", index=True)
    code_hash: str = Field(unique=True)
    made_by: int | None = big(None, foreign_key="person.id")
    made_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = instant(None)
    used_by: int | None = big(None, foreign_key="account.id")


class CommunityRole(SQLModel, table=True):
    """A standing role in the community (procedure.terms.Standing values)."""

    __tablename__ = "community_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: int | None = key()
    community_id: int = community()
    person_id: int = big(foreign_key="person.id", index=True)
    role: str


class Group(SQLModel, table=True):
    """A Telegram chat bound to a community: the meeting group or the notice channel.

    `may_delete`, `may_mute`: the bot's rights there as Telegram last told them; None while it has not.
    `thread_id`: the forum topic it was bound in, None for General and for groups without topics. `former_chat_id`:
    the basic group that this supergroup was.
    """

    __tablename__ = "group_chat"
    __table_args__ = (Index("group_chat_former", "former_chat_id", unique=True),)

    id: int | None = key()
    community_id: int = community()
    chat_id: int = big(unique=True)
    title: str
    kind: str
    username: str | None = None
    bound_at: datetime | None = instant(None)
    bound_by: int | None = big(None)
    may_delete: bool | None = None
    may_mute: bool | None = None
    thread_id: int | None = big(None)
    former_chat_id: int | None = big(None)
