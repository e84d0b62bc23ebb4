"""Names and texts that people send, made safe to show and to keep (our rule).

What goes: control characters other than the line break, everything invisible of Unicode category Cf (bidi embeddings,
overrides, isolates and marks, zero-width space and non-joiner, word joiner, byte order mark, tag characters), lone
surrogates, and letters that print nothing (Hangul fillers, Braille blank).
What stays of the invisible: a zero-width joiner between two pictographs and a variation selector behind a visible
character, because 👨‍👩‍👧 and ❤️ are made of them and rare Chinese names are told apart by them.
Lengths are UTF-16 units, as Telegram counts.
"""

import unicodedata
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken

JOINER: Final = "\u200d"
EMOJI_SELECTOR: Final = "\ufe0f"
NAME_LIMIT: Final = 32
ELLIPSIS: Final = "…"
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
_LINE_BREAKS: Final = frozenset("\n\u2028\u2029\u0085\u000b\u000c")


def utf16_length(text: str) -> int:
    """Length in UTF-16 units: 1 for each character of the basic plane, 2 beyond."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def visible(text: str) -> str:
    """``text`` in NFC without what the module's rules remove; line breaks become \\n, tabs a space."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    for position, character in enumerate(text):
        if character in _LINE_BREAKS:
            kept.append("\n")
        elif character == "\t":
            kept.append(" ")
        elif character == JOINER:
            if _joins(kept[-1:], text[position + 1 : position + 2]):
                kept.append(character)
        elif _is_selector(character):
            if kept and not kept[-1].isspace() and kept[-1] != JOINER and not _is_selector(kept[-1]):
                kept.append(character)
        elif unicodedata.category(character) not in ("Cc", "Cf", "Cs") and character not in _BLANK_LETTERS:
            kept.append(character)
    # Taking characters out can bring a base and its mark together.
    return unicodedata.normalize("NFC", "".join(kept))


def clean_name(name: str, limit: int = NAME_LIMIT) -> str:
    """One line for a board: blanks collapsed, cut to ``limit`` UTF-16 units with an ellipsis.

    Raises RuleBroken empty_name when nothing visible is left.
    """
    cleaned = " ".join(visible(name).split())
    if not cleaned:
        raise RuleBroken("empty_name", OUR_RULE)
    return _cut(cleaned, limit)


def clean_text(text: str, *, limit: int, field: str) -> str:
    """A text of several lines: outer blanks and blanks at line ends stripped, at most one empty line in a row.

    Raises RuleBroken empty_text(field), text_too_long(field, limit, length); nothing is ever cut off.
    """
    lines = [line.rstrip() for line in visible(text).strip().split("\n")]
    cleaned = "\n".join(line for index, line in enumerate(lines) if line or lines[index - 1])
    if not cleaned:
        raise RuleBroken("empty_text", OUR_RULE, field=field)
    length = utf16_length(cleaned)
    if length > limit:
        raise RuleBroken("text_too_long", OUR_RULE, field=field, limit=limit, length=length)
    return cleaned


def _cut(text: str, limit: int) -> str:
    if utf16_length(text) <= limit:
        return text
    room = limit - utf16_length(ELLIPSIS)
    end = 0
    while room >= utf16_length(text[end]):
        room -= utf16_length(text[end])
        end += 1
    return text[:end].rstrip(JOINER + " ") + ELLIPSIS


def _joins(before: list[str], after: str) -> bool:
    """Whether a joiner here holds a pictograph together rather than hiding between letters."""
    pictographic = bool(before) and (before[0] == EMOJI_SELECTOR or _is_pictograph(before[0]))
    return pictographic and bool(after) and _is_pictograph(after)


def _is_pictograph(character: str) -> bool:
    # Sk holds the skin tones, Cn the pictographs newer than this Python's tables.
    return unicodedata.category(character) in ("So", "Sk") or 0x1F000 <= ord(character) <= 0x1FAFF


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
