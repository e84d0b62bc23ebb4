"""Writing out what people chose as a labelled file, in the form that `evaluate` and the building read."""

import csv
import io
import os
from pathlib import Path

from bot.command.run import CommandError
from services import examples
from services.examples import Labelled
from storage.database import Database


def write(database: Database, path: Path) -> int:
    """A new file that its owner alone may read; how many rows it has.

    It holds the topics' own public words and labels, and nothing of who wrote them. Raises CommandError.
    """
    rows = database.read_now(lambda uow: list(examples.labelled(uow)))
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be made: {error.strerror}") from None
    with os.fdopen(opened, "wb") as file:
        file.write(_table(rows))
    return len(rows)


def _table(rows: list[Labelled]) -> bytes:
    text = io.StringIO(newline="")
    written = csv.writer(text)
    written.writerow(Labelled._fields)
    written.writerows((_cell(row.title), _cell(row.reason), *row[2:]) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(words: str) -> str:
    """What people wrote as a spreadsheet takes it: a beginning that would be a formula is set off by a blank."""
    return f" {words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
