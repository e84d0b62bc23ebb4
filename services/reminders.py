"""Statutory clocks that a meeting starts, and the reminders that go with them (product.md "Reminders")."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from procedure.calendar import Due, days_forward, end_of_day
from procedure.reminders import StepDue, after_quiet, meeting_steps, schedule
from procedure.terms import Post, Standing
from services.act import Actor, Receipt
from services.board_facts import iso
from services.delivery import enqueue_private
from services.holidays import is_rest_day
from services.messages import heading
from services.sitting import Sitting, load
from storage.tables import CommunityRole, Deadline, DeadlineStep, Group, Meeting
from storage.work import UnitOfWork

TELL_DAYS = 3


def start_telling(sitting: Sitting, now: datetime) -> date:
    """5.8: three days from the announcement to hand over the record and tell everybody. Returns the last day."""
    due = days_forward(now.astimezone(sitting.tz).date(), TELL_DAYS, is_rest_day, sitting.tz)
    deadline = _deadline(sitting, "tell", now, due.ends_at, _sum(due))
    committee = sitting.uow.all(CommunityRole, community_id=sitting.meeting.community_id, role=Standing.COMMITTEE.value)
    posts = [sitting.holders.get((post, False)) for post in (Post.RECORDER, Post.SUPERVISOR)]
    people = dict.fromkeys([row.person_id for row in committee] + [who for who in posts if who])
    steps = [step for step in schedule(now, due.ends_at, sitting.tz) if step.at <= due.ends_at]
    _steps(sitting, deadline, steps, people)
    return due.last_day


def start_meeting(sitting: Sitting, now: datetime) -> None:
    """The sitting is fixed: everybody listed is reminded the morning before. An earlier sitting's clock ends."""
    meeting = sitting.meeting
    for former in sitting.uow.all(Deadline, subject="meeting", subject_id=sitting.id, kind="meeting", done_at=None):
        former.done_at = now
    ends_at = end_of_day(meeting.scheduled_at.astimezone(sitting.tz).date(), sitting.tz)
    deadline = _deadline(sitting, "meeting", now, ends_at, {})
    people = dict.fromkeys([*sitting.capacities, *sitting.holders.values()])
    _steps(sitting, deadline, meeting_steps(meeting.scheduled_at, sitting.tz, known_from=now), people)


def _deadline(sitting: Sitting, kind: str, now: datetime, ends_at: datetime, arithmetic: dict[str, Any]) -> Deadline:
    return sitting.uow.add(
        Deadline(
            community_id=sitting.meeting.community_id,
            topic_id=sitting.meeting.topic_id,
            subject="meeting",
            subject_id=sitting.id,
            kind=kind,
            round=sitting.meeting.sitting,
            starts_at=now,
            ends_at=ends_at,
            arithmetic=arithmetic,
        )
    )


def _sum(due: Due) -> dict[str, Any]:
    return {
        "start": due.start.isoformat(),
        "days": due.days,
        "nominal": due.nominal.isoformat(),
        "result": due.last_day.isoformat(),
        "uncertain": due.uncertain,
        "clause": "5.8",
    }


def _steps(sitting: Sitting, deadline: Deadline, steps: Iterable[StepDue], people: Iterable[int]) -> None:
    """Quiet hours hold reminders until 08:00."""
    assert deadline.id is not None
    for step in steps:
        for person_id in people:
            sitting.uow.orm.add(
                DeadlineStep(
                    community_id=sitting.meeting.community_id,
                    deadline_id=deadline.id,
                    step=step.step,
                    person_id=person_id,
                    due_at=after_quiet(step.at, sitting.tz),
                )
            )
    sitting.uow.flush()


def remind(uow: UnitOfWork, actor: Actor, *, step_id: int, now: datetime) -> Receipt:
    """Send one step to one person, once ever. Of several missed ones only the latest is sent, saying how late it is."""
    step = uow.must(DeadlineStep, step_id)
    deadline = uow.must(Deadline, step.deadline_id)
    if step.sent_at is not None:
        return Receipt("nothing_to_do")
    step.sent_at = now
    later = [
        other
        for other in uow.all(DeadlineStep, deadline_id=step.deadline_id, person_id=step.person_id, sent_at=None)
        if step.due_at < other.due_at <= now
    ]
    if later or deadline.done_at is not None:
        return Receipt("nothing_to_do")
    sitting = load(uow, deadline.subject_id, actor)
    kind = "meeting_tomorrow" if deadline.kind == "meeting" else "tell_deadline"
    if kind == "meeting_tomorrow" and sitting.meeting.scheduled_at <= now:
        return Receipt("nothing_to_do")
    facts = _facts(sitting, deadline, step, now)
    enqueue_private(
        uow,
        kind,
        step.person_id,
        heading(sitting) | facts,
        unique_key=f"step:{step.id}",
        now=now,
        subject_id=deadline.id,
    )
    return Receipt("reminded", {"step": step.step})


def _facts(sitting: Sitting, deadline: Deadline, step: DeadlineStep, now: datetime) -> dict[str, Any]:
    if deadline.kind == "meeting":
        group = sitting.uow.first(Group, chat_id=sitting.meeting.chat_id)
        return {"at": iso(sitting.meeting.scheduled_at), "place": group.title if group else ""}
    late = now - step.due_at
    roles = sitting.standings(step.person_id)
    order = (Standing.SUPERVISOR, Standing.RECORDER, Standing.COMMITTEE)
    return {
        "step": step.step,
        "ends_at": iso(deadline.ends_at),
        "arithmetic": deadline.arithmetic,
        "role": next((role.value for role in order if role in roles), Standing.COMMITTEE.value),
        "late_minutes": late // timedelta(minutes=1) if late >= timedelta(minutes=5) else 0,
    }


def todo(uow: UnitOfWork, person_id: int, now: datetime) -> list[dict[str, Any]]:
    """A person's open deadlines by due date; a meeting counts until it is announced, by the hour it begins."""
    rows = uow.rows(
        "SELECT DISTINCT d.id, d.kind, d.ends_at, t.number, t.title, c.timezone FROM deadline d"
        " JOIN deadline_step s ON s.deadline_id = d.id JOIN topic t ON t.id = d.topic_id"
        " JOIN community c ON c.id = d.community_id"
        " WHERE s.person_id = :person AND d.done_at IS NULL ORDER BY d.ends_at, d.id",
        {"person": person_id},
    )
    found = []
    for deadline_id, kind, _, number, title, timezone in rows:
        deadline = uow.must(Deadline, deadline_id)
        ends_at = deadline.ends_at
        if kind == "meeting":
            meeting = uow.must(Meeting, deadline.subject_id)
            if meeting.announced_at is not None or max(ends_at, meeting.scheduled_at) < now:
                continue
            ends_at = meeting.scheduled_at
        found.append(
            {
                "kind": kind,
                "topic": {"number": number, "title": title},
                "ends_at": iso(ends_at),
                "arithmetic": deadline.arithmetic,
                "late": ends_at <= now,
                "tz": timezone,
            }
        )
    return found
