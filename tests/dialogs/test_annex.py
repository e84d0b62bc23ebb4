"""The forms about a matter of annex D: nobody opens them for nothing, and nothing typed is lost."""

import pytest

from bot.views.codec import pack
from bot.views.rendered import Rendered
from services import annex, checkin
from tests.dialogs.phone import Phone
from tests.services.room import Room
from tests.services.suspended import RAISED, clock


@pytest.fixture
def phone(room: Room) -> Phone:
    """A resident who has signed in; check-in is open."""
    room.to_check_in("chair", "recorder", "supervisor", "adviser", "r101")
    return Phone(room, "r101")


async def opens(phone: Phone, verb: str = "annex_form") -> None:
    """A button of the home page, genuine or forged."""
    phone.receives(Rendered("…"))
    await phone.sends(pack(verb, phone.room.id), phone.screen.id)


async def test_item_and_reason_are_asked_kept_and_sent(phone: Phone) -> None:
    await phone.types("/start")
    await phone.taps("这事该走五议两公开")
    assert "属于下面哪一条" in phone.screen.text
    await phone.taps("集体资产出租")
    await phone.types("长" * 301)
    assert "最多 300 字" in phone.screen.text
    await phone.types("要动用集体资产")
    assert "会先停下来" in phone.screen.text and "集体资产出租、处置、分红（D.d）" in phone.screen.text
    await phone.taps("发出去")
    assert "会停下了" in phone.screen.text
    assert phone.room.meeting.annex["reason"] == "要动用集体资产"


async def test_a_draft_waits_and_is_not_sent_into_a_meeting_that_has_stopped(phone: Phone) -> None:
    await opens(phone)
    await phone.taps("集体资产出租")
    await phone.types("要动用集体资产")
    phone.room.acts("supervisor", annex.raise_annex, item="D.h", reason="要集资")
    await phone.taps("发出去")
    assert "已经有人提出了" in phone.screen.text
    assert phone.room.meeting.annex["item"] == "D.h"


@pytest.mark.parametrize(("who", "words"), [("r102", "还没签到"), ("stranger", "还没登记")])
async def test_whoever_has_not_come_cannot_open_it(phone: Phone, who: str, words: str) -> None:
    other = Phone(phone.room, who)
    await opens(other)
    assert any(words in toast for toast in other.log.toasts)
    assert phone.room.meeting.state == "check_in"


async def test_only_chair_and_adviser_may_refuse_it(phone: Phone) -> None:
    phone.room.acts("r101", annex.raise_annex, **RAISED)
    await opens(phone, "refuse_annex_form")
    assert any("这一步要由" in toast for toast in phone.log.toasts)
    adviser = Phone(phone.room, "adviser")
    await opens(adviser, "refuse_annex_form")
    await adviser.types(None)
    assert "这里要打字" in adviser.screen.text
    await adviser.types("只是放充电桩")
    await adviser.taps("发出去")
    assert "交给两委联席会议了" in adviser.screen.text and clock(phone.room) is not None


async def test_the_committee_answers_from_its_form(phone: Phone) -> None:
    room = phone.room
    recorder = Phone(room, "recorder")
    step = pack("step", room.topic_id, "decide_annex")
    recorder.receives(Rendered("…"))
    await recorder.sends(step, recorder.screen.id)
    assert any("没有等联席会议答复" in toast for toast in recorder.log.toasts)
    room.acts("r101", annex.raise_annex, **RAISED)
    room.acts("chair", annex.refuse_annex, reason="只是放充电桩")
    await recorder.sends(step, recorder.screen.id)
    await recorder.taps("不属于，协商接着开")
    await recorder.types("空地归大家共用")
    assert "群里马上会看到" in recorder.screen.text
    await recorder.taps("发出去")
    assert "协商接着开" in recorder.screen.text and clock(room) is None
    assert room.acts("chair", annex.resume_meeting).code == "sitting_resumed"
    assert room.acts("r102", checkin.check_in, via="button").code == "checked_in"
    again = Phone(room, "r102")
    await opens(again)
    assert not any("D.d" in words for words in again.screen.buttons) and len(again.screen.buttons) > 8
