"""Whoever has not raised a hand yet is reminded: privately, once a call, and never by name in the group (our rule)."""

from datetime import datetime
from typing import Any

from procedure.errors import RuleBroken
from services import board_facts, boards, item_facts
from services.act import Receipt
from services.delivery import when_sending
from services.messages import to_group, to_person
from services.sitting import Sitting, meeting_action
from storage.tables import Motion, Outbox, Vote
from storage.work import UnitOfWork


@meeting_action("nudge_voters")
def nudge_voters(sitting: Sitting, person_id: int, *, motion_id: int, now: datetime) -> Receipt:
    """Those who have started the bot each get a message; the others one line in the group, without a name.

    Raises RuleBroken call_over for a button of another vote.
    """
    motion = sitting.motion
    if motion is None or motion.id != motion_id:
        raise RuleBroken("call_over", "5.5.3 b")
    silent = board_facts.not_voted(sitting)
    if not silent:
        return Receipt("nobody_missing")
    call = motion.calling or motion.stage
    facts: dict[str, Any] = {"motion_id": motion_id, "motion_kind": motion.kind, "calling": motion.calling}
    facts["item"] = item_facts.shown(motion)
    reached = [
        who
        for who in silent
        if to_person(
            sitting, "vote_nudge", who, now, key=f"{motion_id}:{call}", person=who, label=sitting.label(who), **facts
        )
    ]
    others = len(silent) - len(reached)
    if others:
        to_group(sitting, "vote_nudge_group", now, key=f"{motion_id}:{call}", count=len(silent), **facts)
    motion.nudged = call
    sitting.note("voters_nudged", now, by=person_id, motion=motion_id, call=call, count=len(reached), others=others)
    boards.touch_consoles(sitting.uow, sitting.id)
    return Receipt("voters_nudged", {"count": len(reached), "others": others})


@when_sending("vote_nudge")
def _still_missing(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    voted = uow.count(Vote, motion_id=row.facts["motion_id"], person_id=row.facts["person"])
    return not voted and _same_call(uow, row, now)


@when_sending("vote_nudge_group")
def _same_call(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    motion = uow.must(Motion, row.facts["motion_id"])
    running = motion.stage in ("calling", "correcting")
    return running and motion.voided_at is None and motion.calling == row.facts["calling"]
