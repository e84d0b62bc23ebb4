"""The clock of an answer that was promised in writing (5.6.1 f; how is our rule)."""

from datetime import datetime

from procedure.calendar import end_of_day
from procedure.clocks import DeadlineKind
from services import clocks
from services.case import Case
from services.sitting import Sitting
from storage.tables import ExpertQuestion

SUBJECT = "question"


def start(sitting: Sitting, row: ExpertQuestion, now: datetime) -> None:
    """Until the end of the day that was named the recorder sees to it."""
    assert row.until is not None
    case = Case(sitting.uow, sitting.topic, sitting.actor)
    ends_at = end_of_day(row.until, sitting.tz)
    clocks.start(case, DeadlineKind.WRITTEN_ANSWER, now, ends_at=ends_at, subject=SUBJECT, subject_id=row.id)


def finish(sitting: Sitting, row: ExpertQuestion, now: datetime) -> None:
    """It was written."""
    case = Case(sitting.uow, sitting.topic, sitting.actor)
    clocks.finish(case, DeadlineKind.WRITTEN_ANSWER, now, subject=SUBJECT, subject_id=row.id)
