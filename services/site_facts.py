"""What the chair's console shows of the people in the group: who speaks out of turn, channels, possible doubles, whom
the bot cannot reach.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Final

from procedure.doubles import Entry, doubles
from procedure.terms import Capacity, MeetingState, Standing
from services.sitting import Sitting
from storage.tables import SenderChannel
from storage.types import to_micros

LISTED: Final = 3
INTERRUPTERS: Final = 3
INTERRUPTERS_FOR: Final = timedelta(minutes=5)
"""What was said longer ago than this needs no stopping any more."""
DOUBLES_LISTED: Final = 6
UNREACHED_LISTED: Final = 20
_BEFORE_A_VOTE: Final = (MeetingState.CHECK_IN, MeetingState.WORDING)
_LISTED: Final = (
    "SELECT p.id, p.name, p.household, p.account_id, x.capacity FROM participant x JOIN person p ON p.id = x.person_id"
    " WHERE x.plan_id = :plan ORDER BY p.id"
)
_UNREACHED: Final = (
    "SELECT p.id FROM participant x JOIN person p ON p.id = x.person_id LEFT JOIN account a ON a.id = p.account_id"
    " WHERE x.plan_id = :plan AND (a.id IS NULL OR a.started_at IS NULL OR a.unreachable_at IS NOT NULL) ORDER BY p.id"
)


def on_console(sitting: Sitting, standings: AbstractSet[Standing], labels: Mapping[int, str]) -> dict[str, Any]:
    """For the chair only: channels that were written as, the newest first; before a vote what to look at once more."""
    if Standing.CHAIR not in standings:
        return {"channels": [], "doubles": [], "unreached": []}
    rows = sitting.uow.all(SenderChannel, order="-id", meeting_id=sitting.id, shut_out_at=None)
    facts: dict[str, Any] = {"channels": [{"id": row.id, "title": row.title} for row in rows[:LISTED]]}
    before = sitting.state in _BEFORE_A_VOTE
    found = twice(sitting, labels) if before else []
    missed = [labels[who] for who in unreached(sitting)] if sitting.state is MeetingState.CHECK_IN else []
    return facts | {
        "doubles": found[:DOUBLES_LISTED],
        "doubles_more": max(0, len(found) - DOUBLES_LISTED),
        "unreached": missed[:UNREACHED_LISTED],
        "unreached_more": max(0, len(missed) - UNREACHED_LISTED),
    }


def twice(sitting: Sitting, labels: Mapping[int, str]) -> list[dict[str, Any]]:
    """Stakeholders of the plan who may be one household or one person, as the console lists them."""
    rows = sitting.uow.rows(_LISTED, {"plan": sitting.plan.id})
    entries = [Entry(row[0], row[1], row[2], row[3]) for row in rows if row[4] == Capacity.STAKEHOLDER]
    return [
        {"alike": one.alike.value, "labels": [labels[who] for who in one.persons if who in labels]}
        for one in doubles(entries)
    ]


def unreached(sitting: Sitting) -> list[int]:
    """Listed people whose private chat is closed to the bot: never started, or blocked since."""
    return [row[0] for row in sitting.uow.rows(_UNREACHED, {"plan": sitting.plan.id})]


def interrupters(sitting: Sitting, labels: Mapping[int, str], now: datetime) -> list[dict[str, Any]]:
    """Who spoke out of turn last, by when it was said: in a flood the last one logged is seldom the last who spoke.

    Each with their last words; who was asked to stop since is not among them."""
    rows = sitting.uow.rows(
        "SELECT s.id, s.person_id, c.text FROM speech s LEFT JOIN content c ON c.id = s.content_id"
        " WHERE s.standing = 'interruption' AND s.id IN (SELECT max(id) FROM speech WHERE meeting_id = :id AND edit = 0"
        " AND standing IN ('interruption', 'stopped') AND sent_at > :since GROUP BY person_id, account_id, channel_id)"
        " ORDER BY s.sent_at DESC, s.message_id DESC LIMIT :most",
        {"id": sitting.id, "most": INTERRUPTERS, "since": to_micros(now - INTERRUPTERS_FOR)},
    )
    return [{"speech_id": row[0], "label": labels.get(row[1]), "excerpt": (row[2] or "")[:40]} for row in rows]
