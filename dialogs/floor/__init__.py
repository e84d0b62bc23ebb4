"""The forms around a turn: a point of order and its answer, words to be read out, a line about a voice note."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.lines import label, who_says
from bot.views.moments import clock
from bot.views.words import Own
from dialogs import facts
from dialogs.facts import may
from dialogs.form import Choices, Form
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure import points as point_rules
from services import opinions, points, readings, voices
from services.readings import TEXT_LIMIT
from services.voices import SUMMARY_LIMIT

__all__ = ["SHEETS", "open_answering", "open_opinion", "open_pointing", "open_reading", "open_summing"]

UPHELD: Final = "upheld"
REFUSED: Final = "refused"


async def _may_raise(form: Form) -> None:
    await may(form)
    await form.read(points.may_raise, meeting_id=form.subject_id)


async def _may_read(form: Form) -> None:
    await may(form)
    await form.read(readings.may_ask, meeting_id=form.subject_id)


async def _may_write(form: Form) -> None:
    await may(form)
    await form.read(opinions.may_write, meeting_id=form.subject_id)


async def _console(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = await form.read(facts.known, meeting_id=form.subject_id)
    return found


async def _points(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    waiting = (await _console(form))["points"]
    return [(str(one["point_id"]), who_says(plain, one["label"], one["excerpt"], 30)) for one in waiting]


async def _voices(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    known = await _console(form)
    return [
        (str(one["speech_id"]), f"{clock(one['at'], known['tz'])} {label(plain, one['label'])}")
        for one in known["voices"][:8]
    ]


async def _the_point(form: Form) -> list[Own]:
    """Which one is being answered: a single one is not asked for."""
    return [form.say.people(words) for point, words in await _points(form, "") if point == form.fields["point"]]


_ANSWERS: Final = terms("point-answer", (UPHELD, REFUSED))
_POINT: Final = Question("point", "point-ask-which", "point-name-which", options=_points, shown=picked(_points))
_ANSWER: Final = Question(
    "answer", "point-ask-answer", "point-name-answer", options=_ANSWERS, shown=picked(_ANSWERS), hint=_the_point
)
_WHY: Final = Question(
    "reason", "point-ask-why", "point-name-why", limit=point_rules.TEXT_LIMIT, facts={"limit": point_rules.TEXT_LIMIT}
)
_WHAT: Final = Question(
    "text", "point-ask-what", "point-name-what", limit=point_rules.TEXT_LIMIT, facts={"limit": point_rules.TEXT_LIMIT}
)
_WORDS: Final = Question("text", "reading-ask", "reading-name", limit=TEXT_LIMIT, facts={"limit": TEXT_LIMIT})
_OPINION: Final = Question(
    "text", "opinion-ask", "opinion-name", limit=opinions.TEXT_LIMIT, facts={"limit": opinions.TEXT_LIMIT}
)
_VOICE: Final = Question("speech", "voice-ask-which", "voice-name-which", options=_voices, shown=picked(_voices))
_LINE: Final = Question(
    "text", "voice-ask-line", "voice-name-line", limit=SUMMARY_LIMIT, facts={"limit": SUMMARY_LIMIT}
)


async def _asks(form: Form, *, questions: Sequence[Question]) -> Sequence[Question]:
    return questions


async def _only_point(form: Form) -> None:
    """One point of order needs no choice."""
    await may(form)
    waiting = await _points(form, "")
    if len(waiting) == 1:
        await form.keep(point=waiting[0][0])


async def _only_voice(form: Form) -> None:
    """One voice note needs no choice."""
    await may(form)
    waiting = await _voices(form, "")
    if len(waiting) == 1:
        await form.keep(speech=waiting[0][0])


async def _raise(form: Form) -> None:
    await form.submit(points.raise_point, text=form.fields["text"])


async def _decide(form: Form) -> None:
    fields = form.fields
    upheld = fields["answer"] == UPHELD
    await form.submit(points.decide_point, point_id=int(fields["point"]), upheld=upheld, reason=fields["reason"])


async def _ask_reading(form: Form) -> None:
    await form.submit(readings.ask_reading, text=form.fields["text"])


async def _write(form: Form) -> None:
    await form.submit(opinions.write_opinion, text=form.fields["text"])


async def _sum(form: Form) -> None:
    await form.submit(voices.sum_voice, speech_id=int(form.fields["speech"]), text=form.fields["text"])


async def _note(form: Form, *, key: str) -> list[Own]:
    return [form.say(key)]


SHEETS: Final = (
    Sheet(
        "raise_point",
        partial(_asks, questions=(_WHAT,)),
        _raise,
        begin=_may_raise,
        note=partial(_note, key="point-note"),
    ),
    Sheet("decide_point", partial(_asks, questions=(_POINT, _ANSWER, _WHY)), _decide, begin=_only_point),
    Sheet(
        "ask_reading",
        partial(_asks, questions=(_WORDS,)),
        _ask_reading,
        begin=_may_read,
        note=partial(_note, key="reading-note"),
    ),
    Sheet(
        "write_opinion",
        partial(_asks, questions=(_OPINION,)),
        _write,
        begin=_may_write,
        note=partial(_note, key="opinion-note"),
    ),
    Sheet("sum_voice", partial(_asks, questions=(_VOICE, _LINE)), _sum, begin=_only_voice),
)


async def open_pointing(manager: DialogManager, *, meeting_id: int) -> None:
    """程序异议. Raises RuleBroken for whoever may not raise one now."""
    await open_sheet(manager, "raise_point", meeting_id=meeting_id)


async def open_answering(manager: DialogManager, *, meeting_id: int) -> None:
    """The chair's answer. Raises RuleBroken for everybody else, and when none waits."""
    await open_sheet(manager, "decide_point", meeting_id=meeting_id)


async def open_reading(manager: DialogManager, *, meeting_id: int) -> None:
    """Words to be read out. Raises RuleBroken for whoever does not take part in the discussion."""
    await open_sheet(manager, "ask_reading", meeting_id=meeting_id)


async def open_summing(manager: DialogManager, *, meeting_id: int) -> None:
    """A line about a voice note. Raises RuleBroken for everybody but the recorder."""
    await open_sheet(manager, "sum_voice", meeting_id=meeting_id)


async def open_opinion(manager: DialogManager, *, meeting_id: int) -> None:
    """写我的意见. Raises RuleBroken for whoever may still raise a hand."""
    await open_sheet(manager, "write_opinion", meeting_id=meeting_id)
