"""A meeting of thousands brought to the first call of a vote, through the same services that people use."""

from datetime import UTC, datetime, timedelta

from bot.rehearsal import compare
from bot.rehearsal.hall import Hall
from procedure.rules import TEMPLATE, to_json
from procedure.terms import Capacity, MotionKind, Post
from services import boards, motions, voting
from services.act import SYSTEM, Actor, Door
from services.sitting import load
from storage import migrations
from storage.database import Database
from storage.tables import (
    Account,
    CheckIn,
    Community,
    Group,
    Meeting,
    Participant,
    Person,
    Plan,
    PostHolder,
    RulesDraft,
    Topic,
)
from storage.work import UnitOfWork

CHAIR_ACCOUNT = 1


class Standing:
    """A clock that stands still at the sandbox's time."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """Always the same."""
        return self._instant


def prepare(url: str, *, chat_id: int, accounts: list[int], now: datetime, discussing: bool = False) -> int:
    """Make the database, at a vote's first call or `discussing`; returns the meeting's id.

    Every account is a stakeholder who has checked in.
    """
    database = Database(url)
    try:
        migrations.upgrade(database)
        door = Door(database, Standing(now.astimezone(UTC)))
        meeting_id = database.write_now(lambda uow: _people(uow, chat_id, accounts, now))
        if discussing:
            database.write_now(lambda uow: _discuss(uow, meeting_id, now))
            return meeting_id
        database.write_now(lambda uow: _put(uow, meeting_id, now))
        door.act_now(voting.open_call, Actor(CHAIR_ACCOUNT), None, meeting_id=meeting_id, motion_id=1)
        return meeting_id
    finally:
        database.close()


def stored_hands(url: str) -> int:
    """How many hands the database holds, each person's counted once."""
    database = Database(url)
    try:
        count = database.read_now(
            lambda uow: uow.one("SELECT COUNT(DISTINCT person_id) FROM hand WHERE state = 'open'")
        )
        return int(count[0]) if count else 0
    finally:
        database.close()


def stored_votes(url: str) -> tuple[int, str]:
    """How many votes the database holds, and how durable its writer is."""
    database = Database(url)
    try:
        count = database.read_now(lambda uow: uow.one("SELECT COUNT(*) FROM vote"))
        if not database.sqlite:
            level = database.read_now(lambda uow: uow.one("SHOW synchronous_commit"))
            return int(count[0] if count else 0), str(level[0] if level else "")
        level = database.read_now(lambda uow: uow.one("PRAGMA synchronous"))
        names = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
        return int(count[0] if count else 0), names[int(level[0] if level else 0)]
    finally:
        database.close()


def differences(url: str, hall: Hall) -> list[str]:
    """The stored votes against what the hall was told."""
    database = Database(url)
    try:
        keys = {account: key for key, account in hall.cast.accounts.items()}
        return [*hall.ledger.remarks, *compare.votes(hall.ledger, compare.Record(database, keys))]
    finally:
        database.close()


def _people(uow: UnitOfWork, chat_id: int, accounts: list[int], now: datetime) -> int:
    community = uow.add(Community(name="bench", created_at=now))
    assert community.id is not None
    everybody = [CHAIR_ACCOUNT, *accounts]
    uow.orm.add_all([Account(id=account) for account in everybody])
    uow.flush()
    persons = [
        Person(community_id=community.id, account_id=account, name=f"居民{number}", label=f"{number}号")
        for number, account in enumerate(everybody)
    ]
    uow.orm.add_all(persons)
    uow.flush()
    ids = [person.id for person in persons if person.id is not None]
    return _meeting(uow, community.id, chat_id, ids, now)


def _meeting(uow: UnitOfWork, community: int, chat_id: int, people: list[int], now: datetime) -> int:
    chair = people[0]
    group = uow.add(Group(community_id=community, chat_id=chat_id, title="bench", kind="supergroup"))
    topic = uow.add(
        Topic(
            community_id=community,
            number=1,
            title="bench",
            reason="bench",
            proposal="bench",
            proposer_id=chair,
            stage="meeting",
            created_at=now,
        )
    )
    assert topic.id is not None and group.id is not None
    plan = uow.add(
        Plan(
            community_id=community,
            topic_id=topic.id,
            mode="internet",
            meets_at=now,
            chair_id=chair,
            group_id=group.id,
            final_at=now,
        )
    )
    assert plan.id is not None
    for post in (Post.RECORDER, Post.SUPERVISOR):
        holder = PostHolder(
            community_id=community, topic_id=topic.id, person_id=chair, post=post.value, accepted_at=now
        )
        uow.orm.add(holder)
    meeting = _live(uow, community, topic.id, plan.id, chat_id, chair, now)
    _check_in(uow, community, plan.id, meeting, people, now)
    return meeting


def _live(uow: UnitOfWork, community: int, topic_id: int, plan_id: int, chat_id: int, chair: int, now: datetime) -> int:
    rules = uow.add(RulesDraft(community_id=community, plan_id=plan_id, settings=to_json(TEMPLATE), drafted_at=now))
    assert rules.id is not None
    meeting = uow.add(
        Meeting(
            community_id=community,
            topic_id=topic_id,
            plan_id=plan_id,
            rules_id=rules.id,
            chat_id=chat_id,
            chair_id=chair,
            state="rules_vote",
            live=True,
            scheduled_at=now - timedelta(minutes=5),
            opened_at=now,
        )
    )
    assert meeting.id is not None
    return meeting.id


def _check_in(uow: UnitOfWork, community: int, plan: int, meeting: int, people: list[int], now: datetime) -> None:
    stakeholder = Capacity.STAKEHOLDER.value
    uow.orm.add_all(
        [
            Participant(community_id=community, plan_id=plan, person_id=person, capacity=stakeholder, category="群体")
            for person in people[1:]
        ]
    )
    uow.orm.add_all(
        [
            CheckIn(community_id=community, meeting_id=meeting, person_id=person, via="button", at=now)
            for person in people
        ]
    )
    uow.flush()


def _discuss(uow: UnitOfWork, meeting_id: int, now: datetime) -> None:
    sitting = load(uow, meeting_id, SYSTEM)
    sitting.meeting.state, sitting.meeting.explained_at, sitting.meeting.rules_adopted = "discussion", now, True
    boards.set_up(sitting, now)


def _put(uow: UnitOfWork, meeting_id: int, now: datetime) -> None:
    sitting = load(uow, meeting_id, SYSTEM)
    boards.set_up(sitting, now)
    motions.put(sitting, MotionKind.RULES, now)
