"""What boards and consoles show of the floor beyond turn and queue: points of order, files, words to be read out."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final

from procedure.terms import MeetingState, Standing
from services import expert_facts, fact_sheet_rows, order_facts
from services.sitting import Sitting
from services.standing_rows import begins_at, given
from services.unsummed import unsummed

EXCERPT: Final = 60
LISTED: Final = 5
_OPEN_POINTS: Final = (
    "SELECT p.id, p.person_id, c.text FROM point_of_order p JOIN content c ON c.id = p.content_id"
    " WHERE p.meeting_id = :id AND p.decided_at IS NULL ORDER BY p.id"
)
_BORROWED: Final = (
    "SELECT s.id, s.person_id, c.text FROM speech s JOIN turn t ON t.id = s.turn_id"
    " LEFT JOIN content c ON c.id = s.content_id WHERE s.meeting_id = :id AND s.standing = 'borrowed' AND s.edit = 0"
    " AND (t.counted OR t.ended_at IS NULL OR t.kind = 'answer') ORDER BY s.id DESC LIMIT :most"
)
_READINGS: Final = (
    "SELECT r.id, r.person_id, c.text FROM reading r JOIN content c ON c.id = r.content_id"
    " WHERE r.meeting_id = :id AND r.read_at IS NULL AND r.withdrawn_at IS NULL ORDER BY r.id"
)
Labels = Mapping[int, str]


def shown(sitting: Sitting) -> dict[str, Any]:
    """For everybody: points of order that wait, and when the next begins by themselves."""
    begins = begins_at(sitting)
    return {
        "points_open": sitting.meeting.points_open,
        "standing": given(sitting) and sitting.state is MeetingState.DISCUSSION,
        "next_starts_at": begins.isoformat() if begins is not None else None,
        **order_facts.shown(sitting),
        **expert_facts.shown(sitting),
    }


def console(sitting: Sitting, standings: AbstractSet[Standing], labels: Labels, now: datetime) -> dict[str, Any]:
    """For the chair what waits for their word, for the recorder what waits for their hand."""
    chair, recorder = Standing.CHAIR in standings, Standing.RECORDER in standings
    return {
        "points": open_points(sitting, labels) if chair else [],
        "borrowed": _borrowed(sitting, labels) if chair else [],
        "hindered": _hindered(sitting, labels) if chair else None,
        "readings": _readings(sitting, labels) if recorder else [],
        "voices": voices(sitting, labels) if recorder else [],
        **order_facts.console(sitting, standings, labels, now),
        "fact_sheet_readers": fact_sheet_rows.on_console(sitting) if chair else None,
        **expert_facts.console(sitting, standings, labels),
    }


def open_points(sitting: Sitting, labels: Labels) -> list[dict[str, Any]]:
    """Points of order without an answer."""
    if not sitting.meeting.points_open:
        return []
    return [_said(row, labels, "point_id") for row in sitting.uow.rows(_OPEN_POINTS, {"id": sitting.id})]


def voices(sitting: Sitting, labels: Labels) -> list[dict[str, Any]]:
    """Voice notes that want a line in writing."""
    return [
        {"speech_id": row.id, "label": labels.get(row.person_id or 0), "at": row.sent_at.isoformat()}
        for row in unsummed(sitting.uow, sitting.id)
    ]


def _borrowed(sitting: Sitting, labels: Labels) -> list[dict[str, Any]]:
    if sitting.state not in (MeetingState.OPEN, MeetingState.DISCUSSION, MeetingState.EXPERT_ANSWERS):
        return []
    rows = sitting.uow.rows(_BORROWED, {"id": sitting.id, "most": LISTED})
    return [_said(row, labels, "speech_id") for row in rows]


def _readings(sitting: Sitting, labels: Labels) -> list[dict[str, Any]]:
    turn = sitting.turn
    rows = sitting.uow.rows(_READINGS, {"id": sitting.id})
    return [_said(row, labels, "reading_id") | {"now": turn is not None and turn.person_id == row[1]} for row in rows]


def _hindered(sitting: Sitting, labels: Labels) -> dict[str, Any] | None:
    rows = sitting.uow.rows(
        "SELECT t.id, t.person_id, h.how FROM turn t JOIN hindrance h ON h.meeting_id = t.meeting_id"
        " AND h.person_id = t.person_id WHERE t.meeting_id = :id AND t.ended_at IS NULL",
        {"id": sitting.id},
    )
    return {"turn_id": rows[0][0], "label": labels.get(rows[0][1]), "how": rows[0][2]} if rows else None


def _said(row: tuple[Any, ...], labels: Labels, name: str) -> dict[str, Any]:
    return {name: row[0], "label": labels.get(row[1]), "excerpt": (row[2] or "")[:EXCERPT]}
