"""The forms around a turn: nobody opens them for nothing, nothing typed is lost, what is forged comes to nothing."""

import pytest

from bot.views.codec import pack
from bot.views.rendered import Rendered
from services import closing_list, hands, points, turns, voices
from storage.tables import Content, LineAmendment, PointOfOrder, Reading, RecordCorrection
from tests.dialogs.phone import Phone
from tests.services.room import Room
from tests.services.test_points_of_order import voice

NASTY = '<b>大家</b> "好" \u202e反过来\u202c'


@pytest.fixture
def talk(room: Room) -> Room:
    """The discussion has begun."""
    return room.to_discussion()


async def opens(room: Room, who: str, verb: str, meeting_id: int | None = None) -> Phone:
    """A button, genuine or forged."""
    phone = Phone(room, who)
    phone.receives(Rendered("…"))
    await phone.sends(pack(verb, room.id if meeting_id is None else meeting_id), phone.screen.id)
    return phone


@pytest.mark.parametrize(
    ("who", "verb", "words"),
    [
        ("r102", "reading_form", "请先在群里举手"),
        ("observer", "reading_form", "这一步要由"),
        ("r102", "opinion_form", "请先举手"),
        ("observer", "opinion_form", "这一步要由"),
        ("r102", "answer_point_form", "这一步要由主持人来做"),
        ("chair", "answer_point_form", "现在没有等答复的程序异议"),
        ("chair", "summary_form", "这一步要由记录员来做"),
        ("chair", "line_form", "这一步要由记录员来做"),
        ("stranger", "point_form", "还没登记"),
        ("observer", "point_form", "还没签到"),
        ("r102", "mute_form", "这一步要由主持人来做"),
        ("chair", "remove_form", "这条插话已经不在了"),
    ],
)
async def test_nobody_opens_a_form_for_nothing(talk: Room, who: str, verb: str, words: str) -> None:
    phone = await opens(talk, who, verb)
    assert any(words in toast for toast in phone.log.toasts), phone.log.toasts


@pytest.mark.parametrize("verb", ["point_form", "answer_point_form", "reading_form", "summary_form", "line_form"])
async def test_a_meeting_that_is_not_there_has_no_forms(talk: Room, verb: str) -> None:
    phone = await opens(talk, "r102", verb, 10**15)
    assert phone.log.toasts and talk.read(lambda uow: uow.count(PointOfOrder) + uow.count(Reading)) == 0


@pytest.mark.parametrize("payload", ["read-", "read-x", "point-99999999999999999999", "point", "read-1-2"])
async def test_a_made_up_link_opens_nothing(talk: Room, payload: str) -> None:
    phone = Phone(talk, "r102")
    await phone.types(f"/start {payload}")
    assert talk.read(lambda uow: uow.count(PointOfOrder) + uow.count(Reading)) == 0


async def test_a_point_is_written_sent_and_answered_once(talk: Room) -> None:
    phone = Phone(talk, "r201")
    await phone.types(f"/start point-{talk.id}")
    await phone.types("长" * 201)
    assert "最多 200 字" in phone.screen.text
    await phone.types(NASTY)
    await phone.taps("发出去")
    assert "请等主持人答复" in phone.screen.text
    chair = await opens(talk, "chair", "answer_point_form")
    assert "采纳吗" in chair.screen.text and "1-201：" in chair.screen.text, "the only one is shown, not asked for"
    await chair.taps("不采纳")
    await chair.types("开会时念过")
    talk.acts("chair", points.decide_point, point_id=1, upheld=True, reason="先按这个")
    await chair.taps("发出去")
    assert "没有等答复的程序异议" in chair.screen.text
    kept = talk.read(lambda uow: uow.all(PointOfOrder))
    assert [row.upheld for row in kept] == [True]


async def test_words_to_be_read_out_wait_as_they_were_written(talk: Room) -> None:
    talk.acts("r102", hands.raise_hand, stance="for")
    phone = await opens(talk, "r102", "reading_form")
    await phone.types(NASTY)
    talk.acts("r102", hands.lower_hand)
    await phone.taps("发出去")
    assert "请先在群里举手" in phone.screen.text
    talk.acts("r102", hands.raise_hand, stance="against")
    await phone.taps("发出去")
    assert "轮到您时替您念" in phone.screen.text
    (reading,) = talk.read(lambda uow: uow.all(Reading))
    assert talk.read(lambda uow: uow.must(Content, reading.content_id).text) == '<b>大家</b> "好" 反过来'
    queue = talk.read(lambda uow: uow.one("SELECT max(id) FROM hand"))
    assert queue is not None
    talk.acts("chair", turns.grant, hand_id=queue[0])


async def test_the_recorder_rewrites_a_line_and_sees_what_stood_there(talk: Room) -> None:
    """The line is shown to be copied; what comes of it names both."""
    talk.acts("recorder", voices.sum_voice, speech_id=voice(talk), text="要有灯")
    phone = await opens(talk, "recorder", "line_form")
    await phone.taps("1-102：要有灯")
    assert "现在写的是：" in phone.screen.text and "要有灯" in phone.screen.text
    await phone.types("<b>要有路灯</b>")
    assert "原来写的会留在记录里" in phone.screen.text
    await phone.taps("发出去")
    assert "改好了" in phone.screen.text
    rows = talk.read(lambda uow: [uow.must(Content, row.before_id).text for row in uow.all(LineAmendment)])
    assert rows == ["要有灯"]


async def test_who_comes_too_late_for_a_hand_writes_it_down(talk: Room) -> None:
    talk.acts("chair", closing_list.close_list, reason="意见已经重复")
    talk.passes(66)
    phone = Phone(talk, "r201")
    await phone.types(f"/start write-{talk.id}")
    assert "想说的请写在这里" in phone.screen.text
    await phone.types(NASTY)
    await phone.taps("发出去")
    assert "写进协商记录" in phone.screen.text
    assert talk.read(lambda uow: uow.count(RecordCorrection, addendum=True)) == 1
