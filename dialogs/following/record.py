"""Corrections of the record, and when a matter is taken up again (5.6.1 i, 5.7.2 c)."""

from collections.abc import Sequence
from typing import Final

from bot.views.lines import who_says
from dialogs.following.parts import COMING, choices, chosen, day, may, typed
from dialogs.form import Choices, Form
from dialogs.sheet.questions import Question, Sheet
from services import recording

LIMIT: Final = recording.TEXT_LIMIT


async def _ask(form: Form) -> Sequence[Question]:
    return (typed("text", "sheet-correction", LIMIT),)


async def _send_ask(form: Form) -> None:
    await form.submit(recording.ask_record_correction, text=form.fields["text"])


async def _open(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [
        (str(one["id"]), who_says(plain, one["label"], one["text"])) for one in (await choices(form))["corrections"]
    ]


async def _yes_no(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [("yes", str(plain("sheet-adopt-yes"))), ("no", str(plain("sheet-adopt-no")))]


async def _answer(form: Form) -> Sequence[Question]:
    return (
        chosen("correction", "sheet-which-correction", _open),
        chosen("adopted", "sheet-adopt", _yes_no),
        typed("answer", "sheet-answer-why", LIMIT),
    )


async def _send_answer(form: Form) -> None:
    fields = form.fields
    await form.submit(
        recording.answer_record_correction,
        correction_id=int(fields["correction"]),
        adopted=fields["adopted"] == "yes",
        answer=fields["answer"],
    )


async def _condition(form: Form) -> Sequence[Question]:
    return (
        typed("text", "sheet-condition", LIMIT),
        day("day", "sheet-condition-day", COMING, optional=True),
    )


async def _send_condition(form: Form) -> None:
    await form.submit(recording.name_condition, text=form.fields["text"], day=form.fields["day"] or None)


SHEETS: Final = (
    Sheet("ask_record_correction", _ask, _send_ask, begin=may),
    Sheet("answer_record_correction", _answer, _send_answer, begin=may),
    Sheet("name_condition", _condition, _send_condition, begin=may),
)
