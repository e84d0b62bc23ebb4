"""The record of a meeting until it is signed, and where a topic goes from its verdict (5.6.1 i, 5.7.2)."""

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from procedure.clocks import CLOCKS, DeadlineKind
from procedure.errors import RuleBroken
from procedure.terms import TopicStage, Verdict

CORRECTION_HOURS: Final = CLOCKS[DeadlineKind.RECORD_CORRECTIONS].amount


def corrections_open_until(announced_at: datetime) -> datetime:
    """The end of the 24 hours in which the record may be corrected, from the announcement (our rule)."""
    return announced_at + timedelta(hours=CORRECTION_HOURS)


def is_addendum(now: datetime, corrections_until: datetime) -> bool:
    """After the 24 hours what somebody adds stands below the record and changes nothing in it (our rule)."""
    return now >= corrections_until


_NEXT: Final = MappingProxyType(
    {
        Verdict.AGREED: TopicStage.FOLLOW_UP,
        Verdict.RECONVENE: TopicStage.WAITING,
        Verdict.ENDED: TopicStage.ARCHIVE,
    }
)


def after_telling(verdict: Verdict | None) -> TopicStage:
    """Where the topic goes once everybody was told: agreed is carried out (5.9), reconvene waits until the time is ripe
    (5.7.2 c), ended (5.7.2 b) is archived, and so is a topic that left the meeting for annex D (None, 5.7.1).

    Raises RuleBroken no_verdict (5.7.2) for a vote in which nobody took part: such a meeting has not ended.
    """
    if verdict is None:
        return TopicStage.ARCHIVE
    if verdict is Verdict.NONE:
        raise RuleBroken("no_verdict", "5.7.2")
    return _NEXT[verdict]
