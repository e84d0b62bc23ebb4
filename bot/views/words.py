"""From a key of the locales to a sentence, with whatever people wrote made harmless on the way."""

import html
import unicodedata
from functools import lru_cache
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

from bot.locales import FOLDERS, sources
from bot.views.rendered import clipped
from procedure.errors import OUR_RULE
from procedure.text import visible

DEFAULT_LANGUAGE: Final = "zh"
ONE_LINE_LIMIT: Final = 120
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


class Own(str):
    """Text of ours, or people's text already made safe: goes into a sentence as it is."""

    __slots__ = ()


@lru_cache(maxsize=8192)
def _harmless(text: str, limit: int, markup: bool) -> str:
    """One visible line, cut to ``limit``, isolated when it could turn the direction of what follows."""
    line = clipped(" ".join(visible(text).split()), limit)
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line):
        line = f"\u2068{line}\u2069"
    return html.escape(line, quote=False) if markup else line


class Words:
    """The sentences of one language, as HTML (``markup``) or plain (buttons, toasts).

    Every string argument that is not Own counts as written by people: it is cleaned, cut to one line of 120 units,
    isolated and, for HTML, escaped.
    """

    def __init__(self, language: str, *, markup: bool) -> None:
        self.language = language
        self.markup = markup
        self._bundle = _bundle(language)
        self._constant: dict[str, Own] = {}

    def __call__(self, key: str, **args: object) -> Own:
        """The sentence of a key. Raises KeyError for a key or an argument the locales do not know."""
        if not args and key in self._constant:
            return self._constant[key]
        value = self._bundle.get_message(key).value
        if value is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(value, {name: self._safe(arg) for name, arg in args.items()})
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        sentence = Own(text)
        if not args:
            self._constant[key] = sentence
        return sentence

    def of(self, family: str, value: object, **args: object) -> Own:
        """The word for one of the procedure's terms: of("stance", "for")."""
        return self(f"{family}-{value}", **args)

    def has(self, key: str) -> bool:
        """Whether the locales know this key."""
        return self._bundle.has_message(key)

    def people(self, text: object, limit: int = ONE_LINE_LIMIT) -> Own:
        """What people wrote, as one harmless line."""
        return Own(_harmless(str(text), limit, self.markup))

    def long(self, text: object, limit: int) -> Own:
        """What people wrote, line breaks kept, each line harmless, at most ``limit`` UTF-16 units in all."""
        lines = clipped(visible(str(text)).strip(), limit).split("\n")
        return Own("\n".join(_harmless(line, limit, self.markup) for line in lines))

    def plain(self) -> "Words":
        """The same language without HTML, for buttons and toasts."""
        return words(self.language, markup=False)

    def clause(self, clause: str) -> Own:
        """The small line that says what a step rests on."""
        return self("our-rule") if clause == OUR_RULE else self("clause", clause=Own(clause))

    def _safe(self, arg: object) -> Any:
        if isinstance(arg, Own):
            return arg
        return _harmless(arg, ONE_LINE_LIMIT, self.markup) if isinstance(arg, str) else str(arg)


@lru_cache(maxsize=4)
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([FOLDERS[language]], use_isolating=False)
    for source in sources(language):
        bundle.add_resource(FluentResource(source))
    return bundle


@lru_cache(maxsize=8)
def _words(language: str, markup: bool) -> Words:
    return Words(language, markup=markup)


def words(language: str, *, markup: bool = True) -> Words:
    """The sentences of an account's or group's language; Chinese where we do not speak it."""
    base = language.replace("_", "-").split("-")[0].lower()
    return _words(base if base in FOLDERS else DEFAULT_LANGUAGE, markup)
