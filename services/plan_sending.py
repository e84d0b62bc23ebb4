"""Sending a plan to everybody in it, and the two days to answer (5.3.2)."""

from datetime import datetime
from typing import Any

from procedure.clocks import DeadlineKind
from procedure.plan import PlanFields, differences, needs_new_window
from procedure.planner import check_send
from procedure.terms import Capacity
from services import clocks, plan_rows
from services.act import Receipt
from services.board_facts import iso
from services.case import Case, topic_action
from services.delivery import enqueue_private, when_delivered
from services.holidays import is_rest_day
from services.plan_news import news
from services.planning import check_time
from storage.tables import Outbox, Participant, Plan, Telling
from storage.work import UnitOfWork


@topic_action("send_plan")
def send_plan(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.3.2: to everybody listed, with what changed; a new window only if people, form or date changed.

    Raises what `procedure.planner.check_meeting` raises when the day no longer fits.
    """
    plan = case.plan
    assert plan is not None and plan.drafted_at is not None
    before, said = plan_rows.said_before(case)
    fields = plan_rows.fields_of(case, plan)
    check_time(case, said, fields, now, overrun=bool(plan_rows.overrun(plan)))
    changes = differences(said, fields) if said is not None else ()
    plan.sent_at = now
    plan.objections_until = _window(case, plan, before, said, fields, now)
    plan_rows.finish_clocks(case, now, DeadlineKind.SEND_PLAN)
    told = plan_rows.change_facts(case, changes, said, fields) if said is not None else []
    unreached = _send_all(case, plan, told, now)
    case.note(
        "plan_sent",
        now,
        by=person_id,
        version=plan.version,
        late=check_send(plan.drafted_at, now, is_rest_day, case.tz).send_late,
        until=iso(plan.objections_until),
        unreached=len(unreached),
    )
    _name_unreached(case, plan, person_id, unreached, now)
    return Receipt(
        "plan_sent", {"count": len(fields.participants), "till": iso(plan.objections_until), "tz": case.tz.key}
    )


def _name_unreached(case: Case, plan: Plan, person_id: int, unreached: list[int], now: datetime) -> None:
    if unreached:
        steps = ("enter_willing", "record_plan_told")
        labels = [case.label(who) for who in unreached]
        news(case, "unreached", [person_id], now, key=plan.version, labels=labels, steps=steps)


def _window(
    case: Case, plan: Plan, before: Plan | None, said: PlanFields | None, fields: PlanFields, now: datetime
) -> datetime | None:
    if before is not None and said is not None and not needs_new_window(said, fields, case.tz):
        return before.objections_until
    plan_rows.finish_clocks(case, now, DeadlineKind.OBJECTIONS)
    return clocks.start(case, DeadlineKind.OBJECTIONS, now, subject="plan", subject_id=plan.id).ends_at


def _listed(case: Case, plan: Plan) -> list[Participant]:
    return list(case.uow.all(Participant, plan_id=plan.id, order="person_id"))


def _send_all(case: Case, plan: Plan, changes: list[dict[str, Any]], now: datetime) -> list[int]:
    """To each their own copy; returns who cannot be reached. What all of them read is gathered once: they are many."""
    assert plan.id is not None
    same = case.heading() | {
        "version": plan.version,
        "meets_at": iso(plan.meets_at),
        "place": plan_rows.place(case, plan),
        "room": plan.room,
        "chair": plan_rows.public_name(case, plan.chair_id),
        "till": iso(plan.objections_until),
        "open": plan.objections_until is not None and now < plan.objections_until,
        "changes": changes,
        "overrun": plan_rows.overrun(plan),
    }
    rows = _listed(case, plan)
    tellings = _tellings(case, plan.id, rows)
    unreached = []
    for row in rows:
        asked = row.capacity == Capacity.STAKEHOLDER and row.willing_at is None
        facts = same | {"capacity": row.capacity, "asked": asked, "telling_id": tellings[row.person_id]}
        key = f"plan_sent:{plan.id}:{row.person_id}"
        if not enqueue_private(
            case.uow, "plan_sent", row.person_id, facts, unique_key=key, now=now, subject_id=plan.id
        ):
            unreached.append(row.person_id)
    return unreached


def _tellings(case: Case, plan_id: int, rows: list[Participant]) -> dict[int, int]:
    """Person → the row that will say when the plan reached them."""
    made = [
        Telling(
            community_id=case.topic.community_id,
            topic_id=case.id,
            subject="plan",
            subject_id=plan_id,
            person_id=row.person_id,
        )
        for row in rows
    ]
    case.uow.orm.add_all(made)
    case.uow.flush()
    return {row.person_id: row.id for row in made if row.id is not None}


@when_delivered("plan_sent")
def _told(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    telling = uow.must(Telling, row.facts["telling_id"])
    if row.message_id is not None and telling.delivered_at is None:
        telling.delivered_at = seen_at
