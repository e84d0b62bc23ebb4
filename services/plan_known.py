"""What the convener's forms may start from: days with their chain of clocks, the roster, the version before (5.3.1)."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from procedure import planner
from procedure.calendar import clear_days_before
from procedure.errors import RuleBroken
from procedure.planner import DayOffer, PlanStage
from procedure.terms import Capacity, Post, Standing
from services import plan_rows, supporting
from services.act import Actor
from services.case import Case, peek
from services.holidays import is_rest_day
from storage.tables import CommunityRole, Group, Participant, Person, Plan, Telling
from storage.work import UnitOfWork

_NUMBER: Final = re.compile(r"\d+")
_WRITTEN: Final = re.compile(r"(?:(\d{4})\D)?(\d{1,2})\D(\d{1,2})日?\Z")


def offers(uow: UnitOfWork, *, actor: Actor, topic_id: int, overrun: bool, now: datetime) -> list[dict[str, Any]]:
    """Days for the meeting, lawful or with the code of why not."""
    case = peek(uow, topic_id, actor)
    return [_said(one) for one in _offers(case, now, overrun=overrun)]


def _offers(case: Case, now: datetime, *, overrun: bool) -> tuple[DayOffer, ...]:
    return planner.offers(plan_rows.approved_on(case), now, is_rest_day, case.tz, overrun=overrun)


def _said(one: DayOffer) -> dict[str, Any]:
    return {"day": one.day.isoformat(), "lawful": one.lawful, "why": one.why, "uncertain": one.uncertain}


def too_late(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> bool:
    """No day within the 15 is left: a reason has to be recorded first (5.3.1 a)."""
    return not any(one.lawful for one in _offers(peek(uow, topic_id, actor), now, overrun=False))


def check_day(uow: UnitOfWork, *, actor: Actor, topic_id: int, day: str, overrun: bool, now: datetime) -> str:
    """The day that was tapped or typed (2026-11-30, 11-30, 11月30日), as ISO.

    Raises bad_plan_date, and what `procedure.planner.check_meeting` raises; the last version's own day needs time for
    its notice only.
    """
    case = peek(uow, topic_id, actor)
    wanted = _read(day, now.astimezone(case.tz).date())
    before = plan_rows.last_sent(case)
    kept = before is not None and before.meets_at.astimezone(case.tz).date() == wanted
    planner.check_meeting(
        datetime.combine(wanted, time(21), case.tz),
        now,
        plan_rows.approved_on(case),
        is_rest_day,
        case.tz,
        stage=PlanStage.NOTICE if kept else PlanStage.DRAFTING,
        overrun=overrun,
    )
    return wanted.isoformat()


def _read(text: str, today: date) -> date:
    """A day without its year is the next such day."""
    found = _WRITTEN.match(text.strip())
    if found is None:
        raise RuleBroken("bad_plan_date", "5.3.1 a")
    year, month, day = found.groups()
    try:
        wanted = date(int(year or today.year), int(month), int(day))
        return wanted if year or wanted >= today - timedelta(days=60) else wanted.replace(year=today.year + 1)
    except ValueError as error:
        raise RuleBroken("bad_plan_date", "5.3.1 a") from error


def chain(uow: UnitOfWork, *, actor: Actor, topic_id: int, day: str, now: datetime) -> dict[str, Any]:
    """What has to happen when, if this day's plan is sent today, and the sum of 5.3.1 a."""
    case = peek(uow, topic_id, actor)
    meets_on = date.fromisoformat(day)
    window = planner.objection_window(now, is_rest_day, case.tz)
    last = planner.last_meeting_day(plan_rows.approved_on(case), is_rest_day, case.tz)
    return {
        "notice_by": clear_days_before(meets_on).isoformat(),
        "objections_end": window.last_day.isoformat(),
        "send_on": now.astimezone(case.tz).date().isoformat(),
        "approved_on": last.start.isoformat(),
        "days": planner.MEET_DAYS,
        "last_day": last.last_day.isoformat(),
        "uncertain": window.uncertain or last.uncertain,
    }


def groups(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """Where the community can meet. Channels are for notices."""
    case = peek(uow, topic_id, actor)
    rows = uow.all(Group, community_id=case.topic.community_id)
    return [{"id": row.id, "title": row.title} for row in rows if row.kind != "channel"]


def roster(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """Everybody who can be listed or named, with building, category, roles, posts, joined. Raises not_your_role."""
    case = peek(uow, topic_id, actor)
    case.names_for(Standing.CONVENER)
    roles: dict[int, list[str]] = {}
    for role in uow.all(CommunityRole, community_id=case.topic.community_id):
        roles.setdefault(role.person_id, []).append(role.role)
    posts = {who: post.value for post in Post if (who := case.holder(post)) is not None}
    joined = set(supporting.supporters(case))
    rows = uow.all(Person, community_id=case.topic.community_id, left_at=None)
    return [
        {
            "id": row.id,
            "name": row.name,
            "label": row.label,
            "building": row.building,
            "category": row.category,
            "roles": roles.get(row.id or 0, []),
            "post": posts.get(row.id or 0),
            "joined": row.id in joined,
        }
        for row in sorted(rows, key=_house)
    ]


def _house(person: Person) -> tuple[bool, str, str, int]:
    """As people walk along the houses: 2 before 10; who has no building last."""
    return person.building is None, natural(person.building or ""), natural(person.label), person.id or 0


def natural(text: str) -> str:
    """Sorts like the text with its numbers as numbers."""
    return _NUMBER.sub(lambda found: found[0].zfill(6), text)


def start(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> dict[str, Any]:
    """The form before anything is answered: the version before, or the proposer listed and the convener in the chair.

    After a postponement the day is left open. Values are those of the form: ids as texts.
    """
    case = peek(uow, topic_id, actor)
    plan = case.plan
    if plan is None:
        convener = case.holder(Post.CONVENER)
        return {Capacity.STAKEHOLDER.value: [str(case.topic.proposer_id)], "chair": str(convener)}
    local = plan.meets_at.astimezone(case.tz)
    found: dict[str, Any] = {"hour": f"{local:%H:%M}", "group": str(plan.group_id), "chair": str(plan.chair_id)}
    if plan.final_at is None and plan.meets_at > now:
        found["day"] = local.date().isoformat()
    named = {"chair": plan.deputy_chair_id} | plan.changes.get("deputies", {})
    found |= {f"deputy_{post}": str(named.get(post) or "") for post in ("chair", "recorder", "supervisor")}
    found["second_official"] = str(plan.second_official_id or "")
    found |= {"mode": plan.mode, "room": plan.room}
    return found | _listed(case, plan)


def _listed(case: Case, plan: Plan) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {capacity.value: [] for capacity in Capacity}
    for row in case.uow.all(Participant, plan_id=plan.id):
        listed[row.capacity].append(str(row.person_id))
    return listed


def untold(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """Whom the latest version has not reached."""
    case = peek(uow, topic_id, actor)
    plan = case.plan
    rows = [] if plan is None else uow.all(Telling, subject="plan", subject_id=plan.id, delivered_at=None)
    return [{"id": row.person_id, "label": case.label(row.person_id)} for row in rows]


def undecided(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """Stakeholders who have not said yes to the latest version, those who said nothing first."""
    case = peek(uow, topic_id, actor)
    plan = case.plan
    rows = [] if plan is None else uow.all(Participant, plan_id=plan.id, capacity="stakeholder", willing_at=None)
    ordered = sorted(rows, key=lambda row: (row.unwilling_at is not None, row.id or 0))
    return [
        {"id": row.person_id, "label": case.label(row.person_id), "unwilling": row.unwilling_at is not None}
        for row in ordered
    ]
