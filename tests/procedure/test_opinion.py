"""5.6.1 i, 5.7.2: the 24 hours of corrections, signing, and what follows from each verdict."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procedure.errors import OUR_RULE, RuleBroken
from procedure.opinion import after_telling, check_correction, check_sign, corrections_open_until, is_addendum
from procedure.terms import TopicStage, Verdict

ANNOUNCED = datetime(2025, 11, 7, 21, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday evening
UNTIL = ANNOUNCED + timedelta(hours=24)
SECOND = timedelta(seconds=1)


def test_corrections_run_24_hours_even_into_a_rest_day() -> None:
    assert corrections_open_until(ANNOUNCED) == UNTIL


@pytest.mark.parametrize(("now", "addendum"), [(ANNOUNCED, False), (UNTIL - SECOND, False), (UNTIL, True)])
def test_then_addenda_only(now: datetime, addendum: bool) -> None:
    assert is_addendum(now, ANNOUNCED) is addendum
    if not addendum:
        check_correction(now, ANNOUNCED)
        return
    with pytest.raises(RuleBroken) as refusal:
        check_correction(now, ANNOUNCED)
    assert (refusal.value.code, refusal.value.clause) == ("record_corrections_over", OUR_RULE)
    assert refusal.value.facts == {"until": UNTIL}


@pytest.mark.parametrize(
    ("now", "count", "code", "facts"),
    [
        (UNTIL - SECOND, 0, "record_corrections_running", {"until": UNTIL}),
        (UNTIL - SECOND, 1, "record_corrections_open", {"count": 1}),
        (UNTIL, 2, "record_corrections_open", {"count": 2}),
    ],
)
def test_not_signed_while_it_may_still_change(now: datetime, count: int, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_sign(now, ANNOUNCED, count)
    assert (refusal.value.code, refusal.value.clause, refusal.value.facts) == (code, OUR_RULE, facts)


def test_signed_from_the_end_of_the_24_hours() -> None:
    check_sign(UNTIL, ANNOUNCED, 0)


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
