"""Counting, verdict and announcement (5.6.1 b and h, 5.7.2, 5.8)."""

from datetime import datetime

from procedure.items import outcome as item_outcome
from procedure.terms import MotionKind, MotionStage, Stance
from procedure.votes import Tally, rules_adopted, verdict
from services import board_facts, boards, item_facts, items, muting, recording, room_board
from services.act import Receipt
from services.delivery import enqueue_private
from services.messages import heading, to_group
from services.sitting import Sitting, meeting_action
from services.timer_rows import cancel
from storage.tables import Motion, Vote

LIVE_TIMERS = (
    "sitting_due",
    "sitting_missed",
    "turn_warning",
    "turn_end",
    "silence",
    "silence_end",
    "last_call_end",
    "list_closes",
    "call_ripe",
    "hands_unanswered",
)


@meeting_action("end_correction")
def end_correction(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """Correction time is over: count. One way for every vote; rules need more than half whatever they propose."""
    motion = sitting.motion
    assert motion is not None and motion.id is not None
    counted = board_facts.stance_counts(sitting, motion.id)
    tally = Tally(counted[Stance.FOR], counted[Stance.AGAINST], counted[Stance.ABSTAIN])
    motion.in_favour, motion.against, motion.abstain = tally.in_favour, tally.against, tally.abstain
    motion.stage, motion.decided_at = MotionStage.DECIDED.value, now
    item = motion.kind == MotionKind.ITEM
    motion.verdict = (item_outcome(tally) if item else verdict(tally, board_facts.threshold_of(motion))).value
    sitting.note(
        "vote_decided",
        now,
        motion=motion.id,
        in_favour=tally.in_favour,
        against=tally.against,
        abstain=tally.abstain,
        verdict=motion.verdict,
    )
    if motion.kind == MotionKind.RULES:
        sitting.meeting.rules_adopted = rules_adopted(tally)
        to_group(
            sitting,
            "rules_result",
            now,
            key=motion.id,
            adopted=sitting.meeting.rules_adopted,
            tally=board_facts.outcome(motion)["tally"],
            roster=motion.roster,
        )
    elif item:
        items.settle(sitting, motion, now)
    else:
        sitting.meeting.verdict = motion.verdict
    _receipts(sitting, motion, now)
    boards.renew(sitting, now, consoles=True)
    return Receipt("decided", {"verdict": motion.verdict})


def _receipts(sitting: Sitting, motion: Motion, now: datetime) -> None:
    """Everybody whose private chat is open is told which hand was counted for them."""
    trail = sitting.uow.rows(
        "SELECT person_id FROM vote_trail WHERE motion_id = :id GROUP BY person_id HAVING COUNT(*) > 1",
        {"id": motion.id},
    )
    changed = {row[0] for row in trail}
    for vote in sitting.uow.all(Vote, order="person_id", motion_id=motion.id):
        enqueue_private(
            sitting.uow,
            "vote_receipt",
            vote.person_id,
            heading(sitting)
            | {
                "topic_id": sitting.topic.id,
                "stance": vote.stance,
                "code": vote.code,
                "motion_kind": motion.kind,
                "item": item_facts.shown(motion),
                "changed": vote.person_id in changed,
                "room": vote.batch_id is not None,
                "label": sitting.label(vote.person_id),
            },
            unique_key=f"vote_receipt:{motion.id}:{vote.person_id}",
            now=now,
        )


@meeting_action("announce")
def announce(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """5.6.1 h: the chair announces; the verdict, its arithmetic and exactly the frozen text go out with a picture."""
    motion = sitting.motion
    assert motion is not None
    sitting.move("announce")
    meeting = sitting.meeting
    meeting.announced_at, meeting.live = now, False
    cancel(sitting, now, *LIVE_TIMERS)
    muting.lift_all(sitting, "end", now)
    outcome = board_facts.outcome(motion) | room_board.counted(sitting, motion)
    sitting.note("announced", now, by=person_id, motion=motion.id, verdict=motion.verdict, digest=motion.digest)
    told_by = recording.meeting_ended(sitting, now)
    facts = {
        "motion_id": motion.id,
        "result": outcome,
        "wording": motion.wording,
        "digest": motion.digest,
        "told_by": told_by.isoformat(),
        "photo": None,
    }
    to_group(sitting, "result", now, key=motion.id, **facts)
    to_group(sitting, "result_text", now, key=motion.id, **facts)
    boards.renew(sitting, now, consoles=True)
    return Receipt("announced", {"verdict": motion.verdict})
