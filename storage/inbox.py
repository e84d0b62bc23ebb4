"""The way in: raw updates, stored before Telegram is told that we have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from storage.types import to_micros
from storage.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Arrived:
    """A stored update; `id` is its place in the order of arrival."""

    id: int
    update_id: int
    body: str


_STORE = text(
    "INSERT INTO inbox (update_id, body, received_at, attempts) VALUES (:update_id, :body, :at, 0)"
    " ON CONFLICT (update_id) DO NOTHING"
)
_DONE = text("UPDATE inbox SET done_at = :at WHERE id = :id")
_FORGET = text("UPDATE inbox SET body = '{}' WHERE id = :id AND body LIKE '%\"private\"%'")
"""A statement of its own: what a group says is not written a second time on the way of every tap."""


def store(uow: UnitOfWork, updates: Sequence[tuple[int, str]], *, now: datetime) -> dict[int, int]:
    """Keep (update_id, body) pairs; ids seen before are no-ops. Returns the inbox number of each new update_id."""
    last = uow.one("SELECT coalesce(max(id), 0) FROM inbox")
    at = to_micros(now)
    uow.connection.execute(_STORE, [{"update_id": number, "body": body, "at": at} for number, body in updates])
    fresh = uow.rows("SELECT update_id, id FROM inbox WHERE id > :last ORDER BY id", {"last": last[0] if last else 0})
    return dict(fresh)


def still_open(uow: UnitOfWork, *, after: int = 0, limit: int = 500) -> list[Arrived]:
    """Updates not done yet, in the order of arrival."""
    query = "SELECT id, update_id, body FROM inbox WHERE done_at IS NULL AND id > :after ORDER BY id LIMIT :limit"
    return [Arrived(*row) for row in uow.rows(query, {"after": after, "limit": limit})]


def mark_done(uow: UnitOfWork, ids: Sequence[int], *, now: datetime) -> None:
    """These updates have been handled. What came from a private chat is forgotten at once: forms ask for contact data
    there, and a tap carries the text it stands under.
    """
    at = to_micros(now)
    uow.connection.execute(_DONE, [{"id": number, "at": at} for number in ids])
    uow.connection.execute(_FORGET, [{"id": number} for number in ids])


def note_failure(uow: UnitOfWork, inbox_id: int, *, error: str, last: bool, now: datetime) -> int:
    """Count a failed try; after the `last` one the update is closed with its error, and forgotten like one that is
    done. Returns the tries so far.
    """
    uow.raw(
        "UPDATE inbox SET attempts = attempts + 1, error = :error, done_at = :at WHERE id = :id",
        {"id": inbox_id, "error": error, "at": to_micros(now) if last else None},
    )
    if last:
        uow.connection.execute(_FORGET, {"id": inbox_id})
    row = uow.one("SELECT attempts FROM inbox WHERE id = :id", {"id": inbox_id})
    return int(row[0]) if row else 0


def prune(uow: UnitOfWork, *, before: datetime) -> int:
    """Forget updates that were done before this instant; the newest row stays, so that numbers never start again."""
    cursor = uow.raw(
        "DELETE FROM inbox WHERE done_at IS NOT NULL AND done_at < :before AND id < (SELECT MAX(id) FROM inbox)",
        {"before": to_micros(before)},
    )
    return int(cursor.rowcount)
