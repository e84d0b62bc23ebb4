"""The notice of a consultation (5.4): nine statements, posted and pinned with its papers; then the meeting waits."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from procedure.calendar import check_notice
from procedure.clocks import DeadlineKind
from procedure.journal import canonical
from procedure.notice import NoticeFields, check
from procedure.plan import PlanFields
from procedure.terms import Capacity, Post, TopicStage
from services import (
    fact_sheets,
    opening,
    paper_facts,
    paper_words,
    papers,
    plan_rows,
    reminders,
    search_texts,
    supporting,
)
from services.act import SYSTEM, Receipt
from services.board_facts import iso
from services.case import Case, topic_action
from services.delivery import enqueue, enqueue_private
from services.pinning import pin_when_delivered
from services.sitting import load
from storage.tables import Group, Notice, Participant, Plan

PAPERS: Final = ("notice", "b1_public")

pin_when_delivered("notice_posted")


@topic_action("publish_notice")
def publish_notice(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.4: in the meeting's group and the channels, three clear days before; form B.1 only as its public version.

    Raises notice_field_missing, notice_too_late.
    """
    plan, meeting = case.plan, case.meeting
    assert plan is not None and plan.id is not None and meeting is not None and meeting.id is not None
    check_notice(now, plan.meets_at, case.tz)
    fields = notice_fields(case, plan)
    check(fields)
    told = asdict(fields)
    notice = case.uow.add(
        Notice(
            community_id=case.topic.community_id,
            plan_id=plan.id,
            published_at=now,
            fields=told,
            sha256=hashlib.sha256(canonical(told).encode()).hexdigest(),
        )
    )
    case.topic.stage = TopicStage.MEETING.value
    case.note("notice_published", now, by=person_id, version=plan.version, notice=notice.id, sha256=notice.sha256)
    _post(case, plan, told, person_id, now)
    search_texts.keep(case)
    sitting = load(case.uow, meeting.id, SYSTEM)
    opening.schedule_check_in(sitting)
    reminders.start_meeting(sitting, now)
    plan_rows.finish_clocks(case, now, DeadlineKind.NOTICE)
    return Receipt("notice_published", {"meets_at": iso(plan.meets_at), "tz": case.tz.key})


def notice_fields(case: Case, plan: Plan) -> NoticeFields:
    """The nine statements: people by category and number, post-holders by the names they agreed to publish."""
    said = plan_rows.fields_of(case, plan)
    convener = paper_facts.name_of(case, Post.CONVENER)
    chair = plan_rows.public_name(case, plan.chair_id)
    return NoticeFields(
        topic=case.topic.title,
        form=paper_words.MODES[plan.mode],
        participants=participants(said),
        convener=f"{convener}（主持人）" if chair == convener else f"{convener}（主持人：{chair}）",
        recorder=paper_facts.name_of(case, Post.RECORDER),
        adviser=paper_facts.name_of(case, Post.ADVISER),
        supervisor=paper_facts.name_of(case, Post.SUPERVISOR),
        time=paper_words.moment(plan.meets_at, case.tz),
        place=place(case, plan),
    )


def place(case: Case, plan: Plan) -> str:
    """5.4: the group with its link where it has one, in hybrid mode the room's address before it."""
    group = case.uow.must(Group, plan.group_id)
    return paper_words.place(plan.room, group) if plan.room or group.username else group.title


def participants(said: PlanFields) -> str:
    """利益相关方 12 人(群体 11 人、辖区单位 1 人),列席人员 1 人."""
    parts = []
    for capacity in Capacity:
        categories = [category for one, category in said.participants.values() if one is capacity]
        if not categories:
            continue
        counted = [f"{name} {categories.count(name)} 人" for name in dict.fromkeys(sorted(categories))]
        of = f"（{'、'.join(counted)}）" if capacity is not Capacity.OBSERVER else ""
        parts.append(f"{paper_words.CAPACITIES[capacity]} {len(categories)} 人{of}")
    return "，".join(parts)


def _post(case: Case, plan: Plan, told: dict[str, str], person_id: int, now: datetime) -> None:
    known = case.heading() | {"meets_at": iso(plan.meets_at)}
    known |= {"fact_sheet": fact_sheets.link(case.uow, plan)}
    text = known | {"fields": told, "overrun": plan_rows.overrun(plan)}
    papers.issue(case, "b1", now, by=person_id)
    documents = [papers.issue(case, kind, now, by=person_id, publish=True) for kind in PAPERS]
    for group in case.places():
        _to(case, "notice_posted", group.chat_id, text, plan.id, now)
        for document in documents:
            facts = known | papers.sent_with(document) | {"kind": document.kind}
            _to(case, "notice_paper", group.chat_id, facts, f"{plan.id}:{document.kind}", now)
    for row in case.uow.all(Participant, plan_id=plan.id):
        facts = known | {"place": plan_rows.place(case, plan), "room": plan.room, "capacity": row.capacity}
        key = f"notice_told:{plan.id}:{row.person_id}"
        enqueue_private(case.uow, "notice_told", row.person_id, facts, unique_key=key, now=now)
    supporting.tell_of_notice(case, plan, told["place"], known["meets_at"], now)


def _to(case: Case, kind: str, chat_id: int, facts: dict[str, Any], key: object, now: datetime) -> None:
    enqueue(
        case.uow,
        kind,
        chat_id,
        facts,
        unique_key=f"{kind}:{key}:{chat_id}",
        now=now,
        community_id=case.topic.community_id,
        subject_id=case.id,
    )
