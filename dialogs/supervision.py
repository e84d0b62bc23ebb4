"""The supervisor's forms in a meeting: a stop with what is to be corrected, and a vote annulled (5.6.4)."""

from collections.abc import Sequence
from typing import Final

from aiogram_dialog import DialogManager

from bot.views.supervision import broken_key
from bot.views.words import Own, words
from dialogs.form import Choices, Form
from dialogs.reason.events import RECORD_LANGUAGE
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Read, Sheet
from procedure.supervision import BREAKABLE, REASON_LIMIT
from procedure.terms import MotionKind
from services import annulling, stopping
from services.annex import allowed

__all__ = ["SHEETS", "open_annulling", "open_stopping"]

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


async def _begin_annulling(form: Form) -> None:
    """This very vote is meant: what was chosen for another one is asked anew."""
    found = await form.read(annulling.prepared, meeting_id=form.subject_id)
    if form.fields.get("motion_id") != found["motion_id"]:
        await form.keep(motion_id=found["motion_id"], kind=found["kind"], clause=None)


async def _clauses(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    known = BREAKABLE[MotionKind(form.fields["kind"])]
    return [(one, plain("bracketed", text=plain.of("broken", broken_key(one)), more=one)) for one in known]


_CLAUSE: Final = Question("clause", "annul-ask-clause", "annul-name-clause", options=_clauses, shown=picked(_clauses))
_WHY: Final = Question(
    "reason", "annul-ask-reason", "annul-name-reason", limit=REASON_LIMIT, facts={"limit": REASON_LIMIT}
)


async def _annulling(form: Form) -> Sequence[Question]:
    return (_CLAUSE, _WHY)


async def _annul(form: Form) -> None:
    fields = form.fields
    facts = {"motion_id": int(fields["motion_id"]), "clause": fields["clause"], "reason": fields["reason"]}
    await form.submit(annulling.annul_motion, **facts)


async def _voids(form: Form) -> list[Own]:
    return [form.say("annul-note")]


async def _stops(form: Form) -> list[Own]:
    return [form.say("stop-note")]


SHEETS: Final = (
    Sheet("stop_meeting", _stopping, _stop, begin=_may, note=_stops),
    Sheet("annul_motion", _annulling, _annul, begin=_begin_annulling, note=_voids),
)


async def open_stopping(manager: DialogManager, *, meeting_id: int) -> None:
    """Stop the meeting. Raises RuleBroken for whoever may not do so now."""
    await open_sheet(manager, "stop_meeting", meeting_id=meeting_id)


async def open_annulling(manager: DialogManager, *, meeting_id: int) -> None:
    """Annul the vote. Raises RuleBroken for whoever may not do so now."""
    await open_sheet(manager, "annul_motion", meeting_id=meeting_id)
