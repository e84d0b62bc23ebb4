"""The group's board in one's own private chat: asked for, kept up to date, taken away again (product.md "Boards")."""

from typing import Any

import pytest

from services import annex, binding, boards, checkin, delivery, hands, people, private_boards, voting
from services.act import SYSTEM
from storage.tables import Account, Board, Person
from storage.work import UnitOfWork
from tests.services.room import ACCOUNTS, GROUP, Room
from tests.services.suspended import RAISED

OPEN, CLOSE = private_boards.open_board, private_boards.close_board


def board(room: Room, who: str) -> Board:
    """The live message in this person's private chat."""
    found = room.read(lambda uow: uow.first(Board, meeting_id=room.id, chat_id=ACCOUNTS[who]))
    assert found is not None
    return found


def content(room: Room, board_id: int | None) -> dict[str, Any]:
    """What a board shows now."""
    assert board_id is not None
    return room.read(lambda uow: boards.content(uow, board_id=board_id, now=room.instant)).facts


def sent(room: Room, who: str, kind: str) -> int:
    """How many messages of this kind went into somebody's private chat."""
    return [(name, chat) for name, chat, _ in room.sent].count((kind, ACCOUNTS[who]))


def test_it_shows_what_the_group_sees_until_it_is_taken_away(room: Room) -> None:
    room.to_check_in("chair", "recorder", "supervisor", "r102")
    assert room.acts("r102", OPEN).code == room.acts("observer", OPEN).code == "board_opened"
    room.deliver()
    mine = board(room, "r102")
    group = room.read(lambda uow: uow.first(Board, meeting_id=room.id, chat_id=GROUP))
    assert group is not None and mine.message_id is not None
    assert content(room, mine.id) == content(room, group.id) | {"private": True}
    room.to_rules_vote()
    assert sent(room, "r102", "private_board") == 2, "a new stage is a new message"
    assert sent(room, "r102", "board_delete") == 1, "and the old one goes"
    room.acts("r201", checkin.check_in, via="button")
    assert board(room, "r102").dirty, "what changes within it is an edit"
    assert room.acts("r102", CLOSE).code == room.acts("r102", CLOSE).code == "board_closed"
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.deliver()
    assert sent(room, "r102", "private_board") == 2 and sent(room, "r102", "board_delete") == 2
    assert [one.chat_id for one in room.read(lambda uow: boards.ready(uow, now=room.instant))].count(mine.chat_id) == 0
    room.acts("r102", OPEN)
    room.deliver()
    assert sent(room, "r102", "private_board") == 3


@pytest.mark.parametrize("engine", ["sqlite"])
def test_who_may_not_have_one(room: Room) -> None:
    assert room.refused("r102", OPEN) == "not_now"
    room.to_check_in()
    assert room.refused("stranger", OPEN) == room.refused("stranger", CLOSE) == "not_in_community"
    room.door.act_now(delivery.closed_to_us, SYSTEM, None, chat_id=ACCOUNTS["r102"])
    assert room.refused("r102", OPEN) == "private_chat_closed"
    room.door.act_now(people.start, room.actor("r102"), None, language_code="zh")
    assert room.acts("r102", OPEN).code == "board_opened"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_official_has_a_console_in_its_place(room: Room) -> None:
    room.to_check_in()
    room.deliver()
    assert room.acts("chair", OPEN).code == "console_opened" and board(room, "chair").view == "console"
    assert room.acts("chair", CLOSE).code == "board_closed" and board(room, "chair").view == "console"
    assert room.acts("adviser", OPEN).code == "board_opened"
    room.to_rules_vote()
    room.acts("r102", annex.raise_annex, **RAISED)
    room.deliver()
    assert board(room, "adviser").view == "console", "the adviser is asked: from here on a console"
    assert sent(room, "adviser", "board_post") == 1


def test_who_blocks_the_bot_is_left_alone(room: Room) -> None:
    room.to_check_in()
    room.acts("r102", OPEN)
    room.door.act_now(delivery.closed_to_us, SYSTEM, None, chat_id=ACCOUNTS["r102"])
    room.deliver()
    assert board(room, "r102").view == "closed" and sent(room, "r102", "private_board") == 0
    assert room.read(lambda uow: uow.must(Account, ACCOUNTS["r102"])).unreachable_at is not None
    room.to_rules_vote()
    assert sent(room, "r102", "private_board") == 0


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_lost_phone_sees_no_more_and_who_has_its_account_next_sees_their_own(room: Room) -> None:
    room.to_discussion()
    room.acts("r102", OPEN)
    room.deliver()
    people_of = {who: board(room, who).person_id or 0 for who in ("recorder", "r102")}
    for person_id in people_of.values():
        room.door.act_now(binding.release_account, SYSTEM, None, community_id=1, person_id=person_id)
    room.deliver()
    assert [room.sent[-2 + one][:2] for one in range(2)] == [
        ("board_delete", ACCOUNTS[who]) for who in ("recorder", "r102")
    ]
    room.acts("r201", hands.raise_hand, stance="for")
    shown = {one.chat_id for one in room.read(lambda uow: boards.ready(uow, now=room.instant))}
    assert ACCOUNTS["chair"] in shown and not shown & {ACCOUNTS["recorder"], ACCOUNTS["r102"]}

    def hand_over(uow: UnitOfWork) -> None:
        uow.must(Person, people_of["r102"]).account_id = ACCOUNTS["recorder"]

    room.database.write_now(hand_over)
    room.acts("recorder", OPEN)
    room.deliver()
    mine = board(room, "recorder")
    assert (mine.person_id, mine.view) == (people_of["r102"], "board")
    assert sent(room, "recorder", "private_board") == 1
