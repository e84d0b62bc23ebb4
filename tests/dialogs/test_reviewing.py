"""Registering, reviewing and filling the posts by taps and forms: what is refused, what comes of sending."""

from bot import views
from bot.views.codec import pack
from services import posts
from services.demo import CAST
from storage.tables import PostHolder
from tests.dialogs.phone import Phone
from tests.services.course import POSTS, Course

NAMES = {cast.key: cast.name for cast in CAST}


async def step(course: Course, who: str, name: str) -> Phone:
    """A tap on a step's button."""
    phone = Phone(course, who)
    shown = phone.bot.add("page", None)
    await phone.sends(pack("step", course.topic_id, name), shown.id)
    return phone


async def test_the_committee_registers_by_the_message_s_button(course: Course) -> None:
    course.proposes()
    course.deliver()
    phone = Phone(course, "recorder")
    phone.receives(views.render("topic_proposed", course.heard("recorder", "topic_proposed")[0], "zh"))
    await phone.taps("登记这个议题")
    assert "登记好了" in phone.log.toasts[-1] and course.topic.stage == "review"
    assert any("审核通过" in button for button in phone.screen.buttons)


async def approve(course: Course) -> Phone:
    """The adviser fills in the approval."""
    phone = await step(course, "adviser", "approve_topic")
    await phone.taps("属于目录")
    await phone.taps("C.2.3")
    await phone.taps("日常生活")
    await phone.types("合法，不花大钱")
    for key in POSTS.values():
        await phone.types(NAMES[key])
        await phone.taps(NAMES[key])
    return phone


async def test_a_topic_is_approved_with_four_posts_and_advice(course: Course) -> None:
    course.to_review()
    phone = await approve(course)
    assert "请看一遍" in phone.screen.text and "15 日内" in phone.screen.text
    assert "周文" in phone.screen.text and "提醒" not in phone.screen.text
    await phone.taps("改：指导员")
    await phone.types("何阿姨")
    await phone.taps("何阿姨")
    assert "提醒（不拦您）" in phone.screen.text and "宜由社区干部" in phone.screen.text
    await phone.taps("发出去")
    assert "1 号议题通过了" in phone.screen.text and course.topic.stage == "plan"


async def test_a_supervisor_who_leads_too_is_refused_and_nothing_is_lost(course: Course) -> None:
    course.to_review()
    phone = await approve(course)
    await phone.taps("改：召集人")
    await phone.taps("只看 居务监督委员会")
    await phone.taps("陈刚")
    await phone.taps("发出去")
    assert "不能是同一个人" in phone.screen.text and "合法，不花大钱" in phone.screen.text
    assert course.topic.stage == "review"


async def test_nobody_of_the_committee_is_offered_as_supervisor(course: Course) -> None:
    course.to_review()
    phone = await approve(course)
    await phone.taps("改：监督员")
    assert not any("郑洁" in button or "冯兰" in button for button in phone.screen.buttons)
    assert any("陈刚" in button for button in phone.screen.buttons[:6])


async def test_a_rejection_asks_for_each_test_that_fails(course: Course) -> None:
    course.to_review()
    phone = await step(course, "deputy", "reject_topic")
    await phone.taps("选好了")
    assert "至少选 1 个" in phone.screen.text
    await phone.taps("关系到大家")
    await phone.taps("选好了")
    await phone.types("只关系到一户人家的围墙")
    assert "请看一遍" in phone.screen.text
    await phone.taps("发出去")
    assert course.topic.stage == "rejected" and "没有通过" in phone.screen.text


async def test_a_diversion_names_the_matter_and_why(course: Course) -> None:
    course.to_review()
    phone = await step(course, "deputy", "divert_topic")
    await phone.taps("D.f")
    await phone.types("要立项招标")
    await phone.taps("发出去")
    assert (course.topic.stage, course.topic.annex) == ("diverted", "D.f")


async def test_who_may_not_review_opens_nothing(course: Course) -> None:
    course.to_review()
    phone = await step(course, "r101", "approve_topic")
    assert "这一步要由" in phone.log.toasts[-1] and phone.screen.text == "page"
    await phone.types("随便说说")
    assert "没看懂" in phone.screen.text


async def test_an_offer_is_answered_by_its_own_button(course: Course) -> None:
    course.to_review().approves()
    course.deliver()
    phone = Phone(course, "chair")
    offer = course.heard("chair", "post_offered")[0]
    phone.receives(views.render("post_offered", offer, "zh"))
    assert "姓名和岗位" in phone.screen.text
    message = phone.screen
    data = pack("accept_offer", course.topic_id, offer["offers"][0]["holder_id"])
    await phone.sends(data, message.id)
    assert "谢谢您" in phone.log.toasts[-1]
    await phone.sends(data, message.id)
    assert "已经答应" in phone.log.toasts[-1]


async def test_a_declined_post_and_an_answer_on_paper_are_entered_by_form(course: Course) -> None:
    course.to_review().approves()
    course.acts("chair", posts.decline_post)
    phone = await step(course, "recorder", "offer_post")
    await phone.taps("召集人")
    await phone.types("张三")
    await phone.taps("张三")
    await phone.taps("发出去")
    assert "已请 1-101 担任召集人" in phone.screen.text
    phone = await step(course, "recorder", "enter_acceptance")
    await phone.taps("1-101")
    await phone.taps("愿意")
    await phone.taps("上门")
    await phone.taps("发出去")
    assert "召集人的回话" in phone.screen.text
    rows = course.read(lambda uow: uow.all(PostHolder, post="convener"))
    assert [row.accepted_at is not None for row in rows] == [True]


async def test_the_committee_notes_how_the_proposer_was_told(course: Course) -> None:
    course.to_review().approves()
    phone = await step(course, "recorder", "note_told")
    await phone.taps("打电话")
    await phone.taps("发出去")
    assert "已经知道结果" in phone.screen.text and course.clock("tell_proposer") is None
