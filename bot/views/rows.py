"""Buttons side by side as far as a phone shows their words whole: Telegram cuts off what does not fit."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeVar

_ROOM: Final = ((4, 3.0), (3, 4.5), (2, 8.0))
"""So many fit in a row when none is wider, in widths of a Chinese character; one of any width stands alone."""
_UNSEEN: Final = frozenset({"Mn", "Cf"})


class Worded(Protocol):
    """Something with words on it."""

    @property
    def text(self) -> str:
        """The words."""
        ...


Key = TypeVar("Key", bound=Worded)


def width(text: str) -> float:
    """How wide these words are, in Chinese characters; letters and figures count half."""
    return sum(
        1.0 if unicodedata.east_asian_width(one) in "WF" or unicodedata.category(one) == "So" else 0.5
        for one in text
        if unicodedata.category(one) not in _UNSEEN
    )


def side_by_side(keys: Iterable[Key], *, alone: Callable[[Key], bool] = lambda key: False) -> list[list[Key]]:
    """Rows in the order given; what is ``alone`` shares none."""
    rows: list[list[Key]] = []
    room = 0
    for key in keys:
        fits = 1 if alone(key) else _fits(key)
        if rows and len(rows[-1]) < min(room, fits):
            rows[-1].append(key)
            room = min(room, fits)
        else:
            rows.append([key])
            room = fits
    return rows


def _fits(key: Worded) -> int:
    return next((many for many, wide in _ROOM if width(key.text) <= wide), 1)
