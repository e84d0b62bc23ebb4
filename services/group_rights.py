"""Telegram says what the bot may do in a group: strict rules, mutes and what is left of them follow (T24, T42)."""

from datetime import datetime

from procedure.floor import GroupPowers, in_force
from procedure.mutes import MuteState
from procedure.terms import FloorMode
from services import boards, powers
from services.act import SYSTEM, Actor, Receipt
from services.messages import to_person
from services.mute_rows import lift, open_rows
from services.mute_steps import by_hand
from services.sitting import Sitting, load
from storage.tables import Group
from storage.work import UnitOfWork


def seen(uow: UnitOfWork, actor: Actor, *, chat_id: int, may_delete: bool, may_mute: bool, now: datetime) -> Receipt:
    """The bot's rights in this group, as of now. In one that is not bound they mean nothing yet."""
    group = uow.first(Group, chat_id=chat_id)
    if group is None:
        return Receipt("nothing_to_do")
    before = powers.of(uow, chat_id)
    group.may_delete, group.may_mute = may_delete, may_mute
    uow.flush()
    after = powers.of(uow, chat_id)
    for (meeting_id,) in uow.rows(
        "SELECT id FROM meeting WHERE chat_id = :chat AND (live OR muted > 0) ORDER BY id", {"chat": chat_id}
    ):
        sitting = load(uow, meeting_id, SYSTEM)
        _floor(sitting, before, after, now)
        _mutes(sitting, may_mute, now)
    return Receipt("noted")


def may_not_delete(uow: UnitOfWork, chat_id: int, now: datetime) -> None:
    """Telegram refused to delete a message of this group."""
    known = powers.of(uow, chat_id)
    seen(uow, SYSTEM, chat_id=chat_id, may_delete=False, may_mute=bool(known.may_mute), now=now)


def _floor(sitting: Sitting, before: GroupPowers, after: GroupPowers, now: datetime) -> None:
    """Without the right to delete strict rules run as soft ones, with one word to the chair."""
    mode = sitting.rules.floor_mode
    was, now_is = in_force(mode, before), in_force(mode, after)
    if not sitting.meeting.live or was is now_is:
        return
    sitting.note("floor_mode_in_force", now, mode=now_is.value)
    code = "floor-soft" if now_is is FloorMode.SOFT else "floor-strict"
    to_person(sitting, "order_told", sitting.meeting.chair_id, now, key=f"{code}:{now}", code=code, label=None)
    boards.touch(sitting.uow, sitting.id)


def _mutes(sitting: Sitting, may_mute: bool, now: datetime) -> None:
    """What cannot be undone any more is told to people; what can be again is tried again."""
    for row in open_rows(sitting.uow, sitting.id):
        if (may_mute and row.state == MuteState.UNKNOWN) or (not may_mute and row.state == MuteState.WANTED):
            lift(sitting, row, "rights", now)
        elif not may_mute and row.state != MuteState.UNKNOWN:
            row.steps += 1  # what is queued for it would only be refused
            by_hand(sitting, row, now)
