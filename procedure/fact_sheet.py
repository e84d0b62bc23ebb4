"""The fact sheet 说明材料: what people read before the topic is explained to them (5.6.1 d; how is our rule)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.journal import canonical
from procedure.text import clean_text

CLAUSE: Final = "5.6.1 d"
MOST_LINES: Final = 8
LINE_LIMIT: Final = 300
SOURCE_LIMIT: Final = 80


@dataclass(frozen=True, slots=True)
class FactLine:
    """One statement and where it comes from, each on one line."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class SheetChange:
    """Numbers from 1: of lines that came or say something else now, and of lines of the version before that went."""

    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


def checked(written: Sequence[tuple[str, str]]) -> tuple[FactLine, ...]:
    """The sheet made of pairs of a text and its source.

    Raises RuleBroken fact_sheet_empty, fact_sheet_long(most), fact_source_missing(number), empty_text and text_too_long
    with the field fact_N or source_N.
    """
    if not written:
        raise RuleBroken("fact_sheet_empty", OUR_RULE)
    if len(written) > MOST_LINES:
        raise RuleBroken("fact_sheet_long", OUR_RULE, most=MOST_LINES)
    return tuple(_line(number, *one) for number, one in enumerate(written, start=1))


def _line(number: int, text: str, source: str) -> FactLine:
    cleaned = clean_text(text, limit=LINE_LIMIT, field=f"fact_{number}")
    try:
        named = clean_text(source, limit=SOURCE_LIMIT, field=f"source_{number}")
    except RuleBroken as broken:
        if broken.code == "empty_text":
            raise RuleBroken("fact_source_missing", OUR_RULE, number=number) from broken
        raise
    return FactLine(" ".join(cleaned.split()), " ".join(named.split()))


def digest(lines: Sequence[FactLine]) -> str:
    """SHA-256 of the sheet's one written form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical({"lines": [[one.text, one.source] for one in lines]}).encode()).hexdigest()


def difference(before: Sequence[FactLine], after: Sequence[FactLine]) -> SheetChange:
    """What a new version changes. Raises RuleBroken fact_sheet_same when it says what the last one says."""
    if tuple(before) == tuple(after):
        raise RuleBroken("fact_sheet_same", OUR_RULE)
    added: list[int] = []
    removed: list[int] = []
    changed: list[int] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, list(before), list(after), autojunk=False).get_opcodes():
        if what == "equal":
            continue
        both = min(i_end - i, j_end - j)
        changed += range(j + 1, j + both + 1)
        added += range(j + both + 1, j_end + 1)
        removed += range(i + both + 1, i_end + 1)
    return SheetChange(tuple(added), tuple(removed), tuple(changed))


def check_version(seen: int, latest: int) -> None:
    """``seen``: the version that was changed. Raises RuleBroken fact_sheet_moved when it was replaced since."""
    if seen != latest:
        raise RuleBroken("fact_sheet_moved", OUR_RULE, version=latest)
