"""The way through topics on the phone: from home and lists to a topic, its dates and everything that happened."""

from bot.views.codec import pack
from tests.dialogs.phone import Phone
from tests.services.course import Course


async def test_from_home_to_the_topic_in_which_it_is_ones_turn(course: Course) -> None:
    course.to_review()
    phone = Phone(course, "recorder")
    await phone.types("/start")
    await phone.taps("1 号议题 · ✅ 审核通过")
    assert "审核" in phone.screen.text and "11月3日（周二） + 1 个月 = 12月3日（周四）" in phone.screen.text
    assert "提出议题" in phone.screen.text and "🔴" not in phone.screen.text
    course.instant = course.instant.replace(month=12, day=6)
    await phone.sends(pack("topic", course.topic_id), phone.screen.id)
    assert "🔴 议题等着审核：已过期 3 天" in phone.screen.text


async def test_todo_leads_to_its_topics(course: Course) -> None:
    course.to_plan()
    phone = Phone(course, "chair")
    await phone.types("/todo")
    assert "协商会要开起来，最晚 11月18日（周三）24:00" in phone.screen.text
    await phone.taps("1 号议题")
    assert "怎么" not in phone.screen.text and "依 5.3.1 a" in phone.screen.text


async def test_topics_turn_their_pages_in_place(course: Course) -> None:
    for number in range(10):
        course.proposes("r101" if number % 2 else "r102", title=f"第 {number} 件事")
        course.instant = course.instant.replace(hour=number + 7)
    phone = Phone(course, "r301")
    await phone.types("/topics")
    assert "10. " in phone.screen.text and "2. " not in phone.screen.text
    await phone.taps("更早的")
    assert "2. " in phone.screen.text and not [one for one in phone.screen.buttons if "更早的" in one]
    await phone.taps("较新的")
    assert "10. " in phone.screen.text and len(phone.log.messages) == 1
    await phone.types("/topics 第 3 件")
    assert "第 3 件" in phone.screen.text and "：1 条" in phone.screen.text


async def test_everything_that_happened_has_a_page_of_its_own(course: Course) -> None:
    course.to_plan()
    phone = Phone(course, "r301")
    await phone.types("/topics")
    await phone.sends(pack("timeline", course.topic_id), phone.screen.id)
    assert "从头到现在" in phone.screen.text and "四个岗位都有人答应了" in phone.screen.text
    await phone.taps("回到 1 号议题")
    assert "岗位：召集人 周文" in phone.screen.text


async def test_forged_pages_are_answered_calmly(course: Course) -> None:
    course.proposes()
    phone = Phone(course, "r301")
    await phone.types("/topics")
    whole = ("topic:999", "timeline:999", "topics:0", "topics:9223372036854775807", "minutes:999:1", "fact_sheet:999")
    torn = ("topic:x", "minutes:1", "list:1:queue:x", "open_list:1:1", "fact_sheet:x", "bind_account:x", "roll:1:-1")
    for data in (*whole, *torn):
        answered = len(phone.log.toasts)
        await phone.sends(data, phone.screen.id)
        assert len(phone.log.messages) == 1, data
        assert "topics" in data or phone.log.toasts[answered:], data


async def test_a_stranger_sees_no_topic(course: Course) -> None:
    course.proposes()
    phone = Phone(course, "stranger")
    await phone.types("/help")
    for verb in ("topic", "timeline"):
        await phone.sends(pack(verb, course.topic_id), phone.screen.id)
        assert "充电" not in phone.screen.text
