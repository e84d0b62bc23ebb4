"""The clock of a turn and what belongs to a speech (5.5.2 d and f). All instants are aware; durations are seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken

WARNING_SECONDS: Final = 30
GRACE_SECONDS: Final = 5
UPLOAD_SECONDS: Final = 30
SILENCE_SECONDS: Final = 90
SILENCE_ANSWER_SECONDS: Final = 30
UNSURE_START_SECONDS: Final = 10
LAST_CALL_SECONDS: Final = 60
WORDING_CORRECTION_SECONDS: Final = 300
STANDING_PERMISSION_SECONDS: Final = 10
EXTENSION_MINUTES: Final = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Window:
    """The time a turn runs. Raises ValueError when it ends before it starts."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at < self.starts_at:
            raise ValueError("a turn cannot end before it starts")


class MessageKind(StrEnum):
    """What a speaker sends, as far as its time is reckoned differently."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    OTHER = "other"


RECORDED_KINDS: Final = frozenset({MessageKind.VOICE, MessageKind.VIDEO_NOTE})


def ends_at(starts_at: datetime, minutes: int) -> datetime:
    """5.5.2 f: when a turn of so many minutes is over."""
    return starts_at + timedelta(minutes=minutes)


def warning_at(window: Window) -> datetime | None:
    """30 s before the end; None when the whole turn is no longer than that."""
    warning = window.ends_at - timedelta(seconds=WARNING_SECONDS)
    return warning if warning > window.starts_at else None


def silence_at(last_word_at: datetime) -> datetime:
    """When a speaker who has sent nothing since is asked whether they are still speaking."""
    return last_word_at + timedelta(seconds=SILENCE_SECONDS)


def belongs(window: Window, *, kind: MessageKind, sent_at: datetime, duration_seconds: int = 0) -> bool:
    """Whether a message is part of the speech; bounds count as inside.

    Written words and pictures count by their send time, up to 5 s after the end. A recording counts by its beginning
    (send time − duration): it must have begun in the turn, give or take the 5 s, since a duration is rounded, and have
    arrived at most 30 s after the end.
    """
    grace = timedelta(seconds=GRACE_SECONDS)
    if kind not in RECORDED_KINDS:
        return window.starts_at <= sent_at <= window.ends_at + grace
    begun_at = sent_at - timedelta(seconds=duration_seconds)
    begun_in_turn = window.starts_at - grace <= begun_at <= window.ends_at + grace
    return begun_in_turn and window.starts_at <= sent_at <= window.ends_at + timedelta(seconds=UPLOAD_SECONDS)


def overrun(window: Window, sent_at: datetime) -> int:
    """How many seconds past the end of its turn a message reached, rounded up; 0 within it (5.5.2 f)."""
    return max(0, -((window.ends_at - sent_at) // timedelta(seconds=1)))


def own_words(forwarded: bool, via_bot: bool) -> bool:
    """Only what a speaker says themselves is their speech: nothing forwarded, nothing written by a bot (our rule)."""
    return not (forwarded or via_bot)


def running_from(message_date: datetime | None, committed_at: datetime) -> datetime:
    """A turn runs from the grant message's own date; 10 s after the grant when its delivery is unsure."""
    return message_date if message_date is not None else committed_at + timedelta(seconds=UNSURE_START_SECONDS)


def given_back(now: datetime, last_tick: datetime, due: datetime) -> timedelta:
    """The time a stop of the bot took from something that was still running at ``last_tick``; never negative."""
    return max(now - last_tick, timedelta()) if due > last_tick else timedelta()


def shifted(due: datetime, lost: timedelta) -> datetime:
    """The new end once ``lost`` is given back."""
    return due + lost


def check_extension(minutes: int) -> None:
    """The chair may add 1 to 3 minutes at a time. Raises RuleBroken bad_extension."""
    if minutes not in EXTENSION_MINUTES:
        raise RuleBroken("bad_extension", OUR_RULE, minutes=minutes, least=1, most=3)
