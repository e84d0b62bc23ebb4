"""Somebody who cannot speak now: left the group, muted there, or the bot is blocked. The chair is told (our rule)."""

from datetime import datetime
from typing import Any, Final

from services import boards
from services.act import SYSTEM, Actor, Receipt
from services.delivery import when_unreachable
from services.messages import to_person
from services.people import known_person
from services.sitting import Sitting, load
from storage.tables import Hindrance, Meeting, Turn
from storage.work import UnitOfWork

LEFT: Final = "left"
MUTED: Final = "muted"
BLOCKED: Final = "blocked"


def membership(
    uow: UnitOfWork, actor: Actor, *, chat_id: int, account_id: int, status: str | None, now: datetime
) -> Receipt:
    """Telegram says that an account left this group or was muted in it; None: it may write again."""
    meeting = uow.first(Meeting, chat_id=chat_id, live=True)
    if meeting is None or meeting.id is None:
        return Receipt("nothing_to_do")
    sitting = load(uow, meeting.id, SYSTEM)
    who = known_person(uow, account_id, meeting.community_id)
    if who is None or who not in sitting.present:
        return Receipt("nothing_to_do")
    _set(sitting, who, status, now)
    return Receipt("noted")


def reach(uow: UnitOfWork, actor: Actor, *, account_id: int, reachable: bool, now: datetime) -> Receipt:
    """The account blocked the bot, or took it back: it matters while that person has the floor."""
    rows = uow.rows(
        "SELECT m.id, t.person_id FROM turn t JOIN person p ON p.id = t.person_id JOIN meeting m ON m.id = t.meeting_id"
        " WHERE p.account_id = :account AND m.live AND t.ended_at IS NULL",
        {"account": account_id},
    )
    for meeting_id, person_id in rows:
        sitting = load(uow, meeting_id, SYSTEM)
        known = how(sitting, person_id)
        if known in (None, BLOCKED):
            _set(sitting, person_id, None if reachable else BLOCKED, now)
    return Receipt("noted")


@when_unreachable
def _refused(uow: UnitOfWork, account_id: int, now: datetime) -> None:
    """Telegram answered 403 to a private message."""
    reach(uow, SYSTEM, account_id=account_id, reachable=False, now=now)


def how(sitting: Sitting, person_id: int) -> str | None:
    """What keeps this person from speaking; None when nothing is known."""
    row = _row(sitting, person_id)
    return row.how if row is not None else None


def tell(sitting: Sitting, turn: Turn, now: datetime) -> None:
    """Whoever has the floor cannot use it: the chair is offered the next."""
    known = how(sitting, turn.person_id)
    if known is None:
        return
    facts: dict[str, Any] = {"label": sitting.label(turn.person_id), "how": known, "turn_id": turn.id}
    to_person(sitting, "speaker_gone", sitting.meeting.chair_id, now, key=f"{turn.id}:{known}", **facts)


def _set(sitting: Sitting, person_id: int, status: str | None, now: datetime) -> None:
    row = _row(sitting, person_id)
    if (row.how if row is not None else None) == status:
        return
    if row is not None:
        sitting.uow.orm.delete(row)
        sitting.uow.flush()
    if status is not None:
        community_id = sitting.meeting.community_id
        row = Hindrance(community_id=community_id, meeting_id=sitting.id, person_id=person_id, how=status, since=now)
        sitting.uow.add(row)
    sitting.note("hindered" if status else "unhindered", now, person=person_id, how=status)
    if status == LEFT and person_id in boards.officials(sitting):
        _tell_officials(sitting, person_id, now)
    turn = sitting.turn
    if turn is not None and turn.person_id == person_id:
        tell(sitting, turn, now)
    boards.touch(sitting.uow, sitting.id)


def _tell_officials(sitting: Sitting, gone: int, now: datetime) -> None:
    """Somebody with a post left the group: chair, deputies and supervisor may do something about it."""
    post = (
        "chair"
        if gone == sitting.meeting.chair_id
        else next((post for (post, _), who in sitting.holders.items() if who == gone), "deputy_chair")
    )
    for person_id in boards.officials(sitting):
        if person_id != gone:
            facts: dict[str, Any] = {"label": sitting.label(gone), "post": post}
            to_person(sitting, "official_gone", person_id, now, key=f"{gone}:{now.isoformat()}", **facts)


def _row(sitting: Sitting, person_id: int) -> Hindrance | None:
    return sitting.uow.first(Hindrance, meeting_id=sitting.id, person_id=person_id)
