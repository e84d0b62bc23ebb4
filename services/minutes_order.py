"""Words removed and members muted, for the minutes (5.5.2 d, T28): what was removed stays in them."""

from collections.abc import Iterator
from typing import Final

from procedure.minuted_order import MemberMuted, WordsRemoved
from services.minutes_rows import Rows

_REMOVALS: Final = (
    "SELECT r.at, s.message_id, s.person_id, c.text, w.text, r.removed_at, s.album, s.content_id FROM removal r"
    " JOIN speech s ON s.id = r.speech_id LEFT JOIN content c ON c.id = s.content_id"
    " LEFT JOIN content w ON w.id = r.reason_id WHERE r.meeting_id = :id ORDER BY r.id"
)
_MUTES: Final = (
    "SELECT r.restricted_at, r.person_id, c.text, r.closed_at FROM restriction r JOIN content c ON c.id = r.reason_id"
    " WHERE r.meeting_id = :id AND r.restricted_at IS NOT NULL ORDER BY r.id"
)


def removals(rows: Rows) -> Iterator[WordsRemoved]:
    """Each message once, of an album its first part."""
    seen: set[str] = set()
    for at, message, who, text, reason, removed_at, album, content in rows.all(_REMOVALS):
        if album is None or album not in seen:
            label, said = rows.labels.get(who), "" if content is None else text
            yield WordsRemoved(rows.since(at), message, label, said, reason, rows.maybe(removed_at))
        seen.add(album or "")


def mutes(rows: Rows) -> Iterator[MemberMuted]:
    """Each mute that Telegram carried out."""
    for at, who, reason, lifted_at in rows.all(_MUTES):
        yield MemberMuted(rows.since(at), rows.labels.get(who), reason, rows.maybe(lifted_at))
