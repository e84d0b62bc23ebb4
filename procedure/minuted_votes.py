"""Votes and the opinion they were about, as the minutes hold them (5.5.3, 5.7.2 a); times as in `procedure.minutes`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item of the opinion; ``due`` is an ISO date."""

    number: int
    text: str
    implementer: str
    due: str


@dataclass(frozen=True, slots=True)
class WordingPosted:
    """A version of the opinion as it was posted (5.7.2 a)."""

    version: int
    items: tuple[Item, ...]
    objections: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemAsked:
    """One item of the opinion by itself, and the other text it was to have ("" when asked whether it stays)."""

    number: int
    text: str
    alternative: str


@dataclass(frozen=True, slots=True)
class WordingAsked:
    """A stakeholder's request to change the wording, or to vote on an item by itself, and the chair's answer."""

    label: str
    text: str
    item: ItemAsked | None
    at: datetime
    adopted: bool | None
    reason: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallMade:
    """One of the calls for hands (5.5.3 b)."""

    stance: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandRaised:
    """One hand; in the trail every hand ever counted, in its order."""

    label: str
    stance: str
    room: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class VoteHeld:
    """A vote on one text: what froze at its first call, its hands, what became of it (5.5.3, 5.6.4).

    ``item``: it was on one item of the opinion, and settled its text only.
    """

    kind: str
    round: int
    digest: str | None
    items: tuple[Item, ...]
    objections: str
    item: ItemAsked | None
    roster: int
    in_favour: int | None
    against: int | None
    abstain: int | None
    in_the_room: int
    verdict: str | None
    decided_at: datetime | None
    voided_at: datetime | None
    void_clause: str | None
    void_reason: str | None
    calls: tuple[CallMade, ...]
    hands: tuple[HandRaised, ...]
    trail: tuple[HandRaised, ...]


@dataclass(frozen=True, slots=True)
class ChallengeMade:
    """A vote challenged, and the supervisor's answer (our rule)."""

    label: str
    about: str
    text: str
    at: datetime
    upheld: bool | None
    answer: str | None
    answered_at: datetime | None
