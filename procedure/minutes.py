"""The minutes of a meeting as one value; chat pages, form B.3 and JSON are made from it (5.6.1 i, 5.6.3, annex B.4).

Every instant is aware and in the community's time zone. ``text`` None: the words were erased. People are shown by their
label, never by name; the names of post-holders are public with their post (5.2.3).
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, Final

from procedure.errors import RuleBroken
from procedure.minuted_facts import FactSheetShown
from procedure.minuted_order import MemberMuted, WordsRemoved
from procedure.minuted_questions import QuestionAsked
from procedure.minuted_votes import ChallengeMade, VoteHeld, WordingAsked, WordingPosted
from procedure.terms import Standing

SCHEMA: Final = "yishiting.minutes/1"
"""Changes with the meaning of a key; keys are only added."""
OFFICIALS: Final = frozenset(
    {
        Standing.CONVENER,
        Standing.CHAIR,
        Standing.RECORDER,
        Standing.ADVISER,
        Standing.SUPERVISOR,
        Standing.SUPERVISORY_COMMITTEE,
    }
)
"""They read the whole minutes and get them as a file; the others read `for_everybody`."""
_AFTERWARDS: Final = frozenset(
    {
        Standing.STAKEHOLDER,
        Standing.EXPERT,
        Standing.UNIT,
        Standing.SELF_JOINED,
        Standing.OBSERVER,
        Standing.PROPOSER,
        Standing.COMMITTEE,
        Standing.PARTY_BRANCH,
    }
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who checked in to which sitting, as what, in which way; ``seat`` in the room of a hybrid meeting (form B.2)."""

    label: str
    capacity: str | None
    post: str | None
    sitting: int
    via: str
    seat: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that came with a message: wanted, stored under its SHA-256, too_big, no_room or lost."""

    state: str
    sha256: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Addendum:
    """What a message was changed to later: the first version stays the speech."""

    number: int
    text: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the recorder set right in their own writing (summary or words), with what stood there before."""

    what: str
    before: str | None
    after: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """One message of a turn, or one album; ``number`` is turn.place, both from 1.

    ``messages`` are Telegram's numbers in the group and ``links`` lead to them as long as they are there: the group may
    lose a message unseen, these words stay. ``read_by``: recorder or bot, for words that were read out.
    """

    number: str
    messages: tuple[int, ...]
    links: tuple[str, ...]
    kind: str
    parts: int
    sent_at: datetime
    text: str | None
    summary: str | None
    read_by: str | None
    overrun_seconds: int
    files: tuple[KeptFile, ...]
    addenda: tuple[Addendum, ...]
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """The floor given to one person (5.5.2 b): ``seconds`` it lasted, None while it runs or if it never began.

    ``question``: the number of the question that it answers (5.6.1 f).
    """

    number: int
    kind: str
    label: str
    capacity: str | None
    stance: str | None
    granted_at: datetime
    starts_at: datetime | None
    ended_at: datetime | None
    seconds: int | None
    end_reason: str | None
    counted: bool
    question: int | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Interruption:
    """Words out of turn: logged, no speech; ``stopped`` when the chair said so (5.5.2 d)."""

    at: datetime
    message: int
    link: str | None
    label: str | None
    stopped: bool


@dataclass(frozen=True, slots=True)
class Interruptions:
    """How many there were, how many the chair stopped, when the last one was; each of them for officials."""

    count: int
    stops: int
    last_at: datetime | None
    each: tuple[Interruption, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of order and the chair's answer (our rule)."""

    label: str
    text: str | None
    at: datetime
    upheld: bool | None
    reason: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """The chair reminded somebody of civil words, and the group saw it (5.5.2 e)."""

    label: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StopOrdered:
    """The supervisor stopped the meeting and ordered a correction (5.6.4)."""

    reason: str
    correction: str
    at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody wanted corrected in the minutes; after 24 hours an addendum (our rules). Each kind has numbers."""

    number: int
    addendum: bool
    label: str
    text: str
    at: datetime
    adopted: bool | None
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """A step of the meeting, by the journal's name for it."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that stands in the record of one meeting; the same facts for every reader, less in `public`."""

    schema: str
    public: bool
    topic: int
    title: str
    meeting: int
    mode: str
    place: str
    scheduled_at: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    chair: str
    posts: dict[str, str]
    fact_sheet: FactSheetShown | None
    attendance: tuple[Attendee, ...]
    happened: tuple[Happened, ...]
    turns: tuple[TurnTaken, ...]
    interruptions: Interruptions
    removals: tuple[WordsRemoved, ...]
    mutes: tuple[MemberMuted, ...]
    questions: tuple[QuestionAsked, ...]
    points: tuple[Point, ...]
    reminders: tuple[Reminder, ...]
    wordings: tuple[WordingPosted, ...]
    requests: tuple[WordingAsked, ...]
    votes: tuple[VoteHeld, ...]
    challenges: tuple[ChallengeMade, ...]
    stops: tuple[StopOrdered, ...]
    corrections: tuple[Correction, ...]
    verdict: str | None


def for_everybody(minutes: Minutes) -> Minutes:
    """What those who took part may read: who raised which hand in a vote and who spoke out of turn is for officials."""
    votes = tuple(replace(vote, hands=(), trail=()) for vote in minutes.votes)
    interruptions = replace(minutes.interruptions, each=())
    return replace(minutes, public=True, votes=votes, interruptions=interruptions, removals=())


def check_reader(standings: AbstractSet[Standing], *, signed_in: bool, ended: bool) -> bool:
    """Whether these may read the whole minutes; else they read `for_everybody` (our rule, 5.6.3).

    While the meeting sits they are for who signed in; after it for everybody the plan lists, and both committees.
    Raises RuleBroken minutes_sign_in_first, after the meeting minutes_not_for_you.
    """
    if not OFFICIALS.isdisjoint(standings):
        return True
    if signed_in or (ended and not _AFTERWARDS.isdisjoint(standings)):
        return False
    if ended:
        raise RuleBroken("minutes_not_for_you", "5.6.3")
    raise RuleBroken("minutes_sign_in_first", "5.6.3")


def lasted(starts_at: datetime | None, ended_at: datetime | None) -> int | None:
    """Whole seconds of a turn; None when it has not begun or not ended."""
    if starts_at is None or ended_at is None:
        return None
    return max(0, int((ended_at - starts_at).total_seconds()))


def plain(value: Any) -> Any:
    """The minutes, or a part of them, as JSON holds them: keys are the names of the fields, times ISO with offset."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value
