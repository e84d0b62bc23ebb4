"""The fact sheet as a form (5.6.1 d; our rule): line by line, each with its source; it starts from the last version."""

from collections.abc import Sequence
from typing import Any, Final

from bot.views.words import Own
from dialogs.form import Form
from dialogs.planning.parts import may
from dialogs.sheet.questions import Question, Sheet
from procedure.fact_sheet import LINE_LIMIT, MOST_LINES, SOURCE_LIMIT
from services import fact_sheets


def _asked(name: str, number: int, limit: int) -> Question:
    """A line may be left out, all but the first one; what stands has a source."""
    first = name == "fact" and number == 1
    return Question(
        f"{name}_{number}",
        "fact_sheet-ask-first" if first else f"fact_sheet-ask-{name}",
        f"field-{name}_{number}",
        limit=limit,
        optional=name == "fact" and not first,
        facts={"number": number, "limit": limit},
    )


_NUMBERS: Final = range(1, MOST_LINES + 1)
_TEXTS: Final = {number: _asked("fact", number, LINE_LIMIT) for number in _NUMBERS}
_SOURCES: Final = {number: _asked("source", number, SOURCE_LIMIT) for number in _NUMBERS}


def _last(fields: dict[str, Any]) -> int:
    return max((number for number in _NUMBERS if fields.get(f"fact_{number}")), default=0)


async def _questions(form: Form) -> Sequence[Question]:
    """Every line so far, and one more that may stay empty; an emptied one between others asks for no source."""
    found: list[Question] = []
    for number in range(1, min(_last(form.fields) + 1, MOST_LINES) + 1):
        found.append(_TEXTS[number])
        if form.fields.get(f"fact_{number}"):
            found.append(_SOURCES[number])
    return found


async def _begin(form: Form) -> None:
    """Begun on another version, the form starts anew from the one that stands."""
    await may(form)
    now = await form.read(fact_sheets.start, topic_id=form.subject_id)
    if form.fields.get("version") == now["version"]:
        return
    lines = dict(enumerate(now["lines"], start=1))
    kept: dict[str, Any] = {"version": now["version"]}
    for number in _NUMBERS:
        text, source = lines.get(number, (None, None))
        kept |= {f"fact_{number}": text, f"source_{number}": source}
    if 0 < len(lines) < MOST_LINES:
        kept[f"fact_{len(lines) + 1}"] = ""
    await form.keep(**kept)


async def _note(form: Form) -> list[Own]:
    return [form.say("fact_sheet-note")]


async def _send(form: Form) -> None:
    fields = form.fields
    written = [(fields.get(f"fact_{number}"), fields.get(f"source_{number}")) for number in _NUMBERS]
    lines = [[text, source or ""] for text, source in written if text]
    await form.submit(fact_sheets.attach_fact_sheet, lines=lines, version=int(fields["version"]))


FACTS: Final = Sheet("attach_fact_sheet", _questions, _send, begin=_begin, note=_note)
