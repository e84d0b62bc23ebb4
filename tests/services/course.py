"""The whole course of topics played through the services on a real database, time and delivery turned by hand."""

from datetime import timedelta
from typing import Any, Final

from procedure.errors import RuleBroken
from procedure.terms import Capacity, Post, Standing
from services import demo, people, posts, proposing, reviewing
from services.act import Action, Actor, Receipt
from storage.database import Database
from storage.tables import Account, Community, CommunityRole, Deadline, Group, JournalEntry, Person, Topic
from storage.work import UnitOfWork
from tests.services.room import ACCOUNTS, GROUP, START, Room
from tests.services.stages import stage

CHANNEL: Final = -1010
POSTS: Final = {
    Post.CONVENER: "chair",
    Post.RECORDER: "recorder",
    Post.ADVISER: "adviser",
    Post.SUPERVISOR: "supervisor",
}
"""Who holds which post in most stories, by the keys of the demo's cast."""
ROLES: Final = {cast.key: cast.roles for cast in demo.CAST if cast.roles} | {"deputy": (Standing.PARTY_BRANCH,)}
PROPOSAL: Final[dict[str, Any]] = {
    "kind": "resident",
    "row": 2,
    "title": demo.TITLE,
    "reason": demo.REASON,
    "proposal": demo.PROPOSAL,
    "item": "C.2.3",
}
REASONS: Final = {"a": "属于目录 C.2.3", "b": "全小区的电动车都受影响", "c": "合法，空地够用", "item": "C.2.3"}


class Course(Room):
    """The demo's people, group and channel, and no topic yet; `topic_id` is the one proposed last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.instant = START
        self.updates = self.messages = 0
        self.sent: list[tuple[str, int, dict[str, Any]]] = []
        self.people: dict[str, int] = {}
        self.community_id: int = database.write_now(self._settle)
        self.topic_id = 0
        for cast in demo.CAST:
            if cast.started:
                self.door.act_now(people.start, self.actor(cast.key), None, language_code="zh")

    def _settle(self, uow: UnitOfWork) -> int:
        community = uow.add(Community(name=demo.COMMUNITY, timezone=demo.TIMEZONE, created_at=START))
        assert community.id is not None
        uow.add(
            Group(community_id=community.id, chat_id=GROUP, title=demo.GROUP_TITLE, kind="supergroup", bound_at=START)
        )
        uow.add(
            Group(community_id=community.id, chat_id=CHANNEL, title=demo.CHANNEL_TITLE, kind="channel", bound_at=START)
        )
        for cast in demo.CAST:
            uow.add(Account(id=ACCOUNTS[cast.key]))
            if cast.label:
                self.people[cast.key] = self._enters(uow, community.id, cast)
        return community.id

    def _enters(self, uow: UnitOfWork, community_id: int, cast: demo.Cast) -> int:
        lives_here = cast.label[0].isdigit()
        person = uow.add(
            Person(
                community_id=community_id,
                account_id=ACCOUNTS[cast.key],
                name=cast.name,
                label=cast.label,
                household=cast.label.split(" ")[0] if lives_here else None,
                building=f"{cast.label[0]}幢" if lives_here else None,
                category="辖区单位" if cast.capacity is Capacity.UNIT else "群体",
            )
        )
        assert person.id is not None
        for role in ROLES.get(cast.key, ()):
            uow.add(CommunityRole(community_id=community_id, person_id=person.id, role=role.value))
        return person.id

    def acts(self, who: str, action: Action, **facts: Any) -> Receipt:
        """One tap about the topic proposed last; `topic_id=…` names another."""
        actor = self.actor(who)
        return self.door.act_now(action, actor, f"{actor.arrival}:1", **({"topic_id": self.topic_id} | facts))

    def refused(self, who: str, action: Action, **facts: Any) -> str:
        """The code with which this is refused."""
        try:
            receipt = self.acts(who, action, **facts)
        except RuleBroken as broken:
            return broken.code
        raise AssertionError(f"{action.__name__} was allowed: {receipt}")

    def passes(self, seconds: float = 0.0, **period: float) -> None:
        """Time goes on, by seconds or days=…, hours=…; everything due on the way happens and arrives."""
        super().passes(timedelta(seconds=seconds, **period).total_seconds())

    def proposes(self, who: str = "r101", **other: Any) -> Receipt:
        """A proposal, the demo's unless said otherwise."""
        actor = self.actor(who)
        facts = {"community_id": self.community_id} | PROPOSAL | other
        receipt = self.door.act_now(proposing.propose, actor, f"{actor.arrival}:1", **facts)
        self.topic_id = int(receipt.facts["topic_id"])
        return receipt

    @stage
    def to_review(self, who: str = "r101", **other: Any) -> "Course":
        """Proposed and registered."""
        self.proposes(who, **other)
        self.acts("recorder", proposing.register_topic)
        self.deliver()
        return self

    def approves(self, who: str = "recorder", **other: Any) -> Receipt:
        """The joint meeting approves with `REASONS` and offers the posts to `POSTS`."""
        holders = {post.value: self.people[key] for post, key in POSTS.items()}
        return self.acts(who, reviewing.approve_topic, **(REASONS | {"holders": holders} | other))

    @stage
    def to_plan(self, who: str = "r101", **other: Any) -> "Course":
        """Approved, all four posts accepted."""
        self.to_review(who, **other)
        self.approves()
        self.deliver()
        for key in POSTS.values():
            self.acts(key, posts.accept_post)
        self.deliver()
        return self

    @property
    def topic(self) -> Topic:
        """The topic's row."""
        return self.read(lambda uow: uow.must(Topic, self.topic_id))

    def clock(self, kind: str) -> Deadline | None:
        """The topic's running clock of this kind."""
        return self.read(lambda uow: uow.first(Deadline, topic_id=self.topic_id, kind=kind, done_at=None))

    def heard(self, who: str, kind: str) -> list[dict[str, Any]]:
        """Facts of the messages of a kind that reached this person."""
        return [facts for name, chat, facts in self.sent if (name, chat) == (kind, ACCOUNTS[who])]

    def journal(self) -> list[str]:
        """The topic's entries as written."""
        rows = self.read(lambda uow: uow.all(JournalEntry, subject="topic", subject_id=self.topic_id))
        return [row.entry for row in rows]

    def says_as(self, who: str) -> Actor:
        """Who looks at a page."""
        return Actor(ACCOUNTS[who])
