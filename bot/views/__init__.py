"""Facts in, words out: `render` for messages and live boards, `toast` and `refusal` for answers to a tap.

No bot library here, and the only reader of the locales. Languages are "zh" and "en"; any other reads Chinese.
"""

from typing import Final

from bot.views import (
    annex,
    around,
    binding,
    board,
    console,
    course,
    experts,
    fact_sheet,
    floor,
    following,
    home,
    items,
    lists,
    minutes,
    nudging,
    order,
    places,
    planning,
    proposing,
    reminding,
    roll,
    room,
    searching,
    sitting,
    supervision,
    voting,
)
from bot.views.registry import VIEWS, Facts
from bot.views.rendered import Button, Rendered, Toast
from bot.views.toasts import refusal, stale, toast
from bot.views.words import words

__all__ = ["ONLY_IN_GROUPS", "Button", "Rendered", "Toast", "commands", "refusal", "render", "stale", "toast"]

MODULES: Final = (
    annex,
    around,
    binding,
    board,
    console,
    course,
    experts,
    fact_sheet,
    floor,
    following,
    home,
    lists,
    items,
    minutes,
    nudging,
    order,
    places,
    planning,
    proposing,
    reminding,
    roll,
    room,
    searching,
    sitting,
    supervision,
    voting,
)
"""Importing them registers their views."""

_PRIVATE: Final = ("start", "propose", "topics", "todo", "me", "help", "cancel", "language", "privacy")
ONLY_IN_GROUPS: Final = ("bind", "status", "checkup")
_GROUP: Final = (*ONLY_IN_GROUPS, "help")


def render(kind: str, facts: Facts, language: str) -> Rendered:
    """The message of an outbox kind, a live board or a private page. Raises KeyError for a kind without a view."""
    return VIEWS[kind](words(language), facts)


def commands(language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The command menus, (command, description), of "private" chats and of the "group"."""
    say = words(language, markup=False)
    menus = {"private": _PRIVATE, "group": _GROUP}
    return {where: tuple((name, str(say.of("command", name))) for name in names) for where, names in menus.items()}
