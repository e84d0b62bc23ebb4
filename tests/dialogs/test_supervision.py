"""The supervisor's forms in a meeting: tapped or typed, nobody else opens them, nothing typed is lost."""

import pytest

from bot.views.codec import pack
from bot.views.rendered import Rendered
from services import annulling, stopping, voting
from storage.tables import Challenge, Motion, Stop
from tests.dialogs.phone import Phone
from tests.services.room import Room
from tests.services.suspended import decided, speaking


@pytest.fixture
def phone(room: Room) -> Phone:
    """The supervisor's, somebody having the floor."""
    return Phone(speaking(room), "supervisor")


async def opens(phone: Phone, verb: str) -> None:
    """A button of the console, genuine or forged."""
    phone.receives(Rendered("…"))
    await phone.sends(pack(verb, phone.room.id), phone.screen.id)


async def test_a_stop_is_tapped_or_typed_and_asked_once_more(phone: Phone) -> None:
    await opens(phone, "stop_form")
    assert "为什么叫停" in phone.screen.text
    await phone.taps("有人该说的话没让说")
    await phone.types("长" * 301)
    assert "最多 300 字" in phone.screen.text
    await phone.types("请 <b>2-301</b> 先说")
    assert "会马上停下来" in phone.screen.text and "&lt;b&gt;2-301" in phone.screen.text
    assert phone.room.meeting.state == "discussion"
    await phone.taps("发出去")
    assert "会停下了" in phone.screen.text
    stop = phone.room.read(lambda uow: uow.must(Stop, 1))
    assert (stop.reason, stop.correction) == ("有人该说的话没让说", "请 <b>2-301</b> 先说")


@pytest.mark.parametrize("who", ["chair", "r101", "stranger"])
async def test_nobody_else_opens_it(phone: Phone, who: str) -> None:
    other = Phone(phone.room, who)
    await opens(other, "stop_form")
    assert other.log.toasts and phone.room.read(lambda uow: uow.count(Stop)) == 0


async def test_a_draft_is_not_sent_into_a_meeting_that_stands_still(phone: Phone) -> None:
    await opens(phone, "stop_form")
    await phone.taps("没有按规则的顺序来")
    await phone.taps("把这一步重新做一遍")
    phone.room.acts("supervisor2", stopping.stop_meeting, reason="一", correction="二")
    await phone.taps("发出去")
    assert "正在更正" in phone.screen.text and phone.room.read(lambda uow: uow.count(Stop)) == 1


async def test_a_vote_is_annulled_by_naming_its_clause(room: Room) -> None:
    phone = Phone(decided(room), "supervisor")
    await opens(phone, "annul_form")
    assert "违反了哪一条" in phone.screen.text
    await phone.taps("举手的次序或统计不对（5.5.3 b）")
    await phone.types("没请反对的举手")
    assert "同样的内容重新表决" in phone.screen.text
    await phone.taps("发出去")
    assert "要重新表决" in phone.screen.text
    assert [one.void_clause for one in room.read(lambda uow: uow.all(Motion, kind="main", order="id"))] == [
        "5.5.3 b",
        None,
    ]


async def test_what_was_chosen_for_another_vote_is_asked_anew(room: Room) -> None:
    phone = Phone(decided(room), "supervisor")
    await opens(phone, "annul_form")
    await phone.taps("签到没有签对（5.6.1 a）")
    room.acts("supervisor2", annulling.annul_motion, motion_id=room.motion.id, clause="5.5.3 b", reason="没请反对的")
    await phone.types("签到少了一户")
    await phone.taps("发出去")
    assert "已经作废" in phone.screen.text or "没有可以作废" in phone.screen.text
    room.acts("chair", voting.open_call, motion_id=room.motion.id)
    await opens(phone, "annul_form")
    assert "违反了哪一条" in phone.screen.text


async def test_a_vote_is_challenged_from_the_board_and_answered(room: Room) -> None:
    resident, supervisor = Phone(decided(room), "r102"), Phone(room, "supervisor")
    await resident.types(f"/start challenge-{room.id}")
    assert "对哪一次表决" in resident.screen.text
    await resident.taps("协商意见")
    await resident.taps("我的举手记错了或没算上")
    await resident.types("我举的是 <反对>")
    await resident.taps("发出去")
    assert "二十四小时内答复您" in resident.screen.text
    supervisor.receives(Rendered("…"))
    await supervisor.sends(pack("step", room.topic_id, "answer_challenge"), supervisor.screen.id)
    await supervisor.taps("1-102 我的举手记错了或没算上：我举的是 <反对>")
    await supervisor.taps("不成立")
    await supervisor.types("查过，第二轮里有")
    await supervisor.taps("发出去")
    assert "答复好了" in supervisor.screen.text
    assert room.read(lambda uow: uow.must(Challenge, 1)).answer == "查过，第二轮里有"


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "999999"])
async def test_a_forged_link_opens_nothing(room: Room, number: str) -> None:
    phone = Phone(decided(room), "r102")
    await phone.types(f"/start challenge-{number}")
    assert room.read(lambda uow: uow.count(Challenge)) == 0 and "对哪一次" not in phone.screen.text
