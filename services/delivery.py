"""What leaves the house: the kinds of message, their urgency, and what follows from delivery."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from procedure.turns import running_from
from services.act import Actor, Receipt
from services.kinds import ANSWERS_A_MINUTE, KINDS
from storage.tables import Outbox
from storage.types import to_micros
from storage.work import UnitOfWork

StillTrue = Callable[[UnitOfWork, Outbox, datetime], bool]
Follow = Callable[[UnitOfWork, Outbox, datetime, datetime], None]
Unreachable = Callable[[UnitOfWork, int, datetime], None]
_unreachable: list[Unreachable] = []
_still_true: dict[str, StillTrue] = {}
_follow: dict[str, list[Follow]] = {}


def enqueue(
    uow: UnitOfWork,
    kind: str,
    chat_id: int,
    facts: Mapping[str, Any],
    *,
    unique_key: str,
    now: datetime,
    community_id: int | None = None,
    subject_id: int | None = None,
    not_before: datetime | None = None,
) -> None:
    """Decide that a message will be sent; a second row with the same unique key is not made."""
    rule = KINDS[kind]
    not_after = None if rule.seconds is None else to_micros(now + timedelta(seconds=rule.seconds))
    uow.raw(
        "INSERT INTO outbox (community_id, kind, chat_id, facts, priority, unique_key, subject_id, state, attempts,"
        " not_before, not_after, created_at) VALUES (:community_id, :kind, :chat_id, :facts, :priority, :unique_key,"
        " :subject_id, 'queued', 0, :not_before, :not_after, :created_at) ON CONFLICT (unique_key) DO NOTHING",
        {
            "community_id": community_id,
            "kind": kind,
            "chat_id": chat_id,
            "facts": json.dumps(facts, ensure_ascii=False),
            "priority": rule.priority,
            "unique_key": unique_key,
            "subject_id": subject_id,
            "not_before": to_micros(not_before or now),
            "not_after": not_after,
            "created_at": to_micros(now),
        },
    )


def answered_enough(uow: UnitOfWork, kind: str, chat_id: int, now: datetime) -> bool:
    """Whether the group has had this minute's share of such answers."""
    row = uow.one(
        "SELECT count(*) FROM (SELECT kind, chat_id, created_at FROM outbox ORDER BY id DESC LIMIT 500) AS latest"
        " WHERE kind = :kind AND chat_id = :chat_id AND created_at > :since",
        {"kind": kind, "chat_id": chat_id, "since": to_micros(now - timedelta(minutes=1))},
    )
    return row is not None and row[0] >= ANSWERS_A_MINUTE[kind]


def enqueue_private(
    uow: UnitOfWork, kind: str, person_id: int, facts: Mapping[str, Any], *, unique_key: str, now: datetime, **more: Any
) -> bool:
    """Send to the person's own chat if they have started the bot and can be reached; says whether it was enqueued."""
    account = uow.one(
        "SELECT a.id, p.community_id FROM person p JOIN account a ON a.id = p.account_id"
        " WHERE p.id = :id AND a.started_at IS NOT NULL AND a.unreachable_at IS NULL",
        {"id": person_id},
    )
    if account is None:
        return False
    enqueue(uow, kind, account[0], facts, unique_key=unique_key, now=now, community_id=account[1], **more)
    return True


def when_sending(kind: str) -> Callable[[StillTrue], StillTrue]:
    """Register the check that a message of this kind is still true when its turn to be sent comes."""

    def register(check: StillTrue) -> StillTrue:
        _still_true[kind] = check
        return check

    return register


def when_delivered(kind: str) -> Callable[[Follow], Follow]:
    """Register what follows from delivery: fn(uow, row, seen_at, now), seen_at being when the group saw it."""

    def register(follow: Follow) -> Follow:
        _follow.setdefault(kind, []).append(follow)
        return follow

    return register


def when_unreachable(follow: Unreachable) -> Unreachable:
    """Register what follows when an account's private chat is found closed to us: fn(uow, account_id, now)."""
    _unreachable.append(follow)
    return follow


def still_true(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    """Whether a queued message still says what is so."""
    check = _still_true.get(row.kind)
    return check is None or check(uow, row, now)


def delivered(
    uow: UnitOfWork,
    actor: Actor,
    *,
    outbox_id: int,
    message_id: int | None,
    sent_at: datetime | None,
    unsure: bool,
    found: Mapping[str, Any] | None = None,
    now: datetime,
) -> Receipt:
    """A message went out, or may have (`unsure`): what hangs on it happens now, once. `found`: what was asked for."""
    row = uow.must(Outbox, outbox_id)
    if found is not None:
        row.facts = row.facts | {"found": dict(found)}
    row.state = "unsure" if unsure else "sent"
    row.sent_at = sent_at or now
    # Number 0 is Telegram's for a message that is not there yet: it names nothing.
    row.message_id = message_id or None
    for follow in _follow.get(row.kind, []):
        follow(uow, row, running_from(sent_at, now), now)
    return Receipt("delivered")


def unreachable(uow: UnitOfWork, actor: Actor, *, outbox_id: int, now: datetime) -> Receipt:
    """The receiver never started the bot or blocked it: the row has failed and the account is on the call list."""
    row = uow.must(Outbox, outbox_id)
    row.state = "failed"
    row.error = "unreachable"
    return closed_to_us(uow, actor, chat_id=row.chat_id, now=now)


def closed_to_us(uow: UnitOfWork, actor: Actor, *, chat_id: int, now: datetime) -> Receipt:
    """Nothing can be written into this private chat: the account is on the call list."""
    uow.raw(
        "UPDATE account SET unreachable_at = :at WHERE id = :id AND unreachable_at IS NULL",
        {"at": to_micros(now), "id": chat_id},
    )
    for follow in _unreachable:
        follow(uow, chat_id, now)
    return Receipt("unreachable")
