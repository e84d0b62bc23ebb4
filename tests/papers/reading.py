"""What stands in a rendered paper, and papers filled with other texts."""

import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from services.documents.filling import day
from services.documents.papers import Paper, render
from tests.papers import examples


def texts(paper: Paper) -> list[str]:
    """Every paragraph of the rendered paper, in tables too, in the order of reading."""
    found = Document(BytesIO(render(paper))).element.body.iter(qn("w:p"))
    return ["".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))) for paragraph in found]


def strings(value: Any) -> Iterator[str]:
    """Every text of a paper, however deep, and every date as papers write it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, date):
        yield day(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "result":
                yield from strings(getattr(value, field.name))


def filled(value: Any, text: str) -> Any:
    """``value`` with ``text`` in place of every text."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(filled(one, text) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: filled(getattr(value, f.name), text) for f in fields(value) if f.name != "result"}
        return replace(value, **changed)
    return value


def members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def kind(paper: Paper) -> str:
    return type(paper).__name__


every_paper = pytest.mark.parametrize("paper", examples.ALL, ids=kind)
