"""The reminders of running clocks (product rule "Reminders"): one message per person and instant, each step once.

Quiet hours hold reminders until 08:00. What was missed while the system was down comes as one message that says how
late it is; what was done meanwhile is never mentioned.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from procedure.clocks import LEADS_TO, DeadlineKind
from procedure.course import offered
from procedure.reminders import Step, after_quiet, in_quiet_hours, schedule
from services import clocks, deadlines
from services.act import SYSTEM, Actor, Receipt
from services.case import Case, peek
from services.delivery import enqueue_private, when_sending
from services.sitting import Sitting
from storage.tables import Community, Deadline, DeadlineStep, Outbox
from storage.work import UnitOfWork

NOT_LATE = timedelta(minutes=5)


def start_telling(sitting: Sitting, now: datetime) -> date:
    """5.8: three days from the announcement to hand over the record and tell everybody. Returns the last day."""
    case = Case(sitting.uow, sitting.topic, SYSTEM)
    clocks.finish(case, DeadlineKind.MEETING, now, subject="meeting", subject_id=sitting.id)
    deadline = clocks.start(case, DeadlineKind.TELL, now)
    return date.fromisoformat(deadline.arithmetic["last_day"])


def start_meeting(sitting: Sitting, now: datetime) -> None:
    """The sitting is fixed: everybody listed is reminded the morning before. An earlier sitting's clock ends."""
    case = Case(sitting.uow, sitting.topic, SYSTEM)
    clocks.finish(case, DeadlineKind.MEETING, now, subject="meeting", subject_id=sitting.id)
    scheduled_at = sitting.meeting.scheduled_at
    clocks.start(case, DeadlineKind.MEETING, now, ends_at=scheduled_at, subject="meeting", subject_id=sitting.id)


def remind(uow: UnitOfWork, actor: Actor, *, person_id: int, now: datetime) -> Receipt:
    """Everything due for this person by now as one message; of several steps of one clock only the latest counts."""
    uow.lock("person", person_id)
    steps = [
        step
        for step in uow.all(DeadlineStep, order="due_at,id", person_id=person_id, sent_at=None)
        if step.due_at <= now
    ]
    if not steps or _held(uow, steps, now):
        return Receipt("nothing_to_do")
    latest: dict[int, DeadlineStep] = {}
    for step in steps:
        step.sent_at = now
        latest[step.deadline_id] = step
    uow.flush()
    items = [item for step in latest.values() if (item := _item(uow, step, now))]
    if not items:
        return Receipt("nothing_to_do")
    items.sort(key=lambda item: (item["ends_at"], item["deadline_id"]))
    _send(uow, person_id, items, f"reminder:{steps[-1].id}", now)
    return Receipt("reminded", {"count": len(items)})


def _held(uow: UnitOfWork, steps: list[DeadlineStep], now: datetime) -> bool:
    """Whether these are quiet hours; then the steps wait for their end."""
    tz = ZoneInfo(uow.must(Community, steps[0].community_id).timezone)
    if not in_quiet_hours(now, tz):
        return False
    for step in steps:
        step.due_at = after_quiet(now, tz)
    return True


def _item(uow: UnitOfWork, step: DeadlineStep, now: datetime) -> dict[str, Any] | None:
    """What this step says; None when it is done or no longer this person's. The clock's next step is stored."""
    deadline = uow.must(Deadline, step.deadline_id)
    case = peek(uow, deadline.topic_id, SYSTEM)
    if deadlines.over(case, deadline, now):
        return None
    role = clocks.role_in(case, deadline, step.person_id)
    if role is None:
        return None
    clocks.follow_up(case, deadline, step.person_id, now)
    late = now - _meant(case, deadline, step, now)
    facts = deadlines.describe(case, deadline, now) | {
        "step": step.step,
        "role": role.value,
        "steps": _steps(case, deadline, step.person_id, now),
        "missed_minutes": late // timedelta(minutes=1) if late >= NOT_LATE else 0,
    }
    if deadline.kind == DeadlineKind.MEETING:
        facts |= {"meeting_id": deadline.subject_id, "place": deadlines.where(case, deadline)}
    return facts


def _steps(case: Case, deadline: Deadline, person_id: int, now: datetime) -> list[str]:
    """What this person can do about it at once."""
    wanted = LEADS_TO[DeadlineKind(deadline.kind)]
    return [one for one in offered(case.standings(person_id), case.facts(now), now) if one in wanted] if wanted else []


def _meant(case: Case, deadline: Deadline, step: DeadlineStep, now: datetime) -> datetime:
    """When this step should have come: quiet hours put off one that was missed, not how late it is."""
    planned = schedule(deadline.starts_at, deadline.ends_at, case.tz, horizon=now)
    meant = (one.at for one in planned if one.step == step.step and one.kind is not Step.CREATED)
    return min(step.due_at, next(meant, step.due_at))


def _send(uow: UnitOfWork, person_id: int, items: list[dict[str, Any]], unique_key: str, now: datetime) -> None:
    """A meeting alone has its own invitation; a person who cannot be reached still sees everything in /todo."""
    first = items[0]
    if len(items) == 1 and first["kind"] == DeadlineKind.MEETING:
        enqueue_private(
            uow,
            "meeting_tomorrow",
            person_id,
            first | {"at": first["ends_at"]},
            unique_key=unique_key,
            now=now,
            subject_id=first["deadline_id"],
        )
        return
    enqueue_private(uow, "reminder", person_id, {"tz": first["tz"], "items": items}, unique_key=unique_key, now=now)


@when_sending("meeting_tomorrow")
def _still_coming(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    return bool(list(_open(uow, [row.facts], now)))


@when_sending("reminder")
def _still_open(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """What was done since is left out of the message; nothing is sent when nothing is left."""
    left = list(_open(uow, row.facts["items"], now))
    if len(left) < len(row.facts["items"]):
        row.facts = row.facts | {"items": left}
    return bool(left)


def _open(uow: UnitOfWork, items: list[dict[str, Any]], now: datetime) -> Iterator[dict[str, Any]]:
    for item in items:
        deadline = uow.must(Deadline, item["deadline_id"])
        if not deadlines.over(peek(uow, deadline.topic_id, SYSTEM), deadline, now):
            yield item
