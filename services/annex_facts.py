"""A matter of annex D as it is stored with its meeting: as the facts that procedure/ decides on, and as it is shown.

Stored: item, reason, by, raised_at, left (the state suspended), agreed (chair and adviser → person), refused, referred
(until when the joint meeting has time), outcome and why, over; besides `dismissed`, the items that this meeting need
not hear of again.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from procedure.calendar import end_of_day
from procedure.errors import RuleBroken
from procedure.meeting import AnnexFacts, MeetingFacts
from procedure.roles import permit
from procedure.terms import MeetingState, Standing

DISMISSED: Final = "dismissed"
DIVERTED: Final = "diverted"
_CONSOLES: Final = frozenset({Standing.CHAIR, Standing.ADVISER, Standing.SUPERVISOR})


def annex_facts(stored: Mapping[str, Any], tz: ZoneInfo) -> AnnexFacts | None:
    """The matter that stands in the way; None when none was raised, or the last one is over."""
    if not stored.get("item") or stored["over"]:
        return None
    raised_at = datetime.fromisoformat(stored["raised_at"])
    return AnnexFacts(
        left=MeetingState(stored["left"]),
        day_ends_at=end_of_day(raised_at.astimezone(tz).date(), tz),
        agreed=frozenset(Standing(role) for role in stored["agreed"]),
        referred=stored["referred"] is not None,
        dismissed=stored["outcome"] == DISMISSED,
    )


def shown(stored: Mapping[str, Any], state: MeetingState) -> dict[str, Any] | None:
    """What a suspended or diverted meeting's boards say of the matter."""
    if state not in (MeetingState.SUSPENDED, MeetingState.DIVERTED):
        return None
    kept = {name: stored[name] for name in ("item", "reason", "referred", "outcome", "why")}
    return kept | {"agreed": sorted(stored["agreed"])}


def may_raise(standings: AbstractSet[Standing], facts: MeetingFacts, now: datetime, *, present: bool) -> bool:
    """Whether this person may say now that the matter belongs to annex D."""
    try:
        permit("raise_annex", standings, facts, now)
    except RuleBroken:
        return False
    return present


def on_console(standings: AbstractSet[Standing]) -> bool:
    """Chair, adviser and supervisor have the button before them all the time; the others find it at home."""
    return not _CONSOLES.isdisjoint(standings)
