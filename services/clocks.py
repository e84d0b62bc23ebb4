"""The clocks of a topic as rows: every deadline from the moment it starts, its reminders as steps."""

from collections.abc import Iterable
from datetime import datetime

from procedure import clocks as table
from procedure.clocks import DeadlineKind
from procedure.reminders import Step, StepDue, after_quiet, schedule
from procedure.terms import Post, Standing
from services.case import Case
from services.holidays import is_rest_day
from storage.tables import Deadline, DeadlineStep, FollowItem

_POSTS = {Standing(post.value): post for post in Post}
_AHEAD = frozenset({Step.CREATED, Step.HALF, Step.EVE, Step.DUE_MORNING, Step.DUE_EVENING, Step.OVERDUE_1})
"""Steps that are stored at once; what comes after the first overdue one is stored when that one has been sent."""


def start(
    case: Case,
    kind: DeadlineKind,
    now: datetime,
    *,
    began: datetime | None = None,
    ends_at: datetime | None = None,
    subject: str = "topic",
    subject_id: int | None = None,
) -> Deadline:
    """Start a clock, or find it running. ``ends_at`` belongs to the kinds whose end is appointed.

    ``began`` is when the period began (now when left out).
    """
    about = subject_id or case.id
    running = case.uow.first(Deadline, subject=subject, subject_id=about, kind=kind.value, done_at=None)
    if running is not None:
        return running
    since = began or now
    if ends_at is None:
        end = table.due(kind, since, is_rest_day, case.tz)
    else:
        end = table.appointed(kind, since, ends_at, case.tz)
    deadline = case.uow.add(
        Deadline(
            community_id=case.topic.community_id,
            topic_id=case.id,
            subject=subject,
            subject_id=about,
            kind=kind.value,
            round=case.uow.count(Deadline, subject=subject, subject_id=about, kind=kind.value) + 1,
            starts_at=since,
            ends_at=end.ends_at,
            arithmetic=table.arithmetic(kind, end),
        )
    )
    _add_steps(case, deadline, now)
    return deadline


def finish(
    case: Case, kind: DeadlineKind, now: datetime, *, subject: str = "topic", subject_id: int | None = None
) -> None:
    """What the clock asked for is done; nothing happens when none runs."""
    for row in case.uow.all(Deadline, subject=subject, subject_id=subject_id or case.id, kind=kind.value, done_at=None):
        row.done_at = now


def finish_all(case: Case, now: datetime) -> None:
    """The topic's course ends or turns: none of its clocks runs on."""
    for row in case.uow.all(Deadline, topic_id=case.id, done_at=None):
        row.done_at = now


def refresh(case: Case, now: datetime) -> None:
    """Somebody took a post or a role: the running clocks remind them too, of what is still to come."""
    for row in case.uow.all(Deadline, topic_id=case.id, done_at=None):
        _add_steps(case, row, now)


def concerned(case: Case, kind: DeadlineKind, item_id: int | None = None) -> list[int]:
    """Whom this clock reminds now, the supervision included; each person once."""
    return _holding(case, table.responsible(kind), item_id)


def acting(case: Case, kind: DeadlineKind, item_id: int | None = None) -> list[int]:
    """Who has to act before this clock ends."""
    return _holding(case, table.CLOCKS[kind].acting, item_id)


def _holding(case: Case, standings: Iterable[Standing], item_id: int | None) -> list[int]:
    found: dict[int, None] = {}
    plan = case.plan
    for standing in sorted(standings):
        post = _POSTS.get(standing)
        if post is not None:
            found |= dict.fromkeys(who for deputy in (False, True) if (who := case.holder(post, deputy=deputy)))
        elif standing is Standing.CHAIR and plan is not None:
            found[plan.chair_id] = None
        else:
            found |= dict.fromkeys(case.with_role(standing))
    item = case.uow.get(FollowItem, item_id) if item_id is not None else None
    if item is not None and item.person_id is not None:
        found[item.person_id] = None
    return list(found)


def _add_steps(case: Case, deadline: Deadline, now: datetime) -> None:
    assert deadline.id is not None
    kind = DeadlineKind(deadline.kind)
    item_id = deadline.subject_id if deadline.subject == "item" else None
    known = {(row.step, row.person_id) for row in case.uow.all(DeadlineStep, deadline_id=deadline.id)}
    coming = [step for step in schedule(deadline.starts_at, deadline.ends_at, case.tz) if step.kind in _AHEAD]
    for step in _still_to_come(coming, now, bool(known)):
        for person_id in concerned(case, kind, item_id):
            if (step.step, person_id) not in known:
                add_step(case, deadline, step, person_id)
    case.uow.flush()


def _still_to_come(steps: Iterable[StepDue], now: datetime, joined: bool) -> list[StepDue]:
    """Who comes later is not told of steps gone by; a clock that begins in the past still says so once."""
    return [step for step in steps if step.at >= now or (not joined and step.kind is Step.CREATED)]


def add_step(case: Case, deadline: Deadline, step: StepDue, person_id: int) -> None:
    """One reminder to one person; quiet hours hold it until 08:00."""
    assert deadline.id is not None
    case.uow.orm.add(
        DeadlineStep(
            community_id=deadline.community_id,
            deadline_id=deadline.id,
            step=step.step,
            person_id=person_id,
            due_at=after_quiet(step.at, case.tz),
        )
    )
