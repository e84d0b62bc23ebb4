"""When a topic can meet: the chain of clocks from approval to the meeting (5.3.1 a, 5.3.2, 5.4).

A meeting day needs its notice three clear days before, the notice the end of the objections, the objections two days
from the last sending, the sending two days from the draft. Forward periods move off rest days and so push the earlier
days further back; the notice counts backwards and never moves. Days are local, instants aware.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from procedure.calendar import Due, RestDays, clear_days_before, days_forward
from procedure.clocks import CLOCKS, DeadlineKind, due
from procedure.errors import OUR_RULE, RuleBroken

MEET_DAYS: Final = CLOCKS[DeadlineKind.MEET].amount
OBJECTION_DAYS: Final = CLOCKS[DeadlineKind.OBJECTIONS].amount
SENDING_DAYS: Final = CLOCKS[DeadlineKind.SEND_PLAN].amount
SHOWN_BEYOND: Final = 2
"""So many days after the last lawful one are shown too, so that people see why they are not offered."""
SHOWN_OVERRUN: Final = 14
"""So many days are offered once an overrun of the 15 days is recorded."""


class PlanStage(StrEnum):
    """What has to fit in before the meeting: a draft's sending, objections and notice, or the notice alone."""

    DRAFTING = "drafting"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class DayOffer:
    """A day for the meeting; ``why`` is the code of the refusal when it is not lawful.

    ``notice_by``: the last day for the notice; ``send_by`` and ``draft_by``: the last days that leave each period
    whole; ``objections_end``: the day the objections end when sent on ``send_by``. ``overrun``: later than the 15 days.
    ``uncertain``: the holiday table did not reach that far and a person has to confirm.
    """

    day: date
    lawful: bool
    why: str | None
    notice_by: date
    objections_end: date
    send_by: date
    draft_by: date
    overrun: bool
    uncertain: bool


def last_meeting_day(approved_on: date, is_rest: RestDays, tz: ZoneInfo) -> Due:
    """5.3.1 a: 15 days from the approval, counted forward."""
    return days_forward(approved_on, MEET_DAYS, is_rest, tz)


def objection_window(last_sent_at: datetime, is_rest: RestDays, tz: ZoneInfo) -> Due:
    """5.3.2: two days from the last sending."""
    return due(DeadlineKind.OBJECTIONS, last_sent_at, is_rest, tz)


@dataclass(frozen=True, slots=True)
class Sending:
    """Until when a drafted plan has to be sent, and whether that has passed: a fact to record, never a refusal."""

    due: Due
    send_late: bool


def check_send(drafted_at: datetime, now: datetime, is_rest: RestDays, tz: ZoneInfo) -> Sending:
    """5.3.2: two days from the draft; a late plan is still sent."""
    end = due(DeadlineKind.SEND_PLAN, drafted_at, is_rest, tz)
    return Sending(end, now >= end.ends_at)


def earliest_meeting_day(today: date, is_rest: RestDays, tz: ZoneInfo, stage: PlanStage) -> date:
    """The first day that is left when the remaining clocks start today: sent today, the notice on the day after the
    objections end, three clear days.
    """
    notice_on = today
    if stage is PlanStage.DRAFTING:
        notice_on = days_forward(today, OBJECTION_DAYS, is_rest, tz).last_day + timedelta(days=1)
    return notice_on + (notice_on - clear_days_before(notice_on))


def check_meeting(
    meets_at: datetime,
    now: datetime,
    approved_on: date,
    is_rest: RestDays,
    tz: ZoneInfo,
    *,
    stage: PlanStage = PlanStage.DRAFTING,
    overrun: bool = False,
) -> None:
    """Whether a plan may name this time. ``overrun``: a reason for going beyond the 15 days is recorded.

    Raises RuleBroken meeting_in_past (our rule); meeting_too_late (5.3.1 a) with ``latest`` and its sum ``start``,
    ``days``, ``nominal``; too_soon_for_clocks (5.3.2, or 5.4 when only the notice is left) with ``earliest``.
    """
    day = meets_at.astimezone(tz).date()
    if meets_at <= now:
        raise RuleBroken("meeting_in_past", OUR_RULE, meeting=meets_at)
    last = last_meeting_day(approved_on, is_rest, tz)
    earliest = earliest_meeting_day(now.astimezone(tz).date(), is_rest, tz, stage)
    code = _refusal(day, earliest, last.last_day, overrun)
    if code == "meeting_too_late":
        raise RuleBroken(
            "meeting_too_late",
            "5.3.1 a",
            meeting=day,
            latest=last.last_day,
            start=last.start,
            days=MEET_DAYS,
            nominal=last.nominal,
        )
    if code == "too_soon_for_clocks":
        clause = "5.3.2" if stage is PlanStage.DRAFTING else "5.4"
        raise RuleBroken("too_soon_for_clocks", clause, meeting=day, earliest=earliest)


def _refusal(day: date, earliest: date, latest: date, overrun: bool) -> str | None:
    if day > latest and not overrun:
        return "meeting_too_late"
    return "too_soon_for_clocks" if day < earliest else None


def offers(
    approved_on: date,
    now: datetime,
    is_rest: RestDays,
    tz: ZoneInfo,
    *,
    stage: PlanStage = PlanStage.DRAFTING,
    overrun: bool = False,
) -> tuple[DayOffer, ...]:
    """Every day from today to two after the last lawful one, earliest first, lawful or with the reason why not.

    With a recorded ``overrun`` the list goes on for a fortnight after the first day that fits. Once the 15 days are
    over and no overrun is recorded, today and tomorrow are shown with that reason.
    """
    today = now.astimezone(tz).date()
    last = last_meeting_day(approved_on, is_rest, tz)
    earliest = earliest_meeting_day(today, is_rest, tz, stage)
    end = max(last.last_day, today - timedelta(days=1)) + timedelta(days=SHOWN_BEYOND)
    if overrun:
        end = max(end, earliest + timedelta(days=SHOWN_OVERRUN))
    return tuple(
        _offer(
            today + timedelta(days=ahead),
            _refusal(today + timedelta(days=ahead), earliest, last.last_day, overrun),
            last,
            is_rest,
            tz,
        )
        for ahead in range((end - today).days + 1)
    )


def _offer(day: date, why: str | None, last: Due, is_rest: RestDays, tz: ZoneInfo) -> DayOffer:
    notice_by = clear_days_before(day)
    window = _latest(notice_by - timedelta(days=1), OBJECTION_DAYS, is_rest, tz)
    sending = _latest(window.start, SENDING_DAYS, is_rest, tz)
    return DayOffer(
        day=day,
        lawful=why is None,
        why=why,
        notice_by=notice_by,
        objections_end=window.last_day,
        send_by=window.start,
        draft_by=sending.start,
        overrun=day > last.last_day,
        uncertain=last.uncertain or window.uncertain or sending.uncertain,
    )


def _latest(ends_by: date, days: int, is_rest: RestDays, tz: ZoneInfo) -> Due:
    """The latest period of so many days that ends by a day, moved off its rest days."""
    start = ends_by - timedelta(days=days)
    while (period := days_forward(start, days, is_rest, tz)).last_day > ends_by:
        start -= timedelta(days=1)
    return period
