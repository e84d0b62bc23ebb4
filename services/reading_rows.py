"""Words that wait to be read out for somebody (代读), and how they get into that person's turn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services import question_rows
from services.delivery import when_delivered
from services.messages import to_group
from services.sitting import Sitting
from storage.tables import Content, Outbox, Reading, Speech, Turn
from storage.types import to_micros
from storage.work import UnitOfWork

BOT: Final = 0
"""`Speech.read_by` of what the bot posted because the recorder had not come to it."""


def waiting(sitting: Sitting, person_id: int) -> Sequence[Reading]:
    """What this person has written and nobody has read out yet, the oldest first."""
    return sitting.uow.all(Reading, meeting_id=sitting.id, person_id=person_id, read_at=None, withdrawn_at=None)


def post(sitting: Sitting, reading: Reading, turn: Turn, by: int, now: datetime) -> None:
    """Into the group, as the words of the person whose turn it is, with who read them."""
    speech = sitting.uow.add(
        Speech(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            turn_id=turn.id,
            person_id=reading.person_id,
            chat_id=sitting.meeting.chat_id,
            # Telegram's number is known once it is sent; no message of Telegram's has a negative one.
            message_id=-(reading.id or 0),
            kind="text",
            standing="speech",
            content_id=reading.content_id,
            read_by=by,
            sent_at=now,
        )
    )
    reading.turn_id, reading.speech_id, reading.read_at, reading.read_by = turn.id, speech.id, now, by or None
    question_rows.answered(sitting, turn, now)
    sitting.note("read_out", now, by=by or None, reading=reading.id, speech=speech.id, turn=turn.id)
    to_group(
        sitting,
        "read_out",
        now,
        key=reading.id,
        speech_id=speech.id,
        label=sitting.label(reading.person_id),
        by="recorder" if by else "bot",
        text=sitting.uow.must(Content, reading.content_id).text or "",
    )


def post_all(sitting: Sitting, turn: Turn, now: datetime) -> None:
    """The turn is about to end: nobody's words are left unread."""
    for reading in waiting(sitting, turn.person_id):
        post(sitting, reading, turn, BOT, now)


def give_back(sitting: Sitting, turn: Turn) -> None:
    """The turn is undone: what was not read yet waits for the next one."""
    for reading in waiting(sitting, turn.person_id):
        reading.turn_id = None


def withdraw(sitting: Sitting, person_id: int, now: datetime) -> None:
    """The hand came down: nothing of it is read out."""
    sitting.uow.raw(
        "UPDATE reading SET withdrawn_at = :now WHERE meeting_id = :id AND person_id = :person"
        " AND read_at IS NULL AND withdrawn_at IS NULL",
        {"now": to_micros(now), "id": sitting.id, "person": person_id},
    )


@when_delivered("read_out")
def _numbered(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    if row.message_id is not None:
        uow.must(Speech, row.facts["speech_id"]).message_id = row.message_id
