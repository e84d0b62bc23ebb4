"""T8: whoever has a client of their own sends any button there is; the act asks who they are, not what they sent."""

import pytest

from bot.views.codec import VERBS
from handlers.callbacks import ACTIONS
from procedure.errors import RuleBroken
from storage.tables import Account, Community, Person
from storage.work import UnitOfWork
from tests.services.room import ACCOUNTS, Room

IDS = {"stance": "for", "calling": "for", "page": "home", "language": "zh", "action": "skip"}
NO_BUSINESS = "SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM outbox), (SELECT count(*) FROM content)"
OPEN_TO_ALL = {"check_in", "open_board", "close_board", "paper", "roll_file"}
"""What a mere observer of the meeting may do; the paper is the published notice, the roll that of a named vote."""


def neighbours(uow: UnitOfWork, account: int) -> None:
    """Another community on the same bot, with this account on its roster."""
    village = uow.add(Community(name="另一社区", created_at=uow.must(Community, 1).created_at))
    assert village.id is not None
    if uow.get(Account, account) is None:
        uow.add(Account(id=account))
    uow.add(Person(community_id=village.id, account_id=account, name="周一", label="9-901"))


def let_in(room: Room, who: str) -> set[str]:
    """Every verb that is not refused."""
    found = set()
    for verb, names in VERBS.items():
        if verb in ACTIONS:
            facts = {name: IDS.get(name, 1) for name in names} | ({"via": "button"} if verb == "check_in" else {})
            try:
                room.door.act_now(ACTIONS[verb], room.actor(who), None, **facts)
            except RuleBroken:
                continue
            found.add(verb)
    return found


@pytest.mark.parametrize("engine", ["sqlite"])
def test_t08_every_verb_forged_by_who_has_no_business_here(room: Room) -> None:
    """A stranger, and the neighbour community's resident: all refused, nothing written down."""
    room.to_discussion()
    room.database.write_now(lambda uow: neighbours(uow, ACCOUNTS["stranger"] + 1000))
    before = room.read(lambda uow: uow.rows(NO_BUSINESS))
    assert let_in(room, "stranger") == set()
    room.accounts = ACCOUNTS | {"stranger": ACCOUNTS["stranger"] + 1000}
    assert let_in(room, "stranger") == set()
    assert room.read(lambda uow: uow.rows(NO_BUSINESS)) == before
    assert let_in(room, "observer") == OPEN_TO_ALL
