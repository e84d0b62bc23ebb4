"""The recorder's form to set right what they wrote: which line, and what it should say."""

from collections.abc import Sequence
from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.lines import who_says
from bot.views.words import Own
from dialogs.form import Choices, Form
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked
from dialogs.sheet.questions import Question, Sheet
from services import correcting
from services.room import SPEECH_LIMIT

_EXCERPT: Final = 24


async def _known(form: Form) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await form.read(correcting.lines, meeting_id=form.subject_id)
    return found


async def _lines(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    known = await _known(form)
    return [(str(one["speech_id"]), who_says(plain, one["label"], one["text"], _EXCERPT)) for one in known]


async def _now(form: Form) -> list[Own]:
    """What stands there, to be copied and set right."""
    chosen = str(form.fields.get("line", ""))
    return [form.say.long(one["text"], SPEECH_LIMIT) for one in await _known(form) if str(one["speech_id"]) == chosen]


_WHICH: Final = Question("line", "line-ask-which", "line-name-which", options=_lines, shown=picked(_lines))
_TEXT: Final = Question(
    "text", "line-ask-text", "line-name-text", limit=SPEECH_LIMIT, facts={"limit": SPEECH_LIMIT}, hint=_now
)


async def _questions(form: Form) -> Sequence[Question]:
    return (_WHICH, _TEXT)


async def _begin(form: Form) -> None:
    await _known(form)


async def _correct(form: Form) -> None:
    await form.submit(correcting.correct_line, speech_id=int(form.fields["line"]), text=form.fields["text"])


async def _note(form: Form) -> list[Own]:
    return [form.say("line-note")]


SHEET: Final = Sheet("correct_line", _questions, _correct, begin=_begin, note=_note)


async def open_correcting(manager: DialogManager, *, meeting_id: int) -> None:
    """Raises RuleBroken for everybody but the recorder, and once the record is signed."""
    await open_sheet(manager, SHEET.name, meeting_id=meeting_id)
