"""The stage table's clocks: clause, length, counting over rest days, and whom each presses."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procedure.clocks import (
    CLOCKS,
    LEADS_TO,
    DeadlineKind,
    Unit,
    appointed,
    arithmetic,
    due,
    notice_ends_at,
    responsible,
)
from procedure.course import STEPS
from procedure.errors import OUR_RULE
from procedure.terms import Standing

SHANGHAI = ZoneInfo("Asia/Shanghai")
K = DeadlineKind
S = Standing
HOLIDAYS = {date(2025, 10, day) for day in range(1, 9)}
MAKE_UP_WORKDAYS = {date(2025, 9, 28), date(2025, 10, 11)}


def is_rest(day: date) -> bool | None:
    if day.year > 2026:
        return None
    return day in HOLIDAYS or (day.weekday() >= 5 and day not in MAKE_UP_WORKDAYS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("kind", "clause", "unit", "amount"),
    [
        (K.REGISTER, OUR_RULE, Unit.WORKING_DAY, 1),
        (K.REVIEW, "5.2.1", Unit.MONTH, 1),
        (K.TELL_PROPOSER, "5.2.4", Unit.DAYS, 3),
        (K.DRAFT_PLAN, "5.3.1", Unit.APPOINTED, 0),
        (K.MEET, "5.3.1 a", Unit.DAYS, 15),
        (K.SEND_PLAN, "5.3.2", Unit.DAYS, 2),
        (K.OBJECTIONS, "5.3.2", Unit.DAYS, 2),
        (K.NOTICE, "5.4", Unit.APPOINTED, 0),
        (K.RULES, "5.5.1", Unit.APPOINTED, 0),
        (K.MEETING, "5.3.1 a", Unit.APPOINTED, 0),
        (K.ANNEX_D, OUR_RULE, Unit.DAYS, 3),
        (K.RECORD_CORRECTIONS, OUR_RULE, Unit.HOURS, 24),
        (K.CHALLENGE, OUR_RULE, Unit.HOURS, 24),
        (K.TELL, "5.8", Unit.DAYS, 3),
        (K.ITEM, "5.9.3", Unit.DAYS, 30),
        (K.CONDITION, "5.7.2 c", Unit.APPOINTED, 0),
        (K.WRITTEN_ANSWER, OUR_RULE, Unit.APPOINTED, 0),
    ],
)
def test_the_stage_table(kind: DeadlineKind, clause: str, unit: Unit, amount: int) -> None:
    clock = CLOCKS[kind]
    assert (clock.clause, clock.unit, clock.amount) == (clause, unit, amount)


def test_every_kind_has_a_clock_and_somebody_who_acts() -> None:
    assert set(CLOCKS) == set(DeadlineKind)
    assert all(clock.acting for clock in CLOCKS.values())


@pytest.mark.parametrize(
    ("kind", "started", "nominal", "last_day"),
    [
        (K.REGISTER, "2025-11-03 10:00", date(2025, 11, 4), date(2025, 11, 4)),
        (K.REGISTER, "2025-11-07 23:59", date(2025, 11, 8), date(2025, 11, 10)),  # Friday → Monday
        (K.REGISTER, "2025-09-27 10:00", date(2025, 9, 28), date(2025, 9, 28)),  # a Sunday worked instead
        (K.REVIEW, "2025-11-03 10:00", date(2025, 12, 3), date(2025, 12, 3)),
        (K.REVIEW, "2025-12-31 10:00", date(2026, 1, 31), date(2026, 2, 2)),  # Saturday → Monday
        (K.TELL_PROPOSER, "2025-11-03 00:00", date(2025, 11, 6), date(2025, 11, 6)),
        (K.MEET, "2025-11-03 10:00", date(2025, 11, 18), date(2025, 11, 18)),
        (K.MEET, "2025-09-18 10:00", date(2025, 10, 3), date(2025, 10, 9)),  # the national holiday
        (K.SEND_PLAN, "2025-11-03 10:00", date(2025, 11, 5), date(2025, 11, 5)),
        (K.OBJECTIONS, "2025-09-30 10:00", date(2025, 10, 2), date(2025, 10, 9)),
        (K.OBJECTIONS, "2025-10-09 10:00", date(2025, 10, 11), date(2025, 10, 11)),  # a Saturday worked instead
        (K.ANNEX_D, "2025-11-05 10:00", date(2025, 11, 8), date(2025, 11, 10)),
        (K.TELL, "2025-11-03 20:30", date(2025, 11, 6), date(2025, 11, 6)),
        (K.ITEM, "2025-11-03 10:00", date(2025, 12, 3), date(2025, 12, 3)),
    ],
)
def test_counted_ends(kind: DeadlineKind, started: str, nominal: date, last_day: date) -> None:
    end = due(kind, at(started), is_rest, SHANGHAI)
    assert (end.nominal, end.last_day) == (nominal, last_day)
    assert end.ends_at == datetime.combine(last_day + timedelta(days=1), datetime.min.time(), SHANGHAI)


def test_the_first_day_is_the_local_one() -> None:
    started_at = datetime(2025, 11, 2, 16, 30, tzinfo=UTC)  # already the 3rd in Shanghai
    assert due(K.TELL, started_at, is_rest, SHANGHAI).start == date(2025, 11, 3)


@pytest.mark.parametrize(
    ("started", "last_day"), [("2025-11-07 20:30", date(2025, 11, 8)), ("2025-11-07 00:00", date(2025, 11, 7))]
)
def test_24_hours_are_hours_whatever_day_it_is(started: str, last_day: date) -> None:
    end = due(K.RECORD_CORRECTIONS, at(started), is_rest, SHANGHAI)
    assert end.ends_at == at(started) + timedelta(hours=24)
    assert (end.last_day, end.days, end.months, end.moved_from) == (last_day, 0, 0, None)


def test_beyond_the_holiday_table_somebody_has_to_confirm() -> None:
    assert due(K.REVIEW, at("2026-12-10 10:00"), is_rest, SHANGHAI).uncertain
    assert not due(K.REVIEW, at("2026-11-10 10:00"), is_rest, SHANGHAI).uncertain


def test_appointed_ends_stay_where_they_were_set() -> None:
    meets_at = at("2025-10-04 19:30")  # in the holiday
    for kind in (K.RULES, K.MEETING):
        end = appointed(kind, at("2025-09-26 10:00"), meets_at, SHANGHAI)
        assert (end.start, end.last_day, end.ends_at) == (date(2025, 9, 26), date(2025, 10, 4), meets_at)


def test_the_notice_is_due_three_clear_days_before_even_on_a_rest_day() -> None:
    ends_at = notice_ends_at(at("2025-10-09 19:30"), SHANGHAI)
    assert ends_at == at("2025-10-06 00:00")
    end = appointed(K.NOTICE, at("2025-09-26 10:00"), ends_at, SHANGHAI)
    assert (end.last_day, end.moved_from) == (date(2025, 10, 5), None)


@pytest.mark.parametrize("kind", tuple(DeadlineKind))
def test_an_end_is_either_counted_or_appointed(kind: DeadlineKind) -> None:
    started_at = at("2025-11-03 10:00")
    if CLOCKS[kind].unit is Unit.APPOINTED:
        with pytest.raises(ValueError, match="appointed, not counted"):
            due(kind, started_at, is_rest, SHANGHAI)
    elif kind is not K.ITEM:
        with pytest.raises(ValueError, match="counted, not appointed"):
            appointed(kind, started_at, started_at, SHANGHAI)


def test_a_day_that_was_agreed_takes_the_place_of_an_items_thirty_days() -> None:
    end = appointed(K.ITEM, at("2025-11-03 10:00"), at("2026-01-16 00:00"), SHANGHAI)
    assert (end.last_day, end.days, end.ends_at) == (date(2026, 1, 15), 0, at("2026-01-16 00:00"))
    said = arithmetic(K.ITEM, end)
    assert (said["unit"], said["amount"], said["last_day"]) == ("appointed", 0, "2026-01-15")
    counted = arithmetic(K.ITEM, due(K.ITEM, at("2025-11-03 10:00"), is_rest, SHANGHAI))
    assert (counted["unit"], counted["amount"]) == ("days", 30)


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        (K.REGISTER, {S.COMMITTEE, S.SUPERVISOR, S.SUPERVISORY_COMMITTEE}),
        (K.REVIEW, {S.COMMITTEE, S.PARTY_BRANCH, S.SUPERVISOR, S.SUPERVISORY_COMMITTEE}),
        (K.TELL_PROPOSER, {S.COMMITTEE, S.SUPERVISOR, S.SUPERVISORY_COMMITTEE}),
        (K.SEND_PLAN, {S.CONVENER, S.SUPERVISOR}),
        (K.NOTICE, {S.COMMITTEE, S.SUPERVISOR}),
        (K.RULES, {S.CONVENER, S.SUPERVISOR}),
        (K.ANNEX_D, {S.COMMITTEE, S.PARTY_BRANCH, S.SUPERVISOR}),
        (K.RECORD_CORRECTIONS, {S.RECORDER, S.SUPERVISOR}),
        (K.WRITTEN_ANSWER, {S.RECORDER, S.SUPERVISOR}),
        (K.TELL, {S.COMMITTEE, S.RECORDER, S.SUPERVISOR}),
        (K.ITEM, {S.COMMITTEE, S.IMPLEMENTER, S.SUPERVISOR}),
    ],
)
def test_whom_a_clock_presses(kind: DeadlineKind, who: set[Standing]) -> None:
    assert responsible(kind) == who


def test_the_supervisor_sees_every_clock() -> None:
    assert all(S.SUPERVISOR in responsible(kind) for kind in DeadlineKind)


def test_the_sum_as_a_deadline_keeps_it() -> None:
    end = due(K.MEET, at("2025-09-18 10:00"), is_rest, SHANGHAI)
    assert arithmetic(K.MEET, end) == {
        "clause": "5.3.1 a",
        "unit": "days",
        "amount": 15,
        "start": "2025-09-18",
        "nominal": "2025-10-03",
        "last_day": "2025-10-09",
        "uncertain": False,
    }


def test_a_clock_leads_to_steps_that_those_who_act_or_watch_may_take() -> None:
    assert set(LEADS_TO) == set(DeadlineKind)
    for kind, names in LEADS_TO.items():
        assert all(STEPS[name].who & (CLOCKS[kind].acting | CLOCKS[kind].watching) for name in names), kind
