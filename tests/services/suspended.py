"""Meetings at the stages where a matter of annex D may be raised, and what can be looked at in them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import annex, boards, checkin, explaining, hands, home, turns, voting
from services.act import Receipt
from storage.tables import Board, Deadline, Timer
from tests.services.room import ACCOUNTS, Room
from tests.services.stages import stage

RAISED: dict[str, Any] = {"item": "D.d", "reason": "要动用集体资产，该走五议两公开"}


def calling(room: Room) -> Room:
    """A call on the rules under way."""
    room.to_rules_vote()
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.deliver()
    return room


def explaining_now(room: Room) -> Room:
    """The proposer has the floor."""
    room.to_open()
    room.acts("chair", explaining.start_explanation)
    room.deliver()
    return room


def explained(room: Room) -> Room:
    """The explanation is over, the discussion not opened."""
    explaining_now(room)
    room.acts("r101", explaining.finish_explanation, turn_id=room.last_turn.id)
    return room


def speaking(room: Room) -> Room:
    """One turn under way, one more hand up."""
    room.to_discussion()
    room.acts("r101", hands.raise_hand, stance="for")
    room.acts("r201", hands.raise_hand, stance="against")
    room.acts("chair", turns.grant, hand_id=first_hand(room))
    room.deliver()
    return room


def first_hand(room: Room) -> int:
    """The hand that waits longest."""
    row = room.read(lambda uow: uow.one("SELECT id FROM hand WHERE state = 'open' ORDER BY arrival"))
    assert row is not None
    return int(row[0])


def wording_posted(room: Room) -> Room:
    """Five minutes for corrections run."""
    room.to_wording()
    room.post()
    return room


def decided(room: Room) -> Room:
    """The main vote is counted and not announced."""
    room.to_main_vote()
    room.vote(9, 2, 0)
    return room


def voting_now(room: Room) -> Room:
    """The main vote is called, and somebody has voted."""
    room.to_main_vote()
    room.acts("chair", voting.open_call, motion_id=0)
    room.deliver()
    room.acts("r101", voting.cast_vote, motion_id=room.motion.id, stance="for")
    return room


def correcting(room: Room) -> Room:
    """All three calls are over, a minute for corrections runs."""
    voting_now(room)
    for stance in ("for", "against", "abstain"):
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=room.motion.id, calling=stance)
    return room


STAGES: dict[str, tuple[Callable[[Room], Room], str]] = {
    "check-in": (Room.to_check_in, "check_in"),
    "rules put": (Room.to_rules_vote, "rules_vote"),
    "rules called": (calling, "rules_vote"),
    "open": (Room.to_open, "open"),
    "explanation": (explaining_now, "open"),
    "explained": (explained, "explained"),
    "discussion": (Room.to_discussion, "discussion"),
    "turn": (speaking, "discussion"),
    "wording": (wording_posted, "wording"),
    "vote called": (voting_now, "main_vote"),
    "vote corrected": (correcting, "main_vote"),
    "vote decided": (decided, "main_vote"),
}


def at_stage(room: Room, stage: str) -> str:
    """Walk there; the adviser is in the room as well. Returns the state."""
    walk, state = STAGES[stage]
    walk(room)
    if state != "main_vote":
        room.acts("adviser", checkin.check_in, via="button")
    assert room.meeting.state == state
    return state


def timers_due(room: Room) -> list[datetime]:
    """When something happens by itself."""

    def look(uow: Any) -> list[datetime]:
        timers = uow.all(Timer, order="kind,id", meeting_id=room.id, done_at=None)
        hours = ("sitting_due", "sitting_missed")  # hours of the day, not time that runs
        return [timer.due_at for timer in timers if timer.kind not in hours]

    return room.read(look)


def running(room: Room) -> list[timedelta]:
    """What is left of everything that runs."""
    turn, meeting, instants = room.turn, room.meeting, timers_due(room)
    instants += [turn.ends_at] if turn is not None and turn.ends_at is not None else []
    instants += [meeting.wording_posted_at] if meeting.state == "wording" and meeting.wording_posted_at else []
    return [instant - room.instant for instant in instants]


def judges(room: Room, outcome: str, who: str = "recorder", reason: str = "会上看过了") -> Receipt:
    """The joint meeting answers."""
    return room.door.act_now(
        annex.decide_annex, room.actor(who), None, topic_id=room.topic_id, outcome=outcome, reason=reason
    )


def refused_judging(room: Room, who: str, outcome: str = "diverted", reason: str = "看过了") -> str:
    """The code with which its answer is refused."""
    with pytest.raises(RuleBroken) as refused:
        judges(room, outcome, who, reason)
    return refused.value.code


def clock(room: Room) -> Deadline | None:
    """The three days of the joint meeting."""
    return room.read(
        lambda uow: uow.first(Deadline, subject="meeting", subject_id=room.id, kind="annex_d", done_at=None)
    )


@stage
def to_suspended(room: Room, *, adviser: bool = True) -> Room:
    """The discussion, a turn under way, suspended."""
    speaking(room)
    if adviser:
        room.acts("adviser", checkin.check_in, via="button")
    room.acts("r301", annex.raise_annex, **RAISED)
    room.deliver()
    return room


def at_home(room: Room, who: str) -> bool:
    """Whether the home page has the button."""
    facts = room.read(lambda uow: home.home(uow, room.actor(who), now=room.instant)).facts
    return bool(facts["meetings"][0]["may_raise_annex"])


def console_of(room: Room, who: str) -> dict[str, Any]:
    """What somebody's console shows."""

    def look(uow: Any) -> dict[str, Any]:
        board = uow.first(Board, meeting_id=room.id, chat_id=ACCOUNTS[who])
        return boards.content(uow, board_id=board.id, now=room.instant).facts

    return room.read(look)
