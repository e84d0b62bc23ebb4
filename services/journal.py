"""Writing the record: one hash chain per topic or community, and the erasable words it points to."""

import hashlib
import json
import secrets
from collections import Counter
from datetime import datetime
from typing import Any, Final

from procedure.journal import GENESIS, canonical, link
from storage.types import to_micros
from storage.work import UnitOfWork

_COUNTED: Final = (
    (
        ("vote",),
        "SELECT COUNT(*) FROM vote_trail t JOIN motion o ON o.id = t.motion_id JOIN meeting m ON m.id = o.meeting_id"
        " WHERE m.topic_id = :id",
    ),
    (
        ("said", "edited", "room_speech", "read_out"),
        "SELECT COUNT(*) FROM speech s JOIN meeting m ON m.id = s.meeting_id WHERE m.topic_id = :id",
    ),
    (
        ("record_signed",),
        "SELECT COUNT(*) FROM document WHERE topic_id = :id AND kind = 'b3' AND signed_at IS NOT NULL",
    ),
)
"""Kinds of entry, and as how many rows they must be there."""


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
    """The number of the first entry of a chain that does not follow from the one before; None when it is whole.

    What stands beside an entry (number, instant, community) has to agree with it, too.
    """
    previous, community = GENESIS, None
    for place, row in enumerate(_chain(uow, subject, subject_id), start=1):
        number, at, of, written, stored = row
        entry = _read(written)
        agrees = (number, at, of) == (place, entry.get("at"), of if community is None else community)
        if not agrees or entry.get("n") != number or link(previous, entry) != stored:
            return int(number)
        previous, community = stored, of
    return None


def unlike(uow: UnitOfWork, *, topic_id: int) -> list[str]:
    """What a topic's journal and the rows it tells of do not agree on in number: hands, words, signatures.

    A chain that was cut off at its end is whole in itself; what was done after the cut still lies in its rows.
    """
    told = Counter(_read(row[3]).get("kind") for row in _chain(uow, "topic", topic_id))
    found = []
    for kinds, counting in _COUNTED:
        row = uow.one(counting, {"id": topic_id})
        if row is not None and sum(told[kind] for kind in kinds) != row[0]:
            found.append(kinds[0])
    return found


def _chain(uow: UnitOfWork, subject: str, subject_id: int) -> list[tuple[Any, ...]]:
    return uow.rows(
        "SELECT number, at, community_id, entry, hash FROM journal WHERE subject = :subject AND subject_id = :id"
        " ORDER BY number",
        {"subject": subject, "id": subject_id},
    )


def _read(written: str) -> dict[str, Any]:
    """The entry, {} for what is not in its one written form: nothing follows from that."""
    try:
        entry = json.loads(written)
        return entry if isinstance(entry, dict) and canonical(entry) == written else {}
    except (ValueError, TypeError):
        return {}


def chains(uow: UnitOfWork) -> list[tuple[str, int]]:
    """Every (subject, subject id) that has a chain."""
    return [(row[0], int(row[1])) for row in uow.rows("SELECT DISTINCT subject, subject_id FROM journal ORDER BY 1, 2")]
