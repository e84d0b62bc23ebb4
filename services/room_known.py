"""What the recorder's forms about the room start from; names of the list only for whoever records (5.6.1)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Standing
from services import room, room_facts, room_votes, voting
from services.act import Actor
from services.sitting import Sitting, peek
from storage.tables import Meeting
from storage.work import UnitOfWork


def _sitting(uow: UnitOfWork, actor: Actor, meeting_id: int) -> Sitting:
    """Raises RuleBroken no_such_meeting, no_room, not_your_role."""
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    sitting = peek(uow, meeting, actor)
    if not room_facts.is_hybrid(sitting.plan):
        raise RuleBroken("no_room", "5.3.1 c")
    if Standing.RECORDER not in sitting.standings(sitting.person_id()):
        raise RuleBroken("not_your_role", "5.6.1 a", who=(Standing.RECORDER,))
    return sitting


def seating(uow: UnitOfWork, *, actor: Actor, meeting_id: int, text: str, now: datetime) -> list[tuple[int, int, str]]:
    """(seat, person, label) of what was typed. Raises what `room.resolve` raises."""
    return room.resolve(_sitting(uow, actor, meeting_id), text)


def standing(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> list[dict[str, Any]]:
    """Whoever may sign in and has no seat yet."""
    sitting = _sitting(uow, actor, meeting_id)
    return [{"id": row.id, "label": row.label} for row in room.attending(sitting) if row.id not in sitting.seats]


def next_seats(uow: UnitOfWork, *, actor: Actor, meeting_id: int, count: int, now: datetime) -> list[int]:
    """The seats that people who are picked get, in this order."""
    return room.next_seats(_sitting(uow, actor, meeting_id), count)


def seats(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> list[dict[str, Any]]:
    """Who sits where, by seat."""
    sitting = _sitting(uow, actor, meeting_id)
    taken = sorted((seat, who) for who, seat in sitting.seats.items())
    return [{"seat": seat, "label": sitting.label(who)} for seat, who in taken]


def turns(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> list[dict[str, Any]]:
    """Turns of people in the room, newest first, each with its place among theirs."""
    sitting = _sitting(uow, actor, meeting_id)
    found = room.room_turns(sitting)
    return [
        {
            "id": turn.id,
            "label": sitting.label(turn.person_id),
            "number": sum(one.person_id == turn.person_id for one in found[place:]),
        }
        for place, turn in enumerate(found)
    ]


def motion(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> dict[str, Any]:
    """The running vote. Raises RuleBroken vote_not_open."""
    found = _sitting(uow, actor, meeting_id).motion
    if found is None:
        raise RuleBroken("vote_not_open", "5.5.3 b")
    return {"id": found.id, "stage": found.stage, "calling": found.calling}


def hands(
    uow: UnitOfWork, *, actor: Actor, meeting_id: int, stance: str, seats: Sequence[int], now: datetime
) -> dict[str, Any]:
    """Who would be entered, and who raised a hand themselves. Raises what `room_votes.sorted_hands` raises."""
    sitting = _sitting(uow, actor, meeting_id)
    found = sitting.motion
    if found is None:
        raise RuleBroken("vote_not_open", "5.5.3 b")
    sorted_ = room_votes.sorted_hands(sitting, found, voting.stance_of(stance), seats)
    who = {seat: person for person, seat in sitting.seats.items()}
    official = room_facts.seconds(sitting.plan, sitting.holders)[:1]
    return {
        "hands": [[hand.seat, sitting.label(who[hand.seat])] for hand in sorted_.to_send],
        "own": [[seat, sitting.label(who[seat])] for seat in sorted_.own],
        "official": sitting.label(official[0]) if official else "",
    }
