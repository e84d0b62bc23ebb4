"""The minutes as a file: JSON, kept by its SHA-256, which stands in form B.3 and is signed with it (5.6.1 i, 5.6.3)."""

import hashlib
import json
from typing import Final

from procedure.minutes import Minutes, plain
from storage import files, outbox
from storage.tables import Outbox
from storage.work import UnitOfWork

MIME: Final = "application/json"
SO_FAR: Final = "application/json; so-far"
"""The type of a file that no record names: what somebody exported while the meeting sat."""


def body(minutes: Minutes) -> bytes:
    """UTF-8, keys in the order of docs/minutes.md: the same minutes, the same bytes."""
    return (json.dumps(plain(minutes), ensure_ascii=False, indent=1) + "\n").encode()


def name(minutes: Minutes) -> str:
    """What the file is called."""
    return f"{minutes.topic}号议题-会议记录.json"


def digest(minutes: Minutes) -> str:
    """The SHA-256 of the file."""
    return hashlib.sha256(body(minutes)).hexdigest()


def keep(uow: UnitOfWork, minutes: Minutes, community_id: int, *, mime: str = MIME) -> str:
    """Store the file; its SHA-256."""
    written = body(minutes)
    sha256 = hashlib.sha256(written).hexdigest()
    files.keep(uow, sha256=sha256, community_id=community_id, name=name(minutes), mime=mime, body=written)
    if mime == MIME:
        uow.raw("UPDATE file SET mime = :mime WHERE sha256 = :id AND mime <> :mime", {"mime": MIME, "id": sha256})
    return sha256


def forget(uow: UnitOfWork) -> int:
    """Drop what was exported while a meeting sat, once it is on nobody's way any more; how many files."""
    waiting = uow.all(Outbox, kind="minutes_file", state=(outbox.QUEUED, outbox.SENDING))
    needed = {row.facts["document"][0] for row in waiting}
    done = [row[0] for row in uow.rows("SELECT sha256 FROM file WHERE mime = :mime", {"mime": SO_FAR})]
    gone = [sha256 for sha256 in done if sha256 not in needed]
    for sha256 in gone:
        uow.raw("DELETE FROM file WHERE sha256 = :id", {"id": sha256})
    return len(gone)
