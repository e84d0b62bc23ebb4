"""What is put to the vote: rules, single items and the wording on one engine (5.5.3, 5.6.1 b and g)."""

import hashlib
from datetime import date, datetime
from typing import Any

from procedure import wording as wording_rules
from procedure.journal import canonical
from procedure.meeting import wording_stands_at
from procedure.rules import to_json
from procedure.terms import Capacity, MeetingState, MotionKind, MotionStage
from procedure.votes import MAJORITY, Threshold, earliest_close
from services.messages import to_group
from services.sitting import Sitting
from services.timer_rows import set_timer
from storage.tables import Call, Meeting, Motion, Seat


def put(sitting: Sitting, kind: MotionKind, now: datetime, *, item: dict[str, Any] | None = None) -> Motion:
    """Put the present rules, the wording or this item of it; text, hash and ratio freeze at the first call."""
    threshold = sitting.rules.threshold if kind is MotionKind.MAIN else MAJORITY
    text = _text(sitting, kind) if item is None else item
    motion = sitting.uow.add(
        Motion(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            kind=kind.value,
            round=_before(sitting, kind, text) + 1,
            stage=MotionStage.PUT.value,
            wording=text,
            threshold=_plain(threshold),
        )
    )
    sitting.note("motion_put", now, motion=motion.id, motion_kind=kind.value, round=motion.round)
    return motion


def _before(sitting: Sitting, kind: MotionKind, text: dict[str, Any]) -> int:
    """How many votes there were on the same: the rules, the opinion, or this very item."""
    rows = sitting.uow.all(Motion, meeting_id=sitting.id, kind=kind.value)
    return sum(kind is not MotionKind.ITEM or same_question(row.wording, text) for row in rows)


def same_question(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two votes were on the same item and the same other text of it, whatever its number by then."""
    return all(one["item"][name] == other["item"][name] for name in ("text", "alternative"))


def freeze(sitting: Sitting, motion: Motion) -> None:
    """The first call: this text, this hash, this ratio and this roster, whatever is edited later."""
    if motion.kind != MotionKind.ITEM:
        motion.wording = _text(sitting, MotionKind(motion.kind))
    motion.digest = digest_of(motion)
    if motion.kind == MotionKind.MAIN:
        motion.threshold = _plain(sitting.rules.threshold)
    seats = [
        who
        for who, capacity in sitting.capacities.items()
        if capacity is Capacity.STAKEHOLDER and who in sitting.present
    ]
    motion.roster = len(seats)
    assert motion.id is not None
    for who in seats:
        sitting.uow.orm.add(Seat(motion_id=motion.id, person_id=who, community_id=sitting.meeting.community_id))
    sitting.uow.flush()


def digest_of(motion: Motion) -> str:
    """SHA-256 of the text that is voted on."""
    if motion.kind == MotionKind.MAIN:
        return wording_rules.digest(wording_of(motion.wording))
    return hashlib.sha256(canonical(motion.wording).encode()).hexdigest()


def wording_of(stored: dict[str, Any]) -> wording_rules.Wording:
    """The wording from its stored form."""
    items = tuple(
        wording_rules.Item(item["number"], item["text"], item["implementer"], date.fromisoformat(item["due"]))
        for item in stored["items"]
    )
    return wording_rules.Wording(items, stored["objections"])


def wording_end(meeting: Meeting) -> datetime:
    """When the 5 minutes to ask for a correction are over."""
    assert meeting.wording_posted_at is not None
    return wording_stands_at(meeting.wording_posted_at)


def show_rules(sitting: Sitting, motion: Motion, now: datetime, *, changed: tuple[str, ...]) -> None:
    """The chair publishes the rules that will run (5.6.1 b)."""
    to_group(
        sitting,
        "rules_shown",
        now,
        key=f"{motion.id}:{sitting.meeting.rules_id}",
        rules=to_json(sitting.rules),
        round=motion.round,
        changed=list(changed),
    )


def _text(sitting: Sitting, kind: MotionKind) -> dict[str, Any]:
    return to_json(sitting.rules) if kind is MotionKind.RULES else dict(sitting.meeting.wording)


def _plain(threshold: Threshold) -> dict[str, Any]:
    return {
        "numerator": threshold.numerator,
        "denominator": threshold.denominator,
        "or_above": threshold.or_above,
        "source": threshold.source,
    }


def ripe(motion: Motion) -> datetime:
    """When the running call may be closed: consoles offer the button from then on."""
    assert motion.call_opened_at is not None
    return earliest_close(motion.call_opened_at)


def call_seen(sitting: Sitting, seen_at: datetime) -> None:
    """A call's 60 s run from when the group first sees it; a board posted again changes nothing."""
    motion = sitting.motion
    stopped = sitting.state not in (MeetingState.RULES_VOTE, MeetingState.WORDING, MeetingState.MAIN_VOTE)
    if stopped or motion is None or motion.stage != MotionStage.CALLING or motion.call_opened_at is None:
        return
    call = sitting.uow.first(Call, motion_id=motion.id, stance=motion.calling)
    if call is None or call.seen_at is not None:
        return
    call.seen_at = seen_at
    if seen_at > motion.call_opened_at:
        motion.call_opened_at = seen_at
        assert motion.id is not None
        set_timer(sitting, "call_ripe", motion.id, ripe(motion))
