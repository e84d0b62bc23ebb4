"""Contact data: sealed in the row, erased on withdrawal, never in the journal."""

from typing import Any

import pytest

from bot.command.verify import verify_database
from procedure.errors import RuleBroken
from services import contacts
from storage.tables import Contact, JournalEntry
from tests.services.room import Room

FIELDS = {"name": "李四", "phone": "138-0000-0002", "email": "", "address": "向阳小区 1-102"}
KEPT = {name: text for name, text in FIELDS.items() if text}


def person(room: Room) -> int:
    """李四 of 1-102."""
    return int(room.read(lambda uow: uow.rows("SELECT id FROM person WHERE label = '1-102'"))[0][0])


def give(room: Room, topic_id: int | None, fields: dict[str, str] = FIELDS) -> None:
    who = person(room)
    room.database.write_now(
        lambda uow: contacts.give(
            uow, person_id=who, community_id=1, topic_id=topic_id, fields=fields, now=room.instant
        )
    )


def withdraw(room: Room, topic_id: int | None) -> bool:
    who = person(room)
    return room.database.write_now(
        lambda uow: contacts.withdraw(uow, person_id=who, topic_id=topic_id, now=room.instant)
    )


def read(room: Room, topic_id: int | None) -> dict[str, str] | None:
    who = person(room)
    return room.read(lambda uow: contacts.read(uow, person_id=who, topic_id=topic_id))


def journal(room: Room) -> list[tuple[str, str]]:
    """(kind of subject, entry) of what the journal knows of contacts."""
    entries = room.read(lambda uow: [(row.subject, row.entry) for row in uow.all(JournalEntry)])
    return [(subject, entry) for subject, entry in entries if "contact" in entry]


def test_what_is_given_is_read_and_lies_sealed(room: Room) -> None:
    give(room, room.topic_id)
    assert read(room, room.topic_id) == KEPT
    assert read(room, None) is None
    row = room.read(lambda uow: uow.first(Contact))
    assert row is not None and row.sealed is not None and "138" not in row.sealed and row.consent_at == room.instant
    assert [given.fields for given in room.read(lambda uow: contacts.mine(uow, person_id=row.person_id))] == [KEPT]


def test_withdrawing_erases_the_words_and_keeps_the_row(room: Room) -> None:
    give(room, room.topic_id)
    assert withdraw(room, room.topic_id)
    assert not withdraw(room, room.topic_id)
    row = room.read(lambda uow: uow.first(Contact))
    assert row is not None and row.sealed is None and row.erased_at == room.instant
    assert read(room, room.topic_id) is None
    assert room.read(lambda uow: contacts.mine(uow, person_id=row.person_id)) == []


@pytest.mark.parametrize("of_topic", [True, False])
def test_giving_again_replaces_and_makes_no_second_row(room: Room, of_topic: bool) -> None:
    topic_id = room.topic_id if of_topic else None
    give(room, topic_id)
    withdraw(room, topic_id)
    give(room, topic_id, {"phone": "138-0000-0003"})
    assert read(room, topic_id) == {"phone": "138-0000-0003"}
    assert room.read(lambda uow: uow.count(Contact)) == 1


def test_the_journal_holds_ids_and_no_word(room: Room) -> None:
    give(room, room.topic_id)
    give(room, None)
    withdraw(room, None)
    entries = journal(room)
    assert [subject for subject, _ in entries] == ["topic", "community", "community"]
    assert ["contact_given" in entry for _, entry in entries] == [True, True, False]
    assert not any(word in entry for _, entry in entries for word in ("138", "李四", "向阳"))
    assert verify_database(room.database, None).broken == []


def test_a_field_that_is_no_contact_data_is_a_fault(room: Room) -> None:
    with pytest.raises(ValueError, match="id_number"):
        give(room, None, {"id_number": "1"})


def mine(room: Room, who: str) -> list[dict[str, Any]]:
    """What the bot shows this account of its own."""
    given: list[dict[str, Any]] = room.read(
        lambda uow: contacts.my_contacts(uow, room.actor(who), now=room.instant)
    ).facts["given"]
    return given


def test_the_owner_sees_what_they_gave_and_takes_it_back(room: Room) -> None:
    give(room, room.topic_id)
    give(room, None)
    assert [(one["topic"], one["fields"]) for one in mine(room, "r102")] == [(1, KEPT), (None, KEPT)]
    assert mine(room, "r101") == mine(room, "stranger") == []
    first = mine(room, "r102")[0]["contact_id"]
    for who in ("r101", "stranger"):
        with pytest.raises(RuleBroken, match="not_your_contact"):
            room.door.act_now(contacts.withdraw_contact, room.actor(who), None, contact_id=first)
    room.door.act_now(contacts.withdraw_contact, room.actor("r102"), None, contact_id=first)
    assert [one["topic"] for one in mine(room, "r102")] == [None]


def test_a_seal_of_a_lost_key_is_shown_as_unreadable_and_can_be_withdrawn(room: Room) -> None:
    give(room, None)
    room.database.write_now(lambda uow: uow.raw("UPDATE contact SET sealed = 'lost'"))
    (one,) = mine(room, "r102")
    assert one["fields"] is None
    room.door.act_now(contacts.withdraw_contact, room.actor("r102"), None, contact_id=one["contact_id"])
    assert mine(room, "r102") == []
