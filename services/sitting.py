"""A meeting, locked and loaded for one act: who stands as what, and the facts the rules decide on."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

from procedure import rules as rule_book
from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts, next_state
from procedure.queue import Hand as QueuedHand
from procedure.queue import Ranked, order
from procedure.roles import check_reason, permit
from procedure.terms import Capacity, MeetingState, Post, Stance, Standing, Verdict
from services import journal, room_facts
from services.act import Action, Actor, Receipt
from services.annex_facts import annex_facts
from services.as_facts import floor_facts, motion_facts, notice_lawful, turn_facts
from services.chair_facts import chair_facts
from services.people import person_of
from services.stop_facts import stop_facts, supervises
from storage.tables import (
    Community,
    Meeting,
    Motion,
    Person,
    Plan,
    PostHolder,
    RulesDraft,
    Timer,
    Topic,
    Turn,
    WordingRequest,
)
from storage.work import UnitOfWork

P = ParamSpec("P")
CHAIR_SILENT: Final = "chair_silent"
"""The timer of a chair who was asked; it is there until the chair is heard or the deputy has taken over."""
HANDS_IN: Final = (MeetingState.EXPLAINED, MeetingState.DISCUSSION, MeetingState.EXPERT_ANSWERS)
"""Where hands to speak go up."""
WAITING_HANDS: Final = (
    "SELECT id, person_id, stance, arrival, state FROM hand WHERE meeting_id = :id AND state IN ('open', 'skipped')"
)


class Sitting:
    """The meeting of one act. Made by `load`, which takes the topic's lock first."""

    def __init__(self, uow: UnitOfWork, meeting: Meeting, actor: Actor) -> None:
        assert meeting.id is not None
        self.uow = uow
        self.meeting = meeting
        self.id = meeting.id
        self.actor = actor
        self.topic = uow.must(Topic, meeting.topic_id)
        self.plan = uow.must(Plan, meeting.plan_id)

    @cached_property
    def tz(self) -> ZoneInfo:
        """The community's time zone, in which all its law is computed."""
        return ZoneInfo(self.uow.must(Community, self.meeting.community_id).timezone)

    @cached_property
    def rules(self) -> rule_book.Rules:
        """The settings that run."""
        return rule_book.from_json(self.uow.must(RulesDraft, self.meeting.rules_id).settings)

    @property
    def state(self) -> MeetingState:
        """Where the meeting stands."""
        return MeetingState(self.meeting.state)

    @cached_property
    def holders(self) -> dict[tuple[str, bool], int]:
        """(post, is deputy) → person, of those who have accepted (5.2.3)."""
        rows = self.uow.all(PostHolder, topic_id=self.topic.id)
        return {(row.post, row.deputy): row.person_id for row in rows if row.accepted_at is not None}

    @cached_property
    def capacities(self) -> dict[int, Capacity]:
        """Person → the one capacity the final plan gives them."""
        rows = self.uow.rows(
            "SELECT person_id, capacity FROM participant WHERE plan_id = :id", {"id": self.meeting.plan_id}
        )
        return {row[0]: Capacity(row[1]) for row in rows}

    @cached_property
    def checked_in(self) -> dict[int, int | None]:
        """Persons checked in to this sitting, with their seat if they sit in the room."""
        rows = self.uow.rows(
            "SELECT person_id, seat FROM check_in WHERE meeting_id = :id AND sitting = :sitting",
            {"id": self.id, "sitting": self.meeting.sitting},
        )
        return {row[0]: row[1] for row in rows}

    @cached_property
    def present(self) -> set[int]:
        """Persons checked in to this sitting, in the group or in the room."""
        return set(self.checked_in)

    @cached_property
    def seats(self) -> dict[int, int]:
        """Person → seat, of those in the room."""
        return {who: seat for who, seat in self.checked_in.items() if seat is not None}

    @property
    def turn(self) -> Turn | None:
        """The turn that has the floor, granted or running."""
        return self.uow.first(Turn, meeting_id=self.id, ended_at=None)

    @property
    def motion(self) -> Motion | None:
        """The vote under way or last held."""
        return self.uow.first(Motion, order="-id", meeting_id=self.id)

    def turns_taken(self) -> dict[int, int]:
        """Person → turns that count against 5.5.2 f (explanations and unused turns do not)."""
        rows = self.uow.rows(
            "SELECT person_id, COUNT(*) FROM turn WHERE meeting_id = :id AND kind = 'speech' AND ended_at IS NOT NULL"
            " AND counted GROUP BY person_id",
            {"id": self.id},
        )
        return {row[0]: row[1] for row in rows}

    def queue(self) -> tuple[Ranked, ...]:
        """Hands of those who are here and have turns left, in the order of 5.5.2 b; skipped ones if no other waits."""
        taken = self.turns_taken()
        rows = [row for row in self.uow.rows(WAITING_HANDS, {"id": self.id}) if row[1] in self.present]
        rows = [row for row in rows if row[4] == "open"] or rows
        hands = [
            QueuedHand(row[0], row[1], Stance(row[2]), row[3], taken.get(row[1], 0))
            for row in rows
            if taken.get(row[1], 0) < self.rules.turns
        ]
        turn = self.turn
        last = turn.stance if turn is not None and turn.stance else self.meeting.last_stance
        return order(hands, Stance(last) if last else None)

    def person_id(self) -> int | None:
        """The acting person of this community; None for the system. Raises RuleBroken not_on_roster, which_person."""
        if self.actor.account_id is None:
            return None
        return person_of(self.uow, self.actor.account_id, self.meeting.community_id)

    def standings(self, person_id: int | None) -> set[Standing]:
        """Everything this person is in this meeting."""
        if person_id is None:
            return {Standing.SYSTEM}
        found = {Standing.RESIDENT}
        found |= {Standing(post) for (post, deputy), who in self.holders.items() if who == person_id and not deputy}
        found |= {
            Standing(post)
            for (post, deputy), who in self.holders.items()
            if who == person_id and deputy and post in (Post.RECORDER, Post.SUPERVISOR, Post.ADVISER)
        }
        turn = self.turn
        conditions = {
            Standing.CHAIR: self.meeting.chair_id == person_id,
            Standing.DEPUTY_CHAIR: person_id != self.meeting.chair_id and person_id in self.chairs(),
            Standing.PROPOSER: self.topic.proposer_id == person_id,
            Standing.SPEAKER: turn is not None and turn.person_id == person_id,
            Standing.SUPERVISORY_COMMITTEE: supervises(self.uow, self.meeting, person_id),
        }
        found |= {standing for standing, holds in conditions.items() if holds}
        capacity = self.capacities.get(person_id)
        if capacity is not None:
            found.add(Standing(capacity.value))
        if room_facts.confirms(found, person_id, self.plan, self.holders):
            found.add(Standing.SECOND_OFFICIAL)
        return found

    def chairs(self) -> list[int]:
        """The two the plan names for the chair (5.3.1 d): whoever of them does not hold it stands in for the other."""
        return [who for who in (self.plan.chair_id, self.plan.deputy_chair_id) if who is not None]

    def chair_heard(self) -> None:
        """The chair did or said something: nobody waits for them any more."""
        for asked in self.uow.all(Timer, meeting_id=self.id, kind=CHAIR_SILENT):
            self.uow.orm.delete(asked)
        self.uow.flush()

    def post_present(self, post: Post) -> bool:
        """Whether the post's holder or its deputy is checked in."""
        return any(self.holders.get((post, deputy)) in self.present for deputy in (False, True))

    def facts(self) -> MeetingFacts:
        """All that decides what may be done now."""
        meeting = self.meeting
        stakeholders = [who for who, capacity in self.capacities.items() if capacity is Capacity.STAKEHOLDER]
        asked = self.uow.first(Timer, meeting_id=self.id, kind=CHAIR_SILENT)
        motion, turn = self.motion, self.turn
        queue = self.queue() if self.state in HANDS_IN else ()
        return MeetingFacts(
            state=self.state,
            scheduled_at=meeting.scheduled_at,
            notice_lawful=self.state is MeetingState.CHECK_IN and notice_lawful(self.uow, self.plan, self.tz),
            chair_present=meeting.chair_id in self.present,
            chair_asked_until=asked.due_at if asked is not None else None,
            recorder_present=self.post_present(Post.RECORDER),
            supervisor_present=self.post_present(Post.SUPERVISOR),
            **chair_facts(self.topic.proposer_id, meeting, self.plan, self.present, turn, queue),
            stakeholders_present=sum(who in self.present for who in stakeholders),
            rules_adopted=meeting.rules_adopted,
            explained=meeting.explained_at is not None,
            motion=motion_facts(motion, meeting),
            turn=turn_facts(turn),
            waiting=len(queue),
            **floor_facts(meeting, self.capacities.values()),
            all_turns_used=self._all_turns_used(stakeholders),
            wording_posted_at=meeting.wording_posted_at,
            corrections_open=self.uow.count(WordingRequest, meeting_id=self.id, decided_at=None)
            if self.state is MeetingState.WORDING
            else 0,
            verdict=Verdict(meeting.verdict) if meeting.verdict else None,
            state_left=MeetingState(meeting.state_left) if meeting.state_left else None,
            annex=annex_facts(meeting.annex, self.tz),
            stop=stop_facts(self.uow, meeting, self.tz),
            signed=meeting.signed_at is not None,
            room=room_facts.gather(self.uow, self.plan, motion, turn.person_id if turn else None, self.seats),
        )

    def list_closed(self, now: datetime) -> bool:
        """Whether the rules have closed the list of speakers (5.5.3 a)."""
        return self.meeting.list_closes_at is not None and now >= self.meeting.list_closes_at

    def _all_turns_used(self, stakeholders: list[int]) -> bool:
        if self.state is not MeetingState.DISCUSSION:
            return False
        taken = self.turns_taken()
        here = [who for who in stakeholders if who in self.present]
        return bool(here) and all(taken.get(who, 0) >= self.rules.turns for who in here)

    def move(self, action: str) -> None:
        """Take the transition that the table gives this action."""
        self.meeting.state = next_state(action, self.facts()).value

    def note(self, kind: str, now: datetime, **facts: Any) -> None:
        """Append to the topic's journal."""
        journal.record(
            self.uow,
            kind,
            community_id=self.meeting.community_id,
            subject_id=self.meeting.topic_id,
            now=now,
            meeting=self.id,
            **facts,
        )

    def keep(self, text: str, person_id: int | None) -> tuple[int, str]:
        """Store words erasably; (content id, salted hash)."""
        return journal.keep(self.uow, text, community_id=self.meeting.community_id, person_id=person_id)

    def label(self, person_id: int) -> str:
        """How the group is shown this person."""
        return self.uow.must(Person, person_id).label


def load(uow: UnitOfWork, meeting_id: int, actor: Actor) -> Sitting:
    """Lock the topic, then load. Raises RuleBroken no_such_meeting."""
    found = uow.one("SELECT topic_id FROM meeting WHERE id = :id", {"id": meeting_id})
    if found is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    uow.lock("topic", found[0])
    return Sitting(uow, uow.must(Meeting, meeting_id), actor)


def peek(uow: UnitOfWork, meeting: Meeting, actor: Actor) -> Sitting:
    """Load for showing only, unlocked."""
    return Sitting(uow, meeting, actor)


def meeting_action(
    name: str,
) -> Callable[[Callable[Concatenate[Sitting, int, P], Receipt]], Action]:
    """Make `fn(sitting, person_id, *, now, …)` an action that passes the role table first.

    For the system `person_id` is 0. A reason, where the table wants one, is the action's `reason` argument.
    """

    def wrap(fn: Callable[Concatenate[Sitting, int, P], Receipt]) -> Action:
        call: Callable[..., Receipt] = fn

        @wraps(fn)
        def run(uow: UnitOfWork, actor: Actor, *, meeting_id: int, now: datetime, **facts: Any) -> Receipt:
            sitting = load(uow, meeting_id, actor)
            who = sitting.person_id()
            standings, known = sitting.standings(who), sitting.facts()
            permit(name, standings, known, now)
            check_reason(name, standings, known, facts.get("reason"))
            if Standing.CHAIR in standings and known.chair_asked_until is not None:
                sitting.chair_heard()
            return call(sitting, who or 0, now=now, **facts)

        run.action_name = name  # type: ignore[attr-defined]
        return run

    return wrap
