"""What a view gives: text, buttons and files in our own words; the adapters of the two bot libraries know the rest."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from procedure.text import utf16_length

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
TOAST_LIMIT: Final = 200
_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of ``data`` (codec.pack) and ``url``."""

    text: str
    data: str | None = None
    url: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: ``text`` is Telegram HTML; it is the caption when there is a ``photo`` or a ``document``.

    ``photo`` is the SHA-256 of the stored picture, ``document`` the SHA-256 and the name to send it under.
    """

    text: str
    buttons: tuple[Row, ...] = ()
    photo: str | None = None
    document: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a tap, at most 200 UTF-16 units; ``alert`` when it has to be read at leisure."""

    text: str
    alert: bool


def shown_length(text: str) -> int:
    """UTF-16 units Telegram counts: tags gone, entities as the one character they stand for."""
    return utf16_length(html.unescape(_TAG.sub("", text)))


def joined(lines: Iterable[str], *, limit: int = TEXT_LIMIT, more: str = "…") -> str:
    """Lines as one text; what does not fit is left out from the end at a line's bound, and ``more`` says so.

    The last line (the clause) is kept. Tags must open and close within a line.
    """
    kept = list(lines)
    text = "\n".join(kept)
    if shown_length(text) <= limit:
        return text
    end = kept.pop()
    while len(kept) > 1 and shown_length("\n".join((*kept, more, end))) > limit:
        kept.pop()
    return "\n".join((*kept, more, end))


def clipped(text: str, limit: int) -> str:
    """Plain text cut to ``limit`` UTF-16 units, with an ellipsis where something is missing."""
    if utf16_length(text) <= limit:
        return text
    kept, room = [], limit - 1
    for character in text:
        room -= utf16_length(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip("\u200d ") + "…"
