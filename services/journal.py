"""Writing the record: one hash chain per topic or community, and the erasable words it points to."""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from procedure.journal import GENESIS, canonical, link, verify
from storage.types import to_micros
from storage.work import UnitOfWork


def record(
    uow: UnitOfWork,
    kind: str,
    *,
    community_id: int,
    subject_id: int,
    now: datetime,
    subject: str = "topic",
    **facts: Any,
) -> None:
    """Append one entry: ids, figures and salted hashes only, never words or personal data."""
    where = {"subject": subject, "subject_id": subject_id}
    last = uow.one(
        "SELECT number, hash FROM journal WHERE subject = :subject AND subject_id = :subject_id"
        " ORDER BY number DESC LIMIT 1",
        where,
    )
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    at = to_micros(now)
    entry = {"n": number, "at": at, "kind": kind, **facts}
    uow.raw(
        "INSERT INTO journal (community_id, subject, subject_id, number, at, entry, hash)"
        " VALUES (:community_id, :subject, :subject_id, :number, :at, :entry, :hash)",
        where
        | {
            "community_id": community_id,
            "number": number,
            "at": at,
            "entry": canonical(entry),
            "hash": link(previous, entry),
        },
    )


def keep(uow: UnitOfWork, text: str, *, community_id: int, person_id: int | None) -> tuple[int, str]:
    """Store words erasably; returns (content id, salted hash), the hash being what the journal may hold."""
    salt = secrets.token_hex(16)
    digest = hashlib.sha256((salt + text).encode()).hexdigest()
    row = uow.one(
        "INSERT INTO content (community_id, person_id, text, salt, hash)"
        " VALUES (:community_id, :person_id, :text, :salt, :hash) RETURNING id",
        {"community_id": community_id, "person_id": person_id, "text": text, "salt": salt, "hash": digest},
    )
    assert row is not None
    return int(row[0]), digest


def broken(uow: UnitOfWork, *, subject: str, subject_id: int) -> int | None:
    """The number of the first entry of a chain that does not follow from the one before; None when it is whole."""
    rows = uow.rows(
        "SELECT number, entry, hash FROM journal WHERE subject = :subject AND subject_id = :subject_id ORDER BY number",
        {"subject": subject, "subject_id": subject_id},
    )
    gap = next((index for index, row in enumerate(rows) if row[0] != index + 1), None)
    first = verify((json.loads(entry), digest) for _, entry, digest in rows)
    found = min((index for index in (gap, first) if index is not None), default=None)
    return None if found is None else int(rows[found][0])


def chains(uow: UnitOfWork) -> list[tuple[str, int]]:
    """Every (subject, subject id) that has a chain."""
    return [(row[0], int(row[1])) for row in uow.rows("SELECT DISTINCT subject, subject_id FROM journal ORDER BY 1, 2")]
