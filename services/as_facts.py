"""Stored rows as the facts that procedure/ decides on."""

from procedure.meeting import MotionFacts, TurnFacts
from procedure.terms import MotionKind, MotionStage, Stance, TurnKind
from storage.tables import Motion, Turn


def motion_facts(motion: Motion | None) -> MotionFacts | None:
    """The vote under way or last held."""
    if motion is None:
        return None
    return MotionFacts(
        kind=MotionKind(motion.kind),
        stage=MotionStage(motion.stage),
        calling=Stance(motion.calling) if motion.calling else None,
        calls_done=motion.calls_done,
        call_opened_at=motion.call_opened_at,
        correction_until=motion.correction_until,
    )


def turn_facts(turn: Turn | None) -> TurnFacts | None:
    """The turn that has the floor."""
    if turn is None:
        return None
    return TurnFacts(turn.person_id, TurnKind(turn.kind), turn.starts_at is not None, turn.ends_at)
