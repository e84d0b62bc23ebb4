"""The minutes as a file: JSON, kept by its SHA-256, which stands in form B.3 and is signed with it (5.6.1 i, 5.6.3)."""

import hashlib
import json
from typing import Final

from procedure.minutes import Minutes, plain
from storage import files
from storage.work import UnitOfWork

MIME: Final = "application/json"


def body(minutes: Minutes) -> bytes:
    """UTF-8, keys in the order of docs/minutes.md: the same minutes, the same bytes."""
    return (json.dumps(plain(minutes), ensure_ascii=False, indent=1) + "\n").encode()


def name(minutes: Minutes) -> str:
    """What the file is called."""
    return f"{minutes.topic}号议题-会议记录.json"


def digest(minutes: Minutes) -> str:
    """The SHA-256 of the file."""
    return hashlib.sha256(body(minutes)).hexdigest()


def keep(uow: UnitOfWork, minutes: Minutes, community_id: int) -> str:
    """Store the file; its SHA-256."""
    written = body(minutes)
    sha256 = hashlib.sha256(written).hexdigest()
    files.keep(uow, sha256=sha256, community_id=community_id, name=name(minutes), mime=MIME, body=written)
    return sha256
