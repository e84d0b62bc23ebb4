"""What boards and consoles show of the order of a meeting: words removed from the group, members muted (5.5.2 d)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Final

from procedure.terms import Standing
from services.sitting import Sitting
from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

EXCERPT: Final = 40
LISTED: Final = 8
REASONS: Final = 3
OFFERED_FOR: Final = timedelta(hours=1)
"""What was said longer ago than this is past mending by taking it away."""
_REMOVED: Final = (
    "SELECT COALESCE(SUM(CASE WHEN s.album IS NULL THEN 1 ELSE 0 END), 0) + COUNT(DISTINCT s.album)"
    " FROM removal r JOIN speech s ON s.id = r.speech_id WHERE r.meeting_id = :id AND r.removed_at IS NOT NULL"
)
_REASONS: Final = (
    "SELECT s.person_id, c.text FROM removal r JOIN speech s ON s.id = r.speech_id JOIN content c ON c.id = r.reason_id"
    " WHERE r.meeting_id = :id AND r.ordered_by IS NOT NULL AND r.id IN (SELECT MIN(o.id) FROM removal o"
    " WHERE o.meeting_id = :id GROUP BY o.reason_id) ORDER BY r.id DESC LIMIT :most"
)
_OUTSPOKEN: Final = (
    "SELECT s.id, s.person_id, s.account_id, c.text, r.id, s.album FROM speech s"
    " LEFT JOIN content c ON c.id = s.content_id LEFT JOIN removal r ON r.speech_id = s.id"
    " WHERE s.meeting_id = :id AND s.edit = 0 AND s.sent_at > :since"
    " AND s.standing IN ('interruption', 'stopped') ORDER BY s.id DESC LIMIT :most"
)
_MUTED: Final = (
    "SELECT id, person_id, state, ends_at, minutes FROM restriction WHERE meeting_id = :id AND closed_at IS NULL"
    " ORDER BY id"
)
Labels = Mapping[int, str]


def removed(uow: UnitOfWork, meeting_id: int) -> int:
    """How many messages Telegram has taken out of the group, an album counted once."""
    row = uow.one(_REMOVED, {"id": meeting_id})
    return 0 if row is None else int(row[0])


def shown(sitting: Sitting) -> dict[str, Any]:
    """For everybody: how many of the words out of turn are no longer to be seen."""
    return {"removed": removed(sitting.uow, sitting.id) if sitting.meeting.interruptions else 0}


def console(sitting: Sitting, standings: AbstractSet[Standing], labels: Labels, now: datetime) -> dict[str, Any]:
    """The chair: what may be removed, who may be muted; chair and supervisor: who is muted; the supervisor: why."""
    chair, supervisor = Standing.CHAIR in standings, Standing.SUPERVISOR in standings
    spoken = bool(sitting.meeting.interruptions)
    return {
        "outspoken": _outspoken(sitting, labels, now) if chair and spoken else [],
        "muted": _muted(sitting, labels) if (chair or supervisor) and sitting.meeting.muted else [],
        "removals": _reasons(sitting, labels) if supervisor and spoken else [],
    }


def _outspoken(sitting: Sitting, labels: Labels, now: datetime) -> list[dict[str, Any]]:
    """Newest first, an album as its last part; ``first``: the newest of this account."""
    given = {"id": sitting.id, "since": to_micros(now - OFFERED_FOR), "most": 4 * LISTED}
    found: list[dict[str, Any]] = []
    albums: set[str] = set()
    accounts: set[int] = set()
    for speech_id, who, account, text, removal, album in sitting.uow.rows(_OUTSPOKEN, given):
        if album is not None and album in albums:
            continue
        albums.add(album or "")
        row = {"speech_id": speech_id, "label": labels.get(who), "excerpt": (text or "")[:EXCERPT]}
        found.append(row | {"removed": removal is not None, "first": account not in accounts})
        accounts.add(account)
    return found


def _muted(sitting: Sitting, labels: Labels) -> list[dict[str, Any]]:
    return [
        {
            "restriction_id": row[0],
            "label": labels.get(row[1]),
            "state": row[2],
            "ends_at": from_micros(row[3]).isoformat() if row[4] is not None else None,
        }
        for row in sitting.uow.rows(_MUTED, {"id": sitting.id})
    ]


def _reasons(sitting: Sitting, labels: Labels) -> list[dict[str, Any]]:
    rows = sitting.uow.rows(_REASONS, {"id": sitting.id, "most": REASONS})
    return [{"label": labels.get(row[0]), "why": row[1] or ""} for row in rows]
