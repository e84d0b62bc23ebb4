"""The other of the two whom the plan names for the chair (5.3.1 d), as the facts that procedure/ decides on."""

from collections.abc import Collection
from typing import Any

from procedure.meeting import DeputyFacts
from procedure.queue import Ranked
from storage.tables import Meeting, Plan, Turn


def other_chair(meeting: Meeting, plan: Plan) -> int | None:
    """Whoever of them does not hold the chair; None when the plan names one only."""
    named = (who for who in (plan.chair_id, plan.deputy_chair_id) if who not in (None, meeting.chair_id))
    return next(named, None)


def chair_facts(
    proposer: int, meeting: Meeting, plan: Plan, present: Collection[int], turn: Turn | None, queue: Collection[Ranked]
) -> dict[str, Any]:
    """`deputy`, `proposer_chairs`, and `proposer_present`: here, and not chairing with nobody there to take over."""
    other = other_chair(meeting, plan)
    chairs = proposer == meeting.chair_id
    deputy = None
    if other is not None:
        deputy = DeputyFacts(
            present=other in present,
            speaking=turn is not None and turn.person_id == other,
            waiting=any(ranked.hand.person_id == other for ranked in queue),
            lent=meeting.chair_lent,
        )
    relieved = deputy is not None and deputy.present
    here = proposer in present and (not chairs or relieved)
    return {"deputy": deputy, "proposer_chairs": chairs, "proposer_present": here}
