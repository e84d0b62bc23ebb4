"""The forms about questions to the experts: asked, entered, merged, given to somebody, settled, written (5.6.1 f)."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.views.moments import day
from bot.views.words import Own
from dialogs.facts import may
from dialogs.form import Choices, Form
from dialogs.sheet import open_sheet
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question, Sheet
from procedure.errors import OUR_RULE, RuleBroken
from procedure.experts import ANSWER_LIMIT, ANSWER_MINUTES, CLAUSE, QUESTION_LIMIT, WRITTEN_DAYS
from procedure.points import TEXT_LIMIT
from services import answering, expert_facts, questions

__all__ = ["SHEETS", "open_asking", "open_form"]

WRITTEN: Final = "written"
LEFT: Final = "left"
_EXCERPT: Final = 40
_DAYS: Final = (1, 2, 3, 5, 7, 10, WRITTEN_DAYS)


async def _may_ask(form: Form) -> None:
    await may(form)
    await form.read(questions.may_ask, meeting_id=form.subject_id)


async def _may_of_mine(form: Form) -> None:
    """There is one of mine to promise or to write; a single one needs no choice."""
    await may(form)
    mine = await _mine(form, "")
    if not mine:
        raise RuleBroken("question_gone", CLAUSE)
    if len(mine) == 1:
        await form.keep(question=mine[0][0])


async def _may_of_one(form: Form) -> None:
    """One question that waits needs no choice."""
    await may(form)
    waiting = await _waiting(form, "")
    if len(waiting) == 1:
        await form.keep(question=waiting[0][0])


def _lines(form: Form, rows: Sequence[tuple[int, int, str, str]]) -> Choices:
    plain = form.say.plain()
    return [
        (str(key), str(plain("question-line", number=number, label=asker, text=plain.people(text, _EXCERPT))))
        for key, number, asker, text in rows
    ]


async def _waiting(form: Form, narrowed: str) -> Choices:
    return _lines(form, await form.read(expert_facts.asked, meeting_id=form.subject_id))


async def _others(form: Form, narrowed: str) -> Choices:
    """Those that could be merged into the one that was chosen."""
    return [one for one in await _waiting(form, "") if one[0] != form.fields.get("question")]


async def _mine(form: Form, narrowed: str) -> Choices:
    return _lines(form, await form.read(answering.mine, meeting_id=form.subject_id, action=form.kind))


async def _answerers(form: Form, narrowed: str) -> Choices:
    found = await form.read(expert_facts.answerers, meeting_id=form.subject_id)
    return [(str(who), str(form.say.plain().people(label))) for who, label in found]


async def _askers(form: Form, narrowed: str) -> Choices:
    found = await form.read(expert_facts.askers, meeting_id=form.subject_id)
    return [(str(who), str(form.say.plain().people(label))) for who, label in found]


async def _minutes(form: Form, narrowed: str) -> Choices:
    plain = form.say.plain()
    return [(str(one), str(plain("question-minutes", minutes=one))) for one in ANSWER_MINUTES]


async def _days(form: Form, narrowed: str) -> Choices:
    today = date.fromisoformat(form.known["today"])
    ahead = [today + timedelta(days=one) for one in _DAYS]
    return [(one.isoformat(), str(day(form.say.plain(), one))) for one in ahead]


_ENDS: Final = terms("question-end", (WRITTEN, LEFT))
_TEXT: Final = Question(
    "text", "question-ask-text", "question-name-text", limit=QUESTION_LIMIT, facts={"limit": QUESTION_LIMIT}
)
_ASKER: Final = Question("asker", "question-ask-asker", "question-name-asker", options=_askers, shown=picked(_askers))
_WHICH: Final = Question(
    "question", "question-ask-which", "question-name-which", options=_waiting, shown=picked(_waiting)
)
_INTO: Final = Question("question", "question-ask-into", "question-name-into", options=_waiting, shown=picked(_waiting))
_MERGED: Final = Question(
    "merged",
    "question-ask-merged",
    "question-name-merged",
    options=_others,
    many=True,
    least=1,
    shown=picked(_waiting),
)
_EXPERT: Final = Question(
    "expert", "question-ask-expert", "question-name-expert", options=_answerers, shown=picked(_answerers)
)
_LONG: Final = Question(
    "minutes", "question-ask-minutes", "question-name-minutes", options=_minutes, shown=picked(_minutes)
)
_SETTLED: Final = Question(
    "questions",
    "question-ask-settled",
    "question-name-settled",
    options=_waiting,
    many=True,
    least=1,
    shown=picked(_waiting),
)
_HOW: Final = Question("how", "question-ask-end", "question-name-end", options=_ENDS, shown=picked(_ENDS))
_WHY: Final = Question("reason", "question-ask-why", "question-name-why", limit=TEXT_LIMIT, facts={"limit": TEXT_LIMIT})
_UNTIL: Final = Question(
    "until",
    "question-ask-until",
    "question-name-until",
    options=_days,
    shown=picked(_days),
    facts={"days": WRITTEN_DAYS},
)
_MINE: Final = Question("question", "question-ask-mine", "question-name-which", options=_mine, shown=picked(_mine))
_ANSWER: Final = Question(
    "text", "question-ask-answer", "question-name-answer", limit=ANSWER_LIMIT, facts={"limit": ANSWER_LIMIT}
)


async def _asks(form: Form, *, asked: Sequence[Question]) -> Sequence[Question]:
    return asked


async def _settling(form: Form) -> Sequence[Question]:
    how = form.fields.get("how")
    return (_SETTLED, _HOW, *((_UNTIL,) if how == WRITTEN else (_WHY,) if how == LEFT else ()))


async def _ask(form: Form) -> None:
    await form.submit(questions.ask_expert, text=form.fields["text"])


async def _enter(form: Form) -> None:
    await form.submit(questions.enter_question, asker_id=int(form.fields["asker"]), text=form.fields["text"])


async def _merge(form: Form) -> None:
    fields = form.fields
    merged = [int(one) for one in fields["merged"]]
    await form.submit(questions.merge_questions, question_id=int(fields["question"]), merged=merged)


async def _assign(form: Form) -> None:
    fields = {name: int(form.fields[name]) for name in ("question", "expert", "minutes")}
    await form.submit(
        questions.assign_question,
        question_id=fields["question"],
        expert_id=fields["expert"],
        minutes=fields["minutes"],
    )


async def _settle(form: Form) -> None:
    fields = form.fields
    written = fields["how"] == WRITTEN
    how: dict[str, Any] = {"until": fields["until"]} if written else {"reason": fields["reason"]}
    ids = [int(one) for one in fields["questions"]]
    await form.submit(questions.settle_questions, question_ids=ids, **how)


async def _promise(form: Form) -> None:
    fields = form.fields
    await form.submit(answering.promise_answer, question_id=int(fields["question"]), until=fields["until"])


async def _write(form: Form) -> None:
    await form.submit(answering.write_answer, question_id=int(form.fields["question"]), text=form.fields["text"])


async def _note(form: Form, *, key: str) -> list[Own]:
    return [form.say(key)]


SHEETS: Final = (
    Sheet("ask_expert", partial(_asks, asked=(_TEXT,)), _ask, begin=_may_ask, note=partial(_note, key="question-note")),
    Sheet("enter_question", partial(_asks, asked=(_ASKER, _TEXT)), _enter, begin=may),
    Sheet("merge_questions", partial(_asks, asked=(_INTO, _MERGED)), _merge, begin=may),
    Sheet("assign_question", partial(_asks, asked=(_WHICH, _EXPERT, _LONG)), _assign, begin=_may_of_one),
    Sheet("settle_questions", _settling, _settle, begin=may),
    Sheet("promise_answer", partial(_asks, asked=(_MINE, _UNTIL)), _promise, begin=_may_of_mine),
    Sheet("write_answer", partial(_asks, asked=(_MINE, _ANSWER)), _write, begin=_may_of_mine),
)
_NAMES: Final = {sheet.name for sheet in SHEETS}


async def open_asking(manager: DialogManager, *, meeting_id: int) -> None:
    """向专家提问. Raises RuleBroken for whoever may not ask now."""
    await open_sheet(manager, "ask_expert", meeting_id=meeting_id)


async def open_form(manager: DialogManager, *, meeting_id: int, action: str) -> None:
    """Any of the forms. Raises RuleBroken stale for any other name, and for whoever may not fill it in."""
    if action not in _NAMES:
        raise RuleBroken("stale", OUR_RULE)
    await open_sheet(manager, action, meeting_id=meeting_id)
