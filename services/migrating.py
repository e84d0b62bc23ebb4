"""A group that has become a supergroup: Telegram gives it a new chat id, and nothing of a meeting may be lost by it.

Told by a service message in either chat, or by the refusal of a message; whichever comes first does everything.
"""

from collections.abc import Sequence
from datetime import datetime

from procedure.terms import MeetingState
from services import adjourning, boards, journal
from services.act import SYSTEM, Actor, Receipt
from services.delivery import enqueue
from services.sitting import load
from storage import outbox
from storage.tables import Group, Meeting
from storage.work import UnitOfWork

KIND = "supergroup"
_OVER = frozenset({MeetingState.ANNOUNCED.value, MeetingState.DIVERTED.value})


def migrate_group(uow: UnitOfWork, actor: Actor, *, old: int, new: int, now: datetime) -> Receipt:
    """Move everything that is still to happen from the old chat to the new one; the second notice finds it done.

    What was said keeps the chat it was said in: message ids begin anew in the supergroup, and so do its links.
    """
    meetings = uow.all(Meeting, chat_id=old)
    for topic_id in sorted({meeting.topic_id for meeting in meetings}):
        uow.lock("topic", topic_id)
    outbox.migrate_chat(uow, old, new)
    if not _move_group(uow, old, new):
        return Receipt("nothing_to_do")
    group = uow.first(Group, chat_id=new)
    assert group is not None
    _move_meetings(uow, meetings, old, new, now)
    live = next((meeting for meeting in meetings if meeting.live), None)
    uow.lock("community", group.community_id)
    _note(uow, group, now)
    enqueue(
        uow,
        "group_moved",
        new,
        {"live": live is not None},
        unique_key=f"group_moved:{new}",
        now=now,
        community_id=group.community_id,
    )
    return Receipt("group_moved")


def _move_group(uow: UnitOfWork, old: int, new: int) -> bool:
    """Once: whoever comes second, even at the same moment, moves nothing."""
    _take_over(uow, old, new)
    found = uow.raw(
        "UPDATE group_chat SET chat_id = :new, former_chat_id = :old, kind = :kind WHERE chat_id = :old"
        " AND NOT EXISTS (SELECT 1 FROM group_chat WHERE chat_id = :new)",
        {"old": old, "new": new, "kind": KIND},
    )
    uow.orm.expire_all()
    return bool(found.rowcount == 1)


def _take_over(uow: UnitOfWork, old: int, new: int) -> None:
    """The supergroup was bound anew before anybody told us what it had been: one group it is."""
    was, taken = uow.first(Group, chat_id=old), uow.first(Group, chat_id=new)
    if was is None or taken is None or was.community_id != taken.community_id:
        return
    was.thread_id, was.may_delete, was.may_mute = taken.thread_id, taken.may_delete, taken.may_mute
    uow.raw("UPDATE plan SET group_id = :kept WHERE group_id = :gone", {"kept": was.id, "gone": taken.id})
    uow.orm.delete(taken)
    uow.flush()


def _move_meetings(uow: UnitOfWork, meetings: Sequence[Meeting], old: int, new: int, now: datetime) -> None:
    for meeting in meetings:
        if meeting.state in _OVER and not meeting.live:
            continue
        if meeting.live and meeting.id is not None and uow.first(Meeting, chat_id=new, live=True) is not None:
            adjourning.make_room(load(uow, meeting.id, SYSTEM), now)
            outbox.migrate_chat(uow, old, new)
        meeting.chat_id = new
        uow.raw(
            "UPDATE board SET chat_id = :new, message_id = NULL, pinned_id = NULL, shown = NULL"
            " WHERE meeting_id = :id AND chat_id = :old",
            {"new": new, "old": old, "id": meeting.id},
        )
        uow.orm.expire_all()
        if meeting.live and meeting.id is not None:
            sitting = load(uow, meeting.id, SYSTEM)
            sitting.note("group_moved", now, old=old, new=new)
            boards.renew(sitting, now)


def _note(uow: UnitOfWork, group: Group, now: datetime) -> None:
    journal.record(
        uow,
        "group_moved",
        community_id=group.community_id,
        subject="community",
        subject_id=group.community_id,
        now=now,
        group=group.id,
    )
