"""A meeting played through the services on a real database, time and delivery turned by hand."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any, TypeVar

from procedure.errors import RuleBroken
from procedure.terms import Capacity
from services import (
    adjourning,
    checkin,
    delivery,
    demo,
    explaining,
    opening,
    papers,
    people,
    result,
    speech,
    timers,
    voting,
)
from services.act import SYSTEM, Action, Actor, Door, Receipt
from storage.database import Database
from storage.tables import Meeting, Motion, Outbox, Turn
from storage.work import UnitOfWork
from tests.services.members import WithMembers
from tests.services.stages import Kept, Shelf, stage

T = TypeVar("T")
START = datetime.fromisoformat("2026-11-03T06:00:00+00:00")
GROUP = -1009
STAKEHOLDERS = tuple(cast.key for cast in demo.CAST if cast.capacity is Capacity.STAKEHOLDER)
OFFICIALS = ("chair", "recorder", "supervisor")
ACCOUNTS = {cast.key: 5000 + number for number, cast in enumerate(demo.CAST)}


class Room(WithMembers):
    """Everybody of the demo community in one room; `acts` raises RuleBroken like the door."""

    accounts = ACCOUNTS
    group = GROUP
    shelf: Shelf | None = None
    path: tuple[Any, ...] | None = None
    mark: tuple[Any, ...] = ()
    kept: Kept | None = None
    engine = ""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.instant = START
        self.updates = 0
        self.messages = 0
        self.sent: list[tuple[str, int, dict[str, Any]]] = []
        place = {"group_id": self.group, "group_kind": "supergroup", "channel_id": None}
        seeded = self.door.act_now(demo.seed, SYSTEM, None, accounts=self.accounts, **place)
        self.id: int = seeded.facts["meeting_id"]
        self.topic_id: int = seeded.facts["topic_id"]
        for cast in demo.CAST:
            if cast.started:
                self.door.act_now(people.start, self.actor(cast.key), None, language_code="zh")

    @cached_property
    def _database(self) -> Database:
        assert self.shelf is not None
        return self.shelf.open(self)

    @cached_property
    def door(self) -> Door:
        """The way in for every act."""
        return Door(self._database, self)

    @property
    def database(self) -> Database:
        """For what a test does past the services: from there on no stage is copied."""
        self.path = None
        return self._database

    def fingerprint(self) -> tuple[Any, ...]:
        """What changes with everything that is done here."""
        return (self.updates, self.messages, self.instant, len(self.sent))

    def now(self) -> datetime:
        """Where the hand stands."""
        return self.instant

    def read(self, fn: Callable[[UnitOfWork], T]) -> T:
        """Look into the database."""
        return self._database.read_now(fn)

    def actor(self, who: str) -> Actor:
        """A fresh tap of this person."""
        self.updates += 1
        return Actor(self.accounts[who], self.updates, self.updates)

    def acts(self, who: str, action: Action, **facts: Any) -> Receipt:
        """One tap in this meeting."""
        actor = self.actor(who)
        return self.door.act_now(action, actor, f"{actor.arrival}:1", meeting_id=self.id, **facts)

    def refused(self, who: str, action: Action, **facts: Any) -> str:
        """The code with which this tap is refused."""
        try:
            receipt = self.acts(who, action, **facts)
        except RuleBroken as broken:
            return broken.code
        raise AssertionError(f"{action.__name__} was allowed: {receipt}")

    def says(self, who: str, text: str, *, later: float = 0.0, **more: Any) -> Receipt:
        """A message in the group."""
        self.messages += 1
        facts = {
            "chat_id": self.group,
            "message_id": self.messages,
            "kind": "text",
            "text": text,
            "sent_at": self.instant + timedelta(seconds=later),
            "duration_seconds": 0,
            "own_words": True,
            "sender_chat": False,
        }
        return self.door.act_now(speech.record, self.actor(who), None, **(facts | more))

    def deliver(self, *, seen_after: float = 0.0) -> None:
        """Everything queued arrives now, as far as it is still true."""
        while rows := self.read(_queued):
            self._database.write_now(partial(self._send, rows, seen_after))

    def _send(self, rows: Sequence[int], seen_after: float, uow: UnitOfWork) -> None:
        """One commit for many messages; each is looked at afresh, as the courier's transactions would."""
        for outbox_id in rows:
            row = uow.must(Outbox, outbox_id)
            if delivery.still_true(uow, row, self.instant):
                self.sent.append((row.kind, row.chat_id, self._drawn(uow, outbox_id, dict(row.facts))))
                self.messages += 1
                self._arrives(uow, row, self.instant + timedelta(seconds=seen_after))
            else:
                row.state = "dropped"
            uow.flush()
            uow.close()

    def _arrives(self, uow: UnitOfWork, row: Outbox, sent_at: datetime) -> None:
        told = partial(delivery.delivered, uow, SYSTEM, outbox_id=row.id or 0, message_id=self.messages)
        told(sent_at=sent_at, unsure=False, found=self.members.answer(row.kind, row.facts), now=self.instant)

    def _drawn(self, uow: UnitOfWork, outbox_id: int, facts: dict[str, Any]) -> dict[str, Any]:
        """The facts with the message's paper made: not by Word, whose work these tests do not need."""
        if not papers.missing(facts):
            return facts
        paper = papers.prepared(uow, facts)
        body = None if paper is None else repr(paper).encode()
        return facts | papers.attach(uow, SYSTEM, outbox_id=outbox_id, body=body, now=self.instant).facts

    def passes(self, seconds: float) -> None:
        """Time goes from due instant to due instant; messages arrive at once."""
        target = self.instant + timedelta(seconds=seconds)
        self.deliver()
        while (due := self.read(timers.next_due)) is not None and due <= target:
            self.instant = max(self.instant, due)
            for job in self.read(lambda uow: timers.due(uow, now=self.instant)):
                self.door.act_now(job.action, SYSTEM, None, **job.facts)
            self.deliver()
        self.instant = target

    def kinds(self, kind: str) -> list[dict[str, Any]]:
        """Facts of all messages of a kind that went out."""
        return [facts for name, _, facts in self.sent if name == kind]

    @property
    def meeting(self) -> Meeting:
        """The meeting's row."""
        return self.read(lambda uow: uow.must(Meeting, self.id))

    @property
    def turn(self) -> Turn | None:
        """The turn that has the floor."""
        return self.read(lambda uow: uow.first(Turn, meeting_id=self.id, ended_at=None))

    @property
    def last_turn(self) -> Turn:
        """The turn given last."""
        found = self.read(lambda uow: uow.first(Turn, order="-id", meeting_id=self.id))
        assert found is not None
        return found

    @property
    def motion(self) -> Motion:
        """The vote under way or last held."""
        found = self.read(lambda uow: uow.first(Motion, order="-id", meeting_id=self.id))
        assert found is not None
        return found

    @stage
    def to_check_in(self, *who: str) -> "Room":
        """The hour has come; these are signed in (all officials and stakeholders by default)."""
        self.passes((demo.meets_at(START) - self.instant).total_seconds())
        for key in who or (*OFFICIALS, *STAKEHOLDERS):
            self.acts(key, checkin.check_in, via="button")
        return self

    def vote(self, in_favour: int, against: int, abstain: int) -> None:
        """Three calls with so many hands each, then correction time."""
        first = self.motion if self.meeting.state != "wording" else None
        self.acts("chair", voting.open_call, motion_id=first.id if first else 0)
        voters = iter(STAKEHOLDERS)
        for stance, number in (("for", in_favour), ("against", against), ("abstain", abstain)):
            self.passes(1)
            motion_id = self.motion.id
            for _ in range(number):
                self.acts(next(voters), voting.cast_vote, motion_id=motion_id, stance=stance)
            self.passes(60)
            self.acts("chair", voting.close_call, motion_id=motion_id, calling=stance)
        self.passes(60)

    @stage
    def to_rules_vote(self) -> "Room":
        """Opened, the rules put."""
        self.to_check_in()
        self.acts("chair", opening.open_meeting)
        self.deliver()
        return self

    @stage
    def to_open(self) -> "Room":
        """Rules adopted, meeting declared open."""
        self.to_rules_vote()
        self.vote(8, 2, 1)
        self.acts("chair", opening.declare_open)
        self.deliver()
        return self

    @stage
    def to_discussion(self) -> "Room":
        """The proposer has explained, hands may go up."""
        return self.to_open().to_explained()

    def to_explained(self) -> "Room":
        """From the declaration on: explained, and the discussion open."""
        self.acts("chair", explaining.start_explanation)
        self.passes(20)
        self.acts("r101", explaining.finish_explanation, turn_id=self.last_turn.id)
        self.acts("chair", explaining.open_discussion)
        self.deliver()
        return self

    @stage
    def to_wording(self) -> "Room":
        """Nobody wants to speak; the wording stage is open."""
        from services import floor, wording  # noqa: PLC0415 - names that tests use for other things

        self.to_discussion()
        self.acts("chair", floor.last_call)
        self.passes(61)
        self.acts("chair", wording.open_wording)
        self.deliver()
        return self

    def post(self, text: str = "在南门东侧建充电点") -> Receipt:
        """The recorder posts a wording of one item."""
        from services import wording  # noqa: PLC0415

        items = [{"text": text, "implementer": "物业公司", "due": "2026-12-30"}]
        return self.acts("recorder", wording.post_wording, items=items, objections="担心噪音")

    @stage
    def to_main_vote(self) -> "Room":
        """A wording stands and may be put."""
        self.to_wording()
        self.post()
        self.passes(301)
        return self

    def announced(self, in_favour: int, against: int, abstain: int) -> Receipt:
        """The whole way to the chair's announcement."""
        self.to_main_vote()
        self.vote(in_favour, against, abstain)
        return self.acts("chair", result.announce)

    @stage
    def to_announced(self, in_favour: int, against: int, abstain: int) -> "Room":
        """The result is announced and everything said."""
        self.announced(in_favour, against, abstain)
        self.deliver()
        return self

    def adjourn(self, days: int, reason: str = "时间太晚") -> Receipt:
        """To another day, same hour."""
        return self.acts("chair", adjourning.adjourn, next_at=self.instant + timedelta(days=days), reason=reason)


def _queued(uow: UnitOfWork) -> list[int]:
    return [row.id for row in uow.all(Outbox, order="priority,id", state="queued") if row.id is not None]
