"""A version of the wording and its five minutes: posted by hand, or made by a vote on one of its items (5.7.2 a)."""

from datetime import datetime
from typing import Any

from procedure import wording as wording_rules
from services import motions
from services.act import SYSTEM
from services.board_facts import iso
from services.delivery import when_delivered
from services.messages import to_group
from services.sitting import Sitting, load
from services.timer_rows import set_timer
from storage.tables import Outbox, WordingVersion
from storage.work import UnitOfWork


def stored(wording: wording_rules.Wording) -> dict[str, Any]:
    """As the meeting's row keeps it."""
    return {
        "items": [
            {"number": item.number, "text": item.text, "implementer": item.implementer, "due": item.due.isoformat()}
            for item in wording.items
        ],
        "objections": wording.objections,
    }


def post(sitting: Sitting, wording: wording_rules.Wording, person_id: int, now: datetime, **why: Any) -> int:
    """The next version, to the group; the time to ask for a correction begins. ``why`` goes into the journal."""
    meeting = sitting.meeting
    meeting.wording = stored(wording)
    meeting.wording_version += 1
    meeting.wording_posted_at = now
    set_timer(sitting, "wording_end", meeting.wording_version, motions.wording_end(meeting))
    digest = wording_rules.digest(wording)
    sitting.keep(wording_rules.canonical(wording), person_id)
    sitting.note("wording_posted", now, by=person_id, version=meeting.wording_version, digest=digest, **why)
    _keep_version(sitting, person_id, digest, now)
    to_group(
        sitting,
        "wording_posted",
        now,
        key=meeting.wording_version,
        wording=meeting.wording,
        version=meeting.wording_version,
        corrections_until=iso(motions.wording_end(meeting)),
    )
    return meeting.wording_version


def _keep_version(sitting: Sitting, by: int, digest: str, now: datetime) -> None:
    """The minutes show how the opinion came about, every version of it."""
    meeting = sitting.meeting
    sitting.uow.add(
        WordingVersion(
            community_id=meeting.community_id,
            meeting_id=sitting.id,
            version=meeting.wording_version,
            wording=meeting.wording,
            digest=digest,
            posted_by=by,
            at=now,
        )
    )


@when_delivered("wording_posted")
def _wording_seen(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    meeting = sitting.meeting
    if meeting.wording_version != row.facts["version"] or meeting.wording_posted_at is None:
        return
    meeting.wording_posted_at = max(meeting.wording_posted_at, seen_at)
    set_timer(sitting, "wording_end", meeting.wording_version, motions.wording_end(meeting))
