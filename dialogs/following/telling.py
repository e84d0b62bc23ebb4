"""Telling those who cannot be reached, explaining, and taking a matter up again (5.8 c, 5.9.1, 5.7.2 c)."""

from collections.abc import Sequence
from typing import Final

from dialogs.following.parts import choices, chosen, may, typed
from dialogs.form import Choices, Form
from dialogs.sheet.options import terms
from dialogs.sheet.questions import Question, Sheet
from services import telling

LIMIT: Final = telling.TEXT_LIMIT


async def _untold(form: Form, narrowed: str) -> Choices:
    return [(str(one["id"]), str(one["label"])) for one in (await choices(form))["untold"]]


async def _yes_no(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [("yes", str(plain("sheet-yes"))), ("no", str(plain("sheet-no")))]


async def _attempt(form: Form) -> Sequence[Question]:
    return (
        chosen("telling", "sheet-who-told", _untold),
        chosen("way", "sheet-way", terms("way", telling.WAYS)),
        chosen("reached", "sheet-reached", _yes_no),
    )


async def _send_attempt(form: Form) -> None:
    fields = form.fields
    await form.submit(
        telling.record_attempt,
        telling_id=int(fields["telling"]),
        way=fields["way"],
        reached=fields["reached"] == "yes",
    )


async def _explain(form: Form) -> Sequence[Question]:
    return (typed("text", "sheet-explain", LIMIT),)


async def _send_explanation(form: Form) -> None:
    await form.submit(telling.explain_result, text=form.fields["text"])


async def _met(form: Form) -> Sequence[Question]:
    return (typed("text", "sheet-met", LIMIT),)


async def _send_met(form: Form) -> None:
    await form.submit(telling.note_condition, text=form.fields["text"])


SHEETS: Final = (
    Sheet("record_attempt", _attempt, _send_attempt, begin=may),
    Sheet("explain_result", _explain, _send_explanation, begin=may),
    Sheet("note_condition", _met, _send_met, begin=may),
)
