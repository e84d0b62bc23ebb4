"""The convener's plan (5.3.1): when, who in which capacity, in what form, who chairs; a revision is a new version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from procedure import planner
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.plan import (
    Change,
    Mode,
    Participation,
    PlanFields,
    check_mode,
    check_plan,
    differences,
    needs_new_window,
)
from procedure.planner import PlanStage
from procedure.terms import Capacity, Standing
from procedure.text import clean_text
from services import clocks, plan_rows, posts
from services.act import Receipt
from services.board_facts import iso
from services.case import Case, topic_action
from services.deputies import name_deputies
from services.holidays import is_rest_day
from services.plan_news import news
from storage.tables import Deadline, Group, Participant, Person, Plan

REASON_LIMIT: Final = 300
ROOM_LIMIT: Final = 60
_CATEGORIES: Final = {
    Capacity.STAKEHOLDER: "群体",
    Capacity.EXPERT: "专业人士",
    Capacity.UNIT: "辖区单位",
    Capacity.SELF_JOINED: "自主参与协商",
    Capacity.OBSERVER: "群体",
}
"""The category of table 2 where the roster names none."""


@topic_action("draft_plan")
def draft_plan(
    case: Case,
    person_id: int,
    *,
    day: str,
    hour: str,
    people: Mapping[str, Sequence[int]],
    chair: int,
    now: datetime,
    mode: str = Mode.INTERNET.value,
    room: str = "",
    group: int | None = None,
    deputies: Mapping[str, int] | None = None,
    second_official: int | None = None,
    overrun: str = "",
) -> Receipt:
    """Write a version. ``people`` by capacity; ``deputies`` by one of plan.DEPUTISED; ``overrun``: why not in 15 days.

    Raises what `procedure.planner.check_meeting` and `procedure.plan.check_plan` raise, and no_group, no_such_choice,
    group_taken, capacity_twice, not_on_the_roster, bad_plan_date, bad_hour, mode_not_offered, text_too_long.
    """
    fields = PlanFields(
        meets_at=plan_rows.moment(case, day, hour),
        mode=_mode(mode),
        chair=chair,
        participants=_participants(case, people),
        deputies={Standing(post): who for post, who in (deputies or {}).items()},
        second_official=second_official,
        room=_room(_mode(mode), room),
    )
    _check_people(case, [who for who in (chair, *fields.deputies.values(), second_official) if who is not None])
    where = _group(case, group)
    reason = _reason(case, overrun, now)
    before, said = plan_rows.said_before(case)
    check_time(case, said, fields, now, overrun=bool(reason))
    plan_rows.group_free(case, where, fields.meets_at)
    check_plan(fields, plan_rows.posts_of(case), plan_rows.roles_of(case))
    plan = _made(case, _store(case, fields, where, reason, now), fields, before, now)
    return _drafted(case, person_id, plan, [] if said is None else differences(said, fields), now)


def _drafted(case: Case, person_id: int, plan: Plan, changes: Sequence[Change], now: datetime) -> Receipt:
    changed = [change.field for change in changes]
    known = {"version": plan.version, "meets_at": iso(plan.meets_at)}
    case.note("plan_drafted", now, by=person_id, changed=changed, **known)
    news(case, "drafted", [person_id], now, key=plan.version, steps=("send_plan",), **known)
    return Receipt("plan_drafted", known | {"tz": case.tz.key})


def _mode(written: str) -> Mode:
    try:
        mode = Mode(written)
    except ValueError as error:
        raise RuleBroken("no_such_choice", OUR_RULE) from error
    check_mode(mode)
    return mode


def _room(mode: Mode, written: str) -> str:
    """The room's address on one line; a meeting in the group alone has none."""
    if mode is not Mode.HYBRID or not written.strip():
        return ""
    return " ".join(clean_text(written, limit=ROOM_LIMIT, field="room").split())


def _made(case: Case, plan: Plan, fields: PlanFields, before: Plan | None, now: datetime) -> Plan:
    """Who is listed, who is asked to stand in, and the two days to send it (5.3.2).

    A draft in place of one that was never sent has what is left of that one's two days.
    """
    unsent = case.uow.first(Deadline, topic_id=case.id, kind=DeadlineKind.SEND_PLAN.value, done_at=None)
    _take_people(case, plan, fields, before)
    name_deputies(case, fields, now)
    posts.ask_all(case, now)
    plan_rows.finish_clocks(case, now, DeadlineKind.DRAFT_PLAN, DeadlineKind.SEND_PLAN)
    began = unsent.starts_at if unsent is not None else now
    clocks.start(case, DeadlineKind.SEND_PLAN, now, began=began, subject="plan", subject_id=plan.id)
    return plan


def _reason(case: Case, written: str, now: datetime) -> str:
    """The reason to record for going beyond the 15 days; none is taken while a day within them is left."""
    if not written.strip() or _day_left(case, now):
        return ""
    return clean_text(written, limit=REASON_LIMIT, field="reason")


def _day_left(case: Case, now: datetime) -> bool:
    return any(one.lawful for one in planner.offers(plan_rows.approved_on(case), now, is_rest_day, case.tz))


def check_time(case: Case, said: PlanFields | None, fields: PlanFields, now: datetime, *, overrun: bool) -> None:
    """A revision that changes neither people, mode nor date needs no new window: only its notice has to fit (5.3.2)."""
    again = said is not None and not needs_new_window(said, fields, case.tz)
    stage = PlanStage.NOTICE if again else PlanStage.DRAFTING
    planner.check_meeting(
        fields.meets_at, now, plan_rows.approved_on(case), is_rest_day, case.tz, stage=stage, overrun=overrun
    )


def _participants(case: Case, people: Mapping[str, Sequence[int]]) -> dict[int, Participation]:
    """Each person once. Raises RuleBroken capacity_twice, not_on_the_roster."""
    capacities: dict[int, Capacity] = {}
    for capacity in Capacity:
        for who in people.get(capacity.value, ()):
            if who in capacities:
                raise RuleBroken("capacity_twice", "5.3.1 b", label=case.label(who))
            capacities[who] = capacity
    known = _check_people(case, list(capacities))
    return {
        who: (capacity, known[who].category or _CATEGORIES[capacity]) for who, capacity in sorted(capacities.items())
    }


def _check_people(case: Case, persons: Sequence[int]) -> dict[int, Person]:
    rows = case.uow.all(Person, id=tuple(persons), community_id=case.topic.community_id, left_at=None)
    known = {row.id: row for row in rows if row.id is not None}
    if set(persons) - known.keys():
        raise RuleBroken("not_on_the_roster", OUR_RULE)
    return known


def _group(case: Case, group_id: int | None) -> Group:
    """Where it meets: the one bound group, or the one chosen. Raises RuleBroken no_group, no_such_choice."""
    groups = [row for row in case.uow.all(Group, community_id=case.topic.community_id) if row.kind != "channel"]
    if not groups:
        raise RuleBroken("no_group", OUR_RULE)
    if group_id is None and len(groups) == 1:
        return groups[0]
    for row in groups:
        if row.id == group_id:
            return row
    raise RuleBroken("no_such_choice", OUR_RULE)


def _store(case: Case, fields: PlanFields, where: Group, reason: str, now: datetime) -> Plan:
    latest = case.plan
    assert where.id is not None and fields.chair is not None
    changes = {"deputies": {post.value: who for post, who in fields.deputies.items() if post is not Standing.CHAIR}}
    return case.uow.add(
        Plan(
            community_id=case.topic.community_id,
            topic_id=case.id,
            version=(latest.version if latest is not None else 0) + 1,
            mode=fields.mode.value,
            meets_at=fields.meets_at,
            chair_id=fields.chair,
            deputy_chair_id=fields.deputies.get(Standing.CHAIR),
            second_official_id=fields.second_official,
            group_id=where.id,
            room=fields.room,
            fact_sheet_id=latest.fact_sheet_id if latest is not None else None,
            drafted_at=now,
            changes=changes | ({"overrun": reason} if reason else {}),
        )
    )


def _take_people(case: Case, plan: Plan, fields: PlanFields, before: Plan | None) -> None:
    """Who said yes to the same day and form has said so for this version too."""
    assert plan.id is not None
    same = before is not None and before.mode == plan.mode and _day(case, before) == _day(case, plan)
    answers = {row.person_id: row for row in case.uow.all(Participant, plan_id=before.id)} if before and same else {}
    for who, (capacity, category) in fields.participants.items():
        answer = answers.get(who)
        case.uow.orm.add(
            Participant(
                community_id=case.topic.community_id,
                plan_id=plan.id,
                person_id=who,
                capacity=capacity.value,
                category=category,
                willing_at=answer.willing_at if answer else None,
                unwilling_at=answer.unwilling_at if answer else None,
                willing_by=answer.willing_by if answer else None,
            )
        )
    case.uow.flush()


def _day(case: Case, plan: Plan) -> str:
    return plan.meets_at.astimezone(case.tz).date().isoformat()
