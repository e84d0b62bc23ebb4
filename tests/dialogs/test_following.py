"""What is written and tapped after a meeting: every form, every step that needs none, the papers."""

import re
from typing import Any

from bot import views
from bot.views.codec import pack
from services import course, recording, telling
from storage.tables import Archive, Document, Draft, FollowItem, RecordCorrection, Supervision
from tests.dialogs.phone import Phone
from tests.services.after import DAY, UNREACHED, After
from tests.services.room import ACCOUNTS, Room


async def step(room: Room, who: str, name: str, phone: Phone | None = None) -> Phone:
    """A tap on a step's button."""
    phone = phone or Phone(room, who)
    shown = phone.bot.add("page", None)
    await phone.sends(pack("step", room.topic_id, name), shown.id)
    return phone


async def written(room: Room, who: str, name: str, *answers: str) -> Phone:
    """A form filled in: "[words]" is tapped, anything else typed; then sent."""
    phone = await step(room, who, name)
    for answer in answers:
        if answer.startswith("["):
            await phone.taps(answer[1:-1])
        else:
            await phone.types(answer)
    await phone.taps("发出去")
    return phone


def one(room: Room, table: Any) -> Any:
    """The last row of a table."""
    found = room.read(lambda uow: uow.first(table, order="-id"))
    assert found is not None
    return found


async def test_a_correction_is_asked_for_and_answered(room: Room) -> None:
    after = After(room)
    phone = await written(room, "r102", "ask_record_correction", "我说的是十二米")
    assert "告诉记录员了" in phone.screen.text
    phone = await step(room, "recorder", "answer_record_correction")
    assert any("1-102" in button for button in phone.screen.buttons)
    await phone.taps("1-102")
    await phone.taps("不采纳")
    await phone.types("录音里是十米")
    assert "不采纳" in phone.screen.text
    await phone.taps("发出去")
    row = one(room, RecordCorrection)
    assert (row.adopted, row.answer) == (False, "录音里是十米")
    assert len(after.documents("b3")) == 2


async def test_the_condition_has_a_day_or_none(room: Room) -> None:
    after = After(room, 5, 6, 1)
    await written(room, "recorder", "name_condition", "等验收标准", "[跳过这一项]")
    assert room.meeting.condition == {"text": "等验收标准"}
    phone = await step(room, "recorder", "name_condition")
    await phone.types("等验收标准")
    await phone.types("下个月吧")
    assert "没看懂这个日子" in phone.screen.text
    await phone.types("2026年12月30日")
    await phone.taps("发出去")
    assert room.meeting.condition["day"] == "2026-12-30"
    after.told()
    await written(room, "recorder", "note_condition", "标准出来了")
    assert after.topic.stage == "plan"


async def test_signing_handing_over_and_publishing_are_single_taps(room: Room) -> None:
    after = After(room)
    phone = await step(room, "recorder", "sign_record")
    assert "之后再签" in phone.log.toasts[-1]
    after.passes(DAY)
    await step(room, "recorder", "sign_record")
    await step(room, "recorder", "hand_record")
    phone = await step(room, "recorder", "publish_result")
    assert f"有 {len(UNREACHED)} 位收不到" in phone.log.toasts[-1]
    assert "记一次告知" in " ".join(phone.screen.buttons)


async def test_an_attempt_is_noted_in_three_taps(room: Room) -> None:
    after = After(room).signed()
    after.takes("recorder", telling.publish_result)
    room.deliver()
    phone = await step(room, "recorder", "record_attempt")
    assert [button for button in phone.screen.buttons if re.match(r"\d-", button)] == ["2-302", "2-402", "3-601 乙"]
    for words in ("2-302", "电话", "是，告知到了", "发出去"):
        await phone.taps(words)
    assert len(after.untold()) == 2


async def test_an_item_from_its_receipt_to_the_upload(room: Room) -> None:
    after = After(room).told()
    phone = await step(room, "recorder", "hand_item")
    assert "在南门东侧建充电点" in phone.screen.buttons[0]
    await phone.taps("在南门")
    await phone.types("昨天吧")
    assert "没看懂这个日子" in phone.screen.text
    await phone.taps("今天")
    await phone.taps("物业公司")
    await phone.taps("发出去")
    assert one(room, FollowItem).person_id == after.person("property")
    await written(room, "property", "report_progress", "[在南门]", "地基打好了")
    await written(room, "supervisor", "extend_item", "[在南门]", "2027-01-15", "要等验收")
    await written(room, "property", "finish_item", "[在南门]", "办好了")
    phone = await step(room, "supervisor", "write_supervision")
    assert "遇到什么问题" in phone.screen.text
    for text in ("无", "楼道里不再充电", "无", "没有发现问题"):
        await phone.types(text)
    assert "地基打好了" in phone.screen.text and "要等验收" in phone.screen.text
    await phone.taps("发出去")
    assert one(room, Supervision).fields["effects"] == "楼道里不再充电"
    await step(room, "supervisor", "publish_supervision")
    await step(room, "supervisor", "confirm_archive")
    phone = await written(room, "recorder", "note_upload", "[今天]", "平台编号 12")
    assert "办结了" in phone.screen.text
    assert one(room, Archive).proof == "平台编号 12" and after.topic.stage == "closed"


async def test_the_convener_explains_in_one_message(room: Room) -> None:
    After(room)
    phone = await written(room, "chair", "explain_result", "噪音的事物业会处理")
    assert "发到群里了" in phone.screen.text


async def test_no_form_opens_for_who_may_not(room: Room) -> None:
    After(room).told()
    for who, name in (("r102", "hand_item"), ("chair", "extend_item"), ("recorder", "write_supervision")):
        phone = await step(room, who, name)
        assert "由" in phone.log.toasts[-1] and phone.screen.text == "page"
    assert room.read(lambda uow: uow.count(Draft, submitted_at=None)) == 0


async def test_what_was_typed_is_there_again(room: Room) -> None:
    After(room)
    phone = await step(room, "chair", "explain_result")
    await phone.types("噪音的事")
    assert "噪音的事" in phone.screen.text
    phone = await step(room, "chair", "explain_result", phone)
    assert "噪音的事" in phone.screen.text


async def test_papers_are_a_tap_away(room: Room) -> None:
    after = After(room).told()
    phone = Phone(room, "r102")
    page = room.read(lambda uow: course.topic_page(uow, room.actor("r102"), topic_id=room.topic_id, now=room.instant))
    phone.receives(views.render(page.code, page.facts, "zh"))
    await phone.taps("材料")
    assert any("协商结果公告" in button for button in phone.screen.buttons)
    assert not any("签到表" in button for button in phone.screen.buttons)
    await phone.taps("协商结果公告")
    assert phone.log.toasts[-1] == "马上发给您"
    room.deliver()
    assert after.heard("r102", "paper_copy")[0]["kind"] == "result_notice"
    hidden = room.read(lambda uow: uow.first(Document, kind="b2"))
    assert hidden is not None
    await phone.sends(pack("paper", hidden.id or 0), phone.screen.id)
    assert "没有找到这份材料" in phone.log.toasts[-1]


async def test_a_message_leads_to_its_step(room: Room) -> None:
    after = After(room)
    after.takes("r102", recording.ask_record_correction, text="我说的是十二米")
    room.deliver()
    phone = Phone(room, "recorder")
    phone.receives(views.render("after_news", after.news("recorder", "correction_asked")[0], "zh"))
    await phone.taps("答复改记录的意见")
    assert "1-102" in " ".join(phone.screen.buttons) and ACCOUNTS["recorder"] == phone.account
