"""What was said, from unread to looked at: who sees a flag, who may act on it, and what stays of it (5.5.2 e)."""

import json
from typing import Any

import pytest

from procedure.civility import ReadingState, spans_of
from services import annex, chairing, civility, floor, hands, opening, speech, turns
from services.act import SYSTEM
from services.boards import console_of, content
from services.case import load as load_case
from services.proceedings import proceedings
from services.sitting import peek
from services.taking_minutes import gather
from storage.tables import Board, CivilityFlag, Content, JournalEntry, Meeting, Speech
from storage.work import UnitOfWork
from tests.services.room import GROUP, Room
from tests.services.suspended import RAISED

RUDE = "账先放一放。你这个蠢货,闭嘴!"


def unread(room: Room) -> list[civility.Unread]:
    return room.read(lambda uow: civility.unread(uow, limit=50))


def flags(room: Room) -> list[CivilityFlag]:
    return list(room.read(lambda uow: uow.all(CivilityFlag)))


def reads(room: Room, *words: str, kind: str = "ATTACK") -> None:
    """All that is unread is read: messages with one of these words are flagged, the others are clear."""
    for one in unread(room):
        found = [word for word in words if word in one.text]
        facts: dict[str, Any] = {"speech_id": one.speech_id}
        if found:
            facts |= {"kind": kind, "spans": spans_of(one.text, found)}
            room.door.act_now(civility.raise_flag, SYSTEM, None, **facts)
        else:
            room.door.act_now(civility.note_read, SYSTEM, None, speech_ids=[one.speech_id], state=ReadingState.CLEAR)


def flagged(room: Room, who: str = "r201", text: str = RUDE, **more: Any) -> int:
    """Somebody says this, it is read and flagged; the newest flag's id."""
    room.says(who, text, **more)
    reads(room, "蠢货")
    return flags(room)[-1].id or 0


def console(room: Room, who: str) -> dict[str, Any]:
    """What this official's console shows."""

    def look(uow: UnitOfWork) -> dict[str, Any]:
        sitting = peek(uow, uow.must(Meeting, room.id), room.actor(who))
        board = console_of(sitting, sitting.person_id() or 0, room.instant)
        assert board is not None and board.id is not None
        return content(uow, board_id=board.id, now=room.instant).facts

    return room.read(look)


def edits(room: Room, who: str, message_id: int, text: str, **more: Any) -> None:
    facts = {"chat_id": GROUP, "message_id": message_id, "text": text, "edited_at": room.instant} | more
    room.door.act_now(speech.edit, room.actor(who), None, **facts)


def test_only_own_words_inside_the_meeting_wait_to_be_read(room: Room) -> None:
    room.to_check_in()
    room.says("r201", RUDE)
    assert unread(room) == []
    room.acts("chair", opening.open_meeting)
    room.says("r201", RUDE)
    room.says("r202", RUDE, own_words=False)
    room.says("r301", "", kind="photo")
    room.says("r302", "\u200b")
    assert [one.text for one in unread(room)] == [RUDE]
    states = room.read(lambda uow: [row.civility for row in uow.all(Speech)])
    assert states == ["unread", None, None, None]


def test_turns_interruptions_edits_and_words_while_it_stands_still_are_all_read(room: Room) -> None:
    room.to_discussion()
    reads(room)
    room.acts("r102", hands.raise_hand, stance="for")
    room.acts("chair", turns.grant, hand_id=room.read(lambda uow: uow.rows("SELECT max(id) FROM hand"))[0][0])
    room.deliver()
    room.says("r102", "我的发言", message_id=901)
    edits(room, "r102", 901, "我的发言,改了")
    room.says("r201", "插一句")
    room.acts("r102", annex.raise_annex, **RAISED)
    room.says("r202", "停着也说")
    assert [one.text for one in unread(room)] == ["我的发言", "我的发言,改了", "插一句", "停着也说"]


def test_what_is_quoted_from_others_is_not_read(room: Room) -> None:
    room.to_discussion()
    reads(room)
    room.says("r201", "你是蠢货\n  你闭嘴  \n\n\n这样说话不对", quoted=["你是蠢货\n  你闭嘴"], message_id=902)
    own = unread(room)[0].text
    assert own.strip() == "这样说话不对"
    edits(room, "r201", 902, "你是蠢货\n这样说话很不对", quoted=["你是蠢货"])
    assert unread(room)[1].text.strip() == "这样说话很不对"
    edits(room, "r201", 902, "转来的", own_words=False)
    assert len(unread(room)) == 2


def test_a_flag_keeps_places_and_no_words(room: Room) -> None:
    room.to_discussion()
    flag_id = flagged(room)
    flag = flags(room)[0]
    assert (flag.kind, flag.state, flag.spans) == ("ATTACK", "open", [[9, 11]])
    entry = json.loads(room.read(lambda uow: uow.all(JournalEntry, order="-id"))[0].entry)
    assert {name: entry[name] for name in ("kind", "flag", "speech", "flag_kind")} == {
        "kind": "civility_flagged",
        "flag": flag_id,
        "speech": flag.speech_id,
        "flag_kind": "ATTACK",
    }
    assert not any("蠢" in one.entry for one in room.read(lambda uow: uow.all(JournalEntry)))
    shown = console(room, "chair")["flags"]
    assert [(one["label"], one["sentence"], one["words"]) for one in shown] == [("1-201", "你这个蠢货,闭嘴!", ["蠢货"])]
    room.database.write_now(lambda uow: uow.raw("UPDATE content SET text = NULL") and None)
    assert console(room, "chair")["flags"] == []


def test_a_flag_is_raised_once_for_each_version(room: Room) -> None:
    room.to_discussion()
    room.says("r201", RUDE, message_id=903)
    again = unread(room)
    reads(room, "蠢货")
    for one in again:  # a reading of before a stop, told a second time
        receipt = room.door.act_now(
            civility.raise_flag, SYSTEM, None, speech_id=one.speech_id, kind="ATTACK", spans=[(9, 11)]
        )
        assert receipt.code == "nothing_to_do"
    room.door.act_now(civility.raise_flag, SYSTEM, None, speech_id=10**9, kind="ATTACK", spans=[])
    assert len(flags(room)) == 1
    edits(room, "r201", 903, RUDE + "蠢货!")
    reads(room, "蠢货")
    assert len(flags(room)) == 2
    assert len(console(room, "chair")["flags"]) == 1
    room.acts("chair", civility.dismiss_flag, flag_id=flags(room)[1].id)
    assert console(room, "chair")["flags"] == []
    assert {flag.state for flag in flags(room)} == {"dismissed"}


@pytest.mark.parametrize("cause", ["erased", "over"])
def test_what_cannot_be_flagged_any_more_says_why(room: Room, cause: str) -> None:
    room.to_discussion()
    reads(room)
    room.says("r201", RUDE)
    late = unread(room)[0]
    if cause == "erased":
        room.database.write_now(lambda uow: uow.raw("UPDATE content SET text = NULL") and None)
        assert unread(room)[0].text == ""
    else:
        room.adjourn(days=3)
    room.door.act_now(civility.raise_flag, SYSTEM, None, speech_id=late.speech_id, kind="ATTACK", spans=[(9, 11)])
    assert room.read(lambda uow: uow.must(Speech, late.speech_id)).civility == cause
    assert flags(room) == [] and unread(room) == []


def test_chair_and_supervisor_see_it_and_nobody_else(room: Room) -> None:
    room.to_discussion()
    flagged(room)
    room.deliver()
    seen = {who: console(room, who)["flags"] for who in ("chair", "deputy", "recorder", "supervisor")}
    assert {who: len(found) for who, found in seen.items()} == {"chair": 1, "deputy": 0, "recorder": 0, "supervisor": 1}
    assert seen["chair"][0]["acts"] and not seen["supervisor"][0]["acts"]
    boards = room.read(lambda uow: [one.id for one in uow.all(Board, person_id=None)])
    group = room.read(lambda uow: content(uow, board_id=boards[0] or 0, now=room.instant))
    assert "flags" not in group.facts and "蠢货" not in str(group.facts)
    assert not [facts for _, _, facts in room.sent if "蠢货" in str(facts)]


def test_nobody_is_shown_or_judges_their_own_words(room: Room) -> None:
    room.to_discussion()
    flag_id = flagged(room, "chair")
    assert console(room, "chair")["flags"] == []
    assert len(console(room, "supervisor")["flags"]) == 1
    assert room.refused("chair", civility.dismiss_flag, flag_id=flag_id) == "own_flag"
    flagged(room, "supervisor")
    assert len(console(room, "supervisor")["flags"]) == 1
    assert len(console(room, "chair")["flags"]) == 1


def test_three_newest_are_shown_and_the_rest_counted(room: Room) -> None:
    room.to_discussion()
    ids = [flagged(room, "r201", f"第{number}次说,蠢货") for number in range(5)]
    shown = console(room, "chair")
    assert [one["flag_id"] for one in shown["flags"]] == ids[:1:-1] and shown["flags_more"] == 2
    room.acts("chair", civility.dismiss_flag, flag_id=ids[4])
    shown = console(room, "chair")
    assert [one["flag_id"] for one in shown["flags"]] == ids[3:0:-1] and shown["flags_more"] == 1


def record(room: Room) -> str:
    def look(uow: UnitOfWork) -> str:
        return "".join(proceedings(gather(load_case(uow, room.topic_id, SYSTEM), uow.must(Meeting, room.id))))

    return room.read(look)


def test_a_reminder_is_posted_once_and_stands_in_the_record_when_the_group_saw_it(room: Room) -> None:
    room.to_discussion()
    flag_id = flagged(room, message_id=904)
    assert room.acts("chair", civility.remind_civility, flag_id=flag_id).code == "reminder_posted"
    assert "用语文明" not in record(room)
    room.deliver()
    assert [(one["label"], one["reply_to"]) for one in room.kinds("civility_reminder")] == [("1-201", 904)]
    assert record(room).count("主持人提醒1-201发言注意用语文明。") == 1
    assert room.refused("chair", civility.remind_civility, flag_id=flag_id) == "flag_handled"
    assert room.refused("chair", civility.dismiss_flag, flag_id=flag_id) == "flag_handled"
    assert console(room, "chair")["flags"] == []
    kinds = [json.loads(one.entry)["kind"] for one in room.read(lambda uow: uow.all(JournalEntry))]
    assert kinds.count("civility_reminded") == 1


def test_what_was_let_be_is_in_no_record(room: Room) -> None:
    room.to_discussion()
    flag_id = flagged(room)
    assert room.acts("chair", civility.dismiss_flag, flag_id=flag_id).code == "flag_dismissed"
    room.deliver()
    assert room.kinds("civility_reminder") == [] and "文明" not in record(room)
    assert (
        json.loads(room.read(lambda uow: uow.all(JournalEntry, order="-id"))[0].entry)["kind"] == "civility_dismissed"
    )


@pytest.mark.parametrize("action", [civility.remind_civility, civility.dismiss_flag])
def test_only_the_chair_acting_now_presses(room: Room, action: Any) -> None:
    room.to_discussion()
    flag_id = flagged(room)
    for who in ("deputy", "recorder", "supervisor", "r201", "r102"):
        assert room.refused(who, action, flag_id=flag_id) == "not_your_role"
    room.acts("deputy", chairing.ask_chair)
    room.passes(121)
    room.acts("deputy", chairing.take_chair)
    assert room.refused("chair", action, flag_id=flag_id) == "not_your_role"
    assert console(room, "chair")["flags"] == [] and len(console(room, "deputy")["flags"]) == 1
    room.acts("deputy", action, flag_id=flag_id)


def test_a_flag_of_elsewhere_is_refused(room: Room) -> None:
    room.to_discussion()
    flag_id = flagged(room)
    assert room.refused("chair", civility.remind_civility, flag_id=10**9) == "no_flag"
    room.database.write_now(lambda uow: uow.raw("UPDATE civility_flag SET sitting = 9") and None)
    assert console(room, "chair")["flags"] == []
    assert room.refused("chair", civility.remind_civility, flag_id=flag_id) == "no_flag"


def test_a_flag_of_another_meeting_is_refused(room: Room) -> None:
    room.to_discussion()
    flag_id = flagged(room)

    def moved(uow: UnitOfWork) -> None:
        copied = uow.must(Meeting, room.id).model_dump(exclude={"id"}) | {"live": False, "chat_id": GROUP - 1}
        uow.must(CivilityFlag, flag_id).meeting_id = uow.add(Meeting(**copied)).id or 0

    room.database.write_now(moved)
    assert room.refused("chair", civility.remind_civility, flag_id=flag_id) == "no_flag"
    assert room.refused("chair", civility.dismiss_flag, flag_id=flag_id) == "no_flag"


def test_a_reminder_is_not_sent_into_the_days_after(room: Room) -> None:
    room.to_discussion()
    room.acts("chair", civility.remind_civility, flag_id=flagged(room))
    room.adjourn(days=3)
    room.deliver()
    assert room.kinds("civility_reminder") == [] and "用语文明" not in record(room)


def test_words_out_of_turn_may_be_stopped_as_well(room: Room) -> None:
    room.to_discussion()
    flagged(room)
    one = console(room, "chair")
    assert one["flags"][0]["speech_id"] == one["interrupters"][0]["speech_id"]
    room.acts("chair", floor.please_stop, speech_id=one["flags"][0]["speech_id"])
    assert len(console(room, "chair")["flags"]) == 1


def test_words_of_whoever_is_not_on_the_roster_are_read_too(room: Room) -> None:
    room.to_discussion()
    flag_id = flagged(room, "r201", sender_chat=True)
    assert console(room, "chair")["flags"][0]["label"] is None
    room.acts("chair", civility.remind_civility, flag_id=flag_id)
    room.deliver()
    assert room.kinds("civility_reminder")[0]["label"] is None
    assert "主持人提醒一位发言人" in record(room)
    assert room.read(lambda uow: uow.count(Content)) > 0
