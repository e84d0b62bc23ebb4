"""A plan between its rows and the procedure's terms: what a version says, and who may be named in it."""

from datetime import date, datetime, time
from typing import Any

from procedure.calendar import end_of_day
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.plan import Change, Mode, PlanFields
from procedure.planner import offers
from procedure.terms import Capacity, MeetingState, Post, Standing
from services import clocks
from services.board_facts import iso
from services.case import Case
from services.holidays import is_rest_day
from storage.tables import CommunityRole, Deadline, Group, Meeting, Participant, Person, Plan

_ROLES = frozenset({Standing.COMMITTEE, Standing.PARTY_BRANCH, Standing.SUPERVISORY_COMMITTEE})
WIDE_COLON = "\uff1a"
"""As Chinese keyboards type it."""
_NOT_BEGUN = (MeetingState.SCHEDULED.value, MeetingState.CHECK_IN.value, MeetingState.ADJOURNED.value)


def fields_of(case: Case, plan: Plan) -> PlanFields:
    """What this version says; deputies as it named them, whatever has become of them since."""
    rows = case.uow.all(Participant, plan_id=plan.id)
    deputies = {Standing(post): int(person) for post, person in plan.changes.get("deputies", {}).items()}
    if plan.deputy_chair_id is not None:
        deputies[Standing.CHAIR] = plan.deputy_chair_id
    return PlanFields(
        meets_at=plan.meets_at,
        mode=Mode(plan.mode),
        chair=plan.chair_id,
        participants={row.person_id: (Capacity(row.capacity), row.category) for row in rows},
        deputies=deputies,
        second_official=plan.second_official_id,
        room=plan.room,
    )


def last_sent(case: Case) -> Plan | None:
    """The version people have, as long as no meeting was held on it: what a revision is compared with."""
    for plan in case.uow.all(Plan, order="-version", topic_id=case.id):
        if plan.sent_at is not None:
            held = any(row.announced_at is not None for row in case.uow.all(Meeting, plan_id=plan.id))
            return None if held else plan
    return None


def said_before(case: Case) -> tuple[Plan | None, PlanFields | None]:
    """`last_sent` and what it says."""
    plan = last_sent(case)
    return plan, fields_of(case, plan) if plan is not None else None


def overrun(plan: Plan) -> str:
    """The recorded reason for meeting later than the 15 days (5.3.1 a); empty when there is none."""
    return str(plan.changes.get("overrun", ""))


def posts_of(case: Case) -> dict[Post, int]:
    """Who has accepted which of the four posts."""
    return {post: who for post in Post if (who := case.holder(post)) is not None}


def roles_of(case: Case) -> dict[int, set[Standing]]:
    """Person → standing roles in the community."""
    found: dict[int, set[Standing]] = {}
    for row in case.uow.all(CommunityRole, community_id=case.topic.community_id):
        if row.role in _ROLES:
            found.setdefault(row.person_id, set()).add(Standing(row.role))
    return found


def approved_on(case: Case) -> date:
    """The local day from which the 15 days are counted (5.3.1 a)."""
    approved = case.topic.approved_at
    assert approved is not None
    return approved.astimezone(case.tz).date()


def public_name(case: Case, person_id: int) -> str:
    """How a plan or notice names somebody: who accepted a post by name, as they consented; anybody else by label."""
    accepted = any(row.person_id == person_id and row.accepted_at is not None for row in case.posts())
    person = case.uow.must(Person, person_id)
    return person.name if accepted else person.label


def place(case: Case, plan: Plan) -> str:
    """The title of the group it meets in."""
    return case.uow.must(Group, plan.group_id).title


def group_free(case: Case, group: Group, meets_at: datetime) -> None:
    """One meeting a day in a group (our rule). Raises RuleBroken group_taken with the other topic's number."""
    day = meets_at.astimezone(case.tz).date()
    for other in case.uow.all(Meeting, chat_id=group.chat_id, state=_NOT_BEGUN):
        if other.topic_id != case.id and other.scheduled_at.astimezone(case.tz).date() == day:
            number = case.uow.one("SELECT number FROM topic WHERE id = :id", {"id": other.topic_id})
            assert number is not None
            raise RuleBroken("group_taken", OUR_RULE, latest=day, number=number[0])


def moment(case: Case, day: str, hour: str) -> datetime:
    """A typed day and hour in the community's time zone. Raises RuleBroken bad_plan_date, bad_hour."""
    return datetime.combine(read_day(day), read_hour(hour), case.tz)


def read_day(day: str) -> date:
    """A day written 2026-11-30. Raises RuleBroken bad_plan_date."""
    try:
        return date.fromisoformat(day.strip())
    except ValueError as error:
        raise RuleBroken("bad_plan_date", "5.3.1 a") from error


def read_hour(hour: str) -> time:
    """An hour written 19:30, from 08:00 to 21:00 (our rule). Raises RuleBroken bad_hour."""
    try:
        found = time.fromisoformat(f"{hour.strip().replace(WIDE_COLON, ':'):0>5}"[:6])
    except ValueError as error:
        raise RuleBroken("bad_hour", OUR_RULE) from error
    if not time(8) <= found <= time(21):
        raise RuleBroken("bad_hour", OUR_RULE)
    return found


def start_drafting(case: Case, now: datetime) -> None:
    """5.3.1 anew: until the last day that leaves every later period whole; no clock when none does any more."""
    today = now.astimezone(case.tz).date()
    days = offers(approved_on(case), now, is_rest_day, case.tz)
    lawful = [one for one in days if one.lawful and one.draft_by >= today]
    if lawful:
        clocks.start(case, DeadlineKind.DRAFT_PLAN, now, ends_at=end_of_day(lawful[-1].draft_by, case.tz))


def finish_clocks(case: Case, now: datetime, *kinds: DeadlineKind) -> None:
    """These clocks of the topic end, whichever version of the plan they belong to."""
    for kind in kinds:
        for row in case.uow.all(Deadline, topic_id=case.id, kind=kind.value, done_at=None):
            clocks.finish(case, kind, now, subject=row.subject, subject_id=row.subject_id)


def change_facts(
    case: Case, changes: tuple[Change, ...], before: PlanFields, after: PlanFields
) -> list[dict[str, Any]]:
    """5.3.2: what a revision changes, in plain values with labels instead of ids."""
    found: list[dict[str, Any]] = []
    for change in changes:
        told: dict[str, Any] = {"field": change.field}
        if change.field == "meets_at":
            told |= {"was": iso(before.meets_at), "becomes": iso(after.meets_at)}
        elif change.field not in ("mode", "room"):
            told |= {
                name: [public_name(case, person) for person in getattr(change, name)]
                for name in ("added", "removed", "changed")
            }
        found.append(told)
    return found
