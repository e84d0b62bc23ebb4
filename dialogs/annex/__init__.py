"""The forms about a matter of annex D: raised by anyone attending, refused by chair or adviser, judged (5.7.1)."""

from collections.abc import Sequence
from typing import Final

from aiogram_dialog import DialogManager

from bot.views.choosing import entry
from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure.annex import REASON_LIMIT
from services import annex, course
from services.annex_facts import DISMISSED, DIVERTED

__all__ = ["SHEETS", "open_raising", "open_refusing"]


async def _may(form: Form) -> None:
    await form.read(annex.allowed, meeting_id=form.subject_id, action=form.kind)


async def _may_decide(form: Form) -> None:
    await form.read(course.allowed, topic_id=form.subject_id, action=form.kind)


async def _items(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    codes = await form.read(annex.open_items, meeting_id=form.subject_id)
    return [(code, str(entry(plain, code))) for code in codes]


_OUTCOMES: Final = terms("divert-outcome", (DIVERTED, DISMISSED))
_ITEM: Final = Question("item", "divert-ask-item", "divert-name-item", options=_items, shown=picked(_items))
_OUTCOME: Final = Question(
    "outcome", "divert-ask-outcome", "divert-name-outcome", options=_OUTCOMES, shown=picked(_OUTCOMES)
)
_REASON: Final = Question(
    "reason", "divert-ask-reason", "divert-name-reason", limit=REASON_LIMIT, facts={"limit": REASON_LIMIT}
)


async def _raising(form: Form) -> Sequence[Question]:
    return (_ITEM, _REASON)


async def _refusing(form: Form) -> Sequence[Question]:
    return (_REASON,)


async def _deciding(form: Form) -> Sequence[Question]:
    return (_OUTCOME, _REASON)


async def _raise(form: Form) -> None:
    await form.submit(annex.raise_annex, item=form.fields["item"], reason=form.fields["reason"])


async def _refuse(form: Form) -> None:
    await form.submit(annex.refuse_annex, reason=form.fields["reason"])


async def _decide(form: Form) -> None:
    await form.submit(annex.decide_annex, outcome=form.fields["outcome"], reason=form.fields["reason"])


async def _stops(form: Form) -> list[Own]:
    return [form.say("divert-note-raise")]


async def _refers(form: Form) -> list[Own]:
    return [form.say("divert-note-refuse")]


async def _answers(form: Form) -> list[Own]:
    return [form.say("divert-note-decide")]


SHEETS: Final = (
    Sheet("raise_annex", _raising, _raise, begin=_may, note=_stops),
    Sheet("refuse_annex", _refusing, _refuse, begin=_may, note=_refers),
    Sheet("decide_annex", _deciding, _decide, begin=_may_decide, note=_answers),
)


async def open_raising(manager: DialogManager, *, meeting_id: int) -> None:
    """This belongs to annex D. Raises RuleBroken for whoever may not say so now."""
    await open_sheet(manager, "raise_annex", meeting_id=meeting_id)


async def open_refusing(manager: DialogManager, *, meeting_id: int) -> None:
    """It does not. Raises RuleBroken for everybody but chair and adviser."""
    await open_sheet(manager, "refuse_annex", meeting_id=meeting_id)
