"""Live messages: the group's board, also in private chats, and the officials' consoles (product.md "Boards")."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from procedure.terms import MeetingState
from services import board_facts, room_facts
from services.act import SYSTEM, Actor, Receipt
from services.delivery import enqueue, when_delivered, when_sending
from services.messages import message_url
from services.sitting import Sitting, peek
from storage.tables import Board, Meeting, Outbox
from storage.types import to_micros
from storage.work import UnitOfWork

REPOST_BELOW: Final = 15
REPOST_AFTER: Final = timedelta(minutes=1)
BOARD: Final = "board"
CLOSED: Final = "closed"
"""The view of a board that somebody does not want in their private chat any more."""


@dataclass(frozen=True, slots=True)
class BoardJob:
    """A board whose message no longer shows what is so."""

    board_id: int
    chat_id: int
    message_id: int | None
    console: bool


@dataclass(frozen=True, slots=True)
class BoardContent:
    """What a board shows: the view's name, its facts, and the reader's language."""

    view: str
    facts: dict[str, Any]
    language: str


def touch(uow: UnitOfWork, meeting_id: int) -> None:
    """Something changed: every board of the meeting is to be shown anew when its time comes."""
    uow.raw("UPDATE board SET dirty = TRUE WHERE meeting_id = :id AND NOT dirty", {"id": meeting_id})


def touch_consoles(uow: UnitOfWork, meeting_id: int) -> None:
    """Something changed that the group does not see."""
    uow.raw(
        "UPDATE board SET dirty = TRUE WHERE meeting_id = :id AND view = 'console' AND NOT dirty",
        {"id": meeting_id},
    )


def renew(sitting: Sitting, now: datetime, *, consoles: bool = False) -> None:
    """A new board message in the group (per stage, speaker and call); in private too when the stage changed."""
    touch(sitting.uow, sitting.id)
    for board in sitting.uow.all(Board, meeting_id=sitting.id):
        if (board.person_id is None or consoles) and board.view != CLOSED:
            repost(sitting.uow, board, now)


def repost(uow: UnitOfWork, board: Board, now: datetime) -> None:
    """A new generation of this board: a new message. Somebody's private one waits for the floor and the vote."""
    board.generation += 1
    facts = {"board_id": board.id, "generation": board.generation, "message_id": board.message_id}
    enqueue(
        uow,
        "private_board" if private(board) else "board_post",
        board.chat_id,
        facts,
        unique_key=f"board:{board.id}:{board.generation}",
        now=now,
        community_id=board.community_id,
        subject_id=board.id,
    )
    uow.flush()


def bury(uow: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    """One more message lies below the group's board; repost it when it is out of sight, at most once a minute."""
    board = uow.first(Board, meeting_id=meeting.id, chat_id=meeting.chat_id)
    if board is None:
        return
    board.below += 1
    waiting = board.generation > board.posted_generation
    rested = board.edited_at is None or now - board.edited_at >= REPOST_AFTER
    if board.below >= REPOST_BELOW and rested and not waiting:
        repost(uow, board, now)


def set_up(sitting: Sitting, now: datetime) -> None:
    """The group's board, and a console for each official whose private chat is open to us."""
    add(sitting.uow, sitting.meeting, chat_id=sitting.meeting.chat_id, person_id=None)
    for person_id in officials(sitting):
        add_console(sitting, person_id)
    renew(sitting, now, consoles=True)


def officials(sitting: Sitting) -> list[int]:
    """Chair, recorder and supervisor with their deputies, whoever of them acts now; the adviser when asked; whoever
    confirms hands entered for a room.
    """
    posts = [who for (post, _), who in sitting.holders.items() if post in ("recorder", "supervisor")]
    asked = advisers(sitting) if sitting.state is MeetingState.SUSPENDED else []
    confirming = room_facts.seconds(sitting.plan, sitting.holders)
    return list(dict.fromkeys([sitting.meeting.chair_id, *sitting.chairs(), *posts, *asked, *confirming]))


def advisers(sitting: Sitting) -> list[int]:
    """The adviser and the deputy: they have a console when they are asked about a matter of annex D (5.7.1)."""
    return [who for (post, _), who in sitting.holders.items() if post == "adviser"]


def add_console(sitting: Sitting, person_id: int) -> Board | None:
    """The person's console, made when it is not there yet; None while their private chat is closed to us."""
    chat_id = private_chat(sitting.uow, person_id)
    if chat_id is None:
        return None
    return add(sitting.uow, sitting.meeting, chat_id=chat_id, person_id=person_id, view="console")


def console_of(sitting: Sitting, person_id: int, now: datetime) -> Board | None:
    """The official's console, sent now if they had none; None while their private chat is closed to us."""
    board = add_console(sitting, person_id)
    if board is not None and board.message_id is None and board.generation == board.posted_generation:
        repost(sitting.uow, board, now)
    return board


def private_chat(uow: UnitOfWork, person_id: int) -> int | None:
    """The person's private chat; None while it is closed to us."""
    row = uow.one(
        "SELECT a.id FROM person p JOIN account a ON a.id = p.account_id"
        " WHERE p.id = :id AND a.started_at IS NOT NULL AND a.unreachable_at IS NULL",
        {"id": person_id},
    )
    return None if row is None else int(row[0])


def add(uow: UnitOfWork, meeting: Meeting, *, chat_id: int, person_id: int | None, view: str = BOARD) -> Board:
    """The meeting's board in this chat, made when it is not there yet; who comes to a post has a console from then."""
    assert meeting.id is not None
    found = uow.first(Board, meeting_id=meeting.id, chat_id=chat_id)
    if found is None:
        return uow.add(
            Board(
                community_id=meeting.community_id,
                meeting_id=meeting.id,
                chat_id=chat_id,
                person_id=person_id,
                view=view,
            )
        )
    if (found.view, found.person_id) != (view, person_id):
        found.view, found.person_id, found.shown, found.dirty = view, person_id, None, True
    return found


def take_away(uow: UnitOfWork, board: Board, now: datetime) -> None:
    """This private board or console is not wanted, or not for whoever has this chat, any more."""
    if board.message_id is not None:
        remove(uow, board, board.message_id, now)
    board.view, board.message_id, board.dirty = CLOSED, None, False


def private(board: Board) -> bool:
    """Whether this is the group's board as somebody has it in their private chat, or had it."""
    return board.person_id is not None and board.view != "console"


def show_console(sitting: Sitting, person_id: int, now: datetime) -> bool:
    """Send this official's console afresh; False when they have none."""
    board = add_console(sitting, person_id)
    if board is None:
        return False
    repost(sitting.uow, board, now)
    return True


def ready(uow: UnitOfWork, *, now: datetime) -> list[BoardJob]:
    """Boards whose shown message is out of date; one whose next generation waits to be sent is not among them."""
    rows = uow.rows(
        "SELECT id, chat_id, message_id, view FROM board WHERE dirty AND message_id IS NOT NULL AND view <> 'closed'"
        " AND generation = posted_generation ORDER BY person_id IS NULL DESC, view DESC, id"
    )
    return [BoardJob(row[0], row[1], row[2], row[3] == "console") for row in rows]


def content(uow: UnitOfWork, *, board_id: int, now: datetime) -> BoardContent:
    """What the board shows now."""
    board = uow.must(Board, board_id)
    sitting = peek(uow, uow.must(Meeting, board.meeting_id), SYSTEM)
    facts = board_facts.common(sitting, now)
    if board.person_id is None:
        return BoardContent(BOARD, facts, "zh")
    row = uow.one(
        "SELECT a.language FROM person p JOIN account a ON a.id = p.account_id WHERE p.id = :id",
        {"id": board.person_id},
    )
    language = row[0] if row is not None else "zh"
    if private(board):
        return BoardContent(BOARD, facts | {"private": True}, language)
    return BoardContent("console", facts | board_facts.console(sitting, board.person_id, now), language)


def edited(uow: UnitOfWork, actor: Actor, *, board_id: int, digest: str, now: datetime) -> Receipt:
    """The message now shows the content of this digest. It stays dirty if an act came in between."""
    uow.raw(
        "UPDATE board SET shown = :digest, edited_at = :at WHERE id = :id",
        {"digest": digest, "at": to_micros(now), "id": board_id},
    )
    return Receipt("edited")


def take(uow: UnitOfWork, actor: Actor, *, board_id: int, now: datetime) -> Receipt:
    """About to render: changes from here on make the board dirty again."""
    uow.raw("UPDATE board SET dirty = FALSE WHERE id = :id", {"id": board_id})
    return Receipt("taken")


def lost(uow: UnitOfWork, actor: Actor, *, board_id: int, now: datetime) -> Receipt:
    """Somebody deleted the board's message: post a new one."""
    board = uow.must(Board, board_id)
    board.message_id = None
    repost(uow, board, now)
    return Receipt("reposted")


@when_sending("private_board")
@when_sending("board_post")
def _newest(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    board = uow.get(Board, row.facts["board_id"])
    return board is not None and board.generation == row.facts["generation"] and board.view != CLOSED


@when_sending("board_pin")
def _still_on_top(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """A board that a newer one is about to replace needs no pin of its own."""
    board = uow.get(Board, row.facts["board_id"])
    return (
        board is not None
        and board.message_id == row.facts["message_id"]
        and board.generation == board.posted_generation
    )


@when_delivered("private_board")
@when_delivered("board_post")
def _posted(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    board = uow.must(Board, row.facts["board_id"])
    if row.message_id is None or row.facts["generation"] <= board.posted_generation:
        return
    if row.chat_id != board.chat_id:
        return  # it reached the group just before that became a supergroup
    old, board.message_id = board.message_id, row.message_id
    board.posted_generation = row.facts["generation"]
    board.edited_at, board.below = seen_at, 0
    key = f"{board.id}:{board.posted_generation}"
    if board.person_id is not None:
        if old is not None:
            remove(uow, board, old, now)
        if board.view == CLOSED:
            remove(uow, board, row.message_id, now)
            board.message_id = None
        return
    _follow_up(uow, "board_pin", board, f"pin:{key}", {"message_id": board.message_id}, now)
    if old is not None:
        link = {"message_id": old, "url": message_url(board.chat_id, board.message_id)}
        _follow_up(uow, "board_close", board, f"close:{key}", link, now)


@when_delivered("board_pin")
def _pinned(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    """The newest board alone stays pinned, beside the notices; the one before is let go once the new one is there."""
    board = uow.must(Board, row.facts["board_id"])
    if row.chat_id != board.chat_id:
        return
    old, board.pinned_id = board.pinned_id, row.facts["message_id"]
    if old is not None and old != board.pinned_id:
        _follow_up(uow, "board_unpin", board, f"unpin:{board.chat_id}:{old}", {"message_id": old}, now)


def remove(uow: UnitOfWork, board: Board, message_id: int, now: datetime) -> None:
    """Take one of this board's messages away."""
    key = f"delete:{board.id}:{message_id}"
    _follow_up(uow, "board_delete", board, key, {"message_id": message_id}, now)


def _follow_up(uow: UnitOfWork, kind: str, board: Board, key: str, facts: dict[str, Any], now: datetime) -> None:
    about = facts | {"board_id": board.id}
    where = board.community_id
    enqueue(uow, kind, board.chat_id, about, unique_key=key, now=now, community_id=where, subject_id=board.id)
