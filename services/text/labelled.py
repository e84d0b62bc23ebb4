"""Labelled files: topics (title, reason, label, second_label) and messages (text, label), as people save them."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from procedure.catalogue import ANNEX, ITEMS

TOPIC_LABELS: Final = frozenset((*ITEMS, *ANNEX, "NONE"))
FLAGGED: Final = ("ATTACK", "MOTIVE", "THREAT")
CIVILITY_LABELS: Final = frozenset((*FLAGGED, "OK", "OFFTOPIC"))


class LabelledFileError(Exception):
    """A labelled file cannot be used; str() names file, line and what is wrong, without quoting the text."""


@dataclass(frozen=True, slots=True)
class LabelledTopic:
    """A topic with its right answer; ``second`` counts as right too, empty when there is none."""

    name: str
    title: str
    reason: str
    label: str
    second: str

    @property
    def labels(self) -> frozenset[str]:
        """All answers that count as right."""
        return frozenset(label for label in (self.label, self.second) if label)


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message with its right answer: OK, ATTACK, MOTIVE, THREAT or OFFTOPIC."""

    name: str
    text: str
    label: str


def read_topics(path: Path) -> list[LabelledTopic]:
    """The topics of a file. Raises LabelledFileError."""
    found = []
    for line, row in _rows(path, ("title", "label")):
        label, second = _label(row, "label"), _label(row, "second_label")
        _check(path, line, TOPIC_LABELS, label, second or label)
        found.append(LabelledTopic(row.get("id") or str(line), row["title"], row.get("reason") or "", label, second))
    return found


def read_messages(path: Path) -> list[LabelledMessage]:
    """The messages of a file. Raises LabelledFileError."""
    found = []
    for line, row in _rows(path, ("text", "label")):
        label = _label(row, "label")
        _check(path, line, CIVILITY_LABELS, label)
        found.append(LabelledMessage(row.get("id") or str(line), row["text"], label))
    return found


def _label(row: dict[str, str], column: str) -> str:
    """A label as the catalogue writes it: full-width signs, spaces and small letters are forgiven."""
    label = unicodedata.normalize("NFKC", row.get(column) or "").strip()
    return f"D.{label[2:].lower()}" if label[:2].upper() == "D." else label.upper()


def _check(path: Path, line: int, known: frozenset[str], *labels: str) -> None:
    for label in labels:
        if label not in known:
            raise LabelledFileError(f"{path.name} line {line}: label {label or '(empty)'} is not known")


def _rows(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    found: list[tuple[int, dict[str, str]]] = []
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip().lower() for cell in cells]
            else:
                found.append((reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False))))
    except csv.Error as error:
        raise LabelledFileError(f"{path.name} line {reader.line_num}: {error}") from None
    missing = [column for column in needed if column not in header]
    if missing:
        raise LabelledFileError(f"{path.name}: column {', '.join(missing)} is missing")
    for line, row in found:
        short = [column for column in needed if not row.get(column)]
        if short:
            raise LabelledFileError(f"{path.name} line {line}: {', '.join(short)} is empty")
    if not found:
        raise LabelledFileError(f"{path.name}: there are no rows")
    return found


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LabelledFileError(f"{path} cannot be read: {error.strerror}") from None
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LabelledFileError(f"{path.name} is neither UTF-8 nor GBK")
