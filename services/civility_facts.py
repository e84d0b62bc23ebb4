"""What chair and supervisor see of flagged messages (5.5.2 e); everybody else sees nothing of them."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final

from procedure.civility import FLAGS_SHOWN, sentence
from procedure.errors import RuleBroken
from procedure.meeting import MeetingFacts
from procedure.roles import permit
from procedure.terms import LIVE, Standing
from services.messages import message_url
from services.sitting import Sitting
from storage.tables import CivilityFlag, Content, Speech

SEEN_BY: Final = frozenset({Standing.CHAIR, Standing.SUPERVISOR})
_OPEN: Final = (
    "SELECT MAX(f.id), COUNT(*) OVER () FROM civility_flag f JOIN speech s ON s.id = f.speech_id"
    " JOIN content c ON c.id = s.content_id WHERE f.meeting_id = :id AND f.sitting = :sitting AND f.state = 'open'"
    " AND c.text IS NOT NULL AND (s.person_id IS NULL OR s.person_id <> :viewer)"
    " GROUP BY s.chat_id, s.message_id ORDER BY 1 DESC LIMIT :most"
)


def on_console(
    sitting: Sitting, person_id: int, standings: AbstractSet[Standing], facts: MeetingFacts, now: datetime
) -> dict[str, Any]:
    """Open flags of this sitting, newest first and one for each message; nobody is shown their own words."""
    if SEEN_BY.isdisjoint(standings) or sitting.state not in LIVE:
        return {"flags": [], "flags_more": 0}
    where = {"id": sitting.id, "sitting": sitting.meeting.sitting, "viewer": person_id, "most": FLAGS_SHOWN}
    rows = sitting.uow.rows(_OPEN, where)
    acts = _may_act(standings, facts, now)
    return {
        "flags": [_shown(sitting, row[0], acts) for row in rows],
        "flags_more": rows[0][1] - len(rows) if rows else 0,
    }


def _may_act(standings: AbstractSet[Standing], facts: MeetingFacts, now: datetime) -> bool:
    try:
        permit("remind_civility", standings, facts, now)
    except RuleBroken:
        return False
    return True


def _shown(sitting: Sitting, flag_id: int, acts: bool) -> dict[str, Any]:
    flag = sitting.uow.must(CivilityFlag, flag_id)
    speech = sitting.uow.must(Speech, flag.speech_id)
    text = sitting.uow.must(Content, speech.content_id).text or ""
    first = sitting.uow.first(Speech, chat_id=speech.chat_id, message_id=speech.message_id, edit=0)
    return {
        "flag_id": flag.id,
        "label": sitting.label(speech.person_id) if speech.person_id else None,
        "kind": flag.kind,
        "sentence": sentence(text, flag.spans),
        "words": [text[start:end] for start, end in flag.spans],
        "url": message_url(speech.chat_id, speech.message_id),
        "speech_id": first.id if first is not None else None,
        "acts": acts,
    }
