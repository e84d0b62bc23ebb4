"""Which chats are a community's: the meeting group and the notice channel, bound by its own staff.

Two things have to come together: Telegram says that this account administers the chat at this moment (the handler
asks), and the roster says that its person works for the community. The very first chats are bound by an operator's
account (YISHITING_ADMIN_IDS), before anybody is on a roster.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from procedure.terms import Standing
from services import boards, group_rights, journal
from services.act import Actor, Receipt
from services.delivery import enqueue, enqueue_private
from services.sitting import load
from storage.tables import Community, Group, Meeting, Person
from storage.types import to_micros
from storage.work import UnitOfWork

STAFF: Final = (Standing.ADMINISTRATOR, Standing.COMMITTEE)
CHANNEL: Final = "channel"
BASIC: Final = "group"
"""A group that is no supergroup: meetings can be held in it, nobody can be muted and nothing links to its messages."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A group or channel as Telegram describes it. `kind`: group, supergroup or channel; `thread`: the forum topic in
    which somebody is asking, None for General.
    """

    id: int
    title: str
    kind: str
    username: str | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What Telegram says of a group: the bot's `rights` there, whether its privacy mode is off (`reads_all`), kinds of
    update it does not get, how many boosts lift limits from a member (0: none do), slow mode in seconds.
    """

    rights: Mapping[str, bool]
    reads_all: bool
    missing_updates: tuple[str, ...] = ()
    kind: str = "supergroup"
    boosts: int = 0
    slow_mode: int = 0
    linked: bool = False
    thread: int | None = None

    @property
    def well(self) -> bool:
        """Whether nothing is to be mended."""
        uneven = self.missing_updates or self.kind == BASIC or self.boosts or self.slow_mode
        return all(self.rights.values()) and not uneven


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
    facts["basic"] = chat.kind == BASIC
    if chat.kind != CHANNEL:
        where = {"thread": chat.thread} if chat.thread is not None else {}
        _tell(uow, "bind_answer", chat.id, facts | where, key=outcome, now=now)
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
        if own is None:
            return "elsewhere", {}
        moved = chat.kind != CHANNEL and bound.thread_id != chat.thread
        if moved:
            _move_to(uow, actor, bound, chat.thread, now)
        return "other_topic" if moved else "already", {"community": own.name}
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
    return None


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
            thread_id=chat.thread,
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


def _move_to(uow: UnitOfWork, actor: Actor, group: Group, thread: int | None, now: datetime) -> None:
    """From here on the group meets in this topic; what sits is shown there at once."""
    live = uow.first(Meeting, chat_id=group.chat_id, live=True)
    sitting = load(uow, live.id, actor) if live is not None and live.id is not None else None
    uow.lock("community", group.community_id)
    group.thread_id = thread
    journal.record(
        uow,
        "topic_chosen",
        community_id=group.community_id,
        subject="community",
        subject_id=group.community_id,
        now=now,
        group=group.id,
        thread=thread,
    )
    if sitting is not None:
        boards.renew(sitting, now)


def bot_added(uow: UnitOfWork, actor: Actor, *, chat_id: int, now: datetime) -> Receipt:
    """The bot has come into a group: say the next step, once, unless the group is bound already."""
    if uow.first(Group, chat_id=chat_id) is None:
        _tell(uow, "bot_added", chat_id, {}, key="", now=now)
    return Receipt("noted")


def group_checkup(uow: UnitOfWork, actor: Actor, *, chat_id: int, look: Look, now: datetime) -> Receipt:
    """/checkup in a group: what the bot may do and hear there, what is uneven, and which community it belongs to.

    Said in the group, and to the chair of the meeting that sits or comes next there, who can have it mended.
    """
    group = uow.first(Group, chat_id=chat_id)
    community = uow.must(Community, group.community_id).name if group is not None else None
    may = {"may_delete": look.rights.get("delete", False), "may_mute": look.rights.get("restrict", False)}
    group_rights.seen(uow, actor, chat_id=chat_id, now=now, **may)
    facts = asdict(look) | {"rights": dict(look.rights), "community": community}
    where = {"thread": look.thread} if look.thread is not None else {}
    _tell(uow, "group_checkup", chat_id, facts | where, key="", now=now)
    meetings = uow.all(Meeting, order="scheduled_at", chat_id=chat_id, announced_at=None)
    if meetings and not look.well:
        minute = to_micros(now) // 60_000_000
        key = f"group_checkup:{meetings[0].chair_id}:{minute}"
        enqueue_private(uow, "group_checkup", meetings[0].chair_id, facts, unique_key=key, now=now)
    return Receipt("checkup_posted")


def _tell(uow: UnitOfWork, kind: str, chat_id: int, facts: Mapping[str, Any], *, key: str, now: datetime) -> None:
    # The same answer once a minute: whoever repeats a command must not use up what the group may be sent.
    minute = to_micros(now) // 60_000_000
    enqueue(uow, kind, chat_id, facts, unique_key=f"{kind}:{chat_id}:{key}:{minute}", now=now)
