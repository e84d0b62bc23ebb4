"""The joint meeting sees what the text room makes of the topic, and chooses (5.2)."""

from services.text import load
from tests.dialogs.phone import Phone
from tests.dialogs.test_reviewing import step
from tests.dialogs.test_suggesting import LEVY, PARK, TAP, example, quoted
from tests.services.course import Course


async def reviewing(course: Course, name: str, **facts: str) -> Phone:
    """The joint meeting's form, the text room open."""
    course.to_review(**facts)
    phone = await step(course, "adviser", name)
    phone.desk.reader = load()
    await phone.taps("先存着")
    shown = phone.bot.add("page", None)
    await phone.sends(f"step:{course.topic_id}:{name}", shown.id)
    return phone


PARK_TOPIC = {"title": PARK[0], "reason": PARK[1], "proposal": LEVY, "item": "C.2.1"}


async def test_the_joint_meeting_sees_the_same_and_chooses(course: Course) -> None:
    phone = await reviewing(course, "approve_topic", **PARK_TOPIC)
    assert "D.h" in phone.screen.text and "请核对" in phone.screen.text
    await phone.taps("属于目录")
    offered = [button for button in phone.screen.buttons if "（C." in button]
    assert "C.2.1" in offered[0] and any("C.1.6" in button for button in offered) and len(offered) <= 4
    assert "照写的字看" in phone.screen.text
    await phone.taps("其他类别")
    await phone.taps("下一页")
    assert any("C.4.3" in button for button in phone.screen.buttons)


async def test_a_diversion_is_helped_by_the_words(course: Course) -> None:
    phone = await reviewing(course, "divert_topic", **PARK_TOPIC)
    assert "D.h" in phone.screen.text and quoted(phone)
    await phone.taps("D.h")
    await phone.types("要向大家筹钱")
    await phone.taps("发出去")
    assert course.topic.stage == "diverted"
    assert (example(course, "committee").annex, example(course, "committee").suggested["annex"]) == ("D.h", "D.h")


async def test_a_rejection_is_helped_by_where_it_belongs(course: Course) -> None:
    phone = await reviewing(course, "reject_topic", title=TAP[0], reason=TAP[1], proposal="来修", item="C.2.2")
    assert "看着像报修" in phone.screen.text
    await phone.taps("在协商目录里")
    await phone.taps("选好了")
    await phone.types("自家的水龙头,请找物业报修")
    await phone.taps("发出去")
    assert example(course, "committee").outside and course.topic.stage == "rejected"
