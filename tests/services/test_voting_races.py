"""5.5.3 b, peer failure arbcom (check-then-write): fifty hands against fifty closes, each a thread of its own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from procedure.errors import RuleBroken
from procedure.terms import Capacity
from services import result, voting
from services.act import SYSTEM, Actor, Door
from storage.tables import Account, JournalEntry, Motion, Participant, Person, Seat
from storage.work import UnitOfWork
from tests.services.room import Room

MANY = 50
FIRST = 70_000
WORKERS = 8


class Clock:
    """Stands still."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Always the same."""
        return self.instant


def crowd(room: Room) -> None:
    """Fifty more stakeholders on the running vote's roster."""
    motion, plan_id = room.motion, room.meeting.plan_id

    def join(uow: UnitOfWork) -> None:
        for number in range(MANY):
            account = uow.add(Account(id=FIRST + number))
            household: dict[str, Any] = {"name": f"住户{number}", "label": f"9-{number}", "account_id": account.id}
            person = uow.add(Person(community_id=motion.community_id, **household))
            assert person.id is not None and motion.id is not None
            listed: dict[str, Any] = {"plan_id": plan_id, "capacity": Capacity.STAKEHOLDER.value, "category": "群体"}
            uow.add(Participant(community_id=motion.community_id, person_id=person.id, **listed))
            uow.add(Seat(motion_id=motion.id, person_id=person.id, community_id=motion.community_id))
        uow.must(Motion, motion.id).roster += MANY

    room.database.write_now(join)


def at_once(*jobs: Callable[[], str]) -> Counter[str]:
    """Every job in some thread; how often each answer came."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return Counter(pool.map(lambda job: job(), jobs))


def answer(door: Door, action: Any, actor: Actor, key: str | None, **facts: Any) -> str:
    try:
        return door.act_now(action, actor, key, **facts).code
    except RuleBroken as broken:
        return f"refused {broken.code}"


def hands(room: Room, door: Door, stance: str) -> list[Callable[[], str]]:
    facts = {"meeting_id": room.id, "motion_id": room.motion.id, "stance": stance}

    def hand(number: int) -> Callable[[], str]:
        actor = Actor(FIRST + number, FIRST + number, FIRST + number)
        return lambda: answer(door, voting.cast_vote, actor, f"{stance}:{number}", **facts)

    return [hand(number) for number in range(MANY)]


def stored(room: Room) -> Counter[str]:
    """Hands of the running vote as they stand."""
    where = {"id": room.motion.id}
    return Counter(
        row[0] for row in room.read(lambda uow: uow.rows("SELECT stance FROM vote WHERE motion_id = :id", where))
    )


def mixed(one: list[Callable[[], str]], other: list[Callable[[], str]]) -> list[Callable[[], str]]:
    return [job for pair in zip(one, other, strict=True) for job in pair]


def test_every_close_finds_the_same_hands(room: Room) -> None:
    room.to_main_vote()
    room.acts("chair", voting.open_call, motion_id=0)
    room.deliver()
    crowd(room)
    room.instant += timedelta(seconds=61)
    chair, motion = room.actor("chair"), room.motion.id
    closing = {"meeting_id": room.id, "motion_id": motion, "calling": "for"}
    closes = [lambda: answer(room.door, voting.close_call, chair, None, **closing)] * MANY
    told = at_once(*mixed(hands(room, room.door, "for"), closes))
    assert told["call_closed"] == 1 and sum(told.values()) == 2 * MANY
    assert set(told) <= {"call_closed", "vote_counted", "refused other_call"} | {
        "refused call_over",
        "refused call_too_short",
    }
    assert stored(room)["for"] == told["vote_counted"]
    rows = room.read(lambda uow: uow.all(JournalEntry, order="number", subject_id=room.topic_id))
    entries = [row.entry for row in rows]
    closed = max(number for number, entry in enumerate(entries) if '"call_closed"' in entry)
    assert sum('"kind":"vote"' in entry for entry in entries[:closed]) >= told["vote_counted"]
    assert all('"kind":"vote"' not in entry for entry in entries[closed:])


def test_the_count_is_taken_once_and_of_every_hand_that_was_acknowledged(room: Room) -> None:
    room.to_main_vote()
    room.acts("chair", voting.open_call, motion_id=0)
    room.deliver()
    crowd(room)
    for stance in ("for", "against", "abstain"):
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=room.motion.id, calling=stance)
    until = room.motion.correction_until
    assert until is not None
    early, late = (Door(room.database, Clock(at)) for at in (until - timedelta(seconds=1), until))
    closes = [lambda: answer(late, result.end_correction, SYSTEM, None, meeting_id=room.id)] * MANY
    told = at_once(*mixed(hands(room, early, "against"), closes))
    assert told["decided"] == 1 and told["refused no_correction_running"] == MANY - 1
    assert told["vote_counted"] + told["refused vote_not_open"] == MANY
    assert room.motion.against == stored(room)["against"] == told["vote_counted"]
    assert sum(stored(room).values()) == told["vote_counted"]
