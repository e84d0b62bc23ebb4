"""How a sheet is filled in: which question is open, what a tap or a typed text does to the draft.

Draft fields: the answers by their questions' names; ``_at`` the question that was gone back to; ``_done`` the
questions with several answers that are finished. Page and filter of a long list are no part of the draft.
"""

from collections.abc import Sequence
from typing import Any, Final

from aiogram.fsm.state import State, StatesGroup

from dialogs.form import CHANGE, NARROW, Choices, Form
from dialogs.sheet.questions import Question, Sheet
from procedure.errors import OUR_RULE, RuleBroken
from procedure.text import clean_text

AT: Final = "_at"
DONE: Final = "_done"
PAGE: Final = "page"
FILTER: Final = "filter"
SEARCH: Final = "search"
WHOLE: Final = "whole"
PAGE_SIZE: Final = 12
_CONTROL: Final = "~"


class Filling(StatesGroup):
    """One window asks whatever is to be asked, one shows the whole."""

    asking = State()
    review = State()


def answered(fields: dict[str, Any], question: Question) -> bool:
    """Whether this question has its answer; None: an answer that no longer fits was taken back."""
    return fields.get(question.name) is not None and (not question.many or question.name in fields.get(DONE, []))


def open_question(fields: dict[str, Any], questions: Sequence[Question]) -> Question | None:
    """The question to ask now: the one gone back to, else the first without an answer; None: all are answered."""
    at = fields.get(AT)
    back = next((one for one in questions if one.name == at), None)
    return back or next((one for one in questions if not answered(fields, one)), None)


class Filler:
    """One tap or text on one form."""

    def __init__(self, form: Form, sheet: Sheet, questions: Sequence[Question]) -> None:
        self.form, self.sheet, self.questions = form, sheet, questions
        self.question = open_question(form.fields, questions)
        self.seen = form.manager.dialog_data

    async def tap(self, value: str) -> None:
        """A tapped choice: "3.value" answers question 3, "3.~next" is a control of it; others have been left."""
        number, _, choice = value.partition(".")
        if self.question is None:
            await self._reviewed(choice)
        elif number == str(self.questions.index(self.question)):
            await (self._control(choice[1:]) if choice.startswith(_CONTROL) else self._choose(choice))

    async def write(self, text: str) -> None:
        """A typed answer; where nothing can be typed, the words narrow the list down, or answer what comes next."""
        question = self._meant()
        if question is None:
            return
        if question.limit:
            cleaned = clean_text(text, limit=question.limit, field=question.name)
            await self._answer(await question.read(self.form, cleaned), to=question)
        elif not question.typed:
            self.seen[SEARCH] = clean_text(text, limit=30, field="search")
            self.seen[PAGE] = 0

    def _meant(self) -> Question | None:
        """The open question, or the one that its typed words answer as long as that has no answer."""
        at = self.question
        later = (one for one in self.questions if at is not None and one.name == at.typed)
        return next((one for one in later if not answered(self.form.fields, one)), at)

    async def back(self) -> None:
        """To the question before; from the first one out, everything kept."""
        index = len(self.questions) if self.question is None else self.questions.index(self.question)
        if index == 0:
            await self.form.leave(self.form.say("form-kept"))
        else:
            await self._go(self.questions[index - 1].name)

    async def _choose(self, choice: str) -> None:
        question = self.question
        assert question is not None
        if question.options is None or choice not in {value for value, _ in await question.options(self.form, "")}:
            raise RuleBroken("no_such_choice", OUR_RULE)
        if not question.many:
            await self._answer(await question.read(self.form, choice))
            return
        chosen = [one for one in self.form.fields.get(question.name) or [] if one != choice]
        if len(chosen) == len(self.form.fields.get(question.name) or []):
            chosen.append(choice)
        await self.form.keep(**{question.name: chosen})

    async def _control(self, name: str) -> None:
        question = self.question
        assert question is not None
        page = int(self.seen.get(PAGE, 0))
        if name in ("next", "prev"):
            self.seen[PAGE] = max(0, page + (1 if name == "next" else -1))
        elif f"~{name}".startswith(NARROW):
            self.seen[FILTER], self.seen[PAGE] = f"~{name}".removeprefix(NARROW), 0
            self.seen.pop(SEARCH, None)
            self.seen[WHOLE] = True
        elif name == "more":
            self.seen[WHOLE] = True
        elif name == "leave" and question.leave:
            await self.form.leave(self.form.say("form-kept"))
        elif name == "all" and question.many:
            shown = [value for value, _ in await self.listed(question)]
            now = self.form.fields.get(question.name) or []
            await self.form.keep(**{question.name: [*now, *(one for one in shown if one not in now)]})
        elif name == "skip" and question.optional:
            await self._answer("")
        elif name == "done" and question.many:
            await self._finish_many(question)

    async def _finish_many(self, question: Question) -> None:
        chosen = self.form.fields.get(question.name) or []
        if len(chosen) < question.least:
            raise RuleBroken("choose_more", OUR_RULE, least=question.least)
        done = [*self.form.fields.get(DONE, []), question.name]
        await self._answer(chosen, done)

    async def _answer(self, value: Any, done: list[str] | None = None, *, to: Question | None = None) -> None:
        question = to or self.question
        assert question is not None
        more: dict[str, Any] = {AT: None} | ({DONE: sorted(set(done))} if done else {})
        if question.private:
            await self.form.keep_private(question.name, value)
            await self.form.keep(**more)
        else:
            await self.form.keep(**{question.name: value}, **more)
        self._turned()

    async def _reviewed(self, choice: str) -> None:
        if choice == "~send":
            await self.sheet.send(self.form)
        elif choice.startswith(CHANGE):
            await self._go(choice.removeprefix(CHANGE))
        elif self.sheet.take is not None:
            await self.sheet.take(self.form, choice)

    async def _go(self, name: str) -> None:
        await self.form.keep(**{AT: name, DONE: [one for one in self.form.fields.get(DONE, []) if one != name]})
        self._turned()

    def _turned(self) -> None:
        for name in (PAGE, FILTER, SEARCH, WHOLE):
            self.seen.pop(name, None)

    async def foremost(self, question: Question) -> Choices:
        """The choices put first, as long as nobody has asked for the others; [] when all are to be shown."""
        if question.first is None or any(self.seen.get(name) for name in (FILTER, SEARCH, WHOLE)):
            return []
        return await question.first(self.form, "")

    async def listed(self, question: Question) -> Choices:
        """The choices that filter and search leave over."""
        assert question.options is not None
        found = await question.options(self.form, str(self.seen.get(FILTER, "")))
        search = str(self.seen.get(SEARCH, "")).casefold()
        return [one for one in found if search in one[1].casefold()] if search else found
