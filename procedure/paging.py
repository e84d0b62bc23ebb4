"""Long texts on pages of one message each: nothing is cut away (T5). Lengths are UTF-16 units, as Telegram counts."""

import unicodedata
from collections.abc import Sequence

from procedure.text import JOINER, utf16_length


def pieces(text: str, room: int) -> list[str]:
    """The text in stretches of at most ``room`` units, which together are the text; "" is one stretch.

    What makes up one visible sign stays together as far as there is room for it.
    """
    if 2 * len(text) <= room:
        return [text]
    found: list[str] = []
    begun = length = 0
    for place, character in enumerate(text):
        size = utf16_length(character)
        if length + size > room and place > begun:
            end = _before_sign(text, begun, place)
            found.append(text[begun:end])
            begun, length = end, utf16_length(text[end:place])
        length += size
    return [*found, text[begun:]]


def pages(lengths: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Which of the blocks stand on which page, as (first, behind the last); a block fits on a page or has one alone.

    Pages fill from the beginning, so that a page once full stays as it is while blocks are added.
    """
    found: list[tuple[int, int]] = []
    first = taken = 0
    for number, length in enumerate(lengths):
        if number > first and taken + length > room:
            found.append((first, number))
            first, taken = number, 0
        taken += length
    return [*found, (first, len(lengths))]


def _before_sign(text: str, begun: int, place: int) -> int:
    """The last place up to ``place`` that does not tear a sign apart; ``place`` when there is none."""
    end = place
    while end > begun and _hangs_on(text, end):
        end -= 1
    return end if end > begun else place


def _hangs_on(text: str, place: int) -> bool:
    character, before = text[place], text[place - 1]
    return JOINER in (character, before) or unicodedata.category(character) in ("Mn", "Me", "Mc", "Sk")
