"""Tying an account to a person: one-time slips that staff hand out, and the owner's own yes.

The code is the only proof; whoever taps the button shows it once more. A wrong code is an answer, not a refusal,
since refusals change nothing and wrong codes are counted.
"""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from services import boards, journal
from services.act import Actor, Receipt
from services.board_facts import iso
from storage import running
from storage.tables import Account, BindCode, Board, Community, Person, Setting
from storage.types import from_micros, to_micros
from storage.work import UnitOfWork

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing in it looks like something else: neither 0 and O nor 1 and I."""
CODE_LENGTH: Final = 8
VALID: Final = timedelta(days=30)
TRIES: Final = 5
TRIES_WITHIN: Final = timedelta(hours=1)


def make_slips(
    uow: UnitOfWork, actor: Actor, *, community_id: int, person_id: int | None, building: str | None, now: datetime
) -> Receipt:
    """Slips for those without an account, valid for 30 days; older ones of theirs stop working.

    Codes are in the receipt and nowhere else. Raises RuleBroken nobody_without_account.
    """
    uow.lock("community", community_id)
    wanted: dict[str, Any] = {"id": person_id} if person_id is not None else {}
    wanted |= {"building": building} if building is not None else {}
    people = uow.all(
        Person, "building,household,id", community_id=community_id, account_id=None, left_at=None, **wanted
    )
    if not people:
        raise RuleBroken("nobody_without_account", OUR_RULE)
    _void(uow, [person.id for person in people if person.id is not None], now)
    community = uow.must(Community, community_id)
    slips = [_slip(uow, person, now) for person in people]
    uow.flush()
    journal.record(
        uow,
        "slips_made",
        community_id=community_id,
        subject="community",
        subject_id=community_id,
        now=now,
        persons=[slip["person_id"] for slip in slips],
    )
    return Receipt("slips_made", {"slips": slips, "community": community.name, "timezone": community.timezone})


def _void(uow: UnitOfWork, people: Iterable[int], now: datetime) -> None:
    for person_id in people:
        uow.raw(
            "UPDATE bind_code SET expires_at = :now WHERE person_id = :id AND used_at IS NULL AND expires_at > :now",
            {"id": person_id, "now": to_micros(now)},
        )


def _slip(uow: UnitOfWork, person: Person, now: datetime) -> dict[str, Any]:
    assert person.id is not None
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row = BindCode(
        community_id=person.community_id,
        person_id=person.id,
        code_hash=uow.vault.mark(code),
        made_at=now,
        expires_at=now + VALID,
    )
    uow.orm.add(row)
    return {
        "person_id": person.id,
        "label": person.label,
        "name": person.name,
        "code": code,
        "until": iso(row.expires_at),
    }


def read_code(text: str) -> str | None:
    """The code that somebody typed, however they wrote it; None for anything else."""
    bare = "".join(text.split()).replace("-", "").upper()
    return bare if len(bare) == CODE_LENGTH and set(bare) <= set(ALPHABET) else None


def code_number(code: str) -> int:
    """A code as a number, for a button."""
    number = 0
    for character in code:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number


def number_code(number: int) -> str:
    """The code of a button's number; "" for a number that is none."""
    code = ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        code = ALPHABET[place] + code
    return "" if number else code


def show_slip(uow: UnitOfWork, actor: Actor, *, code: str, now: datetime) -> Receipt:
    """Whose slip this is, before anything happens; or why it cannot be used."""
    found = _usable(uow, actor, code, now)
    if isinstance(found, Receipt):
        return found
    _, person = found
    community = uow.must(Community, person.community_id)
    others = uow.all(Person, community_id=person.community_id, account_id=actor.account_id, left_at=None)
    facts = {
        "label": person.label,
        "name": person.name,
        "community": community.name,
        "others": [other.label for other in others],
        "number": code_number(code),
    }
    return Receipt("slip_shown", facts)


def bind_account(uow: UnitOfWork, actor: Actor, *, code: str, now: datetime) -> Receipt:
    """The owner said yes: the account is this person's from here on; or why it cannot be."""
    found = _usable(uow, actor, code, now)
    if isinstance(found, Receipt):
        return found
    slip, person = found
    assert actor.account_id is not None
    if uow.get(Account, actor.account_id) is None:
        uow.add(Account(id=actor.account_id))
    person.account_id = slip.used_by = actor.account_id
    slip.used_at = now
    uow.flush()
    running.remember(uow, name=_tries_of(actor.account_id), value="[]")
    journal.record(
        uow,
        "account_bound",
        community_id=person.community_id,
        subject="community",
        subject_id=person.community_id,
        now=now,
        person=person.id,
        slip=slip.id,
    )
    return Receipt("account_bound", {"label": person.label})


def release_account(uow: UnitOfWork, actor: Actor, *, community_id: int, person_id: int, now: datetime) -> Receipt:
    """Staff loosen a person from their account, for a new phone or a mistake; what it saw of meetings goes.

    Raises RuleBroken nobody_with_account.
    """
    uow.lock("person", person_id)
    person = uow.first(Person, id=person_id, community_id=community_id)
    if person is None or person.account_id is None:
        raise RuleBroken("nobody_with_account", OUR_RULE)
    person.account_id = None
    for board in uow.all(Board, person_id=person_id):
        boards.take_away(uow, board, now)
    journal.record(
        uow,
        "account_released",
        community_id=community_id,
        subject="community",
        subject_id=community_id,
        now=now,
        person=person_id,
    )
    return Receipt("account_released", {"label": person.label})


def bot_username(uow: UnitOfWork) -> str:
    """Our own name on Telegram, "" before the bot has ever run."""
    return _setting(uow, "bot_username")


def _usable(uow: UnitOfWork, actor: Actor, code: str, now: datetime) -> tuple[BindCode, Person] | Receipt:
    account_id = actor.account_id or 0
    tries = _tries(uow, account_id, now)
    if len(tries) >= TRIES:
        minutes = int((tries[0] + TRIES_WITHIN - now).total_seconds()) // 60 + 1
        return Receipt("slip_refused", {"why": "wait", "minutes": minutes})
    slip = uow.first(BindCode, code_hash=uow.vault.marks(code)) if code and account_id else None
    if slip is None:
        kept = [to_micros(one) for one in (*tries, now)]
        running.remember(uow, name=_tries_of(account_id), value=json.dumps(kept))
        return Receipt("slip_refused", {"why": "unknown"})
    uow.lock("community", slip.community_id)
    uow.lock("person", slip.person_id)
    uow.orm.expire_all()
    slip, person = uow.must(BindCode, slip.id), uow.must(Person, slip.person_id)
    why = _objection(uow, slip, person, account_id, now)
    return Receipt("slip_refused", {"why": why}) if why else (slip, person)


def _objection(uow: UnitOfWork, slip: BindCode, person: Person, account_id: int, now: datetime) -> str | None:
    if person.account_id == account_id:
        return "yours"
    if slip.used_at is not None:
        return "used"
    if slip.expires_at <= now or person.left_at is not None:
        return "expired"
    if person.account_id is not None:
        return "taken"
    others = uow.all(Person, community_id=person.community_id, account_id=account_id, left_at=None)
    if any(other.household is None or other.household != person.household for other in others):
        return "other_household"
    return None


def _tries_of(account_id: int) -> str:
    return f"wrong_codes:{account_id}"


def _tries(uow: UnitOfWork, account_id: int, now: datetime) -> list[datetime]:
    kept = json.loads(_setting(uow, _tries_of(account_id)) or "[]")
    return [at for at in map(from_micros, kept) if at > now - TRIES_WITHIN]


def _setting(uow: UnitOfWork, name: str) -> str:
    row = uow.get(Setting, name)
    return row.value if row is not None else ""
