"""Three called hand votes and their correction time (5.5.3 b and c)."""

import secrets
from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts, MotionFacts, item_pending
from procedure.roles import permit
from procedure.terms import MeetingState, MotionKind, MotionStage, Stance, Standing
from procedure.votes import accept_hand, correction_until, next_call
from services import boards, item_facts, journal, motions
from services.act import Actor, Receipt
from services.messages import to_group
from services.sitting import Sitting, meeting_action
from services.timer_rows import set_timer
from storage.tables import Call, Motion
from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

_LOOK: Final = (
    "SELECT m.state, m.community_id, m.topic_id, m.scheduled_at, mo.kind, mo.stage, mo.calling, mo.correction_until,"
    " m.stopped_at, p.id, pt.capacity, s.person_id, v.stance, v.batch_id"
    " FROM meeting m JOIN motion mo ON mo.meeting_id = m.id AND mo.id = :motion"
    " LEFT JOIN person p ON p.account_id = :account AND p.community_id = m.community_id"
    " LEFT JOIN participant pt ON pt.plan_id = m.plan_id AND pt.person_id = p.id"
    " LEFT JOIN seat s ON s.motion_id = mo.id AND s.person_id = p.id"
    " LEFT JOIN vote v ON v.motion_id = mo.id AND v.person_id = p.id"
    " WHERE m.id = :meeting"
)
_LOCK: Final = "SELECT t.id FROM topic t JOIN meeting m ON m.topic_id = t.id WHERE m.id = :meeting FOR UPDATE OF t"
_STORE: Final = (
    "INSERT INTO vote (motion_id, person_id, community_id, stance, code, batch_id, at)"
    " VALUES (:motion, :person, :community, :stance, :code, :batch, :at) ON CONFLICT (motion_id, person_id)"
    " DO UPDATE SET stance = excluded.stance, code = excluded.code, batch_id = excluded.batch_id, at = excluded.at"
)
_TRAIL: Final = (
    "INSERT INTO vote_trail (community_id, motion_id, person_id, stance, batch_id, at)"
    " VALUES (:community, :motion, :person, :stance, :batch, :at)"
)


def cast_vote(uow: UnitOfWork, actor: Actor, *, meeting_id: int, motion_id: int, stance: str, now: datetime) -> Receipt:
    """One hand of one stakeholder, durable before the toast. Driver-level SQL: this is the hottest path there is.

    Raises RuleBroken vote_not_open, not_in_community, which_person, meeting_stopped, not_your_role, and what
    accept_hand raises.
    """
    where = {"meeting": meeting_id, "motion": motion_id, "account": actor.account_id}
    if not uow.sqlite:
        uow.raw(_LOCK, where)
    found = uow.rows(_LOOK, where)
    if not found:
        raise RuleBroken("vote_not_open", "5.5.3 b")
    if len(found) > 1:
        raise RuleBroken("which_person", OUR_RULE)
    state, community, topic, scheduled, kind, stage, calling, until, stopped, person, capacity, seat, has, batch = (
        found[0]
    )
    if person is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    if stopped is not None:
        raise RuleBroken("meeting_stopped", "5.6.4")
    motion = MotionFacts(MotionKind(kind), MotionStage(stage), Stance(calling) if calling else None)
    facts = MeetingFacts(state=MeetingState(state), scheduled_at=from_micros(scheduled), motion=motion)
    permit("cast_vote", {Standing(capacity)} if capacity else {Standing.RESIDENT}, facts, now)
    at = to_micros(now)
    if motion.stage is MotionStage.CORRECTING and until is not None and at >= until:
        raise RuleBroken("vote_not_open", "5.5.3 b")
    wish = stance_of(stance)
    before = Stance(has) if has else None
    entered = batch is not None
    if before is wish and not entered:
        return Receipt("vote_same", {"stance": wish.value, "code": _code(uow, motion_id, person)})
    accept_hand(motion.stage, motion.calling, wish, on_roster=seat is not None, has=before, entered=entered)
    code = store(uow, motion_id, person, wish, community, topic, now)
    boards.touch(uow, meeting_id)
    told = {"entered": True} if entered else {}
    return Receipt("vote_counted", {"stance": wish.value, "code": code, "changed": before is not None} | told)


def store(
    uow: UnitOfWork,
    motion_id: int,
    person_id: int,
    stance: Stance,
    community: int,
    topic: int,
    now: datetime,
    *,
    batch_id: int | None = None,
) -> str:
    """Count this hand in place of any before, and keep both in the trail; the code of its receipt.

    ``batch_id``: it was raised in the room.
    """
    code = f"{secrets.randbelow(10_000):04d}"
    hand: dict[str, Any] = {"motion": motion_id, "person": person_id, "stance": stance.value, "code": code}
    row = hand | {"community": community, "at": to_micros(now), "batch": batch_id}
    uow.raw(_STORE, row)
    uow.raw(_TRAIL, row)
    known = hand | ({} if batch_id is None else {"batch": batch_id})
    journal.record(uow, "vote", community_id=community, subject_id=topic, now=now, **known)
    return code


def _code(uow: UnitOfWork, motion_id: int, person_id: int) -> str:
    row = uow.one(
        "SELECT code FROM vote WHERE motion_id = :motion AND person_id = :person",
        {"motion": motion_id, "person": person_id},
    )
    return str(row[0]) if row else ""


def stance_of(stance: str) -> Stance:
    """The stance of a tap. Raises RuleBroken no_such_stance."""
    try:
        return Stance(stance)
    except ValueError as error:
        raise RuleBroken("no_such_stance", "5.5.3 b") from error


@meeting_action("open_call")
def open_call(sitting: Sitting, person_id: int, *, motion_id: int, now: datetime) -> Receipt:
    """The first call of what is put. motion_id 0 puts the wording to the main vote."""
    motion = sitting.motion
    if sitting.state is MeetingState.WORDING and motion_id == 0 and not item_pending(sitting.facts().motion):
        motion = motions.put(sitting, MotionKind.MAIN, now)
    elif motion is None or motion.id != motion_id or motion.stage != MotionStage.PUT:
        raise RuleBroken("vote_not_open", "5.5.3 b")
    sitting.move("open_call")
    return start(sitting, motion, person_id, now)


def start(sitting: Sitting, motion: Motion, person_id: int, now: datetime) -> Receipt:
    """Text, hash, ratio and roster freeze; that the vote is named is said before the first hand is called."""
    motions.freeze(sitting, motion)
    sitting.note("vote_frozen", now, by=person_id, motion=motion.id, roster=motion.roster, digest=motion.digest)
    assert motion.digest is not None
    to_group(
        sitting,
        "vote_starts",
        now,
        key=motion.id,
        motion_kind=motion.kind,
        roster=motion.roster,
        named=True,
        wording=motion.wording if motion.kind == MotionKind.MAIN else None,
        item=item_facts.shown(motion),
        digest8=motion.digest[:8],
    )
    _call_next(sitting, motion, now)
    return Receipt("call_opened", {"calling": motion.calling})


@meeting_action("close_call")
def close_call(sitting: Sitting, person_id: int, *, motion_id: int, calling: str, now: datetime) -> Receipt:
    """Close this call and open the next; after the third, correction time. Raises RuleBroken call_over when stale."""
    motion = sitting.motion
    if motion is None or motion.id != motion_id or motion.calling != calling:
        raise RuleBroken("call_over", "5.5.3 b")
    call = sitting.uow.first(Call, motion_id=motion_id, stance=calling)
    assert call is not None
    call.closed_at = now
    motion.calls_done += 1
    sitting.note("call_closed", now, by=person_id, motion=motion_id, stance=calling)
    if next_call(motion.calls_done) is not None:
        _call_next(sitting, motion, now)
        return Receipt("call_closed", {"calling": motion.calling})
    motion.stage, motion.calling = MotionStage.CORRECTING.value, None
    motion.correction_until = correction_until(now)
    set_timer(sitting, "correction_end", motion_id, motion.correction_until)
    boards.renew(sitting, now)
    return Receipt("call_closed", {"calling": None})


@meeting_action("put_again")
def put_again(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Nobody voted: the same wording is put once more, to a fresh roster."""
    sitting.meeting.verdict = None
    motion = motions.put(sitting, MotionKind.MAIN, now)
    sitting.note("put_again", now, by=person_id, motion=motion.id, round=motion.round)
    boards.renew(sitting, now, consoles=True)
    return Receipt("put_again")


def _call_next(sitting: Sitting, motion: Motion, now: datetime) -> None:
    stance = next_call(motion.calls_done)
    assert stance is not None and motion.id is not None
    motion.stage, motion.calling, motion.call_opened_at = MotionStage.CALLING.value, stance.value, now
    sitting.uow.add(
        Call(community_id=sitting.meeting.community_id, motion_id=motion.id, stance=stance.value, opened_at=now)
    )
    sitting.note("call_opened", now, motion=motion.id, stance=stance.value)
    set_timer(sitting, "call_ripe", motion.id, motions.ripe(motion))
    boards.renew(sitting, now, consoles=motion.calls_done == 0)
