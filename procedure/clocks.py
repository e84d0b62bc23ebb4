"""Every clock of a topic: its clause, its length, how it is counted and whom it presses (5.1–5.9).

Instants are aware, days are local. Periods of days and months count as calendar.py says; hours run from instant to
instant; appointed ends (a meeting's time, a planned day) are what they were set to and never move.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from procedure.calendar import (
    NOTICE_CLEAR_DAYS,
    Due,
    RestDays,
    clear_days_before,
    days_forward,
    end_of_day,
    month_forward,
    next_working_day,
)
from procedure.errors import OUR_RULE
from procedure.terms import Standing


class DeadlineKind(StrEnum):
    """What has to be done in time."""

    REGISTER = "register"
    REVIEW = "review"
    TELL_PROPOSER = "tell_proposer"
    DRAFT_PLAN = "draft_plan"
    MEET = "meet"
    SEND_PLAN = "send_plan"
    OBJECTIONS = "objections"
    NOTICE = "notice"
    RULES = "rules"
    MEETING = "meeting"
    ANNEX_D = "annex_d"
    RECORD_CORRECTIONS = "record_corrections"
    CHALLENGE = "challenge"
    TELL = "tell"
    ITEM = "item"
    CONDITION = "condition"
    WRITTEN_ANSWER = "written_answer"


class Unit(StrEnum):
    """How the length of a clock is counted; appointed: it has no length, its end is set."""

    WORKING_DAY = "working_day"
    DAYS = "days"
    MONTH = "month"
    HOURS = "hours"
    CLEAR_DAYS = "clear_days"
    APPOINTED = "appointed"


@dataclass(frozen=True, slots=True)
class Clock:
    """``amount`` of ``unit`` (0 when appointed); ``acting`` has to act, ``watching`` sees it when it is late."""

    clause: str
    unit: Unit
    amount: int
    acting: frozenset[Standing]
    watching: frozenset[Standing] = frozenset({Standing.SUPERVISOR})


_S = Standing
_COMMITTEE = frozenset({_S.COMMITTEE})
_BOTH_COMMITTEES = frozenset({_S.COMMITTEE, _S.PARTY_BRANCH})
_CONVENER = frozenset({_S.CONVENER})
_RECORDER = frozenset({_S.RECORDER})
_NO_SUPERVISOR_YET = frozenset({_S.SUPERVISOR, _S.SUPERVISORY_COMMITTEE})

CLOCKS: Final = MappingProxyType(
    {
        DeadlineKind.REGISTER: Clock(OUR_RULE, Unit.WORKING_DAY, 1, _COMMITTEE, _NO_SUPERVISOR_YET),
        DeadlineKind.REVIEW: Clock("5.2.1", Unit.MONTH, 1, _BOTH_COMMITTEES, _NO_SUPERVISOR_YET),
        DeadlineKind.TELL_PROPOSER: Clock("5.2.4", Unit.DAYS, 3, _COMMITTEE, _NO_SUPERVISOR_YET),
        DeadlineKind.DRAFT_PLAN: Clock("5.3.1", Unit.APPOINTED, 0, _CONVENER),
        DeadlineKind.MEET: Clock("5.3.1 a", Unit.DAYS, 15, _CONVENER),
        DeadlineKind.SEND_PLAN: Clock("5.3.2", Unit.DAYS, 2, _CONVENER),
        DeadlineKind.OBJECTIONS: Clock("5.3.2", Unit.DAYS, 2, _CONVENER),
        DeadlineKind.NOTICE: Clock("5.4", Unit.APPOINTED, 0, _COMMITTEE),
        DeadlineKind.RULES: Clock("5.5.1", Unit.APPOINTED, 0, _CONVENER),
        DeadlineKind.MEETING: Clock(
            "5.3.1 a", Unit.APPOINTED, 0, frozenset({_S.CONVENER, _S.CHAIR, _S.RECORDER, _S.ADVISER})
        ),
        DeadlineKind.ANNEX_D: Clock(OUR_RULE, Unit.DAYS, 3, _BOTH_COMMITTEES),
        DeadlineKind.RECORD_CORRECTIONS: Clock(OUR_RULE, Unit.HOURS, 24, _RECORDER),
        DeadlineKind.CHALLENGE: Clock(
            OUR_RULE, Unit.HOURS, 24, frozenset({_S.SUPERVISOR}), _COMMITTEE | {_S.SUPERVISORY_COMMITTEE}
        ),
        DeadlineKind.TELL: Clock("5.8", Unit.DAYS, 3, _COMMITTEE | _RECORDER),
        DeadlineKind.ITEM: Clock("5.9.3", Unit.DAYS, 30, _COMMITTEE | {_S.IMPLEMENTER}),
        DeadlineKind.WRITTEN_ANSWER: Clock(OUR_RULE, Unit.APPOINTED, 0, _RECORDER),
        DeadlineKind.CONDITION: Clock("5.7.2 c", Unit.APPOINTED, 0, _COMMITTEE),
    }
)
"""One row per kind. Nobody supervises a topic before 5.2.3, so the supervisory committee watches its first clocks."""

WINDOWS: Final = frozenset({DeadlineKind.OBJECTIONS, DeadlineKind.RECORD_CORRECTIONS})
"""Times given to others: when one is over nobody is late yet, somebody may act now, and a longer clock runs already."""

LEADS_TO: Final = MappingProxyType[DeadlineKind, frozenset[str]](
    {
        DeadlineKind.REGISTER: frozenset({"register_topic"}),
        DeadlineKind.REVIEW: frozenset({"approve_topic", "reject_topic", "divert_topic"}),
        DeadlineKind.TELL_PROPOSER: frozenset({"note_told"}),
        DeadlineKind.DRAFT_PLAN: frozenset({"draft_plan"}),
        DeadlineKind.MEET: frozenset(),
        DeadlineKind.SEND_PLAN: frozenset({"send_plan"}),
        DeadlineKind.OBJECTIONS: frozenset({"answer_objection", "finalize_plan"}),
        DeadlineKind.NOTICE: frozenset({"publish_notice"}),
        DeadlineKind.RULES: frozenset({"draft_rules"}),
        DeadlineKind.MEETING: frozenset(),
        DeadlineKind.ANNEX_D: frozenset({"decide_annex"}),
        DeadlineKind.RECORD_CORRECTIONS: frozenset({"answer_record_correction", "sign_record"}),
        DeadlineKind.CHALLENGE: frozenset({"answer_challenge"}),
        DeadlineKind.TELL: frozenset({"sign_record", "hand_record", "publish_result", "record_attempt"}),
        DeadlineKind.ITEM: frozenset({"report_progress", "finish_item", "extend_item"}),
        DeadlineKind.CONDITION: frozenset({"note_condition"}),
        DeadlineKind.WRITTEN_ANSWER: frozenset(),
    }
)
"""The steps of `procedure.course` that a clock waits for: its reminders offer those that are open."""


def responsible(kind: DeadlineKind) -> frozenset[Standing]:
    """Whom the reminders of a clock reach: those who have to act, and the supervision."""
    return CLOCKS[kind].acting | CLOCKS[kind].watching


def due(kind: DeadlineKind, started_at: datetime, is_rest: RestDays, tz: ZoneInfo) -> Due:
    """The end of a clock that began at ``started_at``: for review the proposer's sending, for objections the last
    sending, for an item the implementer's receipt, for record_corrections and tell the announcement.

    Raises ValueError for a kind whose end is appointed.
    """
    clock = CLOCKS[kind]
    start = started_at.astimezone(tz).date()
    match clock.unit:
        case Unit.WORKING_DAY:
            return next_working_day(start, is_rest, tz)
        case Unit.DAYS:
            return days_forward(start, clock.amount, is_rest, tz)
        case Unit.MONTH:
            return month_forward(start, is_rest, tz)
        case Unit.HOURS:
            return _exact(started_at, started_at + timedelta(hours=clock.amount), tz)
        case Unit.APPOINTED | Unit.CLEAR_DAYS:
            raise ValueError(f"the end of {kind} is appointed, not counted")


def appointed(kind: DeadlineKind, started_at: datetime, ends_at: datetime, tz: ZoneInfo) -> Due:
    """A clock whose end was set: rules and meeting end with the meeting's time, a condition on the day agreed; and an
    item's on the day agreed when its 30 days do not do (5.9.3).

    Its Due has 0 days and 0 months. Raises ValueError for any other kind whose end is counted.
    """
    if CLOCKS[kind].unit is not Unit.APPOINTED and kind is not DeadlineKind.ITEM:
        raise ValueError(f"the end of {kind} is counted, not appointed")
    return _exact(started_at, ends_at, tz)


def notice_ends_at(meets_at: datetime, tz: ZoneInfo) -> datetime:
    """5.4: 24:00 of the last day that leaves three clear days; counted backwards, it never moves."""
    return end_of_day(clear_days_before(meets_at.astimezone(tz).date(), NOTICE_CLEAR_DAYS), tz)


def _exact(started_at: datetime, ends_at: datetime, tz: ZoneInfo) -> Due:
    local = ends_at.astimezone(tz)
    last_day = local.date() - timedelta(days=1) if local.time() == time.min else local.date()
    return Due(started_at.astimezone(tz).date(), 0, 0, last_day, last_day, local, uncertain=False)


def arithmetic(kind: DeadlineKind, end: Due) -> dict[str, object]:
    """The sum behind an end in plain values, as a deadline keeps it: ISO days, the clause, the unit and its amount."""
    clock = CLOCKS[kind]
    if kind is DeadlineKind.NOTICE:
        return _clear_days(clock, end)
    counted = end.days > 0 or end.months > 0 or clock.unit is Unit.HOURS
    return {
        "clause": clock.clause,
        "unit": (clock.unit if counted else Unit.APPOINTED).value,
        "amount": clock.amount if counted else 0,
        "start": end.start.isoformat(),
        "nominal": end.nominal.isoformat(),
        "last_day": end.last_day.isoformat(),
        "uncertain": end.uncertain,
    }


def _clear_days(clock: Clock, end: Due) -> dict[str, object]:
    """5.4, counted backwards: the ``start`` is the day of the meeting."""
    meets_on = end.last_day + timedelta(days=NOTICE_CLEAR_DAYS + 1)
    return {
        "clause": clock.clause,
        "unit": Unit.CLEAR_DAYS.value,
        "amount": NOTICE_CLEAR_DAYS,
        "start": meets_on.isoformat(),
        "nominal": end.last_day.isoformat(),
        "last_day": end.last_day.isoformat(),
        "uncertain": False,
    }
