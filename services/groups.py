"""Which chats are a community's: the meeting group and the notice channel, bound by its own staff.

Two things have to come together: Telegram says that this account administers the chat at this moment (the handler
asks), and the roster says that its person works for the community. The very first chats are bound by an operator's
account (YISHITING_ADMIN_IDS), before anybody is on a roster.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from procedure.terms import Standing
from services import group_rights, journal
from services.act import Actor, Receipt
from services.delivery import enqueue
from storage.tables import Community, Group, Person
from storage.types import to_micros
from storage.work import UnitOfWork

STAFF: Final = (Standing.ADMINISTRATOR, Standing.COMMITTEE)
CHANNEL: Final = "channel"


@dataclass(frozen=True, slots=True)
class Chat:
    """A group or channel as Telegram describes it. `kind`: group, supergroup or channel."""

    id: int
    title: str
    kind: str
    username: str | None = None


def bind_chat(
    uow: UnitOfWork,
    actor: Actor,
    *,
    chat: Chat,
    telegram_admin: bool | None,
    operators: Collection[int],
    community_id: int | None,
    now: datetime,
) -> Receipt:
    """Bind a chat to a community, or say why not; a group is told through the outbox.

    `telegram_admin` is None where Telegram does not tell us, because we are not an administrator ourselves.
    `community_id` is the choice of those who work for several; None: the only one.
    """
    outcome, facts = _bind(uow, actor, chat, telegram_admin, operators, community_id, now)
    facts = {"outcome": outcome, "title": chat.title, "chat": -chat.id, "channel": chat.kind == CHANNEL} | facts
    if chat.kind != CHANNEL:
        _tell(uow, "bind_answer", chat.id, facts, key=outcome, now=now)
    return Receipt("bind_answer", facts)


def _bind(
    uow: UnitOfWork,
    actor: Actor,
    chat: Chat,
    telegram_admin: bool | None,
    operators: Collection[int],
    community_id: int | None,
    now: datetime,
) -> tuple[str, dict[str, Any]]:
    rights = _rights(uow, actor.account_id or 0, operators)
    wanted = [one for one in rights if community_id in (None, one.id)]
    refused = _refused(actor, chat, wanted, telegram_admin)
    if refused is not None:
        return refused, {}
    bound = uow.first(Group, chat_id=chat.id)
    if bound is not None:
        own = next((one for one in wanted if one.id == bound.community_id), None)
        return ("already", {"community": own.name}) if own else ("elsewhere", {})
    if len(wanted) > 1:
        return "choose", {"communities": [{"id": one.id, "name": one.name} for one in wanted]}
    _write(uow, actor.account_id or 0, chat, wanted[0], now)
    return "bound", {"community": wanted[0].name}


def _refused(actor: Actor, chat: Chat, wanted: list[Community], telegram_admin: bool | None) -> str | None:
    if not actor.account_id:
        return "anonymous"
    if not wanted:
        return "no_right"
    if not telegram_admin:
        return "not_there" if telegram_admin is None else "not_admin"
    return "basic_group" if chat.kind == "group" else None


def _rights(uow: UnitOfWork, account_id: int, operators: Collection[int]) -> list[Community]:
    """The communities for which this account may bind chats."""
    if account_id in operators:
        return list(uow.all(Community))
    rows = uow.rows(
        "SELECT DISTINCT p.community_id FROM person p JOIN community_role r ON r.person_id = p.id"
        " WHERE p.account_id = :account AND p.left_at IS NULL AND r.role IN (:first, :second)",
        {"account": account_id, "first": STAFF[0].value, "second": STAFF[1].value},
    )
    return list(uow.all(Community, id=tuple(row[0] for row in rows))) if rows else []


def _write(uow: UnitOfWork, account_id: int, chat: Chat, community: Community, now: datetime) -> None:
    assert community.id is not None
    uow.lock("community", community.id)
    group = uow.add(
        Group(
            community_id=community.id,
            chat_id=chat.id,
            title=chat.title,
            kind=chat.kind,
            username=chat.username,
            bound_at=now,
            bound_by=account_id,
        )
    )
    person = uow.first(Person, community_id=community.id, account_id=account_id)
    journal.record(
        uow,
        "chat_bound",
        community_id=community.id,
        subject="community",
        subject_id=community.id,
        now=now,
        group=group.id,
        person=person.id if person else None,
    )


def bot_added(uow: UnitOfWork, actor: Actor, *, chat_id: int, now: datetime) -> Receipt:
    """The bot has come into a group: say the next step, once, unless the group is bound already."""
    if uow.first(Group, chat_id=chat_id) is None:
        _tell(uow, "bot_added", chat_id, {}, key="", now=now)
    return Receipt("noted")


def group_checkup(uow: UnitOfWork, actor: Actor, *, chat_id: int, rights: Mapping[str, bool], now: datetime) -> Receipt:
    """/checkup in a group: what the bot may do there and which community it belongs to, said in the group."""
    group = uow.first(Group, chat_id=chat_id)
    community = uow.must(Community, group.community_id).name if group is not None else None
    group_rights.seen(uow, actor, chat_id=chat_id, may_delete=rights["delete"], may_mute=rights["restrict"], now=now)
    facts = {"rights": dict(rights), "community": community}
    _tell(uow, "group_checkup", chat_id, facts, key="", now=now)
    return Receipt("checkup_posted")


def _tell(uow: UnitOfWork, kind: str, chat_id: int, facts: Mapping[str, Any], *, key: str, now: datetime) -> None:
    # The same answer once a minute: whoever repeats a command must not use up what the group may be sent.
    minute = to_micros(now) // 60_000_000
    enqueue(uow, kind, chat_id, facts, unique_key=f"{kind}:{chat_id}:{key}:{minute}", now=now)
