"""The record of a meeting until it is signed, and where a topic goes from its verdict (5.6.1 i, 5.7.2)."""

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from procedure.clocks import CLOCKS, DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import TopicStage, Verdict

CORRECTION_HOURS: Final = CLOCKS[DeadlineKind.RECORD_CORRECTIONS].amount


def corrections_open_until(announced_at: datetime) -> datetime:
    """The end of the 24 hours in which the record may be corrected, from the announcement (our rule)."""
    return announced_at + timedelta(hours=CORRECTION_HOURS)


def is_addendum(now: datetime, announced_at: datetime) -> bool:
    """After the 24 hours what somebody adds stands below the record and changes nothing in it (our rule)."""
    return now >= corrections_open_until(announced_at)


def check_correction(now: datetime, announced_at: datetime) -> None:
    """Raises RuleBroken record_corrections_over (our rule) with ``until``: from then on only addenda."""
    if is_addendum(now, announced_at):
        raise RuleBroken("record_corrections_over", OUR_RULE, until=corrections_open_until(announced_at))


def check_sign(now: datetime, announced_at: datetime, open_corrections: int) -> None:
    """The recorder signs once the 24 hours are over and every correction is answered (our rules).

    Raises RuleBroken record_corrections_open(count), record_corrections_running(until).
    """
    if open_corrections > 0:
        raise RuleBroken("record_corrections_open", OUR_RULE, count=open_corrections)
    until = corrections_open_until(announced_at)
    if now < until:
        raise RuleBroken("record_corrections_running", OUR_RULE, until=until)


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
