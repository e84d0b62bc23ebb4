"""Accounts: who has opened a private chat with the bot, in which language, and whether they can be reached."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from services.act import Actor, Receipt
from storage.tables import Account
from storage.work import UnitOfWork

LANGUAGES = ("zh", "en")


def start(uow: UnitOfWork, actor: Actor, *, language_code: str | None, now: datetime) -> Receipt:
    """/start: the private chat is open to us from here on."""
    account = _account(uow, actor)
    if account.started_at is None:
        account.started_at = now
        account.language = "en" if (language_code or "zh").lower().startswith("en") else "zh"
    account.unreachable_at = None
    return Receipt("started", {"language": account.language})


def set_language(uow: UnitOfWork, actor: Actor, *, language: str, now: datetime) -> Receipt:
    """The language of everything private. Raises RuleBroken no_such_language."""
    if language not in LANGUAGES:
        raise RuleBroken("no_such_language", OUR_RULE)
    _account(uow, actor).language = language
    return Receipt("language_set", {"language": language})


def reachability(uow: UnitOfWork, actor: Actor, *, reachable: bool, now: datetime) -> Receipt:
    """The person blocked the bot, or took it back."""
    account = _account(uow, actor)
    account.unreachable_at = None if reachable else now
    return Receipt("noted")


def person_of(uow: UnitOfWork, account_id: int, community_id: int) -> int:
    """The one person this account carries in this community. Raises RuleBroken not_in_community, which_person.

    Whoever has left the roster acts no more, whatever posts and roles they held.
    """
    rows = uow.rows(
        "SELECT id FROM person WHERE account_id = :account AND community_id = :community AND left_at IS NULL",
        {"account": account_id, "community": community_id},
    )
    if not rows:
        raise RuleBroken("not_in_community", OUR_RULE)
    if len(rows) > 1:
        raise RuleBroken("which_person", OUR_RULE)
    return int(rows[0][0])


def known_person(uow: UnitOfWork, account_id: int | None, community_id: int) -> int | None:
    """`person_of`, and None for whoever is nobody of this community, or shows no face."""
    if account_id is None:
        return None
    try:
        return person_of(uow, account_id, community_id)
    except RuleBroken:
        return None


def _account(uow: UnitOfWork, actor: Actor) -> Account:
    if not actor.account_id:
        raise LookupError("neither the system nor whoever shows no face has an account")
    found = uow.get(Account, actor.account_id)
    return found or uow.add(Account(id=actor.account_id))
