"""Choices of a question as words: a family of the locales, or pairs that are known when it is asked."""

from collections.abc import Iterable
from typing import Any

from bot.views.words import Words
from dialogs.form import Choices, Form
from dialogs.sheet.questions import Options, Shown


def terms(family: str, values: Iterable[str]) -> Options:
    """These values, each with its word."""
    known = tuple(values)

    async def options(form: Form, narrowed: str) -> Choices:
        plain = form.say.plain()
        return [(value, str(plain.of(family, value))) for value in known]

    return options


def picked(options: Options) -> Shown:
    """What was tapped, in the words of its button; several one after another."""

    async def shown(form: Form, value: Any) -> str:
        words = dict(await options(form, ""))
        chosen = value if isinstance(value, list) else [value]
        return str(comma(form.say).join(words.get(str(one), str(one)) for one in chosen))

    return shown


def comma(say: Words) -> str:
    """What stands between the members of a list."""
    return str(say("list-comma"))
