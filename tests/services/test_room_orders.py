"""Hands in the room and own hands in any order of events: against a simple model nobody counts twice (property test).

Seeded: every run does the same. What the bot refuses must be what the model refuses, and the votes must be the same
after every step, over a restart as well.
"""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pytest

from procedure.errors import RuleBroken
from services import checkin, journal, restart, room_votes, voting
from services.act import SYSTEM
from storage.tables import Vote, VoteTrail
from tests.services import hybrid
from tests.services.room import Room

PEOPLE: Final = {3: "r302", 4: "r402", 12: "r101", 13: "r102", 14: "r201", 15: "r202", 16: "r301", 17: "r401"}
"""Seat → who; the last six have a phone as well."""
PHONES: Final = (*(PEOPLE[seat] for seat in range(12, 18)), "r501")
CALLS: Final = ("for", "against", "abstain")
STEPS: Final = 60


@dataclass
class Model:
    """What counts, as a person with pencil and paper would keep it."""

    call: int = 0
    votes: dict[str, tuple[str, bool]] = field(default_factory=dict)
    batches: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    late: bool = False

    @property
    def correcting(self) -> bool:
        return self.call == len(CALLS)

    def taps(self, who: str, stance: str) -> bool:
        """Whether an own hand is taken."""
        if self.late or (not self.correcting and CALLS[self.call] != stance):
            return self.votes.get(who) == (stance, False) and not self.late
        known = self.votes.get(who)
        if known is not None and not known[1] and known[0] != stance and not self.correcting:
            return False
        self.votes[who] = (stance, False)
        return True

    def enters(self, number: int, people: tuple[str, ...], stance: str) -> bool:
        """Whether the recorder's entry goes to the second official."""
        if self.late or (not self.correcting and CALLS[self.call] != stance):
            return False
        others = [who for who in people if self.votes.get(who, ("", True))[1]]
        waiting = {who for _, batch in self.batches.values() for who in batch}
        new = [who for who in others if self.votes.get(who, ("", True))[0] != stance]
        if waiting & set(others) or not new or (not self.correcting and any(who in self.votes for who in new)):
            return False
        self.batches[number] = (stance, tuple(new))
        return True

    def confirms(self, number: int) -> None:
        stance, people = self.batches.pop(number)
        self.votes |= {who: (stance, True) for who in people if self.votes.get(who, ("", True))[1]}


class Meeting:
    """The room played step by step beside the model."""

    def __init__(self, room: Room, seed: int) -> None:
        self.room, self.dice, self.model = room, random.Random(seed), Model()
        self.motion = hybrid.to_call(room)
        hybrid.seat(room, PEOPLE)

    def does(self, who: str, action: Any, **facts: Any) -> bool:
        """Whether the bot took it."""
        try:
            self.room.acts(who, action, **facts)
        except RuleBroken:
            return False
        return True

    def step(self) -> None:
        """One thing that people do, and what both say of it."""
        getattr(
            self, self.dice.choice(("tap", "tap", "tap", "enter", "enter", "judge", "judge", "sign", "time", "stop"))
        )()
        assert {who: vote for who, vote in hybrid.counted(self.room).items() if who in self.known} == self.model.votes

    @property
    def known(self) -> set[str]:
        return {*PEOPLE.values(), *PHONES}

    def stance(self, sense: int) -> str:
        """Mostly one that counts now."""
        return self.dice.choice(CALLS if self.model.correcting else (*CALLS, *(CALLS[self.model.call],) * sense))

    def tap(self) -> None:
        entered = [who for _, people in self.model.batches.values() for who in people if who in PHONES]
        who, stance = self.dice.choice((*PHONES, *entered)), self.stance(3)
        took = self.does(who, voting.cast_vote, motion_id=self.motion, stance=stance)
        assert took == self.model.taps(who, stance), (who, stance)

    def enter(self) -> None:
        seats = self.dice.sample(sorted(PEOPLE), self.dice.choice((1, 1, 2, 3)))
        stance = self.stance(9)
        facts = {"motion_id": self.motion, "stance": stance, "seats": seats}
        took = self.does("recorder", room_votes.enter_hands, **facts)
        number = hybrid.batch(self.room).id if took else 0
        assert number is not None
        assert took == self.model.enters(number, tuple(PEOPLE[seat] for seat in seats), stance), (seats, stance)

    def judge(self) -> None:
        """Confirmed, sent back or taken back; a second time it is refused."""
        if not self.model.batches:
            return
        number = self.dice.choice(sorted(self.model.batches))
        how = self.dice.choice(("confirm", "confirm", "refuse", "withdraw"))
        who, action = {
            "confirm": ("adviser", room_votes.confirm_hands),
            "refuse": ("adviser", room_votes.refuse_hands),
            "withdraw": ("recorder", room_votes.withdraw_hands),
        }[how]
        assert self.does(who, action, batch_id=number)
        assert not self.does(who, action, batch_id=number)
        if how == "confirm":
            self.model.confirms(number)
        else:
            self.model.batches.pop(number)
        if self.model.late and not self.model.batches:
            self.room.passes(1)

    def sign(self) -> None:
        """Seated again, signed in again by an own tap: nothing changes."""
        hybrid.seat(self.room, {12: "r101"})
        assert self.room.acts("r101", checkin.check_in, via="button").code == "already_checked_in"

    def time(self) -> None:
        """The chair ends the call when nothing waits; the time to correct ends by itself."""
        if self.model.late:
            return
        if self.model.correcting:
            self.room.passes(61)
            self.model.late = True
            return
        self.room.passes(61)
        calling = self.room.motion.calling
        took = self.does("chair", voting.close_call, motion_id=self.motion, calling=calling)
        assert took == (not self.model.batches)
        self.model.call += took

    def stop(self) -> None:
        """The process is gone for a while and comes back."""
        if self.model.correcting:
            return
        self.room.door.act_now(restart.tick, SYSTEM, None)
        self.room.instant += timedelta(seconds=20)
        self.room.door.act_now(restart.resume, SYSTEM, None)

    def ends(self) -> None:
        """To the count."""
        while self.model.batches:
            self.judge()
        while not self.model.late:
            self.time()
        self.room.passes(1)


@pytest.mark.parametrize("seed", range(4))
def test_nobody_counts_twice_in_any_order_of_events(room: Room, seed: int) -> None:
    meeting = Meeting(room, seed)
    for _ in range(STEPS):
        if not meeting.model.late:
            meeting.step()
    meeting.ends()
    row, votes = room.motion, meeting.model.votes
    assert row.stage == "decided"
    assert hybrid.counted(room) == votes
    assert (row.in_favour, row.against, row.abstain) == tuple(
        sum(one[0] == side for one in votes.values()) for side in CALLS
    )
    trail = room.read(lambda uow: uow.all(VoteTrail, motion_id=meeting.motion))
    last = {one.person_id: (one.stance, one.batch_id) for one in trail}
    stored = room.read(lambda uow: uow.all(Vote, order="person_id", motion_id=meeting.motion))
    assert last == {one.person_id: (one.stance, one.batch_id) for one in stored}
    assert room.read(lambda uow: journal.broken(uow, subject="topic", subject_id=room.topic_id)) is None
