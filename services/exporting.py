"""What one topic leaves, gathered for an archive outside the database (6): papers, minutes, journal, names of files."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services import minutes_file
from services.act import SYSTEM
from services.case import Case, peek
from services.files_coming import STORED
from services.taking_minutes import gather
from storage.tables import Document, File, Meeting, Topic
from storage.work import UnitOfWork

_FILES: Final = (
    "SELECT DISTINCT a.sha256, a.mime FROM attachment a JOIN speech s ON s.id = a.speech_id"
    " JOIN meeting m ON m.id = s.meeting_id WHERE m.topic_id = :id AND a.state = :state ORDER BY a.sha256"
)
_JOURNAL: Final = "SELECT entry, hash FROM journal WHERE subject = 'topic' AND subject_id = :id ORDER BY number"
CONTACT: Final = "b1"
"""The form that holds contact data: it stays sealed, its public copy is in the archive."""


class WhichTopicError(Exception):
    """No topic has the number, or topics of these communities have it."""

    def __init__(self, communities: list[int]) -> None:
        super().__init__(communities)
        self.communities = communities


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the archive: where it lies there, and its bytes."""

    place: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Archived:
    """``files``: (SHA-256, type) of what came with speeches, which lies outside the database.

    ``undrawn``: names of papers that nobody has been sent yet.
    """

    number: int
    title: str
    community: str
    at: datetime
    written: tuple[Written, ...]
    files: tuple[tuple[str, str | None], ...]
    undrawn: tuple[str, ...]


def archive(uow: UnitOfWork, *, number: int, community_id: int | None, now: datetime) -> Archived:
    """Everything of the topic with this number. Raises WhichTopicError unless there is exactly one."""
    within = {} if community_id is None else {"community_id": community_id}
    found = uow.all(Topic, order="community_id", number=number, **within)
    if len(found) != 1:
        raise WhichTopicError([row.community_id for row in found])
    case = peek(uow, found[0].id or 0, SYSTEM)
    papers = uow.all(Document, order="id", topic_id=case.id)
    drawn = [row for row in papers if row.sha256 and row.kind != CONTACT]
    return Archived(
        number=number,
        title=case.topic.title,
        community=case.community.name,
        at=now.astimezone(case.tz),
        written=(*_papers(uow, drawn), *_minutes(case, papers), _journal(case)),
        files=tuple((str(row[0]), row[1]) for row in uow.rows(_FILES, {"id": case.id, "state": STORED})),
        undrawn=tuple(f"{row.name}（{row.version}）" for row in papers if not row.sha256 and row.kind != CONTACT),
    )


def _papers(uow: UnitOfWork, drawn: Sequence[Document]) -> Iterator[Written]:
    for row in drawn:
        yield Written(f"papers/{row.id}-{row.version}-{row.name}", uow.must(File, row.sha256).body)


def _minutes(case: Case, papers: Sequence[Document]) -> Iterator[Written]:
    """For each meeting the file its last record names, and the minutes as they stand now where they say more."""
    for meeting in case.uow.all(Meeting, topic_id=case.id):
        if meeting.opened_at is None:
            continue
        records = [row for row in papers if row.kind == "b3" and row.meeting_id == meeting.id]
        named = records[-1].facts.get("minutes") if records else None
        kept = case.uow.get(File, named) if named else None
        if kept is not None:
            yield Written(f"minutes-{meeting.id}.json", kept.body)
        body = minutes_file.body(gather(case, meeting))
        if kept is None or kept.body != body:
            yield Written(f"so-far/minutes-{meeting.id}.json", body)


def _journal(case: Case) -> Written:
    lines = (
        json.dumps({"entry": json.loads(entry), "hash": digest}, ensure_ascii=False) + "\n"
        for entry, digest in case.uow.rows(_JOURNAL, {"id": case.id})
    )
    return Written("journal.jsonl", "".join(lines).encode())
