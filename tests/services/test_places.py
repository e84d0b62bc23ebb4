"""A group that moves, meets in a topic, or is a basic one: nothing of a meeting is lost by it."""

from datetime import timedelta
from typing import Any

import pytest

from procedure.typed import read
from services import floor, hands, migrating, places, turns, typed_words, voices, voting
from services.act import SYSTEM
from services.case import peek
from services.messages import message_url
from services.taking_minutes import gather
from storage import outbox
from storage.database import Database
from storage.tables import Board, Group, Hand, Meeting, Outbox, Speech, Turn
from storage.work import UnitOfWork
from tests.services.halls import opened
from tests.services.room import GROUP, Room

NEW = -1002000000777


def migrate(room: Room) -> str:
    return room.door.act_now(migrating.migrate_group, SYSTEM, None, old=GROUP, new=NEW).code


def speaks(room: Room, who: str) -> Turn:
    """This person has the floor, the clock runs."""
    room.acts(who, hands.raise_hand, stance="for")
    hand = room.read(lambda uow: uow.first(Hand, order="-id", state="open"))
    assert hand is not None
    room.acts("chair", turns.grant, hand_id=hand.id)
    room.deliver()
    return room.last_turn


def everywhere(uow: UnitOfWork) -> dict[str, list[int]]:
    """The chat ids that stand anywhere something is still to happen."""
    return {
        "group": [row.chat_id for row in uow.all(Group) if row.kind != "channel"],
        "meeting": [row.chat_id for row in uow.all(Meeting)],
        "board": [row.chat_id for row in uow.all(Board, person_id=None)],
        "outbox": sorted({row.chat_id for row in uow.all(Outbox, state="queued") if row.chat_id < 0}),
    }


def test_t45_a_group_becomes_a_supergroup_in_the_middle_of_a_turn(room: Room) -> None:
    room.to_discussion()
    turn = speaks(room, "r102")
    first = room.says("r102", "在老群里开的头")
    room.says("r201", "插一句")
    interruption = room.read(lambda uow: uow.first(Speech, standing="interruption"))
    assert first.code == "speech" and interruption is not None
    room.acts("chair", floor.please_stop, speech_id=interruption.id)
    assert migrate(room) == "group_moved"
    assert room.read(everywhere) == {"group": [NEW], "meeting": [NEW], "board": [NEW], "outbox": [NEW]}
    waiting = room.read(lambda uow: uow.all(Outbox, state="queued", chat_id=NEW))
    assert not [row.kind for row in waiting if row.kind in outbox.POINTING or "reply_to" in row.facts]
    room.deliver()
    assert migrate(room) == "nothing_to_do"  # the second service message
    room.deliver()
    assert [chat for kind, chat, _ in room.sent if kind == "group_moved"] == [NEW]
    board = room.read(lambda uow: uow.first(Board, person_id=None))
    assert board is not None and board.message_id is not None and board.generation == board.posted_generation
    # Words that were on their way in the old chat, and the first of the new one, whose ids begin again.
    assert room.says("r102", "还在路上").code == "speech"
    assert room.says("r102", "新群里接着说", chat_id=NEW, message_id=1).code == "speech"
    assert [row.chat_id for row in room.read(lambda uow: uow.all(Speech, turn_id=turn.id))] == [GROUP, GROUP, NEW]
    kept = room.turn
    assert kept is not None and (kept.id, kept.ends_at) == (turn.id, turn.ends_at)
    room.acts("r201", hands.raise_hand, stance="against")
    assert room.acts("r102", turns.yield_turn, turn_id=turn.id).code == "turn_ended"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_t45_numbers_that_begin_again_lead_to_nobody_elses_words(room: Room) -> None:
    room.to_discussion()
    speaks(room, "r102")
    room.says("r102", "", kind="voice", duration_seconds=5)
    room.says("r201", "插一句")
    voice = room.read(lambda uow: uow.first(Speech, kind="voice"))
    assert voice is not None and migrate(room) == "group_moved"
    room.says("r102", "新群里的话", chat_id=NEW, message_id=voice.message_id)
    room.acts("recorder", voices.sum_voice, speech_id=voice.id, text="说了停车的事")
    room.deliver()
    assert room.kinds("voice_summed")[-1]["reply_to"] is None
    minutes = room.read(lambda uow: gather(peek(uow, room.topic_id, SYSTEM), uow.must(Meeting, room.id)))
    statements = minutes.turns[-1].statements
    number = voice.message_id
    assert [one.links for one in statements] == [(message_url(GROUP, number),), (message_url(NEW, number),)]
    assert [one.link for one in minutes.interruptions.each] == [message_url(GROUP, number + 1)]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_t45_a_supergroup_bound_before_its_notice_keeps_what_was_told_of_it(room: Room) -> None:
    def bind(uow: UnitOfWork) -> None:
        taken = uow.add(Group(community_id=1, chat_id=NEW, title="新群", kind="supergroup", thread_id=7))
        taken.may_delete = taken.may_mute = True

    room.to_discussion()
    room.database.write_now(bind)
    assert migrate(room) == "group_moved"
    (kept,) = room.read(lambda uow: [row for row in uow.all(Group) if row.kind != "channel"])
    told = (kept.chat_id, kept.former_chat_id, kept.thread_id, kept.may_delete, kept.may_mute)
    assert told == (NEW, GROUP, 7, True, True)
    assert room.says("r201", "新群里插一句", chat_id=NEW, message_id=1, thread=7).code == "interruption"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_t45_a_meeting_that_comes_to_where_another_sits_goes_on_the_next_day(database: Database) -> None:
    old, new = opened(database, 2, "chair", "recorder", "supervisor", "r101")
    one_of_us = "UPDATE group_chat SET community_id = 1 WHERE chat_id = :chat"
    database.write_now(lambda uow: uow.raw(one_of_us, {"chat": new.group}) and None)
    assert old.door.act_now(migrating.migrate_group, SYSTEM, None, old=old.group, new=new.group).code == "group_moved"
    assert [(one.meeting.chat_id, one.meeting.live) for one in (old, new)] == [(new.group, False), (new.group, True)]
    left = old.meeting
    assert (left.state, left.state_left, left.sitting) == ("adjourned", "rules_vote", 2)
    assert timedelta(hours=20) < left.scheduled_at - old.instant <= timedelta(hours=28)
    assert old.read(lambda uow: uow.count(Outbox, chat_id=old.group, state="queued")) == 0
    old.deliver()
    assert "另一场会" in old.kinds("adjourned")[-1]["why"]


def test_t45_votes_stand_and_an_unsure_message_follows(room: Room) -> None:
    room.to_main_vote()
    room.acts("chair", voting.open_call, motion_id=0)
    room.deliver()
    motion = room.motion.id
    room.acts("r101", voting.cast_vote, motion_id=motion, stance="for")
    assert migrate(room) == "group_moved"
    assert room.acts("r102", voting.cast_vote, motion_id=motion, stance="for").code == "vote_counted"
    assert room.read(lambda uow: uow.one("SELECT count(*) FROM vote WHERE motion_id = :id", {"id": motion})) == (2,)
    old = room.read(lambda uow: uow.first(Outbox, state="sent", chat_id=GROUP))
    assert old is not None and old.id is not None
    room.database.write_now(
        lambda uow: uow.raw("UPDATE outbox SET state = 'queued' WHERE id = :id", {"id": old.id}) and None
    )
    assert migrate(room) == "nothing_to_do"
    assert room.read(lambda uow: uow.must(Outbox, old.id)).chat_id == NEW


def in_topic(room: Room, thread: int | None) -> None:
    room.database.write_now(
        lambda uow: uow.raw("UPDATE group_chat SET thread_id = :thread", {"thread": thread}) and None
    )


def test_t32_only_words_in_the_meetings_topic_are_the_meetings(room: Room) -> None:
    room.to_discussion()
    in_topic(room, 5)
    count = room.meeting.interruptions
    assert [room.says("r201", "别处的话", thread=thread).code for thread in (None, 7)] == ["nothing_to_do"] * 2
    assert room.says("r201", "这里的话", thread=5).code == "interruption"
    assert room.meeting.interruptions == count + 1
    command = read("举手赞成")
    facts: dict[str, Any] = {"chat_id": GROUP, "message_id": 900, "command": command, "text": "举手赞成"}
    said = {thread: _typed(room, facts | {"thread": thread}) for thread in (7, 5)}
    assert said == {7: "nothing_to_do", 5: "hand_raised"}
    assert (places.topic_of(1), places.topic_of(5), places.topic_of(None)) == (None, 5, None)


def _typed(room: Room, facts: dict[str, Any]) -> str:
    return room.door.act_now(typed_words.typed, room.actor("r202"), None, sent_at=room.instant, **facts).code


@pytest.mark.parametrize("engine", ["sqlite"])
def test_t32_a_topic_that_is_gone_sends_everything_to_general_and_tells_the_officials(room: Room) -> None:
    room.to_discussion()
    in_topic(room, 5)
    room.acts("chair", floor.last_call)
    row = room.read(lambda uow: uow.first(Outbox, kind="last_call"))
    assert row is not None
    for _ in range(2):
        room.door.act_now(places.topic_lost, SYSTEM, None, outbox_id=row.id, closed=False)
    assert room.read(lambda uow: outbox.thread_of(uow, GROUP)) is None
    room.deliver()
    told = [chat for kind, chat, _ in room.sent if kind == "topic_lost"]
    assert len(told) == len(set(told)) >= 3 and all(chat > 0 for chat in told)
    assert room.kinds("last_call") and room.says("r201", "在 General 里", thread=None).code == "interruption"
