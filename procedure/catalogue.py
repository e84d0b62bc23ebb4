"""What may be consulted on (annex C) and what may not (annex D), as codes; their words are kept with all texts."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from procedure.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of annex C with the row of table 1 it belongs to, or of annex D (``row`` None).

    ``text_key`` names the entry's sentence in the catalogues of texts.
    """

    code: str
    row: int | None

    @property
    def text_key(self) -> str:
        """The code written as texts are named: "C.1.6" is annex-c-1-6."""
        return "annex-" + self.code.lower().replace(".", "-")


_NUMBERED: Final = {1: 6, 2: 3, 3: 3, 4: 3}
"""How many entries the parts C.1 to C.4 have; C.5 is one paragraph."""

_ANNEX_C: Final = (
    *(Item(f"C.{row}.{number}", row) for row, last in _NUMBERED.items() for number in range(1, last + 1)),
    Item("C.5", 5),
)
_ANNEX_D: Final = tuple(Item(f"D.{letter}", None) for letter in "abcdefghi")

ITEMS: Final = MappingProxyType({item.code: item for item in _ANNEX_C})
"""Annex C by code, in its order."""

ANNEX: Final = MappingProxyType({item.code: item for item in _ANNEX_D})
"""Annex D by code, in its order."""

ROWS: Final = (1, 2, 3, 4, 5)
"""The five rows of table 1."""


def items_of(row: int) -> tuple[Item, ...]:
    """The entries of annex C that stand under a row of table 1; empty for a row it does not have."""
    return tuple(item for item in _ANNEX_C if item.row == row)


def check_item(code: str) -> Item:
    """The entry of annex C with this code. Raises RuleBroken unknown_item (5.2.1 a) with the ``item`` asked for."""
    if code not in ITEMS:
        raise RuleBroken("unknown_item", "5.2.1 a", item=code)
    return ITEMS[code]


def check_annex(code: str) -> Item:
    """The entry of annex D with this code. Raises RuleBroken unknown_annex (5.2.2) with the ``annex`` asked for."""
    if code not in ANNEX:
        raise RuleBroken("unknown_annex", "5.2.2", annex=code)
    return ANNEX[code]
