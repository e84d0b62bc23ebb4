"""Slips and bound chats, rule by rule."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from procedure.errors import RuleBroken
from services import binding, groups
from services.act import Actor, Receipt
from services.groups import Chat, Look
from storage.tables import BindCode, Group, JournalEntry, Outbox, Person
from storage.work import UnitOfWork
from tests.services.room import ACCOUNTS, Room

STRANGER = ACCOUNTS["stranger"]
NEW = Chat(-100200, "议事群", "supergroup", "yishi")
LOOK = Look({"admin": True}, reads_all=False)


def slips(room: Room, **more: Any) -> dict[str, str]:
    """Label → code."""
    facts = {"community_id": 1, "person_id": None, "building": None} | more
    made = room.door.act_now(binding.make_slips, room.actor("chair"), None, **facts).facts
    return {slip["label"]: slip["code"] for slip in made["slips"]}


def free(room: Room, *labels: str) -> None:
    """These persons have no account."""
    change = "UPDATE person SET account_id = NULL WHERE label = :label"
    for label in labels:
        room.database.write_now(partial(UnitOfWork.raw, sql=change, params={"label": label}))


def binds(room: Room, who: str, code: str) -> Receipt:
    return room.door.act_now(binding.bind_account, room.actor(who), None, code=code)


def why(receipt: Receipt) -> str:
    assert receipt.code == "slip_refused", receipt
    return str(receipt.facts["why"])


def account(room: Room, label: str) -> int | None:
    person = room.read(lambda uow: uow.first(Person, label=label))
    assert person is not None
    return person.account_id


def test_a_code_is_shown_once_and_kept_as_a_mark(room: Room) -> None:
    free(room, "1-101")
    code = slips(room)["1-101"]
    assert len(code) == 8 and set(code) <= set(binding.ALPHABET) and not set("01OI") & set(binding.ALPHABET)
    assert len(binding.ALPHABET) ** 8 >= 2**40
    kept = room.read(lambda uow: uow.all(BindCode))
    assert len(kept) == 1 and code not in kept[0].code_hash
    assert kept[0].expires_at == room.instant + timedelta(days=30)
    entries = room.read(lambda uow: [row.entry for row in uow.all(JournalEntry)])
    assert not any(code in entry or "张三" in entry for entry in entries)


def test_only_people_without_an_account_get_slips(room: Room) -> None:
    with pytest.raises(RuleBroken, match="nobody_without_account"):
        slips(room)
    free(room, "1-101", "2-301")
    assert set(slips(room)) == {"1-101", "2-301"}
    room.database.write_now(lambda uow: uow.raw("UPDATE person SET building = '2' WHERE label = '2-301'"))
    assert set(slips(room, building="2")) == {"2-301"}
    person = room.read(lambda uow: uow.first(Person, label="1-101"))
    assert person is not None and set(slips(room, person_id=person.id)) == {"1-101"}


def test_the_slip_shows_whose_it_is_and_a_yes_binds(room: Room) -> None:
    free(room, "1-101")
    code = slips(room)["1-101"]
    shown = room.door.act_now(binding.show_slip, room.actor("stranger"), None, code=code)
    assert (shown.facts["label"], shown.facts["name"]) == ("1-101", "张三")
    assert binding.number_code(shown.facts["number"]) == code
    assert account(room, "1-101") is None
    assert binds(room, "stranger", code).code == "account_bound"
    assert account(room, "1-101") == STRANGER


def test_a_slip_is_good_once_and_for_thirty_days(room: Room) -> None:
    free(room, "1-101", "1-102")
    codes = slips(room)
    binds(room, "stranger", codes["1-101"])
    assert why(binds(room, "stranger", codes["1-101"])) == "yours"
    assert why(binds(room, "observer", codes["1-101"])) == "used"
    room.instant += timedelta(days=30)
    assert why(binds(room, "r101", codes["1-102"])) == "expired"


def test_a_new_slip_voids_the_old_one(room: Room) -> None:
    free(room, "1-101")
    old, new = slips(room)["1-101"], slips(room)["1-101"]
    assert why(binds(room, "stranger", old)) == "expired"
    assert binds(room, "stranger", new).code == "account_bound"


def test_a_person_with_another_account_is_left_alone(room: Room) -> None:
    free(room, "1-101")
    code = slips(room)["1-101"]
    room.database.write_now(
        lambda uow: uow.raw("UPDATE person SET account_id = :id WHERE label = '1-101'", {"id": ACCOUNTS["r101"]})
    )
    assert why(binds(room, "stranger", code)) == "taken"
    assert account(room, "1-101") == ACCOUNTS["r101"]


def test_one_account_carries_one_household(room: Room) -> None:
    free(room, "3-601 甲", "3-601 乙", "1-101")
    codes = slips(room)
    binds(room, "stranger", codes["3-601 甲"])
    assert why(binds(room, "stranger", codes["1-101"])) == "other_household"
    assert binds(room, "stranger", codes["3-601 乙"]).code == "account_bound"
    assert account(room, "3-601 甲") == account(room, "3-601 乙") == STRANGER


def test_somebody_who_already_carries_another_is_warned(room: Room) -> None:
    free(room, "3-601 乙")
    code = slips(room)["3-601 乙"]
    shown = room.door.act_now(binding.show_slip, room.actor("r601a"), None, code=code)
    assert shown.facts["others"] == ["3-601 甲"]


def test_staff_loosen_a_person_and_a_new_slip_binds_again(room: Room) -> None:
    person = room.read(lambda uow: uow.first(Person, label="1-101"))
    assert person is not None and person.id is not None
    facts = {"community_id": 1, "person_id": person.id}
    room.door.act_now(binding.release_account, room.actor("chair"), None, **facts)
    assert account(room, "1-101") is None
    with pytest.raises(RuleBroken, match="nobody_with_account"):
        room.door.act_now(binding.release_account, room.actor("chair"), None, **facts)
    assert binds(room, "stranger", slips(room)["1-101"]).code == "account_bound"


def test_somebody_who_left_is_not_bound(room: Room) -> None:
    free(room, "1-101")
    code = slips(room)["1-101"]
    room.database.write_now(lambda uow: uow.raw("UPDATE person SET left_at = 1 WHERE label = '1-101'"))
    assert why(binds(room, "stranger", code)) == "expired"


def test_who_shows_no_face_binds_nobody(room: Room) -> None:
    free(room, "1-101")
    code = slips(room)["1-101"]
    for faceless in (0, None):
        receipt = room.door.act_now(binding.bind_account, Actor(faceless), None, code=code)
        assert why(receipt) == "unknown"


def test_five_wrong_codes_mean_an_hour(room: Room) -> None:
    free(room, "1-101")
    code = slips(room)["1-101"]
    assert [why(binds(room, "stranger", "22222222")) for _ in range(5)] == ["unknown"] * 5
    waiting = binds(room, "stranger", code)
    assert (why(waiting), waiting.facts["minutes"]) == ("wait", 61)
    assert why(binds(room, "observer", "")) == "unknown"
    room.instant += timedelta(hours=1)
    assert binds(room, "stranger", code).code == "account_bound"


@pytest.mark.parametrize("typed", ["ABCD2345", "abcd-2345", " abcd 2345 ", "AB-CD-23-45"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert binding.read_code(typed) == "ABCD2345"


@pytest.mark.parametrize("typed", ["", "ABCD234", "ABCD23456", "ABCD2340", "你好你好你好你好", "ABCD234O"])
def test_other_words_are_no_code(typed: str) -> None:
    assert binding.read_code(typed) is None


def test_a_button_carries_any_code_and_nothing_else() -> None:
    for code in ("22222222", "ZZZZZZZZ", "ABCD2345"):
        assert binding.number_code(binding.code_number(code)) == code
    assert binding.number_code(2**40) == ""


def bind(room: Room, who: str, chat: Chat = NEW, admin: bool | None = True, **more: Any) -> str:
    facts = {"operators": (), "community_id": None} | more
    receipt = room.door.act_now(groups.bind_chat, room.actor(who), None, chat=chat, telegram_admin=admin, **facts)
    return str(receipt.facts["outcome"])


def test_staff_who_administer_the_chat_bind_it(room: Room) -> None:
    assert bind(room, "recorder") == "bound"
    group = room.read(lambda uow: uow.first(Group, chat_id=NEW.id))
    assert group is not None
    assert (group.community_id, group.title, group.username, group.bound_by) == (
        1,
        "议事群",
        "yishi",
        ACCOUNTS["recorder"],
    )
    assert bind(room, "recorder") == "already"


@pytest.mark.parametrize(
    ("who", "kind", "admin", "outcome"),
    [
        ("r101", "supergroup", True, "no_right"),
        ("supervisor", "supergroup", True, "no_right"),
        ("stranger", "supergroup", True, "no_right"),
        ("recorder", "supergroup", False, "not_admin"),
        ("recorder", "channel", None, "not_there"),
    ],
)
def test_everybody_else_is_told_why_not(room: Room, who: str, kind: str, admin: bool | None, outcome: str) -> None:
    assert bind(room, who, Chat(-1, "群", kind), admin) == outcome
    assert room.read(lambda uow: uow.count(Group, chat_id=-1)) == 0
    told = room.read(lambda uow: uow.all(Outbox, kind="bind_answer"))
    assert len(told) == (0 if kind == "channel" else 1)


def test_an_operator_chooses_and_cannot_take_a_bound_chat(room: Room) -> None:
    room.database.write_now(
        lambda uow: uow.raw(
            "INSERT INTO community (id, name, timezone, created_at) VALUES (7, '东风社区', 'Asia/Shanghai', 0)"
        )
    )
    operators = (STRANGER,)
    assert bind(room, "stranger", operators=operators) == "choose"
    assert bind(room, "stranger", operators=operators, community_id=99) == "no_right"
    assert bind(room, "stranger", operators=operators, community_id=7) == "bound"
    assert bind(room, "stranger", operators=operators, community_id=1) == "elsewhere"
    assert bind(room, "recorder") == "elsewhere"
    last = room.read(lambda uow: uow.all(Outbox, kind="bind_answer"))[-1]
    assert "东风社区" not in json.dumps(last.facts, ensure_ascii=False)


def test_whoever_repeats_a_command_does_not_fill_the_group(room: Room) -> None:
    for _ in range(50):
        assert bind(room, "stranger") == "no_right"
        room.door.act_now(groups.group_checkup, room.actor("stranger"), None, chat_id=NEW.id, look=LOOK)
    assert bind(room, "recorder") == "bound"
    kinds = [row.kind for row in room.read(lambda uow: uow.all(Outbox, chat_id=NEW.id))]
    assert kinds == ["bind_answer", "group_checkup", "bind_answer"]


def test_the_bot_says_hello_only_where_nothing_is_bound(room: Room) -> None:
    bind(room, "recorder")
    for chat_id in (NEW.id, -5):
        room.door.act_now(groups.bot_added, room.actor("chair"), None, chat_id=chat_id)
    assert [row.chat_id for row in room.read(lambda uow: uow.all(Outbox, kind="bot_added"))] == [-5]
