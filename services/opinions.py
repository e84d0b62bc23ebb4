"""写我的意见: whoever came too late for a hand writes into the record instead (our rule after 5.5.3 a)."""

from datetime import datetime
from typing import Final

from procedure.errors import RuleBroken
from procedure.queue import may_write_opinion
from procedure.terms import MeetingState
from procedure.text import clean_text
from services.act import Actor, Receipt
from services.paper_words import printed
from services.sitting import Sitting, meeting_action, peek
from storage.tables import Meeting, RecordCorrection
from storage.work import UnitOfWork

TEXT_LIMIT: Final = 500


@meeting_action("write_opinion")
def write_opinion(sitting: Sitting, person_id: int, *, text: str, now: datetime) -> Receipt:
    """It stands below the minutes, an addendum with a number of its own. Raises RuleBroken as `may_write`."""
    _check(sitting, person_id, now)
    words = clean_text(text, limit=TEXT_LIMIT, field="opinion")
    row = sitting.uow.add(
        RecordCorrection(
            community_id=sitting.meeting.community_id,
            topic_id=sitting.topic.id or 0,
            meeting_id=sitting.id,
            person_id=person_id,
            text=printed("会上写的意见：{words}", words=words),
            at=now,
            addendum=True,
        )
    )
    _, digest = sitting.keep(words, person_id)
    sitting.note("opinion_written", now, person=person_id, correction=row.id, text=digest)
    return Receipt("opinion_written")


def may_write(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> None:
    """Raises RuleBroken not_checked_in, hand_first, opinions_used: no form opens for nothing."""
    sitting = peek(uow, uow.must(Meeting, meeting_id), actor)
    _check(sitting, sitting.person_id() or 0, now)


def _check(sitting: Sitting, person_id: int, now: datetime) -> None:
    if person_id not in sitting.present:
        raise RuleBroken("not_checked_in", "5.6.1 a")
    may_write_opinion(
        turns_left=sitting.turns_taken().get(person_id, 0) < sitting.rules.turns,
        list_closed=sitting.list_closed(now),
        talking=sitting.state is not MeetingState.WORDING,
        written=sitting.uow.count(RecordCorrection, meeting_id=sitting.id, person_id=person_id),
    )
