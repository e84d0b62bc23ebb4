"""The chair's forms for the order of a meeting: a message out of turn removed, one person muted (5.5.2 d)."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.lines import label, who_says
from bot.views.words import Own, words
from dialogs import facts
from dialogs.facts import may
from dialogs.form import Choices, Form
from dialogs.reason.events import RECORD_LANGUAGE
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure.errors import RuleBroken
from procedure.floor import CLAUSE, REASON_LIMIT
from procedure.mutes import MINUTES
from services import muting, removing
from services.order_facts import LISTED

__all__ = ["SHEETS", "open_muting", "open_removing"]

REMOVE_REASONS: Final = ("attack", "threat", "private", "spam")
MUTE_REASONS: Final = ("interrupting", "attack", "threat", "spam")
UNTIL_THE_END: Final = "0"
_EXCERPT: Final = 24


async def _may(form: Form) -> None:
    await may(form)
    if not await _spoken(form):
        raise RuleBroken("no_interruption", CLAUSE)


async def _spoken(form: Form) -> list[dict[str, Any]]:
    """What was said out of turn of late: each message to remove, or each person's newest to mute."""
    console = await form.read(facts.known, meeting_id=form.subject_id)
    removing_one = form.kind == "remove_words"
    found = [one for one in console["outspoken"] if (not one["removed"] if removing_one else one["first"])]
    return found[:LISTED]


async def _messages(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    spoken = await _spoken(form)
    return [(str(one["speech_id"]), who_says(plain, one["label"], one["excerpt"] or "…", _EXCERPT)) for one in spoken]


async def _people(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(str(one["speech_id"]), str(label(plain, one["label"]))) for one in await _spoken(form)]


def _reason(form_name: str, known: tuple[str, ...]) -> Question:
    """Four ready ones or an own sentence; what was tapped enters the record in the record's language."""
    family = f"{form_name}-reason"

    async def read(form: Form, value: str) -> str:
        return str(words(RECORD_LANGUAGE, markup=False).of(family, value)) if value in known else value

    return Question(
        "reason",
        f"{form_name}-ask-reason",
        f"{form_name}-name-reason",
        limit=REASON_LIMIT,
        options=terms(family, known),
        read=read,
        facts={"limit": REASON_LIMIT},
    )


_MINUTES: Final = terms("mute-minutes", (*map(str, MINUTES), UNTIL_THE_END))
_REMOVE: Final = (
    Question("speech", "remove-ask-which", "remove-name-which", options=_messages, shown=picked(_messages)),
    _reason("remove", REMOVE_REASONS),
)
_MUTE: Final = (
    Question("speech", "mute-ask-who", "mute-name-who", options=_people, shown=picked(_people)),
    Question("minutes", "mute-ask-minutes", "mute-name-minutes", options=_MINUTES, shown=picked(_MINUTES)),
    _reason("mute", MUTE_REASONS),
)


async def _asks(form: Form, *, questions: Sequence[Question]) -> Sequence[Question]:
    return questions


async def _note(form: Form, *, key: str) -> list[Own]:
    return [form.say(key)]


async def _remove(form: Form) -> None:
    await form.submit(removing.remove_words, speech_id=int(form.fields["speech"]), reason=form.fields["reason"])


async def _mute(form: Form) -> None:
    fields = form.fields
    minutes = None if fields["minutes"] == UNTIL_THE_END else int(fields["minutes"])
    await form.submit(muting.mute_member, speech_id=int(fields["speech"]), minutes=minutes, reason=fields["reason"])


SHEETS: Final = (
    Sheet(
        "remove_words",
        partial(_asks, questions=_REMOVE),
        _remove,
        begin=_may,
        note=partial(_note, key="remove-note"),
    ),
    Sheet("mute_member", partial(_asks, questions=_MUTE), _mute, begin=_may, note=partial(_note, key="mute-note")),
)


async def open_removing(manager: DialogManager, *, meeting_id: int) -> None:
    """Remove words out of turn. Raises RuleBroken for everybody but the chair, and when there are none."""
    await open_sheet(manager, "remove_words", meeting_id=meeting_id)


async def open_muting(manager: DialogManager, *, meeting_id: int) -> None:
    """Mute one person. Raises RuleBroken for everybody but the chair, and when nobody spoke out of turn."""
    await open_sheet(manager, "mute_member", meeting_id=meeting_id)
