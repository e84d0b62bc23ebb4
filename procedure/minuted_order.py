"""Order on the floor as the minutes hold it: words taken out of the group, and members muted (5.5.2 d)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WordsRemoved:
    """A message, or the first part of an album, that was logged and then removed; ``text`` None: erased.

    ``reason``: the chair's; None where the rules removed it. ``removed_at`` None: it is still to be seen in the group.
    """

    at: datetime
    message: int
    label: str | None
    text: str | None
    reason: str | None
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class MemberMuted:
    """Somebody who could not write in the group for a while; ``lifted_at`` None while it lasts."""

    at: datetime
    label: str | None
    reason: str | None
    lifted_at: datetime | None
