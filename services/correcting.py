"""The recorder sets right what they wrote themselves, until the record is signed: the words before stay (our rule)."""

from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import permit
from procedure.terms import LIVE
from procedure.text import clean_text
from services import amendments, boards, recording, voices
from services.act import Actor, Receipt
from services.case import Case
from services.messages import below, to_group
from services.room import SPEECH_LIMIT
from services.room_facts import VIA_ROOM
from services.sitting import Sitting, meeting_action, peek
from storage.tables import Content, Meeting, Speech
from storage.types import from_micros
from storage.work import UnitOfWork

_LINES: Final = (
    "SELECT s.id, s.sent_at, p.label, c.text FROM speech s JOIN person p ON p.id = s.person_id"
    " JOIN content c ON c.id = CASE WHEN s.kind = 'room' THEN s.content_id ELSE s.summary_id END"
    " WHERE s.meeting_id = :id AND s.standing = 'speech' AND s.edit = 0 AND c.text IS NOT NULL ORDER BY s.id DESC"
)


@meeting_action("correct_line")
def correct_line(sitting: Sitting, person_id: int, *, speech_id: int, text: str, now: datetime) -> Receipt:
    """A summary of a voice note, or words of the room as they were written down. What people wrote is theirs.

    Raises RuleBroken record_is_signed, no_such_line, line_unchanged, and what clean_text raises.
    """
    if sitting.meeting.signed_at is not None:
        raise RuleBroken("record_is_signed", "5.6.1 i")
    speech = sitting.uow.get(Speech, speech_id)
    before = _written(sitting, speech)
    if speech is None or before is None:
        raise RuleBroken("no_such_line", OUR_RULE)
    room = speech.kind == VIA_ROOM
    words = clean_text(text, limit=SPEECH_LIMIT, field="speech") if room else voices.line(text)
    if words == before:
        raise RuleBroken("line_unchanged", OUR_RULE)
    if room:
        _correct_room(sitting, speech, before, words, person_id, now)
    else:
        voices.write(sitting, speech, words, person_id, now)
    return Receipt("line_corrected")


def _written(sitting: Sitting, speech: Speech | None) -> str | None:
    """What the recorder wrote there; None where nothing is theirs."""
    if speech is None or speech.meeting_id != sitting.id or speech.standing != "speech" or speech.edit:
        return None
    content_id = speech.content_id if speech.kind == VIA_ROOM else speech.summary_id
    return None if content_id is None else sitting.uow.must(Content, content_id).text


def _correct_room(sitting: Sitting, speech: Speech, before: str, words: str, by: int, now: datetime) -> None:
    assert speech.id is not None and speech.content_id is not None and speech.person_id is not None
    old, (speech.content_id, digest) = speech.content_id, sitting.keep(words, speech.person_id)
    amendments.keep(sitting, speech.id, "words", old, speech.content_id, by, now)
    sitting.note("room_words_corrected", now, by=by, speech=speech.id, said=digest)
    if sitting.state not in LIVE:
        sitting.uow.flush()
        recording.redraw(Case(sitting.uow, sitting.topic, sitting.actor), now)
        return
    facts: dict[str, Any] = {"label": sitting.label(speech.person_id), "before": before, "text": words}
    facts["reply_to"] = below(sitting, speech)
    to_group(sitting, "line_corrected", now, key=f"{speech.id}:{speech.content_id}", **facts)
    boards.touch(sitting.uow, sitting.id)


def lines(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> list[dict[str, Any]]:
    """What the recorder may set right, newest first. Raises RuleBroken for everybody else."""
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    sitting = peek(uow, meeting, actor)
    permit("correct_line", sitting.standings(sitting.person_id()), sitting.facts(), now)
    if meeting.signed_at is not None:
        raise RuleBroken("record_is_signed", "5.6.1 i")
    found = uow.rows(_LINES, {"id": meeting_id})
    return [
        {"speech_id": row[0], "at": from_micros(row[1]).isoformat(), "label": row[2], "text": row[3]} for row in found
    ]
