"""The clocks of a topic as rows: every deadline from the moment it starts, its reminders as steps.

As long as a clock runs, everybody it concerns has one step to come, so that nobody has to look for who is forgotten.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from procedure import clocks as table
from procedure.clocks import DeadlineKind
from procedure.reminders import Step, StepDue, after_quiet, meeting_steps, schedule
from procedure.terms import Post, Standing
from services.act import SYSTEM
from services.case import Case, load
from services.holidays import is_rest_day
from storage.tables import Deadline, DeadlineStep, FollowItem, Meeting, Plan
from storage.work import UnitOfWork

_POSTS: Final = {Standing(post.value): post for post in Post}
_AHEAD: Final = frozenset(
    {Step.CREATED, Step.HALF, Step.EVE, Step.DUE_MORNING, Step.DUE_EVENING, Step.OVERDUE_1, Step.MEETING_TOMORROW}
)
"""Steps that are stored at once; what comes after the first overdue one is stored when that one has been sent."""
_ROLES: Final = frozenset({Standing.COMMITTEE, Standing.PARTY_BRANCH, Standing.SUPERVISORY_COMMITTEE})
_OVERDUE: Final = frozenset({Step.OVERDUE_1, Step.OVERDUE_DAILY, Step.OVERDUE_WEEKLY})
_NEXT_WEEK: Final = timedelta(days=8)


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
        _stop(case, row, now)


def finish_all(case: Case, now: datetime) -> None:
    """The topic's course ends or turns: none of its clocks runs on."""
    for row in case.uow.all(Deadline, topic_id=case.id, done_at=None):
        _stop(case, row, now)


def refresh(case: Case, now: datetime) -> None:
    """Somebody took a post or a role: the running clocks remind them too, of what is still to come."""
    for row in case.uow.all(Deadline, topic_id=case.id, done_at=None):
        _add_steps(case, row, now)


def refresh_community(uow: UnitOfWork, community_id: int, now: datetime) -> None:
    """Roles in the community have changed: `refresh` for every topic of which a clock runs."""
    rows = uow.rows(
        "SELECT DISTINCT topic_id FROM deadline WHERE community_id = :id AND done_at IS NULL ORDER BY topic_id",
        {"id": community_id},
    )
    for (topic_id,) in rows:
        refresh(load(uow, topic_id, SYSTEM), now)


def concerned(case: Case, kind: DeadlineKind, item_id: int | None = None) -> list[int]:
    """Whom this clock reminds, the supervision included; each person once."""
    return _united(case, table.responsible(kind), item_id)


def acting(case: Case, kind: DeadlineKind, item_id: int | None = None) -> list[int]:
    """Who has to act before this clock ends."""
    return _united(case, table.CLOCKS[kind].acting, item_id)


def role_in(case: Case, deadline: Deadline, person_id: int) -> Standing | None:
    """As what this clock reminds the person: acting before watching, a post before a role; None: not (any more)."""
    kind, item_id = DeadlineKind(deadline.kind), item_of(deadline)
    clock = table.CLOCKS[kind]
    for standing in (*sorted(clock.acting, key=_by_post), *sorted(clock.watching, key=_by_post)):
        if person_id in holding(case, standing, item_id):
            return standing
    if kind is DeadlineKind.MEETING and person_id in _invited(case, deadline):
        return Standing.RESIDENT
    return None


def holding(case: Case, standing: Standing, item_id: int | None = None) -> list[int]:
    """Who answers for a clock in this standing now: holder and deputy of a post, everybody with a role."""
    post = _POSTS.get(standing)
    if post is not None:
        taken = {row.deputy: row.person_id for row in case.posts() if row.post == post and row.accepted_at}
        return [taken[deputy] for deputy in (False, True) if deputy in taken]
    if standing is Standing.CHAIR:
        return [case.plan.chair_id] if case.plan is not None else []
    if standing is Standing.IMPLEMENTER:
        item = case.uow.get(FollowItem, item_id) if item_id is not None else None
        return [item.person_id] if item is not None and item.person_id is not None else []
    return case.with_role(standing)


def _by_post(standing: Standing) -> tuple[bool, str]:
    return standing in _ROLES, standing.value


def item_of(deadline: Deadline) -> int | None:
    """The item of the opinion this clock is about, if it is about one."""
    return deadline.subject_id if deadline.subject == "item" else None


def follow_up(case: Case, deadline: Deadline, person_id: int, now: datetime) -> None:
    """A step was sent and the clock still runs: the next one, when none waits already."""
    rows = case.uow.all(DeadlineStep, deadline_id=deadline.id, person_id=person_id)
    if any(row.sent_at is None for row in rows):
        return
    for step in _overdue(case, deadline, now, {row.step for row in rows}):
        _add_step(case, deadline, step, person_id, now)
    case.uow.flush()


def _united(case: Case, standings: Iterable[Standing], item_id: int | None) -> list[int]:
    found: dict[int, None] = {}
    for standing in sorted(standings):
        found |= dict.fromkeys(holding(case, standing, item_id))
    return list(found)


def _invited(case: Case, deadline: Deadline) -> list[int]:
    """Everybody the meeting's plan lists or names, and the posts with their deputies."""
    meeting = case.uow.must(Meeting, deadline.subject_id)
    plan = case.uow.must(Plan, meeting.plan_id)
    named = [who for who in (plan.chair_id, plan.deputy_chair_id, plan.second_official_id) if who is not None]
    rows = case.uow.rows("SELECT person_id FROM participant WHERE plan_id = :id ORDER BY id", {"id": meeting.plan_id})
    posts = [row.person_id for row in case.posts() if row.declined_at is None]
    return list(dict.fromkeys([int(row[0]) for row in rows] + posts + named))


def _stop(case: Case, deadline: Deadline, now: datetime) -> None:
    """Steps that will never be sent are no instants to wait for."""
    deadline.done_at = now
    for step in case.uow.all(DeadlineStep, deadline_id=deadline.id, sent_at=None):
        case.uow.orm.delete(step)
    case.uow.flush()


def _add_steps(case: Case, deadline: Deadline, now: datetime) -> None:
    rows = case.uow.all(DeadlineStep, deadline_id=deadline.id)
    known = {(row.step, row.person_id) for row in rows}
    waiting = {row.person_id for row in rows if row.sent_at is None}
    for person_id, steps in _schedules(case, deadline, now, began=not rows):
        missing = [step for step in steps if (step.step, person_id) not in known]
        if not steps and person_id not in waiting:
            missing = list(_overdue(case, deadline, now, {step for step, who in known if who == person_id}))
        for step in missing:
            _add_step(case, deadline, step, person_id, now)
    case.uow.flush()


def _schedules(case: Case, deadline: Deadline, now: datetime, *, began: bool) -> Iterator[tuple[int, list[StepDue]]]:
    """Person → steps to come. Who watches hears of what is late only; who comes later, of nothing that is over."""
    kind, item_id = DeadlineKind(deadline.kind), item_of(deadline)
    if kind is DeadlineKind.MEETING:
        tomorrow = list(meeting_steps(deadline.ends_at, case.tz, known_from=now))
        yield from ((person_id, tomorrow) for person_id in _invited(case, deadline))
        return
    steps = [step for step in schedule(deadline.starts_at, deadline.ends_at, case.tz) if step.kind in _AHEAD]
    ahead = [step for step in steps if step.at >= now or (began and step.kind is Step.CREATED)]
    who_acts = acting(case, kind, item_id)
    yield from ((person_id, ahead) for person_id in who_acts)
    if kind in table.WINDOWS:
        return
    late = [step for step in ahead if step.kind is Step.OVERDUE_1]
    yield from ((person_id, late) for person_id in concerned(case, kind, item_id) if person_id not in who_acts)


def _overdue(case: Case, deadline: Deadline, now: datetime, known: set[str]) -> Iterator[StepDue]:
    """The first step after now that says it is late; none for a meeting, whose day passes."""
    if deadline.kind == DeadlineKind.MEETING:
        return
    for step in schedule(deadline.starts_at, deadline.ends_at, case.tz, horizon=now + _NEXT_WEEK):
        if step.kind in _OVERDUE and step.at > now and step.step not in known:
            yield step
            return


def _add_step(case: Case, deadline: Deadline, step: StepDue, person_id: int, now: datetime) -> None:
    """One reminder to one person; quiet hours hold it until 08:00."""
    assert deadline.id is not None
    case.uow.orm.add(
        DeadlineStep(
            community_id=deadline.community_id,
            deadline_id=deadline.id,
            step=step.step,
            person_id=person_id,
            due_at=after_quiet(max(step.at, now), case.tz),
        )
    )
