"""Reminders as they reach people: together, once, late when the system was down, never at night (our rule)."""

import random
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procedure.clocks import DeadlineKind
from services import demo, reminders, timers
from services.act import SYSTEM
from storage.database import Database
from storage.tables import DeadlineStep, Outbox
from tests.services.clockwork import Clockwork

TZ = ZoneInfo(demo.TIMEZONE)
MEET, TELL, RULES = DeadlineKind.MEET, DeadlineKind.TELL, DeadlineKind.RULES


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant by the community's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=TZ)


def test_two_topics_at_one_instant_are_one_message_by_due_date(work: Clockwork) -> None:
    first = work.topic_id
    work.starts(RULES, ends_at=local(11, 10, 19))
    second = work.another()
    work.starts(RULES, ends_at=local(11, 10, 12))
    work.passes(days=10)
    together = [items for items in work.reminded("chair") if items[0]["step"] == "eve"]
    assert [[item["topic_id"] for item in items] for items in together] == [[second, first]]
    assert [item["topic"]["number"] for item in together[0]] == [2, 1]


def test_t50_three_days_down_are_one_message_that_says_how_late(work: Clockwork) -> None:
    work.starts(MEET)
    work.passes(days=16)
    told = len(work.reminded("supervisor"))
    work.down_until(local(11, 22, 10, 30))
    late = work.reminded("supervisor")[told:]
    assert [len(items) for items in late] == [1]
    assert late[0][0]["late_days"] == 4 and late[0][0]["missed_minutes"] == 2 * 1440 + 90
    work.passes(days=1)
    [following] = work.reminded("supervisor")[told + 1 :]
    assert (following[0]["step"], following[0]["missed_minutes"]) == ("overdue_daily_5", 0)


def test_down_before_the_end_several_missed_steps_are_one(work: Clockwork) -> None:
    work.starts(MEET)
    work.passes(hours=1)
    work.down_until(local(11, 18, 12))
    assert [[item["step"] for item in items] for items in work.reminded("chair")] == [["created"], ["due_morning"]]
    steps = {step.step for step in work.steps("chair") if step.sent_at is not None}
    assert steps == {"created", "half", "eve", "due_morning"}


def test_at_night_reminders_wait_for_the_morning(work: Clockwork) -> None:
    work.starts(MEET)
    work.passes(hours=1)
    work.down_until(local(11, 18, 22))
    assert len(work.reminded("chair")) == 1
    assert work.read(timers.next_due) == local(11, 19, 8)
    work.passes(hours=10)
    assert [[item["step"] for item in items] for items in work.reminded("chair")[1:]] == [["overdue_1"]]


def test_t50_back_at_night_the_morning_s_message_says_how_late(work: Clockwork) -> None:
    work.starts(MEET)
    work.passes(hours=1)
    work.down_until(local(11, 22, 23))
    assert work.reminded("supervisor") == []
    work.passes(hours=9)
    [[item]] = work.reminded("supervisor")
    assert (item["step"], item["missed_minutes"]) == ("overdue_1", 4 * 1440)


def test_a_clock_that_starts_at_night_is_told_at_eight(work: Clockwork) -> None:
    work.instant = local(11, 4, 23)
    work.starts(MEET)
    assert {step.due_at for step in work.steps("chair") if step.step == "created" and step.sent_at is None} == {
        local(11, 5, 8)
    }


def test_what_is_done_before_the_message_leaves_is_not_in_it(work: Clockwork) -> None:
    work.starts(MEET)
    work.starts(RULES, ends_at=local(11, 10, 19))
    for job in work.read(lambda uow: timers.due(uow, now=work.instant)):
        work.door.act_now(job.action, SYSTEM, None, **job.facts)
    work.ends(MEET, work.topic_id)
    work.deliver()
    assert [[item["kind"] for item in items] for items in work.reminded("chair")] == [["rules"]]


def test_what_is_all_done_is_not_sent_at_all(work: Clockwork) -> None:
    work.starts(MEET)
    for job in work.read(lambda uow: timers.due(uow, now=work.instant)):
        work.door.act_now(job.action, SYSTEM, None, **job.facts)
    work.finish_all()
    work.deliver()
    assert not work.reminded("chair")
    assert "dropped" in {row.state for row in work.read(lambda uow: uow.all(Outbox, kind="reminder"))}


def test_asked_twice_it_reminds_once(work: Clockwork) -> None:
    work.starts(MEET)
    for _ in range(3):
        work.door.act_now(reminders.remind, SYSTEM, None, person_id=work.people["chair"])
    work.deliver()
    assert len(work.reminded("chair")) == 1


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("seed", range(12))
def test_t50_however_time_goes_each_step_reaches_each_person_at_most_once(work: Clockwork, seed: int) -> None:
    """Any sequence of sweeps, stops, starts and ends, of three clocks in two topics."""
    chance = random.Random(seed)
    topics = [work.topic_id, work.another()]
    told: Counter[tuple[int, str, int]] = Counter()
    for _ in range(40):
        topic_id = chance.choice(topics)
        kind = chance.choice((MEET, TELL, DeadlineKind.REVIEW))
        if chance.random() < 0.3:
            work.starts(kind, topic_id, began=work.instant - timedelta(days=chance.randrange(20)))
        if chance.random() < 0.1:
            work.ends(kind, topic_id)
        if chance.random() < 0.2:
            work.refreshes(topic_id)
        work.sent.clear()
        work.down_until(work.instant + timedelta(minutes=chance.choice((1, 600, 1440, 7 * 1440))))
        chats = Counter(chat for name, chat, _ in work.sent if name == "reminder")
        assert not chats or max(chats.values()) == 1
        for _, chat, facts in work.sent:
            told.update((item["deadline_id"], item["step"], chat) for item in facts["items"])
    assert told and max(told.values()) == 1
    rows = work.read(lambda uow: uow.all(DeadlineStep))
    assert all(row.due_at > work.instant or row.sent_at is not None or _quiet(work.instant) for row in rows)


def _quiet(instant: datetime) -> bool:
    hour = instant.astimezone(TZ).hour
    return hour >= 21 or hour < 8


@pytest.mark.parametrize("engine", ["sqlite"])
def test_looking_for_what_is_due_reads_an_index(database: Database) -> None:
    def plans(sql: str) -> str:
        return str(database.read_now(lambda uow: uow.rows(f"EXPLAIN QUERY PLAN {sql}")))

    assert "step_due" in plans(
        "SELECT MIN(due_at) AS first, person_id FROM deadline_step WHERE sent_at IS NULL AND due_at <= 1"
        " GROUP BY person_id ORDER BY first, person_id LIMIT 200"
    )
    assert "step_due" in plans("SELECT MIN(due_at) FROM deadline_step WHERE sent_at IS NULL")
