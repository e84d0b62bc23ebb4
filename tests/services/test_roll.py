"""pollrBot #6 (names vanished beyond a hundred): every hand of 500 is on some page and in the file, by label only."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import SQLModel

from bot import views
from procedure.errors import RuleBroken
from procedure.terms import Capacity
from services import roll, voting
from services.act import Receipt
from storage.tables import Account, File, Motion, Participant, Person, Seat, Vote
from storage.work import UnitOfWork
from tests.services.room import STAKEHOLDERS, Room

MANY = 500
FIRST = 80_000
STANCES = ("for", "against", "abstain", None)


Made = Callable[[int], list[SQLModel]]


def crowd(room: Room) -> list[str]:
    """Five hundred more on the counted vote's roster, a fourth of them without a hand; their labels."""
    motion, plan_id, at = room.motion, room.meeting.plan_id, room.instant
    community, motion_id = motion.community_id, motion.id or 0

    def join(uow: UnitOfWork) -> None:
        for made in (_accounts, _people(community), _places(community, plan_id, motion_id, at)):
            uow.orm.add_all(row for number in range(MANY) for row in made(number))
            uow.flush()
        uow.must(Motion, motion_id).roster += MANY

    room.database.write_now(join)
    return [f"9-{number}" for number in range(MANY)]


def _accounts(number: int) -> list[SQLModel]:
    return [Account(id=FIRST + number)]


def _people(community: int) -> Made:
    def made(number: int) -> list[SQLModel]:
        shown = {"name": f"住户{number}", "label": f"9-{number}", "account_id": FIRST + number}
        return [Person.model_validate(shown | {"id": FIRST + number, "community_id": community})]

    return made


def _places(community: int, plan_id: int, motion_id: int, at: datetime) -> Made:
    def made(number: int) -> list[SQLModel]:
        who = {"community_id": community, "person_id": FIRST + number, "motion_id": motion_id}
        listed = {"plan_id": plan_id, "capacity": Capacity.STAKEHOLDER.value, "category": "群体"}
        rows: list[SQLModel] = [Participant.model_validate(who | listed), Seat.model_validate(who)]
        stance = STANCES[number % 4]
        return [*rows, Vote.model_validate(who | {"stance": stance, "code": "0", "at": at})] if stance else rows

    return made


def looks(room: Room, who: str, **facts: int) -> Receipt:
    actor = room.actor(who)
    return room.read(lambda uow: roll.vote_roll(uow, actor, now=room.instant, **facts))


def test_t05_a_roll_of_five_hundred_is_paged_and_in_the_file_and_nobody_is_left_out(room: Room) -> None:
    room.to_main_vote()
    room.vote(9, 3, 0)
    motion_id = room.motion.id or 0
    labels = crowd(room)
    shown: list[str] = []
    number, pages = 1, 2
    while number <= pages:
        receipt = looks(room, "r101", motion_id=motion_id, number=number)
        rendered = views.render(receipt.code, receipt.facts, "zh")
        assert all(one[1] in rendered.text for one in receipt.facts["listed"])
        shown += [one[1] for one in receipt.facts["listed"]]
        number, pages = number + 1, receipt.facts["pages"]
    assert len(shown) == len(set(shown)) == MANY + len(STAKEHOLDERS) and set(labels) <= set(shown)
    assert looks(room, "r101", motion_id=motion_id, number=10**9).facts["page"] == pages
    actor = room.actor("r101")
    assert room.door.act_now(roll.fetch_roll, actor, None, motion_id=motion_id).code == "paper_coming"
    room.deliver()
    sha256, name = room.kinds("roll_file")[-1]["document"]
    written = room.read(lambda uow: uow.must(File, sha256).body).decode("utf-8-sig").splitlines()
    assert set(labels) <= set(written) and name.endswith(".txt") and "住户" not in "".join(written)
    assert written.index("9-4") < written.index("9-100") < written.index("9-1")  # by side, then by number
    assert written.index("3-601 甲") + 1 == written.index("3-601 乙")


def test_who_may_read_it_and_when(room: Room) -> None:
    room.to_rules_vote()
    motion_id = room.motion.id or 0
    room.acts("chair", voting.open_call, motion_id=motion_id)

    def refused(who: str, motion: int = motion_id) -> str:
        found = "read"
        try:
            looks(room, who, motion_id=motion)
        except RuleBroken as broken:
            found = broken.code
        return found

    assert refused("r101") == "roll_not_counted"
    for stance in ("for", "against", "abstain"):
        room.passes(61)
        room.acts("chair", voting.close_call, motion_id=motion_id, calling=stance)
    room.passes(61)
    assert [refused(who) for who in ("r101", "observer", "supervisor", "recorder")] == ["read"] * 4
    assert (refused("stranger"), refused("r101", 10**9)) == ("not_in_community", "roll_not_for_you")
