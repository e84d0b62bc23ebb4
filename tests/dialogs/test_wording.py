"""The opinion is written item by item, looked at, and sent; a correction is asked for, answered and worked in."""

import pytest

from bot.views.codec import pack
from storage.tables import WordingRequest
from tests.dialogs.phone import Phone
from tests.services.room import Room


@pytest.fixture
def recorder(room: Room) -> Phone:
    """The discussion is over."""
    room.to_wording()
    return Phone(room, "recorder")


async def opened(phone: Phone, verb: str = "wording_form", *ids: int) -> Phone:
    """A tap on the console's button."""
    shown = phone.bot.add("console", None)
    await phone.sends(pack(verb, phone.room.id, *ids), shown.id)
    return phone


async def one_item(phone: Phone) -> None:
    """The proposer's words, by the property company, in thirty days; an objection."""
    await phone.taps("就用提出人的建议")
    await phone.types("物业公司")
    await phone.taps("30 天内")
    await phone.types("有人担心噪音")


async def test_an_opinion_is_written_and_sent(recorder: Phone) -> None:
    await opened(recorder)
    assert "第 1 条" in recorder.screen.text and "南门东侧" in recorder.screen.text
    await one_item(recorder)
    assert "请看一遍" in recorder.screen.text and "物业公司" in recorder.screen.text
    await recorder.taps("再加一条")
    await recorder.types("晚上十点以后不充电")
    await recorder.types("居委会")
    await recorder.types("2026年12月31日")
    assert "2." in recorder.screen.text and "12月31日" in recorder.screen.text
    await recorder.taps("发出去")
    assert "第 1 稿已发到群里" in recorder.screen.text
    wording = recorder.room.meeting.wording
    assert [item["text"][:5] for item in wording["items"]] == ["在南门东侧", "晚上十点以"]
    assert wording["items"][1]["due"] == "2026-12-31" and wording["objections"] == "有人担心噪音"


async def test_every_step_goes_back_with_what_was_written(recorder: Phone) -> None:
    await opened(recorder)
    await recorder.types("装雨棚")
    await recorder.types("物业公司")
    await recorder.taps("上一步")
    assert "现在写的是：物业公司" in recorder.screen.text
    await recorder.taps("上一步")
    assert "装雨棚" in recorder.screen.text
    await recorder.taps("就这样，下一步")
    await recorder.taps("就这样，下一步")
    await recorder.taps("7 天内")
    await recorder.taps("上一步")
    assert "什么时候做完" in recorder.screen.text, "the last item is open again"
    await recorder.taps("15 天内")
    await recorder.taps("没有不同意见")
    await recorder.taps("改不同意见")
    await recorder.types("怕影响停车")
    await recorder.taps("改不同意见")
    await recorder.taps("就这样，下一步")
    await recorder.taps("去掉最后一条")
    assert "第 1 条" in recorder.screen.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("", "还是空的"), ("长" * 301, "最多 300 字"), (" \u200b ", "还是空的")],
)
async def test_empty_and_over_long_items_are_answered(recorder: Phone, typed: str, answer: str) -> None:
    await opened(recorder)
    await recorder.types(typed)
    assert answer in recorder.screen.text and "第 1 条" in recorder.screen.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("明年", "没看懂"), ("2026-13-01", "没看懂"), ("2026-02-30", "没看懂"), ("2020-01-01", "已经过")],
)
async def test_dates_that_are_none_or_past_are_answered(recorder: Phone, typed: str, answer: str) -> None:
    await opened(recorder)
    await recorder.types("装雨棚")
    await recorder.types("物业公司")
    await recorder.types(typed)
    assert answer in recorder.screen.text and "什么时候做完" in recorder.screen.text


async def test_what_was_typed_survives_cancel_and_restart(recorder: Phone) -> None:
    await opened(recorder)
    await recorder.types("装雨棚")
    await recorder.types("/cancel")
    assert "都留着" in recorder.screen.text
    later = await opened(Phone(recorder.room, "recorder"))
    assert "谁来做" in later.screen.text
    await later.taps("先存着")
    assert "都替您存着" in later.screen.text
    again = await opened(Phone(recorder.room, "recorder"))
    assert "谁来做" in again.screen.text
    await again.taps("整张不要了")
    fresh = await opened(Phone(recorder.room, "recorder"))
    assert "做什么" in fresh.screen.text


async def test_names_and_markup_are_shown_as_typed(recorder: Phone) -> None:
    await opened(recorder)
    await recorder.types("<b>雨棚</b> & \u202e灯")
    await recorder.taps("上一步")
    assert "&lt;b&gt;雨棚&lt;/b&gt; &amp; 灯" in recorder.screen.text


async def test_nine_items_are_the_most(recorder: Phone) -> None:
    await opened(recorder)
    for number in range(9):
        await recorder.types(f"第 {number} 件事")
        await recorder.types("物业公司")
        await recorder.taps("7 天内")
        if number < 8:
            await recorder.taps("再加一条")
    assert not any("再加一条" in button for button in recorder.screen.buttons)


async def test_a_correction_is_asked_for_answered_and_worked_in(recorder: Phone) -> None:
    room = recorder.room
    room.post()
    room.deliver()
    resident, chair = Phone(room, "r201"), Phone(room, "chair")
    await resident.types(f"/start fix-{room.id}")
    await resident.types("应写明几个插座")
    assert "应写明几个插座" in resident.screen.text
    await resident.taps("上一步")
    await resident.taps("就这样，下一步")
    await resident.taps("发出去")
    assert "交给主持人了" in resident.screen.text
    request = room.read(lambda uow: uow.first(WordingRequest, meeting_id=room.id))
    assert request is not None and request.id is not None
    await opened(chair, "decision_form", request.id)
    assert "1-201 要求更正" in chair.screen.text and "几个插座" in chair.screen.text
    await chair.taps("不采纳")
    await chair.taps("上一步")
    await chair.taps("采纳")
    await chair.types("说得对")
    assert "已答复" in chair.screen.text
    await opened(recorder)
    assert "在南门东侧建充电点" in recorder.screen.text and "担心噪音" in recorder.screen.text


@pytest.mark.parametrize("payload", ["fix-", "fix-x", "fix-999999", "fix-" + "9" * 60, "fix-１"])
async def test_a_broken_deep_link_is_answered_calmly(recorder: Phone, payload: str) -> None:
    resident = Phone(recorder.room, "r201")
    await resident.types(f"/start {payload}")
    assert "没有找到这个会" in resident.screen.text


async def test_who_may_not_write_opens_nothing(recorder: Phone) -> None:
    resident = await opened(Phone(recorder.room, "r201"))
    assert "这一步要由" in resident.log.toasts[-1] and resident.screen.text == "console"
