"""Files that came with a speech: wanted when it is logged, fetched afterwards, kept by their SHA-256 (5.6.3, 6 g)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from services import recording
from services.act import SYSTEM, Actor, Receipt
from services.case import Case
from services.files_coming import LEFT, LOST, STORED, TOO_BIG, WANTED, coming
from services.sitting import Sitting, load
from storage.tables import Attachment, Speech
from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

MOST_BYTES: Final = 20 * 2**20
"""Telegram lets a bot download no more."""
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 600, 3600, 6 * 3600))
"""After so many failed tries one more is made so much later; then the file counts as lost."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A file to be fetched now; `kept_bytes` is what all the files kept so far take."""

    attachment_id: int
    file_id: str
    kept_bytes: int


def came(sitting: Sitting, speech: Speech, file: dict[str, Any] | None, now: datetime, *, wanted: bool) -> None:
    """The file of this message is to be fetched, or left: file_id, name, mime and size as Telegram gives them."""
    if file is None:
        return
    size = file.get("size")
    sitting.uow.add(
        Attachment(
            community_id=sitting.meeting.community_id,
            speech_id=speech.id or 0,
            file_id=file["file_id"],
            name=file.get("name"),
            mime=file.get("mime"),
            size=size,
            state=TOO_BIG if size is not None and size > MOST_BYTES else WANTED if wanted else LEFT,
            due_at=now,
        )
    )


def fetch(uow: UnitOfWork, speech: Speech, now: datetime) -> None:
    """The message leaves the group: its file is evidence, and fetched now (T28)."""
    row = uow.first(Attachment, speech_id=speech.id, state=LEFT)
    if row is not None:
        row.state, row.due_at = WANTED, now
        uow.flush()


def next_wish(uow: UnitOfWork, *, now: datetime) -> Wish | None:
    """The file that has waited longest."""
    row = uow.one(
        "SELECT id, file_id FROM attachment WHERE state = 'wanted' AND due_at <= :now ORDER BY due_at, id LIMIT 1",
        {"now": to_micros(now)},
    )
    return None if row is None else Wish(row[0], row[1], kept_bytes(uow))


def next_due(uow: UnitOfWork) -> datetime | None:
    """When the next file is to be fetched; None when none is wanted."""
    row = uow.one("SELECT MIN(due_at) FROM attachment WHERE state = 'wanted'")
    return None if row is None or row[0] is None else from_micros(int(row[0]))


def kept_bytes(uow: UnitOfWork) -> int:
    """What the files kept so far take, the same bytes counted once."""
    row = uow.one(
        "SELECT COALESCE(SUM(size), 0) FROM (SELECT MAX(size) AS size FROM attachment WHERE state = 'stored'"
        " GROUP BY sha256) AS kept"
    )
    return 0 if row is None else int(row[0])


def file_stored(uow: UnitOfWork, actor: Actor, *, attachment_id: int, sha256: str, size: int, now: datetime) -> Receipt:
    """The bytes lie on the disk; the record names them by this hash."""
    row = uow.must(Attachment, attachment_id)
    if row.state != WANTED:
        return Receipt("nothing_to_do")
    row.state, row.sha256, row.size, row.stored_at = STORED, sha256, size, now
    speech = uow.must(Speech, row.speech_id)
    sitting = load(uow, speech.meeting_id, SYSTEM)
    sitting.note("file_stored", now, speech=speech.id, sha256=sha256, size=size)
    _into_the_record(sitting, now)
    return Receipt("noted")


def file_failed(uow: UnitOfWork, actor: Actor, *, attachment_id: int, state: str, now: datetime) -> Receipt:
    """It could not be fetched: `state` is wanted (try again later), or why it never will be."""
    row = uow.must(Attachment, attachment_id)
    if row.state != WANTED:
        return Receipt("nothing_to_do")
    row.attempts += 1
    if state == WANTED and row.attempts <= len(PAUSES):
        row.due_at = now + PAUSES[row.attempts - 1]
        return Receipt("noted")
    row.state = LOST if state == WANTED else state
    speech = uow.must(Speech, row.speech_id)
    sitting = load(uow, speech.meeting_id, SYSTEM)
    sitting.note("file_not_stored", now, speech=speech.id, state=row.state)
    _into_the_record(sitting, now)
    return Receipt("noted")


def _into_the_record(sitting: Sitting, now: datetime) -> None:
    """Once the last one is settled a record that is not signed yet says what became of them."""
    meeting = sitting.meeting
    sitting.uow.flush()
    if meeting.corrections_until is not None and meeting.signed_at is None and not coming(sitting.uow, sitting.id):
        recording.redraw(Case(sitting.uow, sitting.topic, sitting.actor), now)
