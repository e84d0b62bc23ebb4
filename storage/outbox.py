"""The way out: rows queued by acts, claimed by the one sender of this bot."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from storage.tables import Account, Outbox
from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

POINTING = frozenset({"board_pin", "board_unpin", "board_close", "board_delete", "post_pin", "speech_delete"})
"""Kinds that do something to a message which is there already."""
QUEUED, SENDING, SENT, UNSURE, FAILED, DROPPED = "queued", "sending", "sent", "unsure", "failed", "dropped"
_T = Outbox.__table__  # type: ignore[attr-defined]  # SQLModel adds it at run time
_IS_QUEUED = text("state = 'queued'")
"""Said as the index says it: SQLite uses a partial index for nothing else."""


@dataclass(frozen=True, slots=True)
class Head:
    """The row whose turn it is in its chat."""

    id: int
    chat_id: int
    priority: int
    kind: str


def heads(uow: UnitOfWork, *, now: datetime, leave_out: Collection[int] = (), limit: int = 100) -> list[Head]:
    """Per chat the first sendable row by (priority, id), most urgent chat first; `leave_out` names busy chats."""
    place = func.row_number().over(partition_by=_T.c.chat_id, order_by=(_T.c.priority, _T.c.id)).label("place")
    inner = (
        select(_T.c.id, _T.c.chat_id, _T.c.priority, _T.c.kind, place)
        .where(_IS_QUEUED, _T.c.not_before <= now, _T.c.chat_id.not_in(list(leave_out)))
        .subquery()
    )
    query = select(inner.c.id, inner.c.chat_id, inner.c.priority, inner.c.kind).where(inner.c.place == 1)
    rows = uow.connection.execute(query.order_by(inner.c.priority, inner.c.id).limit(limit))
    return [Head(*row) for row in rows]


def next_sendable(uow: UnitOfWork, *, now: datetime) -> tuple[datetime | None, int]:
    """The earliest later `not_before` among queued rows, and how many rows are queued at all."""
    row = uow.one(
        "SELECT min(CASE WHEN not_before > :now THEN not_before END), count(*) FROM outbox WHERE state = 'queued'",
        {"now": to_micros(now)},
    )
    assert row is not None
    return (None if row[0] is None else from_micros(row[0]), int(row[1]))


def begin(uow: UnitOfWork, outbox_id: int) -> None:
    """Mark `sending`: from here to the answer nobody can know whether it went out."""
    uow.raw("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = :id", {"id": outbox_id})


def close(uow: UnitOfWork, outbox_id: int, *, state: str, error: str | None = None) -> None:
    """Give the row an end that needs no following up: failed, dropped or unsure."""
    uow.raw(
        "UPDATE outbox SET state = :state, error = :error WHERE id = :id",
        {"id": outbox_id, "state": state, "error": error},
    )


def again(uow: UnitOfWork, outbox_id: int, *, chat_id: int, not_before: datetime) -> None:
    """Queue the row again, and hold everything else of that chat as long, so that the order stays."""
    at = to_micros(not_before)
    uow.raw("UPDATE outbox SET state = 'queued' WHERE id = :id", {"id": outbox_id})
    uow.raw(
        "UPDATE outbox SET not_before = :at WHERE chat_id = :chat AND state = 'queued' AND not_before < :at",
        {"at": at, "chat": chat_id},
    )


def left_sending(uow: UnitOfWork) -> Sequence[Outbox]:
    """Rows that a crash caught between `begin` and the answer."""
    return uow.all(Outbox, state=SENDING)


def sent_since(uow: UnitOfWork, since: datetime, leave_out: Collection[str] = ()) -> list[tuple[int, datetime]]:
    """(chat, instant) of what went out since then: what a restarted limiter must remember, but for some kinds."""
    query = "SELECT chat_id, sent_at, kind FROM outbox WHERE sent_at >= :since ORDER BY sent_at"
    rows = uow.rows(query, {"since": to_micros(since)})
    return [(chat, from_micros(at)) for chat, at, kind in rows if kind not in leave_out]


def reader_language(uow: UnitOfWork, chat_id: int) -> str:
    """The language of whoever reads this chat: a private chat its owner's, a group Chinese."""
    account = uow.get(Account, chat_id) if chat_id > 0 else None
    return account.language if account else "zh"


def migrate_chat(uow: UnitOfWork, old: int, new: int) -> None:
    """Send what waits for a group to the supergroup it has become; what points at a message of the old chat is over."""
    for row in uow.all(Outbox, chat_id=old, state=QUEUED):
        row.chat_id = new
        row.facts = {name: value for name, value in row.facts.items() if name != "reply_to"}
        if row.kind in POINTING:
            row.state, row.error = DROPPED, "the group moved"
    uow.flush()


def thread_of(uow: UnitOfWork, chat_id: int) -> int | None:
    """The forum topic in which the bot writes in this group; None for General and everywhere else."""
    row = uow.one("SELECT thread_id FROM group_chat WHERE chat_id = :id", {"id": chat_id}) if chat_id < 0 else None
    return None if row is None else row[0]


def board_again(uow: UnitOfWork, board_id: int) -> None:
    """The board's edit did not get through."""
    uow.raw("UPDATE board SET dirty = TRUE WHERE id = :id", {"id": board_id})


def distrust_boards(uow: UnitOfWork) -> None:
    """After a crash: boards of which nobody knows what they show are to be shown anew."""
    uow.raw("UPDATE board SET dirty = TRUE WHERE shown IS NULL AND message_id IS NOT NULL")
