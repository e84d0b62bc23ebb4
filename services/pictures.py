"""Pictures that go with messages: drawn once outside the transaction, kept by hash, sent byte-identical ever after."""

import hashlib
from datetime import datetime
from threading import Lock
from typing import Any, Final

from services import journal
from services.act import Actor, Receipt
from services.documents import chart
from storage import files
from storage.tables import Meeting, Outbox
from storage.work import UnitOfWork

_DRAWING: Final = Lock()
"""matplotlib is not made for several threads; two results at once are rare and wait for each other."""


def missing(kind: str, facts: dict[str, Any]) -> bool:
    """Whether this message still wants its picture drawn."""
    return kind == "result" and facts.get("photo") is None


def draw(facts: dict[str, Any]) -> bytes:
    """The picture as PNG; takes a second the first time, so never inside a transaction or on the event loop."""
    with _DRAWING:
        return chart.result_png(facts["topic"]["title"], facts["result"])


def attach(uow: UnitOfWork, actor: Actor, *, outbox_id: int, body: bytes, now: datetime) -> Receipt:
    """Keep the picture and tie it to its message; the first one drawn stays."""
    row = uow.must(Outbox, outbox_id)
    kept = row.facts.get("photo")
    if kept is not None:
        return Receipt("attached", {"photo": kept})
    digest = hashlib.sha256(body).hexdigest()
    meeting = uow.must(Meeting, row.subject_id)
    community_id = meeting.community_id
    files.keep(uow, sha256=digest, community_id=community_id, name="result.png", mime="image/png", body=body)
    row.facts = row.facts | {"photo": digest}
    journal.record(
        uow,
        "picture_issued",
        community_id=community_id,
        subject_id=meeting.topic_id,
        now=now,
        meeting=meeting.id,
        sha256=digest,
    )
    return Receipt("attached", {"photo": digest})
