"""Adjourned in every state that allows it: the next sitting offers what the last one offered (our rule)."""

from collections.abc import Callable

import pytest

from procedure.roles import offered
from services import chairing, checkin, explaining, opening, voting, wording
from services.act import SYSTEM
from services.sitting import peek
from storage.tables import Meeting
from storage.work import UnitOfWork
from tests.services.room import OFFICIALS, STAKEHOLDERS, Room


def steps(room: Room) -> tuple[str, ...]:
    """What the chair may do now, besides asking for quiet."""

    def look(uow: UnitOfWork) -> tuple[str, ...]:
        sitting = peek(uow, uow.must(Meeting, room.id), SYSTEM)
        found = offered(sitting.standings(sitting.meeting.chair_id), sitting.facts(), room.instant)
        return tuple(step for step in found if step != "please_stop")

    return room.read(look)


def refused_rules(room: Room) -> None:
    """The room does not want these rules."""
    room.to_rules_vote()
    room.vote(1, 9, 0)


def adopted_rules(room: Room) -> None:
    """Adopted, not yet declared open."""
    room.to_rules_vote()
    room.vote(9, 1, 0)


def explained(room: Room) -> None:
    """The reasons were read out, the discussion has not begun."""
    room.to_open()
    room.acts("chair", explaining.start_explanation)
    room.passes(20)
    room.acts("r101", explaining.finish_explanation, turn_id=room.last_turn.id)


def asked_for_correction(room: Room) -> None:
    """A wording is out and somebody wants another."""
    room.to_wording()
    room.post()
    room.acts("r102", wording.ask_correction, text="写成四十个")
    room.passes(301)


def nobody_voted(room: Room) -> None:
    """N = 0."""
    room.to_main_vote()
    room.vote(0, 0, 0)


def put_again(room: Room) -> None:
    """N = 0, and the same text put once more."""
    nobody_voted(room)
    room.acts("chair", voting.put_again)


WAYS: tuple[Callable[[Room], object], ...] = (
    Room.to_rules_vote,
    refused_rules,
    adopted_rules,
    Room.to_open,
    explained,
    Room.to_discussion,
    Room.to_wording,
    asked_for_correction,
    Room.to_main_vote,
    nobody_voted,
    put_again,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_is_lost_and_nobody_is_stuck(room: Room, way: Callable[[Room], object]) -> None:
    """Twice to another day, the second time with the deputy in the chair: the same steps are lawful again."""
    way(room)
    before, state = steps(room), room.meeting.state
    room.adjourn(2)
    assert steps(room) == ()
    room.passes((room.meeting.scheduled_at - room.instant).total_seconds())
    assert steps(room) == ("adjourn",)
    room.adjourn(3)
    room.passes((room.meeting.scheduled_at - room.instant).total_seconds())
    for who in (*OFFICIALS[1:], *STAKEHOLDERS[:4]):
        room.acts(who, checkin.check_in, via="button")
    room.acts("deputy", chairing.take_chair)
    room.acts("deputy", opening.resume_sitting)
    assert room.meeting.state == state
    room.passes(301)
    assert steps(room) == before
