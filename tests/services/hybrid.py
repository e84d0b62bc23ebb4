"""A hybrid meeting of the demo community: some in the room with a seat, the others in the group."""

from collections.abc import Sequence
from typing import Final

from services import opening, room_votes, voting
from services import room as rooms
from services.act import Receipt
from storage.tables import Person, Plan, RoomBatch, Vote
from storage.work import UnitOfWork
from tests.services.room import ACCOUNTS, OFFICIALS, STAKEHOLDERS, Room
from tests.services.stages import stage

ADDRESS: Final = "居委会一楼会议室"
SEATED: Final = {3: "r302", 4: "r402", 7: "r601b", 12: "r101"}
"""Seat → who. The first three have no Telegram; r101 has, and taps there as well."""
ONLINE: Final = tuple(key for key in STAKEHOLDERS if key not in SEATED.values())


def hybrid(room: Room) -> Room:
    """The plan has a room; its second official is the adviser, as the demo's plan says."""
    plan_id = room.meeting.plan_id

    def change(uow: UnitOfWork) -> None:
        plan = uow.must(Plan, plan_id)
        plan.mode, plan.room = "hybrid", ADDRESS

    room.database.write_now(change)
    return room


def person(room: Room, key: str) -> int:
    """The roster's entry of one of the cast."""
    found = room.read(lambda uow: uow.first(Person, account_id=ACCOUNTS[key]))
    assert found is not None and found.id is not None
    return found.id


def seat(room: Room, taken: dict[int, str]) -> Receipt:
    """The recorder writes down who sits where."""
    seating = [(number, person(room, key)) for number, key in taken.items()]
    return room.acts("recorder", rooms.room_check_in, seating=seating)


@stage
def to_room(room: Room) -> Room:
    """The hour has come; officials and those at home have signed in, the others sit in the room."""
    room.to_check_in(*OFFICIALS, *ONLINE)
    seat(hybrid(room), SEATED)
    return room


def to_call(room: Room) -> int:
    """The first call of the rules vote runs; the motion's id."""
    motion_id = _to_room_call(room).motion.id
    assert motion_id is not None
    return motion_id


@stage
def _to_room_call(room: Room) -> Room:
    to_room(room)
    room.acts("chair", opening.open_meeting)
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.deliver()
    return room


def enters(room: Room, seats: Sequence[int], stance: str | None = None) -> Receipt:
    """The recorder enters these seats for the open call."""
    motion = room.motion
    return room.acts(
        "recorder", room_votes.enter_hands, motion_id=motion.id, stance=stance or motion.calling, seats=list(seats)
    )


def refuses(room: Room, seats: Sequence[int], stance: str | None = None) -> str:
    """The code with which entering these seats is refused."""
    motion = room.motion
    facts = {"motion_id": motion.id, "stance": stance or motion.calling, "seats": list(seats)}
    return room.refused("recorder", room_votes.enter_hands, **facts)


def batch(room: Room) -> RoomBatch:
    """The batch entered last."""
    found = room.read(lambda uow: uow.first(RoomBatch, order="-id", meeting_id=room.id))
    assert found is not None
    return found


def confirms(room: Room, batch_id: int | None = None) -> Receipt:
    """The second official looked and says yes."""
    return room.acts("adviser", room_votes.confirm_hands, batch_id=batch_id or batch(room).id)


def counted(room: Room) -> dict[str, tuple[str, bool]]:
    """Person's key → (stance, raised in the room) of every hand that counts."""
    keys = {person(room, key): key for key in STAKEHOLDERS}
    motion_id = room.motion.id
    rows = room.read(lambda uow: uow.all(Vote, order="person_id", motion_id=motion_id))
    return {keys[row.person_id]: (row.stance, row.batch_id is not None) for row in rows}


def closes(room: Room) -> Receipt:
    """The chair ends the call after its minute."""
    room.passes(61)
    motion = room.motion
    return room.acts("chair", voting.close_call, motion_id=motion.id, calling=motion.calling)
