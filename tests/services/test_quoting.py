"""Quoting what was said for the opinion: own words only, tied to their message, taken by a person."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from procedure.errors import RuleBroken
from procedure.terms import TurnKind
from services import drafts, quoting, speech, voting, wording
from services.quoting import Spoken
from services.text import Reader, load
from services.text.summary import summarise
from storage.tables import Content, Speech, Turn
from tests.services.room import GROUP
from tests.services.speeches import AGAINST, FOR, RUDE, TalkingRoom
from tests.services.stages import Shelf, begin


@pytest.fixture
def room(engine: str, shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[TalkingRoom]:
    """The demo community, in which people speak."""
    yield from begin(TalkingRoom, engine, shelf, lambda: request.getfixturevalue("database"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader that ships."""
    return load()


def versions(room: TalkingRoom, who: str = "recorder") -> tuple[Spoken, ...]:
    actor = room.actor(who)
    return room.read(lambda uow: quoting.spoken(uow, actor=actor, meeting_id=room.id, now=room.instant))


def place(room: TalkingRoom, text: str) -> list[int]:
    """Where these words stand."""
    one = next(one for one in versions(room) if text in (one.text or ""))
    start = (one.text or "").index(text)
    return [one.key, start, start + len(text)]


def quotes(room: TalkingRoom, *places: list[int], who: str = "recorder") -> Any:
    return room.acts(who, quoting.quote_speeches, quotations=places)


def drafted(room: TalkingRoom, who: str = "recorder") -> dict[str, Any]:
    facts = {"kind": "wording", "subject": "meeting", "subject_id": room.id}
    found: dict[str, Any] = room.door.act_now(drafts.read, room.actor(who), None, **facts).facts["fields"]
    return found


def test_every_word_of_every_turn_with_who_which_turn_and_the_message(room: TalkingRoom) -> None:
    found = versions(room.to_spoken())
    assert [(one.label, one.turn, one.side) for one in found] == [
        ("1-102", 1, "for"),
        ("1-201", 2, "against"),
        ("1-202", 3, "for"),
        ("1-202", 3, "for"),
        ("2-301", 4, "against"),
    ]
    assert [one.text for one in found[:2]] == [FOR, AGAINST]
    assert all(one.url == f"https://t.me/c/9/{one.message_id}" for one in found)


def test_interruptions_forwards_and_the_chair_are_no_speeches(room: TalkingRoom) -> None:
    before = versions(room.to_spoken())
    room.says("r101", "我插一句，不公平！")
    room.says("chair", "请大家安静。")
    room.says("r102", "别处的消息：电梯坏了。", own_words=False)
    assert versions(room) == before


def test_the_first_version_and_its_addenda(room: TalkingRoom) -> None:
    first = versions(room.to_spoken())[1]
    more = AGAINST + "棚顶要防雨。"
    facts = {"chat_id": GROUP, "message_id": first.message_id, "edited_at": room.instant}
    room.door.act_now(speech.edit, room.actor("r201"), None, text=more, **facts)
    mine = [one for one in versions(room) if one.label == "1-201"]
    assert [(one.addendum, one.turn, one.text) for one in mine] == [(0, 2, AGAINST), (1, 2, more)]
    assert [said.message for said in quoting.to_read(mine)] == [first.message_id] * 2


def test_answers_of_experts_stand_apart_and_explanations_are_not_quoted(room: TalkingRoom) -> None:
    first, second, *_ = versions(room.to_spoken())

    def change(uow: Any) -> None:
        for one, kind in ((first, TurnKind.ANSWER), (second, TurnKind.EXPLANATION)):
            turn = uow.must(Turn, uow.must(Speech, one.key).turn_id)
            turn.stance, turn.kind = None, kind.value

    room.database.write_now(change)
    changed = versions(room)
    assert [one.side for one in changed[:2]] == ["answer", "explanation"]
    assert second.key not in {said.key for said in quoting.to_read(changed)}
    quotes(room, place(room, "费用可以大家分摊。"))
    assert drafted(room)["objections"] == "1-102（答复）：“费用可以大家分摊。”"
    assert room.refused("recorder", quoting.quote_speeches, quotations=[place(room, "消防通道")]) == "quotation_gone"


def test_a_draft_leaves_out_what_goes_at_people(room: TalkingRoom, reader: Reader) -> None:
    found = versions(room.to_spoken())
    texts = {one.key: one.text or "" for one in found}
    drawn = summarise(quoting.to_read(found), reader).quotations
    told = {side: [texts[key][start:end] for key, start, end in places] for side, places in drawn.items()}
    assert "棚子离一楼窗户要有五米。" in told["against"] and "骗子" in RUDE
    assert not any("骗子" in one for one in told["against"]) and len(told["for"]) >= 2


def test_what_is_chosen_stands_word_for_word_in_the_draft_of_the_opinion(room: TalkingRoom) -> None:
    room.to_spoken()
    told = quotes(room, place(room, "费用可以大家分摊。"), place(room, "夜里充电噪音也大！"))
    assert (told.code, told.facts) == ("speeches_quoted", {"count": 2})
    assert drafted(room)["objections"].split("\n") == [
        "1-102（赞成）：“费用可以大家分摊。”",
        "1-201（反对）：“夜里充电噪音也大！”",
    ]
    entry = room.read(lambda uow: uow.rows("SELECT entry FROM journal ORDER BY id DESC LIMIT 1"))[0][0]
    noted = json.loads(entry)
    assert noted["kind"] == "speeches_quoted" and len(noted["quotations"]) == 2
    assert "分摊" not in entry, "places, no words"


def test_what_was_written_stays_and_nothing_is_written_twice(room: TalkingRoom) -> None:
    room.to_spoken()
    fields = {"objections": "我自己记的一句", "asking_objections": False}
    saved = {"kind": "wording", "subject": "meeting", "subject_id": room.id, "fields": fields}
    room.door.act_now(drafts.save, room.actor("recorder"), None, **saved)
    quotes(room, place(room, "费用可以大家分摊。"))
    quotes(room, place(room, "费用可以大家分摊。"), place(room, "夜里充电噪音也大！"))
    assert drafted(room)["objections"].split("\n")[0] == "我自己记的一句"
    assert len(drafted(room)["objections"].split("\n")) == 3
    assert "objections" not in drafted(room, "chair"), "the chair's own draft is another"


def test_quotations_join_the_objections_that_were_posted(room: TalkingRoom) -> None:
    room.to_spoken()
    room.post()
    quotes(room, place(room, "夜里充电噪音也大！"))
    assert drafted(room)["objections"] == "担心噪音\n1-201（反对）：“夜里充电噪音也大！”"


def test_too_much_is_refused_whole(room: TalkingRoom) -> None:
    room.to_spoken()
    fields = {"objections": "长" * 990}
    saved = {"kind": "wording", "subject": "meeting", "subject_id": room.id, "fields": fields}
    room.door.act_now(drafts.save, room.actor("recorder"), None, **saved)
    with pytest.raises(RuleBroken, match="objections_too_long"):
        quotes(room, place(room, "夜里充电噪音也大！"))
    assert drafted(room)["objections"] == "长" * 990


@pytest.mark.parametrize("places", [[[999, 0, 3]], [[1, -1, 3]], [[1, 5, 5]], [[1, 900, 950]], [[0, 0, 1]]])
def test_places_that_are_none_are_refused(room: TalkingRoom, places: list[list[int]]) -> None:
    key = versions(room.to_spoken())[0].key
    real = [[key if number == 1 else number, start, end] for number, start, end in places]
    assert room.refused("recorder", quoting.quote_speeches, quotations=real) == "quotation_gone"
    assert room.refused("recorder", quoting.quote_speeches, quotations=[]) == "nothing_quoted"


def test_erased_words_are_quoted_no_more(room: TalkingRoom) -> None:
    gone = place(room.to_spoken(), "夜里充电噪音也大！")
    content = room.read(lambda uow: uow.must(Speech, gone[0]).content_id)

    def erase(uow: Any) -> None:
        uow.must(Content, content).text = None

    room.database.write_now(erase)
    assert next(one for one in versions(room) if one.key == gone[0]).text is None
    assert gone[0] not in {said.key for said in quoting.to_read(versions(room))}
    assert room.refused("recorder", quoting.quote_speeches, quotations=[gone]) == "quotation_gone"


@pytest.mark.parametrize("who", ["r102", "supervisor", "adviser"])
def test_others_neither_read_nor_quote(room: TalkingRoom, who: str) -> None:
    somewhere = place(room.to_spoken(), "夜里充电噪音也大！")
    with pytest.raises(RuleBroken, match="not_your_role"):
        versions(room, who)
    assert room.refused(who, quoting.quote_speeches, quotations=[somewhere]) == "not_your_role"


def test_not_while_it_is_discussed(room: TalkingRoom) -> None:
    room.to_discussion()
    with pytest.raises(RuleBroken, match="not_now"):
        versions(room)


def test_not_once_it_is_voted_on(room: TalkingRoom) -> None:
    room.to_main_vote()
    room.acts("chair", voting.open_call, motion_id=0)
    assert room.refused("recorder", quoting.quote_speeches, quotations=[[1, 0, 1]]) == "not_now"


def test_a_meeting_without_a_word(room: TalkingRoom, reader: Reader) -> None:
    room.to_wording()
    found = versions(room)
    assert found == () and summarise(quoting.to_read(found), reader).quotations == {}


def test_what_is_posted_then_bears_the_quotation(room: TalkingRoom) -> None:
    room.to_spoken()
    quotes(room, place(room, "夜里充电噪音也大！"))
    items = [{"text": "建充电棚", "implementer": "物业公司", "due": "2026-12-30"}]
    room.acts("recorder", wording.post_wording, items=items, objections=drafted(room)["objections"])
    assert room.meeting.wording["objections"] == "1-201（反对）：“夜里充电噪音也大！”"
