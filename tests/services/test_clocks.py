"""Clocks as rows: who is reminded of which step, when they move, start again and stop (product rule "Reminders")."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procedure.clocks import DeadlineKind, notice_ends_at
from procedure.reminders import schedule
from procedure.terms import Post
from services import clocks, demo, posts, timers
from services.act import SYSTEM
from services.case import load
from services.roster import import_roster
from services.roster_fields import Entry
from storage.tables import DeadlineStep, FollowItem, Person, PostHolder
from storage.work import UnitOfWork
from tests.services.clockwork import Clockwork
from tests.services.course import Course
from tests.services.room import ACCOUNTS, Room

TZ = ZoneInfo(demo.TIMEZONE)
MEET, TELL, REGISTER, NOTICE = DeadlineKind.MEET, DeadlineKind.TELL, DeadlineKind.REGISTER, DeadlineKind.NOTICE


def local(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    """An instant by the community's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=TZ)


def test_a_clock_of_fifteen_days_speaks_at_every_step_once(work: Clockwork) -> None:
    """5.3.1 a, forty days late: daily up to the thirtieth day, then weekly; the supervisor hears once it is late."""
    began = work.instant
    deadline = work.starts(MEET)
    assert deadline.ends_at == local(11, 19)
    work.passes(days=15 + 41)
    expected = schedule(began, deadline.ends_at, TZ, horizon=work.instant)
    sent = [step for step in work.steps("chair") if step.sent_at is not None]
    assert [(step.step, step.sent_at) for step in sent] == [(one.step, one.at.astimezone(UTC)) for one in expected]
    assert [step.step for step in sent][:6] == ["created", "half", "eve", "due_morning", "due_evening", "overdue_1"]
    assert sent[-1].step == "overdue_weekly_1"
    late = [step.step for step in sent if step.step.startswith("overdue")]
    assert [step.step for step in work.steps("supervisor") if step.sent_at is not None] == late
    assert work.people_reminded() == {"chair", "supervisor"}
    assert len(work.reminded("chair")) == len(expected)
    assert [items[0]["late_days"] for items in work.reminded("supervisor")][:4] == [1, 2, 3, 4]


def test_a_clock_is_found_running_and_started_anew_when_done(work: Clockwork) -> None:
    first = work.starts(MEET)
    assert work.starts(MEET).id == first.id
    work.finish_all()
    again = work.starts(MEET)
    assert again.round == first.round + 1 and again.id != first.id


def test_what_is_done_is_never_reminded_of(work: Clockwork) -> None:
    work.starts(MEET)
    work.passes(days=2)
    told = len(work.reminded("chair"))
    work.finish_all()
    assert work.read(timers.next_due) is None
    work.passes(days=60)
    assert len(work.reminded("chair")) == told == 1


def test_next_due_is_the_next_step(work: Clockwork) -> None:
    """The page's "to the next thing due" stops at each of them."""
    work.starts(MEET)
    seen = []
    for _ in range(6):
        due = work.read(timers.next_due)
        assert due is not None
        seen.append(due)
        work.down_until(due)
    assert seen[1:] == [local(11, 10, 9), local(11, 17, 9), local(11, 18, 9), local(11, 18, 18), local(11, 19, 8)]


def _holder_leaves(work: Clockwork, post: Post) -> None:
    def decline(uow: UnitOfWork) -> None:
        row = uow.first(PostHolder, topic_id=work.topic_id, post=post.value, deputy=False)
        assert row is not None
        row.accepted_at, row.declined_at = None, work.instant

    work.database.write_now(decline)


def test_who_comes_later_is_told_of_what_is_to_come_and_who_leaves_of_nothing(work: Clockwork) -> None:
    work.starts(MEET)
    work.passes(days=1)
    _holder_leaves(work, Post.CONVENER)
    work.acts("recorder", posts.offer_post, post="convener", holder=work.people["deputy"])
    work.acts("deputy", posts.accept_post)
    work.passes(days=14, hours=8)
    assert [items[0]["step"] for items in work.reminded("chair")] == ["created"]
    assert [items[0]["step"] for items in work.reminded("deputy")] == ["half", "eve", "due_morning", "due_evening"]


def test_who_comes_when_it_is_late_hears_of_it_the_next_morning(work: Clockwork) -> None:
    work.starts(MEET)
    work.passes(days=20)
    _holder_leaves(work, Post.SUPERVISOR)
    work.acts("recorder", posts.offer_post, post="supervisor", holder=work.people["observer"])
    work.acts("observer", posts.accept_post)
    work.passes(days=1)
    assert [items[0]["late_days"] for items in work.reminded("observer")] == [6]


def test_who_gets_a_role_by_a_new_roster_is_reminded_too(course: Course) -> None:
    course.proposes()
    course.passes(hours=1)
    entry = Entry(
        line=2,
        name="吴芳",
        household="5-101",
        building=None,
        unit=None,
        category=None,
        roles=frozenset({"committee"}),
        phone=None,
        label=None,
        given=frozenset({"roles"}),
    )
    course.door.act_now(import_roster, SYSTEM, None, community_id=course.community_id, entries=[entry])
    newcomer = course.read(lambda uow: uow.first(Person, name="吴芳"))
    assert newcomer is not None
    steps = course.read(lambda uow: [row.step for row in uow.all(DeadlineStep, person_id=newcomer.id)])
    assert "created" not in steps and {"eve", "due_morning", "overdue_1"} <= set(steps)


def test_a_clock_that_is_late_when_it_starts_says_so_every_day(work: Clockwork) -> None:
    """5.9.3: a receipt that was noted weeks after the day it happened."""
    work.starts(TELL, began=local(10, 20, 10))
    work.passes(days=2)
    told = [(items[0]["step"], items[0]["late_days"]) for items in work.reminded("supervisor")]
    assert [days for _, days in told] == [12, 13]
    assert work.reminded("recorder")[0][0]["missed_minutes"] == 0


@pytest.mark.parametrize(
    ("kind", "began", "ends_at", "facts"),
    [
        (TELL, local(9, 28, 10), local(10, 9), {"nominal": "2026-10-01", "last_day": "2026-10-08", "uncertain": False}),
        (MEET, local(9, 18, 10), local(10, 9), {"nominal": "2026-10-03", "last_day": "2026-10-08", "uncertain": False}),
        (REGISTER, local(9, 30, 10), local(10, 9), {"last_day": "2026-10-08", "uncertain": False}),
        (TELL, local(12, 30, 10), local(1, 5, year=2027), {"last_day": "2027-01-04", "uncertain": True}),
    ],
)
def test_a_period_forward_moves_over_rest_days(
    work: Clockwork, kind: DeadlineKind, began: datetime, ends_at: datetime, facts: dict[str, Any]
) -> None:
    """National Day moves an end; beyond the known holiday table weekends only, and somebody has to confirm the date."""
    deadline = work.starts(kind, began=began)
    assert facts.items() <= deadline.arithmetic.items()
    assert deadline.ends_at == ends_at or facts["uncertain"]


def test_a_period_backward_never_moves(work: Clockwork) -> None:
    """5.4: the meeting after the holiday has its notice three clear days before, holiday or not."""
    meets_at = local(10, 8, 19)
    deadline = work.starts(NOTICE, began=local(9, 20), ends_at=notice_ends_at(meets_at, TZ))
    assert deadline.ends_at == local(10, 5) and deadline.arithmetic["last_day"] == "2026-10-04"


def test_an_item_reminds_whoever_answers_for_it(room: Room) -> None:
    def start(uow: UnitOfWork) -> None:
        case = load(uow, room.topic_id, SYSTEM)
        manager = uow.first(Person, account_id=ACCOUNTS["property"])
        assert manager is not None
        item = uow.add(
            FollowItem(
                community_id=case.topic.community_id,
                topic_id=case.id,
                meeting_id=room.id,
                number=1,
                text="建充电点",
                implementer="物业公司",
                promised_on=local(12, 1).date(),
                person_id=manager.id,
            )
        )
        clocks.start(case, DeadlineKind.ITEM, room.instant, subject="item", subject_id=item.id)

    room.database.write_now(start)
    room.passes(60)
    told = {chat: facts["items"] for kind, chat, facts in room.sent if kind == "reminder"}
    [item] = told[ACCOUNTS["property"]]
    assert item["role"] == "implementer" and item["item"] == {"number": 1, "text": "建充电点"}
    assert set(told) == {ACCOUNTS[who] for who in ("property", "recorder", "recorder2", "adviser")}


def test_before_there_is_a_supervisor_the_supervisory_committee_watches(course: Course) -> None:
    course.proposes()
    course.passes(days=3)
    late = {chat for kind, chat, facts in course.sent if kind == "reminder" and facts["items"][0]["late"]}
    assert late == {ACCOUNTS[who] for who in ("recorder", "recorder2", "adviser", "supervisor", "supervisor2")}
