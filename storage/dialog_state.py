"""Where private conversations stand: one row per key, written by upsert."""

import json
from typing import Any

from storage.work import UnitOfWork


def get(uow: UnitOfWork, key: str) -> tuple[str | None, dict[str, Any]]:
    """(state, data) of a conversation; (None, {}) when there is none."""
    row = uow.one("SELECT state, data FROM dialog_state WHERE key = :key", {"key": key})
    if row is None:
        return None, {}
    return row[0], json.loads(row[1]) if isinstance(row[1], str) else row[1]


def set_state(uow: UnitOfWork, key: str, state: str | None) -> None:
    """Change the state, keep the data; a row that says nothing any more is removed."""
    uow.raw(
        "INSERT INTO dialog_state (key, state, data) VALUES (:key, :state, '{}')"
        " ON CONFLICT (key) DO UPDATE SET state = excluded.state",
        {"key": key, "state": state},
    )
    _sweep(uow, key)


def set_data(uow: UnitOfWork, key: str, data: dict[str, Any]) -> None:
    """Replace the data, keep the state; a row that says nothing any more is removed."""
    uow.raw(
        "INSERT INTO dialog_state (key, state, data) VALUES (:key, NULL, :data)"
        " ON CONFLICT (key) DO UPDATE SET data = excluded.data",
        {"key": key, "data": json.dumps(data, ensure_ascii=False)},
    )
    _sweep(uow, key)


def _sweep(uow: UnitOfWork, key: str) -> None:
    uow.raw("DELETE FROM dialog_state WHERE key = :key AND state IS NULL AND CAST(data AS TEXT) = '{}'", {"key": key})
