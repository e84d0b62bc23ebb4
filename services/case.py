"""A topic, locked and loaded for one act outside its meeting: who stands as what, and the facts the rules decide on."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

from procedure.course import permit
from procedure.course_facts import CourseFacts
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Capacity, Post, Standing, TopicStage
from services import journal
from services.act import Action, Actor, Receipt
from services.people import person_of
from storage.tables import (
    Community,
    CommunityRole,
    FollowItem,
    Group,
    Meeting,
    Person,
    Plan,
    PostHolder,
    Support,
    Topic,
)
from storage.work import UnitOfWork

P = ParamSpec("P")
_ROLES: Final = frozenset(
    {Standing.ADMINISTRATOR, Standing.COMMITTEE, Standing.PARTY_BRANCH, Standing.SUPERVISORY_COMMITTEE}
)


class Case:
    """The topic of one act. Made by `load`, which takes its lock first."""

    def __init__(self, uow: UnitOfWork, topic: Topic, actor: Actor) -> None:
        assert topic.id is not None
        self.uow = uow
        self.topic = topic
        self.id = topic.id
        self.actor = actor

    @cached_property
    def community(self) -> Community:
        """Where the topic belongs."""
        return self.uow.must(Community, self.topic.community_id)

    @cached_property
    def tz(self) -> ZoneInfo:
        """The community's time zone, in which all its law is computed."""
        return ZoneInfo(self.community.timezone)

    @property
    def stage(self) -> TopicStage:
        """Where the topic stands."""
        return TopicStage(self.topic.stage)

    @property
    def plan(self) -> Plan | None:
        """The latest version of the plan."""
        return self.uow.first(Plan, order="-version", topic_id=self.id)

    @property
    def meeting(self) -> Meeting | None:
        """The latest meeting."""
        return self.uow.first(Meeting, order="-id", topic_id=self.id)

    def posts(self) -> list[PostHolder]:
        """Every row of the four posts and their deputies, declined ones too."""
        return list(self.uow.all(PostHolder, topic_id=self.id))

    def holder(self, post: Post, *, deputy: bool = False) -> int | None:
        """Who has accepted this post."""
        return next(
            (row.person_id for row in self.posts() if row.post == post and row.deputy is deputy and row.accepted_at),
            None,
        )

    def capacities(self) -> dict[int, Capacity]:
        """Person → capacity in the latest version of the plan."""
        plan = self.plan
        if plan is None:
            return {}
        rows = self.uow.rows("SELECT person_id, capacity FROM participant WHERE plan_id = :id", {"id": plan.id})
        return {row[0]: Capacity(row[1]) for row in rows}

    def person_id(self) -> int | None:
        """The acting person of this community; None for the system. Raises RuleBroken not_in_community."""
        if self.actor.account_id is None:
            return None
        return person_of(self.uow, self.actor.account_id, self.topic.community_id)

    def standings(self, person_id: int | None) -> set[Standing]:
        """Everything this person is to this topic. A deputy stands for the post, the chair's for the convener."""
        if person_id is None:
            return {Standing.SYSTEM}
        found = {Standing.RESIDENT}
        roles = self.uow.all(CommunityRole, person_id=person_id)
        found |= {Standing(row.role) for row in roles if row.role in _ROLES}
        for row in self.posts():
            if row.person_id == person_id and row.accepted_at is not None:
                found.add(Standing(row.post))
            if row.person_id == person_id and row.accepted_at is None and row.declined_at is None:
                found.add(Standing.OFFERED)
        plan = self.plan
        if plan is not None and plan.sent_at is not None and plan.deputy_chair_id == person_id:
            found.add(Standing.CONVENER)
        if plan is not None and plan.sent_at is not None and plan.chair_id == person_id:
            found.add(Standing.CHAIR)
        if self.topic.proposer_id == person_id:
            found.add(Standing.PROPOSER)
        if self.uow.count(Support, topic_id=self.id, person_id=person_id):
            found.add(Standing.SUPPORTER)
        capacity = self.capacities().get(person_id)
        if capacity is not None:
            found.add(Standing(capacity.value))
        if self.uow.count(FollowItem, topic_id=self.id, person_id=person_id):
            found.add(Standing.IMPLEMENTER)
        return found

    def names_for(self, *who: Standing) -> None:
        """The roster's names are shown to these alone, in an open form too. Raises RuleBroken not_your_role."""
        if self.standings(self.person_id()).isdisjoint(who):
            raise RuleBroken("not_your_role", OUR_RULE, who=tuple(sorted(who)))

    def with_role(self, role: Standing) -> list[int]:
        """Persons with this role in the community, as long as they are on its roster."""
        rows = self.uow.rows(
            "SELECT r.person_id FROM community_role r JOIN person p ON p.id = r.person_id"
            " WHERE r.community_id = :community AND r.role = :role AND p.left_at IS NULL ORDER BY r.person_id",
            {"community": self.topic.community_id, "role": role.value},
        )
        return [int(row[0]) for row in rows]

    def places(self) -> list[Group]:
        """Where notices go: the meeting's group first, then the community's channels."""
        groups = self.uow.all(Group, community_id=self.topic.community_id)
        plan = self.plan
        meeting_group = plan.group_id if plan is not None else None
        chosen = [group for group in groups if group.id == meeting_group]
        if not chosen:
            chosen = [group for group in groups if group.kind != "channel"][:1]
        return chosen + [group for group in groups if group.kind == "channel"]

    def facts(self, now: datetime) -> CourseFacts:
        """All that decides what may be done now."""
        from services.case_facts import gather  # noqa: PLC0415 - it needs this class

        return gather(self, now)

    def note(self, kind: str, now: datetime, **facts: Any) -> None:
        """Append to the topic's journal."""
        journal.record(
            self.uow, kind, community_id=self.topic.community_id, subject_id=self.id, now=now, topic=self.id, **facts
        )

    def keep(self, text: str, person_id: int | None) -> tuple[int, str]:
        """Store words erasably; (content id, salted hash)."""
        return journal.keep(self.uow, text, community_id=self.topic.community_id, person_id=person_id)

    def label(self, person_id: int) -> str:
        """How others are shown this person."""
        return self.uow.must(Person, person_id).label

    def heading(self) -> dict[str, Any]:
        """What every message about the topic says of it."""
        return {
            "tz": self.tz.key,
            "topic_id": self.id,
            "topic": {"number": self.topic.number, "title": self.topic.title},
        }


def load(uow: UnitOfWork, topic_id: int, actor: Actor) -> Case:
    """Lock the topic, then load. Raises RuleBroken no_such_topic."""
    uow.lock("topic", topic_id)
    return peek(uow, topic_id, actor)


def peek(uow: UnitOfWork, topic_id: int, actor: Actor) -> Case:
    """Load for showing only, unlocked. Raises RuleBroken no_such_topic."""
    topic = uow.get(Topic, topic_id)
    if topic is None:
        raise RuleBroken("no_such_topic", OUR_RULE)
    return Case(uow, topic, actor)


def _seen_by(case: Case) -> int | None:
    try:
        return case.person_id()
    except RuleBroken as broken:
        if broken.code == "not_in_community":
            raise RuleBroken("no_such_topic", OUR_RULE) from broken
        raise


Repeated = Callable[[Case, int | None, dict[str, Any]], Receipt | None]


def topic_action(
    name: str, *, repeated: Repeated | None = None, unseen: bool = False
) -> Callable[[Callable[Concatenate[Case, int, P], Receipt]], Action]:
    """Make `fn(case, person_id, *, now, …)` an action that passes the table of `procedure.course` first.

    For the system `person_id` is 0. `repeated` answers, before the table is asked, for what was done already.
    `unseen`: who is not of the topic's community is refused as if the topic were not there.
    """

    def wrap(fn: Callable[Concatenate[Case, int, P], Receipt]) -> Action:
        call: Callable[..., Receipt] = fn

        @wraps(fn)
        def run(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime, **facts: Any) -> Receipt:
            case = load(uow, topic_id, actor)
            who = _seen_by(case) if unseen else case.person_id()
            done = repeated(case, who, facts) if repeated is not None else None
            if done is not None:
                return done
            permit(name, case.standings(who), case.facts(now), now)
            return call(case, who or 0, now=now, **facts)

        run.step_name = name  # type: ignore[attr-defined]
        return run

    return wrap
