"""The filters by which templates take in what people wrote: visible characters only, markup and braces inert."""

from collections.abc import MutableMapping
from datetime import date
from functools import cache
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, Template, nodes
from markupsafe import Markup, escape

from procedure.text import visible

NOTHING: Final = "无"
BY_HAND: Final = "_" * 14
DAY_BY_HAND: Final = "\u3000\u3000年\u3000月\u3000日"
# Valid in Python, forbidden in XML 1.0.
_NOT_XML: Final = dict.fromkeys((0xFFFE, 0xFFFF))
# docxtpl turns {_{ into {{ after filling in; a brace written as a character reference stays what was typed.
_BRACES: Final = {ord("{"): "&#123;", ord("}"): "&#125;"}


def lines(value: str | tuple[str, ...]) -> list[Markup]:
    """The paragraphs of a text or of several; 无 when nothing is there."""
    texts = (value,) if isinstance(value, str) else value
    cleaned = (visible(text).translate(_NOT_XML) for text in texts)
    found = [line.strip() for text in cleaned for line in text.split("\n") if line.strip()]
    return [_inert(line) for line in found or [NOTHING]]


def line(value: str) -> Markup:
    """A text as one line; 无 when nothing is there."""
    return Markup(" ").join(lines(value))


def by_hand(value: str) -> str:
    """A text as one line; room for a pen when nothing is there."""
    return line(value) if visible(value).strip() else BY_HAND


def day(value: date | None) -> str:
    """A date as official papers write it; room for a pen when there is none."""
    return DAY_BY_HAND if value is None else f"{value.year}年{value.month}月{value.day}日"


class _Kept(Environment):
    """Compiles a text once: docxtpl hands over the same ones for every paper of a kind, and the meeting goes on."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self._kept: dict[str, Template] = {}

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own name for it
        template_class: type[Template] | None = None,
    ) -> Template:
        """The template of this text."""
        if not isinstance(source, str) or globals is not None or template_class is not None:
            return super().from_string(source, globals, template_class)
        if source not in self._kept:
            self._kept[source] = super().from_string(source)
        return self._kept[source]


@cache
def environment() -> Environment:
    """Escapes everything and refuses a name that the paper does not have."""
    made = _Kept()
    made.filters.update(line=line, lines=lines, by_hand=by_hand, day=day)
    return made


def _inert(text: str) -> Markup:
    return Markup(str(escape(text)).translate(_BRACES))  # noqa: S704 - what goes in was escaped the moment before
