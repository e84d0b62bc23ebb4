"""Taking a row from the outbox, and what becomes of it: each one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services import boards, delivery, kinds
from services.act import SYSTEM, Actor, Receipt
from services.boards import BoardContent
from storage import outbox
from storage.tables import Board, Outbox
from storage.work import UnitOfWork

BOARD_CALLS = frozenset({"board_pin", "board_unpin", "board_close", "board_delete", "post_pin"})
ORDER_CALLS = frozenset(
    {"speech_delete", "member_look", "member_restrict", "member_restore", "channel_ban", "group_look"}
)
"""What makes no message, and is not counted against a group's calls."""
WORDLESS = frozenset({"board_pin", "board_unpin", "board_delete", "post_pin"}) | ORDER_CALLS
BOARD_POSTS = frozenset({"board_post", "private_board"})
SMALL_CALLS = BOARD_CALLS | {"private_board"} | kinds.ANSWERS_A_MINUTE.keys()
"""What has to get along with the boards' share: of a group's calls, of all calls together for those in private."""
BACKOFF_SECONDS = (1, 2, 5, 10, 20, 30)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is ours to send now; `view` and `facts` say what to render."""

    id: int
    chat_id: int
    kind: str
    view: str
    facts: dict[str, Any]
    language: str
    attempts: int
    board_id: int | None = None
    message_id: int | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to send: row heads, board jobs, and when the next row may go."""

    heads: list[outbox.Head]
    jobs: list[boards.BoardJob]
    later: datetime | None
    waiting: int


def look(uow: UnitOfWork, busy: frozenset[int], *, now: datetime) -> Look:
    """Rows and boards that could be sent now, chats with a call in flight left out."""
    later, waiting = outbox.next_sendable(uow, now=now)
    heads = outbox.heads(uow, now=now, leave_out=busy) if waiting else []
    return Look(heads, [job for job in boards.ready(uow, now=now) if job.chat_id not in busy], later, waiting)


def claim(uow: UnitOfWork, outbox_id: int, now: datetime) -> Claimed | None:
    """Mark the row `sending`; None (and dropped) when it is too late or no longer true."""
    row = uow.must(Outbox, outbox_id)
    if row.state != outbox.QUEUED:
        return None
    late = row.not_after is not None and now > row.not_after
    if late or not delivery.still_true(uow, row, now):
        outbox.close(uow, outbox_id, state=outbox.DROPPED, error="late" if late else "no longer true")
        return None
    outbox.begin(uow, outbox_id)
    board_id: int | None = row.facts["board_id"] if row.kind in BOARD_POSTS else None
    shown = take_board(uow, board_id, now)[0] if board_id is not None else None
    return Claimed(
        id=outbox_id,
        chat_id=row.chat_id,
        kind=row.kind,
        view=shown.view if shown else row.kind,
        facts=shown.facts if shown else row.facts,
        language=shown.language if shown else outbox.reader_language(uow, row.chat_id),
        attempts=row.attempts + 1,
        board_id=board_id,
        message_id=row.facts.get("message_id"),
        thread=row.facts.get("thread") or outbox.thread_of(uow, row.chat_id),
    )


def take_board(uow: UnitOfWork, board_id: int, now: datetime) -> tuple[BoardContent, str | None]:
    """The board's content now and the digest of what its message shows; nothing is known to be shown from here on."""
    board = uow.must(Board, board_id)
    shown, board.shown = board.shown, None
    boards.take(uow, SYSTEM, board_id=board_id, now=now)
    return boards.content(uow, board_id=board_id, now=now), shown


def arrived(
    uow: UnitOfWork,
    actor: Actor,
    *,
    row: Claimed,
    message_id: int | None,
    sent_at: datetime | None,
    digest: str | None,
    found: dict[str, Any] | None = None,
    now: datetime,
) -> Receipt:
    """Telegram has the message: what hangs on it happens, and a board knows what it shows."""
    receipt = delivery.delivered(
        uow, actor, outbox_id=row.id, message_id=message_id, sent_at=sent_at, unsure=False, found=found, now=now
    )
    if row.board_id is not None and digest is not None:
        boards.edited(uow, actor, board_id=row.board_id, digest=digest, now=now)
    return receipt


def unsure(uow: UnitOfWork, actor: Actor, *, outbox_id: int, now: datetime) -> Receipt:
    """Nobody knows whether it arrived: what hangs on it starts, and the kind decides whether to send again."""
    row = uow.must(Outbox, outbox_id)
    receipt = delivery.delivered(uow, actor, outbox_id=outbox_id, message_id=None, sent_at=None, unsure=True, now=now)
    uow.flush()
    if kinds.KINDS[row.kind].repeat == "repeat":
        later = now + timedelta(seconds=backoff(row.attempts))
        outbox.again(uow, outbox_id, chat_id=row.chat_id, not_before=later)
    return receipt


def recover(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """After a crash, of the process or of one call: rows caught in `sending` are unsure and follow their kind."""
    outbox.distrust_boards(uow)
    caught = [row.id for row in outbox.left_sending(uow) if row.id is not None]
    for outbox_id in caught:
        unsure(uow, actor, outbox_id=outbox_id, now=now)
    return Receipt("recovered", {"rows": len(caught)})


def backoff(attempts: int) -> int:
    """Seconds to wait after so many tries."""
    return BACKOFF_SECONDS[min(attempts, len(BACKOFF_SECONDS)) - 1]
