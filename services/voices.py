"""Voice notes are speech; the recorder writes one line about each, so that the record can be read (T31, 5.6.3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from procedure.errors import RuleBroken
from procedure.terms import LIVE
from procedure.text import clean_text
from procedure.turns import RECORDED_KINDS
from services import amendments, boards, recording
from services.act import Receipt
from services.case import Case
from services.messages import below, to_group
from services.sitting import Sitting, meeting_action
from services.unsummed import unsummed
from storage.tables import Speech

SUMMARY_LIMIT: Final = 100


@meeting_action("sum_voice")
def sum_voice(sitting: Sitting, person_id: int, *, speech_id: int, text: str, now: datetime) -> Receipt:
    """One line about a voice or video note; a later one takes its place until the record is signed.

    Raises RuleBroken record_is_signed, no_such_voice, and what clean_text raises.
    """
    if sitting.meeting.signed_at is not None:
        raise RuleBroken("record_is_signed", "5.6.1 i")
    speech = sitting.uow.get(Speech, speech_id)
    if speech is None or speech.meeting_id != sitting.id or not _to_sum(speech):
        raise RuleBroken("no_such_voice", "5.6.3")
    write(sitting, speech, line(text), person_id, now)
    return Receipt("voice_summed", {"left": len(left(sitting))})


def line(text: str) -> str:
    """What was typed, as one line. Raises what clean_text raises."""
    return " ".join(clean_text(text, limit=SUMMARY_LIMIT, field="summary").split())


def write(sitting: Sitting, speech: Speech, words: str, by: int, now: datetime) -> None:
    """Put the line there; one that stood there before stays beside it."""
    assert speech.id is not None
    before, (speech.summary_id, digest) = speech.summary_id, sitting.keep(words, by)
    if before is not None:
        amendments.keep(sitting, speech.id, "summary", before, speech.summary_id, by, now)
    sitting.note("voice_summed", now, by=by, speech=speech.id, text=digest)
    if sitting.state not in LIVE:
        sitting.uow.flush()
        recording.redraw(Case(sitting.uow, sitting.topic, sitting.actor), now)
        return
    label = sitting.label(speech.person_id) if speech.person_id else None
    facts = {"label": label, "text": words, "reply_to": below(sitting, speech)}
    to_group(sitting, "voice_summed", now, key=f"{speech.id}:{speech.summary_id}", **facts)
    boards.touch(sitting.uow, sitting.id)


def left(sitting: Sitting) -> Sequence[Speech]:
    """Voice notes of speeches that nobody has written a line about yet, the oldest first."""
    return unsummed(sitting.uow, sitting.id)


def _to_sum(speech: Speech) -> bool:
    return speech.kind in RECORDED_KINDS and speech.standing == "speech" and speech.edit == 0
