"""Keeping the world on disk: changed records are written in one transaction before an answer goes out."""

import json
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SKIPPED = ("members", "messages", "queue", "again", "last_id", "spoke")


class Store:
    """Records by kind and key in one SQLite file. A killed process loses nothing that was flushed."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute(
            "CREATE TABLE IF NOT EXISTS record"
            " (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        self._changed: dict[tuple[str, str], object | None] = {}

    def put(self, kind: str, key: str, record: object) -> None:
        """Remember that this record changed; it is written as it is at the next flush."""
        self._changed[kind, key] = record

    def drop(self, kind: str, key: str) -> None:
        """Remember that this record is gone."""
        self._changed[kind, key] = None

    def flush(self) -> None:
        """Write everything that changed, all or nothing."""
        if not self._changed:
            return
        puts = [(k, n, _text(r)) for (k, n), r in self._changed.items() if r is not None]
        drops = [(k, n) for (k, n), r in self._changed.items() if r is None]
        self._base.execute("BEGIN IMMEDIATE")
        self._base.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", puts)
        self._base.executemany("DELETE FROM record WHERE kind = ? AND key = ?", drops)
        self._base.execute("COMMIT")
        self._changed.clear()

    def read(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Key and content of every record of a kind."""
        for key, body in self._base.execute("SELECT key, body FROM record WHERE kind = ?", (kind,)):
            yield key, json.loads(body, object_hook=_revive)

    def close(self) -> None:
        """Flush and let go of the file."""
        self.flush()
        self._base.close()


def _text(record: object) -> str:
    return json.dumps(record, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return {"__bytes__": b64encode(value).decode()}
    return {name: item for name, item in vars(value).items() if name not in SKIPPED}


def _revive(value: dict[str, Any]) -> Any:
    return b64decode(value["__bytes__"]) if value.keys() == {"__bytes__"} else value
