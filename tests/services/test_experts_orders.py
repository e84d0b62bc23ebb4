"""In whatever order people ask, speak, answer and object: turns are counted right (5.5.2 f, 5.6.1 f)."""

import random
from collections import Counter
from typing import Any

from procedure.errors import RuleBroken
from services import answering, calling, hands, points, questions, turns
from services.act import Action, Actor
from services.sitting import Sitting
from storage.tables import Meeting, PointOfOrder
from tests.services.room import STAKEHOLDERS, Room
from tests.services.test_experts import gives, person, rows, talk

__all__ = ["talk"]

STEPS = 90
PEOPLE = STAKEHOLDERS[:4]


class Ledger:
    """Who has spoken how often, noted from the taps alone."""

    def __init__(self, room: Room, seed: int) -> None:
        self.room, self.dice = room, random.Random(seed)
        self.taken: Counter[int] = Counter()
        self.floor: tuple[str, str, str | None] | None = None
        self.last: str | None = None
        self.called = 0
        self.people = {person(room, who): who for who in PEOPLE}

    def tries(self, who: str, action: Action, **facts: Any) -> bool:
        """Whether it was allowed."""
        try:
            self.room.acts(who, action, **facts)
        except RuleBroken:
            return False
        return True

    def hand(self) -> None:
        """Somebody raises a hand."""
        self.tries(self.dice.choice(PEOPLE), hands.raise_hand, stance=self.dice.choice(("for", "against")))

    def grant(self) -> None:
        """The chair gives the floor to the next."""
        queue = self.room.read(lambda uow: Sitting(uow, uow.must(Meeting, self.room.id), Actor(None)).queue())
        if queue and self.tries("chair", turns.grant, hand_id=queue[0].hand.id):
            hand = queue[0].hand
            self.floor = ("speech", self.people[hand.person_id], hand.stance.value)
            self.room.deliver()

    def ask(self) -> None:
        """Somebody asks the unit."""
        if self.tries(self.dice.choice(PEOPLE), questions.ask_expert, text="离楼多远？"):
            gives(self.room, rows(self.room)[-1].id or 0)

    def call(self) -> None:
        """The chair calls for an answer, also to a question that has one."""
        known = rows(self.room)
        if known and self.tries("chair", answering.call_expert, question_id=self.dice.choice(known).id):
            self.floor = ("answer", "property", None)
            self.called += 1
            self.room.deliver()

    def says(self) -> None:
        """Whoever has the floor says something, and somebody else, too."""
        self.room.says(self.floor[1] if self.floor else "r101", "我说一句")
        self.room.says(self.dice.choice(PEOPLE), "插一句")

    def ends(self) -> None:
        """Whoever has the floor is done, or was called by mistake."""
        if self.floor is None:
            return
        (kind, who, stance), turn_id = self.floor, self.room.last_turn.id
        if self.dice.random() < 0.3 and self.tries("chair", calling.undo_grant, turn_id=turn_id, reason="点错了"):
            assert kind == "speech"
        else:
            assert self.tries(who, turns.yield_turn, turn_id=turn_id)
            if kind == "speech":
                self.taken[person(self.room, who)] += 1
                self.last = stance
        self.floor = None

    def objects(self) -> None:
        """A point of order, or the answer to it."""
        waiting = self.room.read(lambda uow: uow.first(PointOfOrder, meeting_id=self.room.id, decided_at=None))
        if waiting is None:
            self.tries(self.dice.choice(PEOPLE), points.raise_point, text="还没念规则")
        else:
            assert self.tries("chair", points.decide_point, point_id=waiting.id, upheld=False, reason="念过")


def test_turns_are_counted_right_in_any_order(talk: Room) -> None:
    ledger = Ledger(talk, seed=12)
    one, often = (ledger.hand, ledger.ask, ledger.says), (ledger.grant, ledger.call, ledger.ends, ledger.objects)
    plays = [*one, *often, *often, ledger.ends]
    for _ in range(STEPS):
        ledger.dice.choice(plays)()
    sitting = talk.read(lambda uow: Sitting(uow, uow.must(Meeting, talk.id), Actor(None)).turns_taken())
    assert Counter(sitting) == ledger.taken and ledger.taken.total() >= 3 and ledger.called >= 3
    meeting = talk.meeting
    waiting = sum(row.state == "waiting" for row in rows(talk))
    assert (meeting.last_stance, meeting.questions_open) == (ledger.last, waiting)
    assert meeting.state == ("expert_answers" if ledger.floor and ledger.floor[0] == "answer" else "discussion")
