"""Meetings brought to the main vote through the services: what is queued for sending waits for the bot's first life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from procedure.rules import TEMPLATE, to_json
from procedure.terms import Capacity, Post
from services import boards, timers, voting
from services.act import SYSTEM, Actor, Door
from services.sitting import load
from storage.database import Database
from storage.tables import (
    Account,
    CheckIn,
    Community,
    Group,
    Meeting,
    Motion,
    Participant,
    Person,
    Plan,
    PostHolder,
    RulesDraft,
    Timer,
    Topic,
)
from storage.work import UnitOfWork

CALLS = ("for", "against", "abstain")
CALL = timedelta(seconds=61)
WORDING = {
    "items": [{"number": 1, "text": "在南门东侧建充电点。", "implementer": "物业公司", "due": "2099-01-01"}],
    "objections": "",
}


@dataclass(frozen=True)
class Room:
    """One community's meeting in its group; the first account is the chair's, the others are stakeholders."""

    meeting: int
    motion: int
    chat: int
    accounts: Sequence[int]


class Rooms:
    """Makes rooms in a migrated database; the clock is turned by hand and ends at the given instant."""

    def __init__(self, database: Database, now: datetime) -> None:
        self._database, self._instant = database, now.astimezone(UTC) - 10 * CALL
        self._door = Door(database, self)

    def now(self) -> datetime:
        """Where the hand stands."""
        return self._instant

    def calling(self, chat: int, accounts: Sequence[int]) -> Room:
        """The chair has asked for those in favour."""
        meeting = self._database.write_now(lambda uow: _meeting(uow, chat, accounts, self._instant))
        chair = Actor(accounts[0])
        self._door.act_now(voting.open_call, chair, None, meeting_id=meeting, motion_id=0)
        motion = self._database.read_now(lambda uow: uow.all(Motion, meeting_id=meeting)[0].id)
        assert motion is not None
        return Room(meeting, motion, chat, accounts)

    def decided(self, chat: int, accounts: Sequence[int]) -> Room:
        """Everybody was in favour; the chair may announce it."""
        began = self._instant
        room = self.calling(chat, accounts)
        hand = {"meeting_id": room.meeting, "motion_id": room.motion}
        for account in accounts[1:]:
            self._door.act_now(voting.cast_vote, Actor(account), None, stance=CALLS[0], **hand)
        for stance in CALLS:
            self._instant += CALL
            self._door.act_now(voting.close_call, Actor(accounts[0]), None, calling=stance, **hand)
        self._instant += CALL
        for timer in self._database.read_now(lambda uow: uow.all(Timer, meeting_id=room.meeting, done_at=None)):
            self._door.act_now(timers.fire, SYSTEM, None, timer_id=timer.id)
        self._instant = began
        return room


def _meeting(uow: UnitOfWork, chat: int, accounts: Sequence[int], now: datetime) -> int:
    community = uow.add(Community(name="试验社区", created_at=now))
    assert community.id is not None
    people = [_person(uow, community.id, number, account, now) for number, account in enumerate(accounts)]
    group = uow.add(Group(community_id=community.id, chat_id=chat, title="议事群", kind="supergroup"))
    topic = uow.add(
        Topic(
            community_id=community.id,
            number=1,
            title="充电点建在哪里",
            reason="楼道里拉线充电不安全",
            proposal="在南门东侧建充电点",
            proposer_id=people[1],
            stage="meeting",
            created_at=now,
        )
    )
    assert topic.id is not None and group.id is not None
    plan = uow.add(
        Plan(
            community_id=community.id,
            topic_id=topic.id,
            mode="internet",
            meets_at=now,
            chair_id=people[0],
            group_id=group.id,
            final_at=now,
        )
    )
    assert plan.id is not None
    meeting = _before_the_vote(uow, community.id, topic.id, plan.id, chat, people, now)
    boards.set_up(load(uow, meeting, SYSTEM), now)
    return meeting


def _person(uow: UnitOfWork, community: int, number: int, account: int, now: datetime) -> int:
    uow.add(Account(id=account, started_at=now))
    person = uow.add(Person(community_id=community, account_id=account, name=f"居民{number}", label=f"{number}号"))
    assert person.id is not None
    return person.id


def _before_the_vote(
    uow: UnitOfWork, community: int, topic: int, plan: int, chat: int, people: Sequence[int], now: datetime
) -> int:
    chair = people[0]
    rules = uow.add(RulesDraft(community_id=community, plan_id=plan, settings=to_json(TEMPLATE), drafted_at=now))
    assert rules.id is not None
    for post in (Post.RECORDER, Post.SUPERVISOR):
        uow.add(PostHolder(community_id=community, topic_id=topic, person_id=chair, post=post.value, accepted_at=now))
    meeting = uow.add(
        Meeting(
            community_id=community,
            topic_id=topic,
            plan_id=plan,
            rules_id=rules.id,
            chat_id=chat,
            chair_id=chair,
            state="wording",
            live=True,
            scheduled_at=now - timedelta(hours=1),
            opened_at=now - timedelta(hours=1),
            rules_adopted=True,
            wording=WORDING,
            wording_version=1,
            wording_posted_at=now - timedelta(minutes=10),
        )
    )
    assert meeting.id is not None
    stakeholder = Capacity.STAKEHOLDER.value
    for who in people[1:]:
        uow.add(Participant(community_id=community, plan_id=plan, person_id=who, capacity=stakeholder, category="住户"))
    for who in people:
        uow.add(CheckIn(community_id=community, meeting_id=meeting.id, person_id=who, via="button", at=now))
    return meeting.id
