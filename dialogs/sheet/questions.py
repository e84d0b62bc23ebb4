"""A form as data: its questions, and what is done with the answers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.views.words import Own
from dialogs.form import Choices, Form

Options = Callable[[Form, str], Awaitable[Choices]]
"""(form, filter) → [(value, words)]; the filter is one of the question's `filters`, "" for none."""
Shown = Callable[[Form, Any], Awaitable[str]]
Hint = Callable[[Form], Awaitable[list[Own]]]
Read = Callable[[Form, str], Awaitable[Any]]


async def as_written(form: Form, value: str) -> Any:
    """The text itself."""
    return value


async def plainly(form: Form, value: Any) -> str:
    """The answer as it was given."""
    return str(value)


@dataclass(frozen=True)
class Question:
    """One question of a form.

    ``key``: the locale's sentence that asks; ``title``: the locale's word for the review. ``limit`` > 0: may be typed,
    at most so many UTF-16 units. ``options``: what can be tapped. ``many``: several may be chosen, ``least`` at least;
    the answer is a list. ``optional``: may be left out (the answer is ""). ``private``: sealed in the draft.
    ``read`` makes the stored answer of what was typed or tapped and raises RuleBroken; ``shown`` says it in the
    review, as plain text. ``facts``: what the sentence takes. ``hint``: lines below it. ``first``: those of `options`
    that are shown until somebody asks for the others; none, and all are shown. ``leave``: the locale's word for a
    button that leaves the form with everything kept. ``typed``: the question that words typed here answer while it has
    no answer; they narrow no list.
    """

    name: str
    key: str
    title: str
    limit: int = 0
    options: Options | None = None
    filters: Options | None = None
    many: bool = False
    least: int = 0
    optional: bool = False
    private: bool = False
    read: Read = as_written
    shown: Shown = plainly
    facts: dict[str, Any] = field(default_factory=dict)
    hint: Hint | None = None
    first: Options | None = None
    leave: str = ""
    typed: str = ""


@dataclass(frozen=True)
class Sheet:
    """A form: ``name`` is the step it leads to, and the kind of its draft.

    ``questions`` gives those that apply to what is answered so far. ``send`` acts and closes by `Form.submit`.
    ``begin`` runs when the form is opened: it raises RuleBroken when this person may not, and may fill in.
    ``note``: lines above the review, e.g. what follows from sending. ``offers``: what else may be done from there, and
    ``take`` does it; sending is then called "all the same".
    """

    name: str
    questions: Callable[[Form], Awaitable[Sequence[Question]]]
    send: Callable[[Form], Awaitable[None]]
    begin: Callable[[Form], Awaitable[None]] | None = None
    note: Callable[[Form], Awaitable[list[Own]]] | None = None
    offers: Callable[[Form], Awaitable[Choices]] | None = None
    take: Callable[[Form, str], Awaitable[None]] | None = None
