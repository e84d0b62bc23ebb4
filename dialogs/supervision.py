"""The supervisor's forms in a meeting: a stop with what is to be corrected (5.6.4)."""

from collections.abc import Sequence
from typing import Final

from aiogram_dialog import DialogManager

from bot.views.words import Own, words
from dialogs.form import Form
from dialogs.reason.events import RECORD_LANGUAGE
from dialogs.sheet import open_sheet
from dialogs.sheet.options import terms
from dialogs.sheet.questions import Question, Read, Sheet
from procedure.supervision import REASON_LIMIT
from services import stopping
from services.annex import allowed

__all__ = ["SHEETS", "open_stopping"]

REASONS: Final = ("order", "right", "law", "count")
CORRECTIONS: Final = ("again", "hear", "clear", "check")


async def _may(form: Form) -> None:
    await form.read(allowed, meeting_id=form.subject_id, action=form.kind)


def _in_the_record(family: str, known: tuple[str, ...]) -> Read:
    """What was tapped enters the record in the record's language, what was typed as it is."""

    async def read(form: Form, value: str) -> str:
        return str(words(RECORD_LANGUAGE, markup=False).of(family, value)) if value in known else value

    return read


def _tapped_or_typed(name: str, known: tuple[str, ...]) -> Question:
    family = f"stop-{name}"
    return Question(
        name,
        f"stop-ask-{name}",
        f"stop-name-{name}",
        limit=REASON_LIMIT,
        options=terms(family, known),
        read=_in_the_record(family, known),
        facts={"limit": REASON_LIMIT},
    )


_STOP: Final = (_tapped_or_typed("reason", REASONS), _tapped_or_typed("correction", CORRECTIONS))


async def _stopping(form: Form) -> Sequence[Question]:
    return _STOP


async def _stop(form: Form) -> None:
    await form.submit(stopping.stop_meeting, reason=form.fields["reason"], correction=form.fields["correction"])


async def _stops(form: Form) -> list[Own]:
    return [form.say("stop-note")]


SHEETS: Final = (Sheet("stop_meeting", _stopping, _stop, begin=_may, note=_stops),)


async def open_stopping(manager: DialogManager, *, meeting_id: int) -> None:
    """Stop the meeting. Raises RuleBroken for whoever may not do so now."""
    await open_sheet(manager, "stop_meeting", meeting_id=meeting_id)
