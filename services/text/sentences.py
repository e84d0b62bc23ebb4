"""A speech in sentences that can be quoted: exact pieces of what was written, each with where it stands."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from services.text.words import Words

LONG: Final = 80
"""A sentence longer than this is cut at its commas, where no clause leans on the other."""
LEAST: Final = 30
"""No piece of a sentence that was cut is shorter than this, except its last."""
_QUOTED = re.compile(r"[“「『‘\"]([^“”「」『』‘’\"\n]{1,200})[”」』’\"]")
_END = re.compile(r"(?:[。！？!?；;…]+|(?<![0-9.])\.(?=\s|$))[”」』’\"')）】》]*|\n+")
_CLAUSE_END = re.compile(r"[，,、]+|(?<=[㐀-鿿])[ \u3000]+(?=[㐀-鿿])")
_LETTER = re.compile(r"[^\W_]")
_FORWARDED = re.compile(r"\W*(?:转发|转自|转载|轉發|轉自|轉載|[转轉][:：])")
_CITED_LINE = re.compile(r"[>＞》]")


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a text."""

    start: int
    end: int


def sentences(text: str, words: Words) -> list[Span]:
    """The speaker's own sentences in order, none overlapping, without blanks around them.

    What stands in quotation marks is never cut through. Left out is what is somebody else's: a forwarded text, a line
    cited with >, and a sentence that is mostly what another is reported to have said.
    """
    if _FORWARDED.match(text):
        return []
    quoted = [Span(*found.span(1)) for found in _QUOTED.finditer(text)]
    whole = [piece for piece in _between(text, _ends(text, quoted)) if _LETTER.search(text[slice(*piece)])]
    own = [piece for piece in whole if not _of_others(text, piece, quoted, words)]
    return [part for piece in own for part in _cut(text, piece, quoted, words)]


def pieces(text: str, most: int) -> list[Span]:
    """A message in its sentences, whatever they quote; those longer than ``most`` in runs of clauses up to that."""
    quoted = [Span(*found.span(1)) for found in _QUOTED.finditer(text)]
    return [part for piece in _between(text, _ends(text, quoted)) for part in _runs(text, piece, most)]


def _runs(text: str, piece: Span, most: int) -> Iterator[Span]:
    start, done = piece.start, piece.start
    for end in (*(found.end() for found in _CLAUSE_END.finditer(text, piece.start, piece.end)), piece.end):
        if end - start > most and done > start:
            yield _bare(text, start, done)
            start = done
        done = end
    if start < piece.end:
        yield _bare(text, start, piece.end)


def _between(text: str, ends: Iterator[int]) -> Iterator[Span]:
    start = 0
    for end in (*ends, len(text)):
        if text[start:end].strip():
            yield _bare(text, start, end)
        start = end


def _bare(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))


def _ends(text: str, quoted: list[Span]) -> Iterator[int]:
    for found in _END.finditer(text):
        inside = next((span for span in quoted if span.start <= found.start() < span.end), None)
        if inside is None or found.end() > inside.end:
            yield found.end()


def _of_others(text: str, piece: Span, quoted: list[Span], words: Words) -> bool:
    if _CITED_LINE.match(text, piece.start):
        return True
    within = [span for span in quoted if piece.start <= span.start and span.end <= piece.end]
    outside, done = "", piece.start
    for span in within:
        outside += text[done : span.start]
        done = span.end
    outside += text[done : piece.end]
    told = sum(len(_LETTER.findall(text[slice(*span)])) for span in within)
    return told > len(_LETTER.findall(outside)) and any(word in outside for word in words.reporting)


def _cut(text: str, piece: Span, quoted: list[Span], words: Words) -> Iterator[Span]:
    """A long sentence at its commas, as far as both sides can stand alone."""
    start, clause = piece.start, piece.start
    for found in _CLAUSE_END.finditer(text, piece.start, piece.end):
        before, after = text[clause : found.start()], text[found.end() : piece.end]
        clause = found.end()
        if piece.end - start <= LONG or found.end() - start < LEAST or piece.end - found.end() < LEAST // 2:
            continue
        if any(span.start <= found.start() < span.end for span in quoted):
            continue
        if after.startswith(words.linking) or any(word in before for word in words.leading):
            continue
        yield _bare(text, start, found.start())
        start = found.end()
    yield _bare(text, start, piece.end)
