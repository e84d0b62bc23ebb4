"""Who is in the group and who is in the meeting: two different things, and the second one counts."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.views.places import site_lines
from bot.views.words import words
from procedure.errors import RuleBroken
from services import board_facts, checkin, delivery, faceless, floor, hindered, opening, people, speech, voting
from services.act import SYSTEM, Actor, Receipt
from services.faceless import Channel
from services.groups import Look
from services.refused import refused
from services.sitting import peek
from storage.tables import Account, JournalEntry, Meeting, Outbox, Person, SenderChannel, Speech
from tests.services.room import ACCOUNTS, GROUP, Room

FACELESS = (1087968824, 777000, 136817688)
ADVERT = Channel(-1005550001, "<b>广告</b>\u202e")


def writes_as(room: Room, channel: Channel | None, text: str = "大家好", **more: Any) -> Receipt:
    """A message of the group itself, or of a channel: nobody's account comes with it."""
    room.messages += 1
    facts = {"chat_id": GROUP, "message_id": room.messages, "kind": "text", "text": text, "sent_at": room.instant}
    facts |= {"duration_seconds": 0, "own_words": True, "sender_chat": True, "channel": channel}
    return room.door.act_now(speech.record, Actor(0), None, **(facts | more))


def console(room: Room, who: str = "chair") -> dict[str, Any]:
    """What this official's console shows."""

    def look(uow: Any) -> dict[str, Any]:
        person = uow.first(Person, account_id=ACCOUNTS[who])
        return board_facts.console(peek(uow, uow.must(Meeting, room.id), SYSTEM), person.id, room.instant)

    return room.read(look)


def queued(room: Room, kind: str) -> list[Outbox]:
    return list(room.read(lambda uow: uow.all(Outbox, kind=kind)))


def test_t09_an_anonymous_administrator_is_nobody_and_interrupts_nobody(room: Room) -> None:
    room.to_discussion()
    before = room.meeting.interruptions
    assert writes_as(room, None, "我说两句").code == "anonymous"
    assert room.meeting.interruptions == before and not console(room)["interrupters"]
    assert queued(room, "anonymous_hint") == []
    for _ in range(5):
        assert writes_as(room, None, "举手赞成", command=True).code == "anonymous"
    assert len(queued(room, "anonymous_hint")) == 1  # however often, the group hears it once a minute
    room.instant += timedelta(minutes=2)
    writes_as(room, None, "签到", command=True)
    assert len(queued(room, "anonymous_hint")) == 2
    said = json.dumps([row.facts for row in queued(room, "anonymous_hint")], ensure_ascii=False)
    assert "周文" not in said and str(ACCOUNTS["chair"]) not in said


def test_t10_no_account_of_everybody_and_nobody_is_ever_kept(room: Room) -> None:
    room.to_discussion()
    for channel in (None, ADVERT):
        writes_as(room, channel)
    with pytest.raises(LookupError):
        room.door.act_now(people.start, Actor(0), None, language_code="zh")
    assert {row.account_id for row in room.read(lambda uow: uow.all(Speech, person_id=None))} == {0}
    assert not room.read(lambda uow: uow.all(Account, id=(0, *FACELESS)))
    assert not room.read(lambda uow: uow.all(Person, account_id=(0, *FACELESS)))


def test_t11_a_channel_is_told_once_how_to_speak_and_can_be_shut_out_with_a_reason(room: Room) -> None:
    room.to_discussion()
    before = room.meeting.interruptions
    for text in ("买一送一", "赞成", "再说一遍"):
        assert writes_as(room, ADVERT, text, command=text == "赞成").code == "interruption"
    for number in range(9):
        writes_as(room, Channel(-1005550100 - number, f"频道{number}"))
    assert room.meeting.interruptions == before + 12
    assert len(queued(room, "channel_hint")) == 2  # nine channels at once do not fill the group
    assert room.read(lambda uow: uow.count(SenderChannel, meeting_id=room.id)) == 10
    row = room.read(lambda uow: uow.first(SenderChannel, channel_id=ADVERT.id))
    assert row is not None
    facts = {"row_id": row.id, "reason": "发广告"}
    assert room.refused("r101", faceless.ban_channel, **facts) == "not_your_role"
    assert room.refused("chair", faceless.ban_channel, row_id=row.id, reason=" ") == "reason_needed"
    assert room.refused("chair", faceless.ban_channel, row_id=9999, reason="x") == "channel_gone"
    assert room.acts("chair", faceless.ban_channel, **facts).code == "channel_shut_out"
    assert room.refused("chair", faceless.ban_channel, **facts) == "channel_gone"
    assert ADVERT.title not in [one["title"] for one in console(room)["channels"]]
    (wanted,) = queued(room, "channel_ban")
    assert (wanted.chat_id, wanted.facts["channel_id"]) == (GROUP, ADVERT.id)
    entries = room.read(lambda uow: [entry.entry for entry in uow.all(JournalEntry)])
    assert sum('"channel_shut_out"' in one for one in entries) == 1 and not any("发广告" in one for one in entries)
    room.door.act_now(refused, SYSTEM, None, outbox_id=wanted.id, reason="not enough rights")
    (told,) = queued(room, "channel_told")
    assert told.chat_id == ACCOUNTS["chair"] and room.acts("chair", faceless.ban_channel, **facts)
    room.deliver()
    done = room.read(lambda uow: uow.must(SenderChannel, row.id))
    assert done.done_at is not None


def test_t14_the_convener_sees_who_may_be_one_person_before_the_vote_opens(room: Room) -> None:
    room.to_check_in()
    found = console(room)["doubles"]
    assert {"alike": "household", "labels": ["3-601 甲", "3-601 乙"]} in found
    assert console(room, "recorder")["doubles"] == []
    twin = "UPDATE person SET name = '张 三' WHERE label = '1-202'"
    room.database.write_now(lambda uow: uow.raw(twin) and None)
    assert {"alike": "name", "labels": ["1-101", "1-202"]} in console(room)["doubles"]
    shared = (
        "UPDATE person SET account_id = (SELECT account_id FROM person WHERE label = '1-102') WHERE label = '1-201'"
    )
    room.database.write_now(lambda uow: uow.raw(shared) and None)
    assert {"alike": "account", "labels": ["1-102", "1-201"]} in console(room)["doubles"]
    listed = "".join(site_lines(words("zh"), console(room)))
    assert all(label in listed for label in ("3-601 甲", "1-202", "1-201"))
    room.acts("chair", opening.open_meeting)
    assert console(room)["doubles"] == []
    room.database.write_now(lambda uow: uow.raw("UPDATE meeting SET state = 'wording'") and None)
    assert len(console(room)["doubles"]) == 3


def test_t16_the_roster_is_ours_whoever_telegram_says_is_there(room: Room) -> None:
    room.to_check_in("chair", "recorder", "supervisor", "r101")

    def event(who: str, status: str | None) -> str:
        facts = {"chat_id": GROUP, "account_id": ACCOUNTS[who], "status": status}
        return room.door.act_now(hindered.membership, room.actor(who), None, **facts).code

    before = room.read(lambda uow: [(row.id, row.account_id, row.left_at) for row in uow.all(Person)])
    assert [event("stranger", None), event("r102", "left"), event("r101", "left")] == ["nothing_to_do"] * 2 + ["noted"]
    assert room.read(lambda uow: [(row.id, row.account_id, row.left_at) for row in uow.all(Person)]) == before
    assert room.acts("r102", checkin.check_in, via="button").code == "checked_in"  # never seen in the group
    assert (
        room.refused("stranger", checkin.check_in, via="button") == "not_in_community"
    )  # and a member of it is nobody
    assert event("recorder", "left") == "noted"
    told = {row.chat_id for row in queued(room, "official_gone")}
    assert ACCOUNTS["chair"] in told and ACCOUNTS["recorder"] not in told
    assert event("recorder", "left") == "noted" and len(queued(room, "official_gone")) == len(told)


CASES = {
    "was here": ("r101", "vote_counted"),
    "came after the first call": ("r202", "not_on_roster"),
    "on no list": ("stranger", "not_in_community"),
    "observer": ("observer", "not_your_role"),
    "self-joined": ("neighbour", "not_your_role"),
    "chair": ("chair", "not_your_role"),
}


def test_t40_who_votes_is_settled_when_the_first_call_opens(room: Room) -> None:
    room.to_check_in("chair", "recorder", "supervisor", "r101", "r102", "observer", "neighbour")
    room.acts("chair", opening.open_meeting)
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    room.deliver()
    assert room.acts("r202", checkin.check_in, via="button").code == "checked_in"
    for case, (who, expected) in CASES.items():
        assert vote(room, who) == expected, case
    gone = {"chat_id": GROUP, "account_id": ACCOUNTS["r101"], "status": "left"}
    room.door.act_now(hindered.membership, room.actor("r101"), None, **gone)
    room.passes(61)
    room.acts("chair", voting.close_call, motion_id=room.motion.id, calling="for")
    assert room.read(lambda uow: uow.rows("SELECT stance FROM vote")) == [("for",)]  # who leaves keeps their hand


def vote(room: Room, who: str) -> str:
    try:
        return room.acts(who, voting.cast_vote, motion_id=room.motion.id, stance="for").code
    except RuleBroken as broken:
        return broken.code


def test_t41_who_cannot_be_written_to_is_listed_and_the_group_gets_the_way_without_a_name(room: Room) -> None:
    room.database.write_now(
        lambda uow: uow.raw("INSERT INTO setting VALUES ('bot_username', 'yishiting_bot')") and None
    )
    room.to_check_in("chair", "recorder", "supervisor")
    assert console(room)["unreached"] == ["2-302", "2-402", "3-601 乙"]
    (hint,) = queued(room, "start_hint")
    assert hint.chat_id == GROUP and not any(label in json.dumps(hint.facts) for label in ("2-302", "3-601"))
    mine = room.read(lambda uow: uow.first(Outbox, order="-id", chat_id=ACCOUNTS["recorder"]))
    assert mine is not None
    room.door.act_now(delivery.unreachable, SYSTEM, None, outbox_id=mine.id)
    failed = room.read(lambda uow: uow.must(Outbox, mine.id))
    assert (failed.state, failed.error) == ("failed", "unreachable")  # marked, not pretended
    room.database.write_now(
        lambda uow: uow.raw("UPDATE account SET unreachable_at = 1 WHERE id = :id", {"id": ACCOUNTS["r101"]}) and None
    )
    unbound = "UPDATE person SET account_id = NULL WHERE label = '1-102'"
    room.database.write_now(lambda uow: uow.raw(unbound) and None)
    assert console(room)["unreached"] == ["1-101", "1-102", "2-302", "2-402", "3-601 乙"]
    closed = room.read(lambda uow: uow.first(Person, label="2-302"))
    assert closed is not None and closed.id is not None
    sent = partial(delivery.enqueue_private, kind="hint_hand", person_id=closed.id, facts={}, unique_key="x")
    assert not room.database.write_now(lambda uow: sent(uow, now=room.instant))


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("found", "told"), [({}, 0), ({"boosts": 3}, 1), ({"slow_mode": 30}, 1), ({"kind": "group"}, 1)]
)
def test_t26_the_chair_hears_when_the_groups_settings_are_uneven(room: Room, found: dict[str, Any], told: int) -> None:
    room.to_check_in("chair")
    (row,) = queued(room, "group_look")
    assert row.chat_id == GROUP
    looked = {"kind": "supergroup", "boosts": 0, "slow_mode": 0} | found
    sent = {"message_id": None, "sent_at": None, "unsure": False, "found": looked}
    room.door.act_now(delivery.delivered, SYSTEM, None, outbox_id=row.id, **sent)
    assert [one.chat_id for one in queued(room, "group_uneven")] == [ACCOUNTS["chair"]] * told


def test_t26_t17_a_group_is_well_only_when_nothing_in_it_is_uneven_or_unheard() -> None:
    uneven: list[dict[str, Any]] = [{"boosts": 3}, {"slow_mode": 30}, {"kind": "group"}]
    uneven += [{"missing_updates": ("chat_member",)}, {"rights": {"delete": False}}]
    well: dict[str, Any] = {"rights": {"delete": True}, "reads_all": True}
    assert Look(**well).well and not any(Look(**(well | one)).well for one in uneven)


def test_t49_a_message_number_zero_names_nothing_and_is_never_kept(room: Room) -> None:
    room.to_discussion()
    assert room.says("r101", "还没到的话", message_id=0).code == "nothing_to_do"
    room.acts("chair", floor.last_call)
    row = room.read(lambda uow: uow.first(Outbox, kind="last_call"))
    assert row is not None
    facts = {"outbox_id": row.id, "message_id": 0, "sent_at": room.instant, "unsure": False}
    room.door.act_now(delivery.delivered, SYSTEM, None, **facts)
    assert room.read(lambda uow: uow.must(Outbox, row.id)).message_id is None
    assert room.read(lambda uow: uow.count(Speech, message_id=0)) == 0
