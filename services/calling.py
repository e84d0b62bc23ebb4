"""Called by mistake, called by standing permission, called and not there (5.5.2 b)."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import TurnKind
from services import hindered, reading_rows, turns
from services.act import SYSTEM, Receipt
from services.hindered import LEFT
from services.sitting import Sitting, meeting_action
from storage.tables import Hand, Speech, Timer


@meeting_action("undo_grant")
def undo_grant(sitting: Sitting, person_id: int, *, turn_id: int, reason: str, now: datetime) -> Receipt:
    """The wrong person was called: no turn is used, the hand keeps its place, the reason stays on record."""
    turn = turns.running(sitting, turn_id)
    _, digest = sitting.keep(reason, person_id)
    sitting.note("grant_undone", now, by=person_id, turn=turn_id, person=turn.person_id, why=digest)
    turn.counted = False
    reading_rows.give_back(sitting, turn)
    turns.close(sitting, turn, "undone", now, why=reason, hand="open")
    return Receipt("grant_undone")


@meeting_action("pass_on")
def pass_on(sitting: Sitting, person_id: int, *, turn_id: int, now: datetime) -> Receipt:
    """The speaker left, is muted or out of reach: the next is offered. Raises RuleBroken turn_over, speaker_is_here.

    Who has not said a word loses no turn; the hand waits behind the next, of whoever left it comes down.
    """
    turn = turns.running(sitting, turn_id)
    how = hindered.how(sitting, turn.person_id)
    if how is None:
        raise RuleBroken("speaker_is_here", OUR_RULE)
    reading_rows.post_all(sitting, turn, now)
    spoke = sitting.uow.first(Speech, turn_id=turn.id, standing="speech") is not None
    turn.counted = spoke and turn.kind == TurnKind.SPEECH
    sitting.note("passed_on", now, by=person_id, turn=turn_id, person=turn.person_id, how=how)
    turns.close(sitting, turn, how, now, hand=None if spoke else "lowered" if how == LEFT else "skipped")
    return Receipt("turn_ended")


@meeting_action("grant_by_standing")
def grant_by_standing(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """The first of the queue has the floor: the chair's consent was given beforehand."""
    hand = sitting.uow.must(Hand, sitting.queue()[0].hand.id)
    return turns.call_up(sitting, hand, sitting.meeting.chair_id, now)


def begin_next(sitting: Sitting, timer: Timer, now: datetime) -> None:
    """10 s have passed and the chair has not objected."""
    try:
        grant_by_standing(sitting.uow, SYSTEM, meeting_id=sitting.id, now=now)
    except RuleBroken:
        # Somebody spoke first, the hand came down, a point of order came in: whatever it was, it sets the clock anew.
        return
