"""Facts in, words out: `render` for messages, `board` for live boards, `toast` and `refusal` for answers to a tap.

No bot library here, and the only reader of the locales. Languages are "zh" and "en"; any other reads Chinese.
"""

from typing import Final

from bot.views import floor, home, sitting, voting
from bot.views.board import board as _board
from bot.views.console import console as _console
from bot.views.registry import VIEWS, Facts
from bot.views.rendered import Button, Rendered, Toast
from bot.views.toasts import refusal, stale, toast, trouble
from bot.views.words import words

__all__ = ["Button", "Rendered", "Toast", "board", "commands", "refusal", "render", "stale", "toast", "trouble"]

MODULES: Final = (floor, home, sitting, voting)
"""Importing them registers their views."""

_PRIVATE: Final = ("start", "topics", "todo", "me", "help", "cancel", "language", "privacy")
_GROUP: Final = ("status", "checkup", "help")


def render(kind: str, facts: Facts, language: str) -> Rendered:
    """The message of an outbox kind or of a private page. Raises KeyError for a kind without a view."""
    return VIEWS[kind](words(language), facts)


def board(view: str, facts: Facts, language: str) -> Rendered:
    """A live board: "board" for the group, "console" for one official's private chat."""
    return (_console if view == "console" else _board)(words(language), facts)


def commands(language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The command menus, (command, description), of "private" chats and of the "group"."""
    say = words(language, markup=False)
    menus = {"private": _PRIVATE, "group": _GROUP}
    return {where: tuple((name, str(say.of("command", name))) for name in names) for where, names in menus.items()}
