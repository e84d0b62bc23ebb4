"""What boards and consoles show of the room of a hybrid meeting (table 3, 6)."""

from collections.abc import Mapping
from typing import Any

from services import room_facts
from services.sitting import Sitting
from storage.tables import Motion


def shown(sitting: Sitting) -> dict[str, Any] | None:
    """How many are there, and how many of their hands count or wait for the second official; None without a room."""
    if not room_facts.is_hybrid(sitting.plan):
        return None
    motion = sitting.motion
    batches = room_facts.waiting(sitting.uow, motion)
    return {
        "seated": len(sitting.seats),
        "hands": _hands(sitting, motion) if room_facts.running(motion) else 0,
        "waiting": sum(len(batch.hands["seats"]) for batch in batches),
    }


def counted(sitting: Sitting, motion: Motion) -> dict[str, int]:
    """Besides a vote's figures: how many of its hands were raised in the room; nothing without one."""
    return {"room": _hands(sitting, motion)} if room_facts.is_hybrid(sitting.plan) else {}


def _hands(sitting: Sitting, motion: Motion | None) -> int:
    row = sitting.uow.one(
        "SELECT COUNT(*) FROM vote WHERE motion_id = :id AND batch_id IS NOT NULL",
        {"id": motion.id if motion is not None else None},
    )
    return int(row[0]) if row is not None else 0


def console(sitting: Sitting, labels: Mapping[int, str]) -> dict[str, Any]:
    """Who sits where, hands to speak that the recorder entered, and batches nobody has confirmed yet."""
    if not room_facts.is_hybrid(sitting.plan):
        return {"seats": [], "room_hands": [], "batches": []}
    raised = sitting.uow.rows(
        "SELECT id, person_id FROM hand WHERE meeting_id = :id AND state IN ('open', 'skipped')"
        " AND entered_by IS NOT NULL ORDER BY id",
        {"id": sitting.id},
    )
    return {
        "seats": [[seat, labels[who]] for seat, who in sorted((seat, who) for who, seat in sitting.seats.items())],
        "room_hands": [{"hand_id": row[0], "label": labels[row[1]]} for row in raised],
        "batches": [
            {
                "id": batch.id,
                "stance": batch.stance,
                "hands": [[seat, labels[who]] for seat, who in batch.hands["seats"]],
            }
            for batch in room_facts.waiting(sitting.uow, sitting.motion)
        ],
    }
