"""代读: a resident writes privately, the recorder reads it out in the resident's turn, which it uses (our rule)."""

from datetime import datetime
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Post
from procedure.text import clean_text
from services import boards, reading_rows, turns
from services.act import Actor, Receipt
from services.messages import to_person
from services.sitting import Sitting, meeting_action, peek
from storage.tables import Hand, Meeting, Reading, Turn
from storage.work import UnitOfWork

TEXT_LIMIT: Final = 1000
WAITING_EACH: Final = 3


@meeting_action("ask_reading")
def ask_reading(sitting: Sitting, person_id: int, *, text: str, now: datetime) -> Receipt:
    """In one's turn, or while one's hand is up. Raises RuleBroken reading_needs_hand, readings_waiting."""
    mine = _my_turn(sitting, person_id)
    words = clean_text(text, limit=TEXT_LIMIT, field="reading")
    if len(reading_rows.waiting(sitting, person_id)) >= WAITING_EACH:
        raise RuleBroken("readings_waiting", OUR_RULE, limit=WAITING_EACH)
    content_id, digest = sitting.keep(words, person_id)
    row = sitting.uow.add(
        Reading(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            turn_id=mine.id if mine else None,
            content_id=content_id,
            asked_at=now,
        )
    )
    sitting.note("reading_asked", now, person=person_id, reading=row.id, text=digest)
    if mine is not None:
        turns.heard(sitting, mine, now, now)
        _tell_recorder(sitting, row, words, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("reading_asked_now") if mine else Receipt("reading_asked")


def may_ask(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> None:
    """Raises RuleBroken for whoever has neither the floor nor a hand up: no form opens for nothing."""
    sitting = peek(uow, uow.must(Meeting, meeting_id), actor)
    _my_turn(sitting, sitting.person_id() or 0)


def _my_turn(sitting: Sitting, person_id: int) -> Turn | None:
    """The turn of this person that runs; None while their hand waits. Raises RuleBroken reading_needs_hand."""
    turn = sitting.turn
    if turn is not None and turn.person_id == person_id:
        return turn
    if sitting.uow.first(Hand, meeting_id=sitting.id, person_id=person_id, state=("open", "skipped")) is None:
        raise RuleBroken("reading_needs_hand", OUR_RULE)
    return None


def _tell_recorder(sitting: Sitting, row: Reading, words: str, now: datetime) -> None:
    label = sitting.label(row.person_id)
    for deputy in (False, True):
        who = sitting.holders.get((Post.RECORDER, deputy))
        if who is not None and who in sitting.present:
            to_person(sitting, "reading_waits", who, now, key=row.id, reading_id=row.id, label=label, text=words)


@meeting_action("read_out")
def read_out(sitting: Sitting, person_id: int, *, reading_id: int, now: datetime) -> Receipt:
    """The recorder's one tap. Raises RuleBroken reading_gone, reading_not_yet."""
    row = sitting.uow.get(Reading, reading_id)
    if row is None or row.meeting_id != sitting.id or row.read_at is not None or row.withdrawn_at is not None:
        raise RuleBroken("reading_gone", OUR_RULE)
    turn = sitting.turn
    if turn is None or turn.person_id != row.person_id:
        raise RuleBroken("reading_not_yet", OUR_RULE)
    reading_rows.post(sitting, row, turn, person_id, now)
    turns.heard(sitting, turn, now, now)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("read_out")
