"""Which files of a meeting are still to be fetched; the record is not signed before (our rule, 5.6.3)."""

from typing import Final

from storage.work import UnitOfWork

LEFT: Final = "left"
"""Not fetched, as long as its message stays in the group."""
WANTED: Final = "wanted"
STORED: Final = "stored"
TOO_BIG: Final = "too_big"
NO_ROOM: Final = "no_room"
LOST: Final = "lost"


def coming(uow: UnitOfWork, meeting_id: int) -> int:
    """How many: each ends as stored or, some hours after its first try, as lost."""
    row = uow.one(
        "SELECT COUNT(*) FROM attachment a JOIN speech s ON s.id = a.speech_id"
        " WHERE s.meeting_id = :id AND a.state = :state",
        {"id": meeting_id, "state": WANTED},
    )
    return int(row[0]) if row is not None else 0
