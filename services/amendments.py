"""What the recorder set right in their own writing: the words before stay beside those after (our rule)."""

from datetime import datetime

from services.sitting import Sitting
from storage.tables import LineAmendment


def keep(sitting: Sitting, speech_id: int, what: str, before_id: int, after_id: int, by: int, now: datetime) -> None:
    """``what`` is summary or words; both versions are contents that stay."""
    sitting.uow.add(
        LineAmendment(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            speech_id=speech_id,
            what=what,
            before_id=before_id,
            after_id=after_id,
            by=by,
            at=now,
        )
    )
