"""What belongs to a turn and what does not (5.5.2 d and f, 5.6.3), each named after a trap of Telegram's."""

import json
from typing import Any

import pytest

from procedure.minutes import Minutes
from services import boards, files, files_coming, hands, speech_lines, turns
from services.act import SYSTEM
from services.case import Case
from services.paper_words import in_print
from services.taking_minutes import gather
from storage.tables import Attachment, Meeting, Speech, Topic
from tests.services.room import Room

PICTURE = {"file_id": "photo-1", "name": None, "mime": None, "size": 900}


def speaks(room: Room, who: str = "r102") -> int:
    """This person has the floor; the turn's id."""
    receipt = room.acts(who, hands.raise_hand, stance="for")
    assert receipt.code == "hand_raised"
    queue = room.read(lambda uow: uow.one("SELECT max(id) FROM hand"))
    assert queue is not None
    room.acts("chair", turns.grant, hand_id=queue[0])
    room.deliver()
    return room.last_turn.id or 0


def rows(room: Room, **equal: Any) -> list[Speech]:
    return list(room.read(lambda uow: uow.all(Speech, meeting_id=room.id, **equal)))


def noted(room: Room, kind: str) -> list[dict[str, Any]]:
    """The journal's entries of this kind."""
    entries = room.read(lambda uow: uow.rows("SELECT entry FROM journal ORDER BY number"))
    return [entry for row in entries if (entry := json.loads(row[0]))["kind"] == kind]


def taken(room: Room) -> Minutes:
    """The minutes as they stand now."""
    return room.read(lambda uow: gather(Case(uow, uow.must(Topic, room.topic_id), SYSTEM), uow.must(Meeting, room.id)))


def printed(room: Room) -> str:
    """The last turn as the record prints it."""
    turn = taken(room).turns[-1]
    return speech_lines.heading(turn) + "".join(speech_lines.words(one, None) for one in turn.statements)


@pytest.fixture
def talk(room: Room) -> Room:
    room.to_discussion()
    return room


def test_t29_a_message_counts_by_its_own_date_however_late_it_comes(talk: Room) -> None:
    """Two turns, and a word of the first one that was stuck on its way until the second."""
    first = speaks(talk)
    talk.says("r102", "开头")
    talk.passes(20)
    talk.acts("r102", turns.yield_turn, turn_id=first)
    talk.passes(60)
    second = speaks(talk)
    assert talk.says("r102", "路上耽搁的话", later=-65).code == "speech"
    assert talk.says("r102", "第二次的话", later=1).code == "speech"
    assert talk.says("r102", "两次之间的话", later=-30).code == "interruption"
    assert [row.turn_id for row in rows(talk, standing="speech")[-2:]] == [first, second]


def test_t29_an_album_is_one_piece_wherever_its_parts_fall(talk: Room) -> None:
    speaks(talk)
    talk.passes(100)
    talk.says("r102", "说着")
    talk.passes(79)
    talk.says("r102", "南门三张", kind="photo", album="77", file=PICTURE | {"file_id": "a"})
    talk.passes(3)
    for name in ("b", "c"):
        assert talk.says("r102", "", kind="photo", album="77", later=6, file=PICTURE | {"file_id": name}).code == (
            "speech"
        )
    assert talk.meeting.interruptions == 0
    assert printed(talk).endswith(in_print("（图片3件）") + "南门三张")
    assert talk.says("r201", "", kind="photo", album="77").code == "interruption"
    assert talk.says("r201", "", kind="photo", album="77").code == "interruption"
    assert talk.meeting.interruptions == 1


def test_t29_what_reaches_past_the_end_is_logged_as_overrun(talk: Room) -> None:
    speaks(talk)
    talk.passes(85)
    talk.says("r102", "还在说")
    talk.passes(85)
    talk.says("r102", "", kind="voice", duration_seconds=30, later=35)
    talk.passes(13)
    assert talk.says("r102", "最后一句").code == "speech"
    assert [row.overrun_seconds for row in rows(talk, standing="speech")[-3:]] == [0, 25, 3]
    assert [entry["overrun"] for entry in noted(talk, "said") if "overrun" in entry] == [25, 3]
    assert in_print("（超时25秒）") in printed(talk)
    talk.passes(10)
    assert talk.says("r102", "再补一句").code == "interruption"


def test_t30_what_is_forwarded_or_written_by_a_bot_is_borrowed_and_no_word_of_the_speakers(talk: Room) -> None:
    turn_id = speaks(talk)
    assert talk.says("r102", "别人写的", own_words=False).code == "borrowed"
    assert talk.meeting.interruptions == 0
    talk.deliver()
    assert len(talk.kinds("hint_borrowed")) == 1 and talk.kinds("hint_hand") == []
    assert printed(talk).endswith(in_print("（没有留下文字）"))
    talk.passes(125)
    assert talk.last_turn.end_reason == "silent_unspoken" and talk.last_turn.id == turn_id


def test_t31_a_voice_note_with_its_file_is_speech_and_the_file_is_wanted(talk: Room) -> None:
    speaks(talk)
    note = {"file_id": "voice-1", "name": None, "mime": "audio/ogg", "size": 20_000}
    assert talk.says("r102", "", kind="voice", duration_seconds=9, later=12, file=note).code == "speech"
    talk.says("r102", "", kind="document", file=note | {"file_id": "big", "size": files.MOST_BYTES + 1})
    talk.says("r201", "", kind="photo", file=PICTURE)
    kept = talk.read(lambda uow: uow.all(Attachment))
    assert [(row.file_id, row.state) for row in kept] == [
        ("voice-1", "wanted"),
        ("big", "too_big"),
        ("photo-1", "left"),
    ]


def test_t31_a_file_is_kept_once_it_is_fetched_and_named_in_the_record(talk: Room) -> None:
    speaks(talk)
    talk.says("r102", "看图", kind="photo", file=PICTURE)
    wish = talk.read(lambda uow: files.next_wish(uow, now=talk.instant))
    assert wish is not None and (wish.file_id, wish.kept_bytes) == ("photo-1", 0)
    for _ in range(2):
        talk.door.act_now(
            files.file_stored, SYSTEM, None, attachment_id=wish.attachment_id, sha256="ab12cd34" * 8, size=900
        )
    assert talk.read(lambda uow: (files.next_due(uow), files.kept_bytes(uow))) == (None, 900)
    assert in_print("（图片，存档编号ab12cd34）") + "看图" in printed(talk)
    assert [entry["sha256"] for entry in noted(talk, "file_stored")] == ["ab12cd34" * 8]


def test_t31_a_file_that_cannot_be_fetched_is_tried_again_and_then_given_up(talk: Room) -> None:
    speaks(talk)
    talk.says("r102", "看图", kind="photo", file=PICTURE)
    tries = 0
    while (due := talk.read(files.next_due)) is not None:
        talk.instant = max(talk.instant, due)
        wish = talk.read(lambda uow: files.next_wish(uow, now=talk.instant))
        assert wish is not None
        talk.door.act_now(files.file_failed, SYSTEM, None, attachment_id=wish.attachment_id, state=files_coming.WANTED)
        tries += 1
    assert tries == len(files.PAUSES) + 1
    assert [row.state for row in talk.read(lambda uow: uow.all(Attachment))] == ["lost"]


def test_the_chair_sees_who_spoke_out_of_turn_last_however_a_flood_was_logged(talk: Room) -> None:
    """Messages of different people are logged side by side: the last one said may be the first one logged."""
    said = [("r401", 41), ("r301", 31), ("r302", 32), ("r402", 40), ("r501", 35)]
    for who, message in said:
        talk.says(who, "我先说！", message_id=message)
    talk.says("r502", "刚才的话，才送到", message_id=50, later=-90)
    console = talk.read(lambda uow: uow.one("SELECT id FROM board WHERE view = 'console' ORDER BY id"))
    assert console is not None
    facts = talk.read(lambda uow: boards.content(uow, board_id=console[0], now=talk.instant)).facts
    assert [one["label"] for one in facts["interrupters"]] == ["2-401", "2-402", "3-501"]
