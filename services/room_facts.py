"""The room of a hybrid meeting, gathered for the rules and for what boards show (table 3, 6)."""

from collections.abc import Mapping
from typing import Final

from procedure.meeting import RoomFacts
from procedure.plan import Mode
from procedure.terms import BatchState, MotionStage, Post, Standing
from storage.tables import Motion, Person, Plan, RoomBatch
from storage.work import UnitOfWork

VIA_ROOM: Final = "room"
_NEVER: Final = frozenset({Standing.CHAIR, Standing.RECORDER, Standing.SUPERVISOR})
_RUNNING: Final = (MotionStage.CALLING, MotionStage.CORRECTING)


def is_hybrid(plan: Plan) -> bool:
    """Whether there is a room besides the group."""
    return plan.mode == Mode.HYBRID


def seconds(plan: Plan, holders: Mapping[tuple[str, bool], int]) -> list[int]:
    """Who may confirm entered hands: the second official the plan names; for an adviser the deputy too."""
    named = plan.second_official_id
    if named is None or not is_hybrid(plan):
        return []
    deputy = holders.get((Post.ADVISER, True)) if holders.get((Post.ADVISER, False)) == named else None
    return [who for who in (named, deputy) if who is not None]


def confirms(found: set[Standing], person_id: int, plan: Plan, holders: Mapping[tuple[str, bool], int]) -> bool:
    """Whether this person is the second official now; whoever chairs, records or supervises is not (our rule)."""
    return person_id in seconds(plan, holders) and _NEVER.isdisjoint(found)


def running(motion: Motion | None) -> bool:
    """Whether hands may be raised on it: called or being corrected."""
    return motion is not None and motion.stage in _RUNNING


def waiting(uow: UnitOfWork, motion: Motion | None) -> list[RoomBatch]:
    """Entered hands of the running vote that nobody has confirmed, oldest first."""
    if motion is None or not running(motion):
        return []
    return list(uow.all(RoomBatch, motion_id=motion.id, state=BatchState.WAITING.value))


def gather(
    uow: UnitOfWork, plan: Plan, motion: Motion | None, speaker_id: int | None, seats: Mapping[int, int]
) -> RoomFacts | None:
    """What the rules want to know of the room; None without one."""
    if not is_hybrid(plan):
        return None
    batches = waiting(uow, motion)
    official = uow.get(Person, plan.second_official_id) if plan.second_official_id is not None else None
    return RoomFacts(
        seated=len(seats),
        batches=len(batches),
        waiting_since=batches[0].entered_at if batches else None,
        second_official=official.label if official is not None else "",
        speaking=speaker_id in seats,
    )
