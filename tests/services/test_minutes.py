"""The minutes: one value from the rows, read page by page, as a file, and signed with form B.3 (5.6.1 i, 5.6.3)."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session

from procedure.errors import RuleBroken
from procedure.minutes import Minutes
from services import checkin, floor, home, housekeeping, minutes_file, minutes_reading, recording, result, speech
from services.act import SYSTEM
from services.case import Case
from services.proceedings import proceedings
from services.taking_minutes import gather
from storage.tables import File, Meeting, Speech, Topic
from storage.work import UnitOfWork
from tests.services.after import After
from tests.services.room import GROUP, Room
from tests.services.speeches import FOR, TalkingRoom
from tests.services.stages import Shelf, begin

DAY = 86400


@pytest.fixture
def talk(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[TalkingRoom]:
    """The demo community, in which people speak."""
    yield from begin(TalkingRoom, engine, shelf, lambda: request.getfixturevalue("database"))


def taken(room: Room) -> Minutes:
    """The minutes as they stand now."""
    return room.read(lambda uow: gather(Case(uow, uow.must(Topic, room.topic_id), SYSTEM), uow.must(Meeting, room.id)))


def edits(room: Room, who: str, message_id: int, text: str) -> str:
    """A message is changed, or Telegram says so."""
    facts = {"chat_id": GROUP, "message_id": message_id, "text": text, "edited_at": room.instant}
    return room.door.act_now(speech.edit, room.actor(who), None, **facts).code


def page(room: Room, who: str, number: int = minutes_reading.NEWEST) -> dict[str, Any]:
    """A page as this person reads it."""
    actor = room.actor(who)
    found = room.read(lambda uow: minutes_reading.page(uow, actor, meeting_id=room.id, number=number, now=room.instant))
    return found.facts


def refused(room: Room, who: str, meeting_id: int) -> str:
    """The code with which this person is kept from reading."""
    actor = room.actor(who)
    with pytest.raises(RuleBroken) as broken:
        room.read(lambda uow: minutes_reading.page(uow, actor, meeting_id=meeting_id, now=room.instant))
    return broken.value.code


def read_all(room: Room, who: str) -> str:
    """Every page, one after another."""
    pages = page(room, who)["pages"]
    blocks = [block for number in range(1, pages + 1) for block in page(room, who, number)["blocks"]]
    return "".join(block["text"] for block in blocks)


def test_t46_the_first_version_is_the_speech_and_changes_are_numbered_behind_it(talk: TalkingRoom) -> None:
    talk.to_discussion()
    talk.speaks("r102", "for", "南门可以建。")
    message = taken(talk).turns[-1].statements[0].messages[0]
    for seen in ("南门可以建。", "南门可以建。\u200b", " 南门可以建。\n"):
        assert edits(talk, "r102", message, seen) == "nothing_to_do"
    assert edits(talk, "r102", message, "南门不能建。") == "addendum"
    talk.passes(60)
    assert edits(talk, "r102", message, "北门可以建。") == "addendum"
    assert edits(talk, "r102", message, "北门可以建。") == "nothing_to_do"
    (said,) = taken(talk).turns[-1].statements
    assert said.text == "南门可以建。" and [(one.number, one.text) for one in said.addenda] == [
        (1, "南门不能建。"),
        (2, "北门可以建。"),
    ]
    line = next(line for line in proceedings(taken(talk)) if f"第{said.number}条" in line)
    assert line.index("南门可以建。") < line.index("后补1") < line.index("南门不能建。") < line.index("后补2")


def test_t46_a_picture_without_words_that_is_told_of_again_is_no_addendum(talk: TalkingRoom) -> None:
    talk.to_discussion()
    talk.speaks("r102", "for", "看图")
    talk.says("r102", "", kind="photo", message_id=4711)
    assert edits(talk, "r102", 4711, "") == "nothing_to_do"
    assert edits(talk, "r102", 4711, "南门") == "addendum"


def test_t05_who_signed_in_reads_every_page_and_who_did_not_reads_none(talk: TalkingRoom) -> None:
    """A message as long as Telegram allows stands whole on its pages; officials alone see who spoke out of turn."""
    talk.to_discussion()
    long = "龘" * 4096
    talk.speaks("r102", "for", long, "短的")
    talk.says("r201", "插一句", message_id=900)
    talk.acts("chair", floor.please_stop, speech_id=last_speech(talk))
    newest = page(talk, "r202")
    assert newest["page"] == newest["pages"] > 1 and newest["live"] and not newest["whole"]
    assert page(talk, "r202", 10**6)["page"] == newest["pages"] and page(talk, "r202", 1)["page"] == 1
    everybody, official = read_all(talk, "r202"), read_all(talk, "recorder")
    assert everybody.count("龘") == official.count("龘") == 4096
    assert "会外发言共1条" in everybody and "其中主持人请停止1次" in everybody
    assert "1-201的会外发言" in official and "1-201的会外发言" not in everybody and "插一句" not in official
    assert refused(talk, "observer", talk.id) == "minutes_sign_in_first"
    talk.acts("observer", checkin.check_in, via="button")
    assert not page(talk, "observer")["whole"]
    assert refused(talk, "r202", talk.id + 99) == "no_such_meeting"
    for who in ("r202", "observer"):
        with pytest.raises(RuleBroken, match="not_your_role"):
            talk.acts(who, minutes_reading.send_file)
    talk.adjourn(1)
    assert (offered_at_home(talk, "r202"), offered_at_home(talk, "neighbour")) == (True, False)


def offered_at_home(room: Room, who: str) -> bool:
    """Whether the home page leads to the minutes."""
    listed = room.read(lambda uow: home.home(uow, room.actor(who), now=room.instant)).facts["meetings"]
    return any(one["minutes"] for one in listed)


def last_speech(room: Room) -> int:
    """The row of what was said last."""
    row = room.read(lambda uow: uow.first(Speech, order="-id", meeting_id=room.id))
    assert row is not None and row.id is not None
    return row.id


def counted(room: Room, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many queries the minutes take now."""
    asked = 0
    raw, run = UnitOfWork.raw, Session.exec

    def count(inner: Any) -> Any:
        def counting(*args: Any, **more: Any) -> Any:
            nonlocal asked
            asked += 1
            return inner(*args, **more)

        return counting

    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "raw", count(raw))
        patch.setattr(Session, "exec", count(run))
        taken(room)
    return asked


def test_minutes_of_many_statements_take_no_more_queries(talk: TalkingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.to_discussion()
    talk.speaks("r102", "for", "一句")
    few = counted(talk, monkeypatch)
    talk.speaks("r201", "against", *(f"第{number}句" for number in range(12)))
    talk.says("r202", "插话")
    assert counted(talk, monkeypatch) == few < 40
    assert sum(len(turn.statements) for turn in taken(talk).turns) == 13


def test_the_signature_covers_the_file_and_what_comes_later_is_a_numbered_addendum(talk: TalkingRoom) -> None:
    talk.to_spoken()
    talk.acts("recorder", minutes_reading.send_file)
    kept = {"mime": minutes_file.SO_FAR}
    for left in (1, 0):  # nobody keeps every export of a meeting that goes on
        talk.door.act_now(housekeeping.tidy, SYSTEM, None)
        assert talk.read(lambda uow: uow.count(File, **kept)) == left
        talk.deliver()
    talk.post()
    talk.passes(301)
    talk.vote(7, 3, 2)
    talk.acts("chair", result.announce)
    talk.deliver()
    after = After(talk, ended=True)
    record = after.documents("b3")[-1]
    body = talk.read(lambda uow: uow.must(File, record.facts["minutes"]).body)
    assert hashlib.sha256(body).hexdigest() == record.facts["minutes"]
    told = json.loads(body)
    assert told["schema"] == "yishiting.minutes/1" and told["opened_at"].endswith("+08:00")
    said = [one["text"] for turn in told["turns"] for one in turn["statements"]]
    assert FOR in said and [one["version"] for one in told["wordings"]] == [1]
    main = next(vote for vote in told["votes"] if vote["kind"] == "main")
    assert (main["in_favour"], main["against"], main["abstain"], len(main["hands"])) == (7, 3, 2, 12)
    talk.passes(DAY)
    after.takes("recorder", recording.sign_record)
    signed = after.documents("b3")[-1]
    assert signed.facts["minutes"] in next(
        line for line in after.journal().split("\n") if '"kind":"record_signed"' in line
    )
    for text in ("充电棚离南门五米", "还有一句"):
        after.takes("r102", recording.ask_record_correction, text=text)
    shown = read_all(talk, "r102")
    assert "补充1" in shown and shown.index("充电棚离南门五米") < shown.index("补充2") < shown.index("还有一句")
    assert talk.acts("recorder", minutes_reading.send_file).code == "paper_coming"
    talk.deliver()
    assert talk.kinds("minutes_file")[-1]["document"][0] == signed.facts["minutes"]
    assert minutes_file.digest(taken(talk)) != signed.facts["minutes"]
