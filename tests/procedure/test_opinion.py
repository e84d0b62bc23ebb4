"""5.6.1 i, 5.7.2: the 24 hours of corrections, signing, and what follows from each verdict."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procedure.errors import RuleBroken
from procedure.opinion import after_telling, corrections_open_until, is_addendum
from procedure.terms import TopicStage, Verdict

ANNOUNCED = datetime(2025, 11, 7, 21, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday evening
UNTIL = ANNOUNCED + timedelta(hours=24)
SECOND = timedelta(seconds=1)


def test_corrections_run_24_hours_even_into_a_rest_day() -> None:
    assert corrections_open_until(ANNOUNCED) == UNTIL


@pytest.mark.parametrize(("now", "addendum"), [(ANNOUNCED, False), (UNTIL - SECOND, False), (UNTIL, True)])
def test_then_addenda_only(now: datetime, addendum: bool) -> None:
    assert is_addendum(now, UNTIL) is addendum


@pytest.mark.parametrize(
    ("verdict", "stage"),
    [
        (Verdict.AGREED, TopicStage.FOLLOW_UP),
        (Verdict.RECONVENE, TopicStage.WAITING),
        (Verdict.ENDED, TopicStage.ARCHIVE),
        (None, TopicStage.ARCHIVE),
    ],
)
def test_where_the_topic_goes(verdict: Verdict | None, stage: TopicStage) -> None:
    assert after_telling(verdict) is stage


def test_without_a_verdict_there_is_nothing_to_tell() -> None:
    with pytest.raises(RuleBroken) as refusal:
        after_telling(Verdict.NONE)
    assert (refusal.value.code, refusal.value.clause) == ("no_verdict", "5.7.2")


def test_every_verdict_leads_somewhere_or_is_refused() -> None:
    for verdict in set(Verdict) - {Verdict.NONE}:
        assert after_telling(verdict) in TopicStage
