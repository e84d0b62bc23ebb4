"""Where a group is: the chat it was before, the topic it meets in; words from elsewhere are not the meeting's."""

from datetime import datetime

from services import boards
from services.act import Actor, Receipt
from services.journal import record
from services.messages import to_person
from services.sitting import load
from storage import outbox
from storage.tables import Group, Meeting, Outbox
from storage.work import UnitOfWork

GENERAL = 1
"""A forum's first topic: Telegram takes no message that names it."""


def live_meeting(uow: UnitOfWork, chat_id: int, thread: int | None) -> Meeting | None:
    """The meeting that sits in this chat, or in the supergroup that it became, and in this topic of it."""
    row = uow.one(
        "SELECT m.id, g.thread_id FROM meeting m LEFT JOIN group_chat g ON g.chat_id = m.chat_id"
        " WHERE m.live AND (m.chat_id = :chat OR g.former_chat_id = :chat)",
        {"chat": chat_id},
    )
    return uow.get(Meeting, row[0]) if row is not None and row[1] == thread else None


def topic_of(thread: int | None) -> int | None:
    """The topic as it is kept: General is none."""
    return None if thread == GENERAL else thread


def topic_lost(uow: UnitOfWork, actor: Actor, *, outbox_id: int, closed: bool, now: datetime) -> Receipt:
    """The topic of the group is deleted or closed: everything goes to General from here on, and the chair is told."""
    row = uow.must(Outbox, outbox_id)
    row.facts = {name: value for name, value in row.facts.items() if name != "thread"}
    row.state, row.not_before = outbox.QUEUED, now
    group = uow.first(Group, chat_id=row.chat_id)
    if group is None or group.thread_id is None:
        return Receipt("noted")
    thread, group.thread_id = group.thread_id, None
    meeting = uow.first(Meeting, chat_id=row.chat_id, live=True)
    if meeting is not None and meeting.id is not None:
        sitting = load(uow, meeting.id, actor)
        for person_id in boards.officials(sitting):
            to_person(sitting, "topic_lost", person_id, now, key=thread, closed=closed)
        boards.renew(sitting, now)
    uow.lock("community", group.community_id)
    record(
        uow,
        "topic_lost",
        community_id=group.community_id,
        subject="community",
        subject_id=group.community_id,
        now=now,
        group=group.id,
        thread=thread,
        closed=closed,
    )
    return Receipt("noted")
