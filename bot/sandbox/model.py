"""The sandbox's world as plain records; messages keep their Bot API form as the truth."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

Wire = dict[str, Any]

GROUPS = ("group", "supergroup")
GONE = ("left", "kicked")


@dataclass
class User:
    """A person (or a bot's face) of the sandbox."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False


@dataclass
class Member:
    """One user in one chat. `until` is seconds since the epoch, 0 for ever; `rights` by status."""

    chat: int
    user: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    until: int = 0


@dataclass
class Message:
    """A message; `wire` is what the Bot API shows of it, `keyboard` a reply keyboard that came with it."""

    id: int
    sender: int
    wire: Wire
    deleted: bool = False
    keyboard: Wire | None = None


@dataclass
class Chat:
    """A chat. A private chat belongs to one user and one bot (`peer`); its id is the user's.

    `topics`: a forum's, by thread id as text, each with `name` and `closed`; General is not among them. `banned`:
    channels that may not write here. `linked`: the channel of a discussion group, or the group of a channel.
    `boosts`: `unrestrict_boost_count`. `migrated_to`: the supergroup that this group has become.
    """

    id: int
    kind: str
    title: str = ""
    peer: int = 0
    started: bool = False
    blocked: bool = False
    forum: bool = False
    permissions: dict[str, bool] = field(default_factory=dict)
    pins: list[int] = field(default_factory=list)
    slow_mode_delay: int = 0
    protected: bool = False
    last_bot: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    spoke: dict[int, float] = field(default_factory=dict)
    topics: dict[str, Wire] = field(default_factory=dict)
    banned: list[int] = field(default_factory=list)
    linked: int = 0
    boosts: int = 0
    migrated_to: int = 0

    @property
    def key(self) -> str:
        """The chat's name in the store; private chats differ by bot."""
        return f"{self.id}:{self.peer}"


@dataclass
class Update:
    """An update as the bot will get it, already written out as JSON."""

    id: int
    body: str
    repeat: bool = False


@dataclass
class Bot:
    """A bot known by its token, of which only the SHA-256 is kept.

    `allowed` is the sticky list of update kinds, None for the default set.
    """

    id: int
    token_hash: str
    place: int = 1
    privacy: bool = True
    allowed: list[str] | None = None
    last_update: int = 0
    commands: dict[str, list[Wire]] = field(default_factory=dict)
    queue: deque[Update] = field(default_factory=deque)
    again: list[Update] = field(default_factory=list)


@dataclass
class File:
    """A stored file with its content."""

    id: str
    number: int
    kind: str
    name: str
    mime: str
    content: bytes
    width: int = 0
    height: int = 0
    duration: int = 0

    @property
    def unique_id(self) -> str:
        """The id that stays the same for every bot."""
        return self.id.rpartition("-")[2]

    @property
    def path(self) -> str:
        """Where `getFile` sends its reader."""
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{self.kind}s/file_{self.number}.{suffix}"


@dataclass
class Query:
    """A pressed button that waits for its answer; `expires` in seconds since the epoch."""

    id: str
    bot: int
    user: int
    expires: float
