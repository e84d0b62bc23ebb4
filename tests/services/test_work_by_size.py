"""What a tap, a message and a look at what is due cost the database does not grow with the community and its past."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.outbound.claim import look
from services import hands, timers, voting
from storage.work import UnitOfWork
from tests.services.room import Room

NEIGHBOURS, MESSAGES, MEETINGS = 400, 600, 60
ROOM_FOR_MORE = 1.3


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """SQLite counts its own steps, and has no statistics to choose an index by."""
    return str(request.param)


def steps(room: Room, act: Callable[[], Any]) -> int:
    """How many instructions of SQLite's machine this takes: the same however busy the computer is."""
    counted = 0

    def step() -> int:
        nonlocal counted
        counted += 1
        return 0

    driver: Any = room.read(lambda uow: uow.connection.connection.driver_connection)
    driver.set_progress_handler(step, 1)
    try:
        act()
    finally:
        driver.set_progress_handler(None, 1)
    return counted


def grows(room: Room) -> None:
    """The town of ten years later: four hundred more neighbours, sixty meetings, and all that was sent and due."""
    room.database.write_now(_later)


def _later(uow: UnitOfWork) -> None:
    copies(uow, "account", NEIGHBOURS, id="90000 + n.i")
    copies(uow, "person", NEIGHBOURS, account_id="90000 + n.i", label="'9-' || n.i")
    copies(uow, "meeting", MEETINGS, chat_id="-8000 - n.i", live="FALSE", state="'closed'")
    past = {"meeting_id": _made("meeting"), "chat_id": "-8000 - n.i"}
    copies(uow, "board", MEETINGS, **past, view="'closed'", dirty="FALSE")
    copies(uow, "outbox", MESSAGES, state="'sent'", unique_key="'past:' || n.i")
    copies(uow, "timer", MEETINGS, meeting_id=_made("meeting"), done_at="1")
    copies(uow, "deadline", MEETINGS, round="100 + n.i", done_at="1")
    copies(uow, "deadline_step", MEETINGS, deadline_id=_made("deadline"), sent_at="1")


def _made(table: str) -> str:
    """The id of the copy of this number."""
    return f"(SELECT max(id) FROM {table}) - {MEETINGS} + n.i"


def copies(uow: UnitOfWork, table: str, times: int, **other: str) -> None:
    """The table's first row again, so many times, these columns filled otherwise."""
    names = [row[1] for row in uow.rows(f"PRAGMA table_info({table})")]
    kept = [name for name in names if name in other or name != "id"]
    values = ", ".join(other.get(name, f"t.{name}") for name in kept)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times})"
    first = f"(SELECT * FROM {table} ORDER BY id LIMIT 1) AS t"
    uow.raw(f"{numbers} INSERT INTO {table} ({', '.join(kept)}) SELECT {values} FROM n, {first}")
    found = uow.one(f"SELECT count(*) FROM {table}")
    assert found is not None and found[0] >= times


def raises(room: Room, who: str) -> None:
    room.acts(who, hands.raise_hand, stance="for")


def votes(room: Room, who: str) -> None:
    room.acts(who, voting.cast_vote, motion_id=room.motion.id, stance="for")


def says(room: Room, who: str) -> None:
    room.says(who, "充电棚建在南门东侧。")


def courier(room: Room, _who: str) -> None:
    room.read(partial(look, busy=frozenset(), now=room.instant))


def clockwork(room: Room, _who: str) -> None:
    room.read(timers.next_due)
    room.read(partial(timers.due, now=room.instant))


def to_a_call(room: Room) -> None:
    room.to_rules_vote()
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.deliver()


@pytest.mark.parametrize(
    ("walk", "act"),
    [
        (to_a_call, votes),
        (Room.to_discussion, raises),
        (Room.to_discussion, says),
        (Room.to_discussion, courier),
        (Room.to_discussion, clockwork),
    ],
)
def test_no_more_work_in_a_larger_and_older_community(
    room: Room, walk: Callable[[Room], object], act: Callable[[Room, str], None]
) -> None:
    walk(room)
    act(room, "r101")
    room.instant += timedelta(seconds=1)
    before = steps(room, partial(act, room, "r102"))
    grows(room)
    act(room, "r201")
    room.instant += timedelta(seconds=1)
    assert 0 < steps(room, partial(act, room, "r202")) <= before * ROOM_FOR_MORE
