"""5.3.1 a, 5.3.2, 5.4: the chain of clocks back from a meeting day, rest days, and the days that are offered."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.calendar import check_notice, days_forward, end_of_day
from procedure.errors import OUR_RULE, RuleBroken
from procedure.planner import (
    DayOffer,
    PlanStage,
    check_meeting,
    check_send,
    earliest_meeting_day,
    last_meeting_day,
    objection_window,
    offers,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAYS = {date(2025, 10, day) for day in range(1, 9)} | {date(2026, 1, day) for day in (1, 2, 3)}
MAKE_UP_WORKDAYS = {date(2025, 9, 28), date(2025, 10, 11), date(2026, 1, 4)}


def is_rest(day: date) -> bool | None:
    """An excerpt of a holiday table that ends with 2026."""
    if day.year > 2026:
        return None
    return day in HOLIDAYS or (day.weekday() >= 5 and day not in MAKE_UP_WORKDAYS)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def offer_of(approved_on: date, day: date) -> DayOffer:
    (offer,) = (offer for offer in offers(approved_on, at(approved_on), is_rest, SHANGHAI) if offer.day == day)
    return offer


@pytest.mark.parametrize(
    ("approved_on", "nominal", "last_day"),
    [
        (date(2025, 11, 3), date(2025, 11, 18), date(2025, 11, 18)),
        (date(2025, 11, 7), date(2025, 11, 22), date(2025, 11, 24)),  # Saturday → Monday
        (date(2025, 9, 18), date(2025, 10, 3), date(2025, 10, 9)),  # the national holiday lengthens
        (date(2025, 9, 26), date(2025, 10, 11), date(2025, 10, 11)),  # a Saturday worked instead does not
    ],
)
def test_fifteen_days_from_the_approval(approved_on: date, nominal: date, last_day: date) -> None:
    end = last_meeting_day(approved_on, is_rest, SHANGHAI)
    assert (end.start, end.days, end.nominal, end.last_day) == (approved_on, 15, nominal, last_day)


@pytest.mark.parametrize(
    ("approved_on", "meeting", "notice_by", "objections_end", "send_by", "draft_by"),
    [
        # Approved on the 3rd: day 15 → notice day 11 → objections day 10 → sent day 8 → drafted day 6.
        ("2025-11-03", "2025-11-18", "2025-11-14", "2025-11-13", "2025-11-11", "2025-11-09"),
        # The notice falls on a Sunday and stays there; the objections would end on Saturday and so end on Friday.
        ("2025-11-07", "2025-11-20", "2025-11-16", "2025-11-14", "2025-11-12", "2025-11-10"),
        # The objections must end before the holiday begins.
        ("2025-09-28", "2025-10-13", "2025-10-09", "2025-09-30", "2025-09-28", "2025-09-26"),
        # The Sunday worked instead ends the objections like any other day.
        ("2025-09-18", "2025-10-03", "2025-09-29", "2025-09-28", "2025-09-26", "2025-09-24"),
        # The notice in the middle of the holiday does not move.
        ("2025-09-24", "2025-10-09", "2025-10-05", "2025-09-30", "2025-09-28", "2025-09-26"),
        # Both periods lengthened: Wednesday + 2 = Friday, and the sending ends on the Wednesday before.
        ("2025-11-10", "2025-11-23", "2025-11-19", "2025-11-18", "2025-11-16", "2025-11-12"),
    ],
)
def test_the_chain_back_from_a_meeting_day(
    approved_on: str, meeting: str, notice_by: str, objections_end: str, send_by: str, draft_by: str
) -> None:
    offer = offer_of(date.fromisoformat(approved_on), date.fromisoformat(meeting))
    assert offer.lawful
    days = (offer.notice_by, offer.objections_end, offer.send_by, offer.draft_by)
    assert tuple(map(str, days)) == (notice_by, objections_end, send_by, draft_by)


def test_the_days_shown_and_why_some_are_not_offered() -> None:
    shown = offers(date(2025, 11, 3), at(date(2025, 11, 3)), is_rest, SHANGHAI)
    assert [offer.day for offer in shown] == [date(2025, 11, day) for day in range(3, 21)]
    whys = [offer.why for offer in shown]
    # Sent today, objections to the 5th, notice on the 6th, three clear days: the 10th.
    assert whys == ["too_soon_for_clocks"] * 7 + [None] * 9 + ["meeting_too_late"] * 2
    assert [offer.overrun for offer in shown] == [False] * 16 + [True] * 2


def test_once_the_fifteen_days_are_over_nothing_is_lawful() -> None:
    shown = offers(date(2025, 11, 3), at(date(2025, 11, 25)), is_rest, SHANGHAI)
    assert [(offer.day, offer.why) for offer in shown] == [
        (date(2025, 11, 25), "meeting_too_late"),
        (date(2025, 11, 26), "meeting_too_late"),
    ]


def test_a_recorded_overrun_opens_a_fortnight() -> None:
    shown = offers(date(2025, 11, 3), at(date(2025, 11, 25)), is_rest, SHANGHAI, overrun=True)
    lawful = [offer.day for offer in shown if offer.lawful]
    assert (lawful[0], lawful[-1], len(lawful)) == (date(2025, 12, 2), date(2025, 12, 16), 15)
    assert all(offer.overrun for offer in shown)


def test_with_only_the_notice_left_the_fourth_day_fits() -> None:
    today = date(2025, 11, 8)  # a Saturday
    assert earliest_meeting_day(today, is_rest, SHANGHAI, PlanStage.NOTICE) == date(2025, 11, 12)
    assert earliest_meeting_day(today, is_rest, SHANGHAI, PlanStage.DRAFTING) == date(2025, 11, 15)


def test_beyond_the_holiday_table_a_person_confirms() -> None:
    shown = offers(date(2026, 12, 18), at(date(2026, 12, 18)), is_rest, SHANGHAI)
    assert all(offer.uncertain for offer in shown)
    assert not any(offer.uncertain for offer in offers(date(2026, 12, 1), at(date(2026, 12, 1)), is_rest, SHANGHAI))


def refusal_of(meets_at: datetime, now: datetime, stage: PlanStage = PlanStage.DRAFTING) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        check_meeting(meets_at, now, date(2025, 9, 18), is_rest, SHANGHAI, stage=stage)
    return refusal.value


def test_refused_meeting_times() -> None:
    now = at(date(2025, 9, 19), 12)
    past = refusal_of(now, now)
    assert (past.code, past.clause, past.facts) == ("meeting_in_past", OUR_RULE, {"meeting": now})
    late = refusal_of(at(date(2025, 10, 10)), now)
    assert (late.code, late.clause) == ("meeting_too_late", "5.3.1 a")
    assert late.facts == {
        "meeting": date(2025, 10, 10),
        "latest": date(2025, 10, 9),
        "start": date(2025, 9, 18),
        "days": 15,
        "nominal": date(2025, 10, 3),
    }
    soon = refusal_of(at(date(2025, 9, 26)), now)  # sent Friday, objections to Monday, notice Tuesday
    assert (soon.code, soon.clause) == ("too_soon_for_clocks", "5.3.2")
    assert soon.facts == {"meeting": date(2025, 9, 26), "earliest": date(2025, 9, 27)}
    notice = refusal_of(at(date(2025, 9, 22)), now, PlanStage.NOTICE)
    assert (notice.code, notice.clause) == ("too_soon_for_clocks", "5.4")
    assert notice.facts["earliest"] == date(2025, 9, 23)


def test_a_recorded_overrun_lifts_the_fifteen_days_and_nothing_else() -> None:
    now, approved_on = at(date(2025, 9, 19)), date(2025, 9, 1)
    check_meeting(at(date(2025, 9, 30)), now, approved_on, is_rest, SHANGHAI, overrun=True)
    with pytest.raises(RuleBroken) as refusal:
        check_meeting(at(date(2025, 9, 20)), now, approved_on, is_rest, SHANGHAI, overrun=True)
    assert refusal.value.code == "too_soon_for_clocks"


def test_the_objection_window_runs_two_days_from_the_last_sending() -> None:
    assert objection_window(at(date(2025, 11, 3)), is_rest, SHANGHAI).last_day == date(2025, 11, 5)
    assert objection_window(at(date(2025, 11, 6)), is_rest, SHANGHAI).last_day == date(2025, 11, 10)


def test_a_plan_sent_late_is_a_fact() -> None:
    drafted = at(date(2025, 11, 3))
    end = end_of_day(date(2025, 11, 5), SHANGHAI)
    assert not check_send(drafted, end - timedelta(seconds=1), is_rest, SHANGHAI).send_late
    late = check_send(drafted, end, is_rest, SHANGHAI)
    assert late.send_late
    assert late.due.ends_at == end


DAYS = st.dates(date(2025, 1, 1), date(2027, 3, 31))
STAGES = st.sampled_from(PlanStage)


@given(DAYS, st.integers(0, 20), STAGES, st.booleans())
def test_what_is_offered_is_what_is_allowed(approved_on: date, later: int, stage: PlanStage, overrun: bool) -> None:
    now = at(approved_on + timedelta(days=later), 8)
    for offer in offers(approved_on, now, is_rest, SHANGHAI, stage=stage, overrun=overrun):
        code = None
        try:
            check_meeting(at(offer.day), now, approved_on, is_rest, SHANGHAI, stage=stage, overrun=overrun)
        except RuleBroken as broken:
            code = broken.code
        assert (offer.lawful, offer.why) == (code is None, code)


@given(DAYS, st.integers(0, 12))
def test_a_lawful_day_leaves_every_clock_its_time(approved_on: date, later: int) -> None:
    today = approved_on + timedelta(days=later)
    last = last_meeting_day(approved_on, is_rest, SHANGHAI).last_day
    for offer in offers(approved_on, at(today), is_rest, SHANGHAI):
        if not offer.lawful:
            continue
        assert today <= offer.send_by
        assert offer.day <= last
        assert days_forward(offer.draft_by, 2, is_rest, SHANGHAI).last_day <= offer.send_by
        assert days_forward(offer.send_by, 2, is_rest, SHANGHAI).last_day == offer.objections_end < offer.notice_by
        check_notice(end_of_day(offer.notice_by, SHANGHAI) - timedelta(seconds=1), at(offer.day, 0), SHANGHAI)


@given(DAYS, st.integers(0, 12))
def test_a_day_too_soon_lacks_time_for_a_clock(approved_on: date, later: int) -> None:
    today = approved_on + timedelta(days=later)
    for offer in offers(approved_on, at(today), is_rest, SHANGHAI):
        if offer.why == "too_soon_for_clocks":
            assert offer.send_by < today


@given(DAYS)
def test_a_day_later_would_break_the_chain(approved_on: date) -> None:
    for offer in offers(approved_on, at(approved_on), is_rest, SHANGHAI):
        sent_later = days_forward(offer.send_by + timedelta(days=1), 2, is_rest, SHANGHAI)
        assert sent_later.last_day >= offer.notice_by
        drafted_later = days_forward(offer.draft_by + timedelta(days=1), 2, is_rest, SHANGHAI)
        assert drafted_later.last_day > offer.send_by
