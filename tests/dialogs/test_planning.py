"""The convener's forms on the phone: the plan from its calendar, willingness, objections, rules, another date."""

import pytest

from bot.views.codec import pack
from procedure.terms import Capacity
from services import objecting, planning
from storage.tables import Draft, Objection, Participant, RulesDraft
from tests.dialogs.phone import Phone
from tests.services import plans
from tests.services.course import Course


async def opens(course: Course, who: str, step: str, *, after: Phone | None = None) -> Phone:
    """This person's phone, the step's button tapped on the topic's page; ``after``: the bot was started anew."""
    phone = Phone(course, who)
    if after is not None:
        phone.log = phone.bot.log = after.log
        phone.bot.made = after.bot.made
    page = phone.bot.add("page", None)
    await phone.sends(pack("step", course.topic_id, step), page.id)
    return phone


async def fills(phone: Phone) -> None:
    """A whole plan: one building as stakeholders, a unit, deputies, everything else left out."""
    await phone.taps("11月12日")
    await phone.taps("19:30")
    await phone.taps("互联网协商")
    await phone.taps("只看 1幢")
    await phone.taps("全选")
    await phone.taps("选好了")
    for _ in range(4):
        await phone.taps("选好了")
    await phone.taps("吴敏")
    await phone.taps("王磊")
    await phone.taps("褚平")
    await phone.taps("冯兰")


async def test_a_plan_is_written_with_buttons(course: Course) -> None:
    course.to_plan()
    phone = await opens(course, "chair", "draft_plan")
    assert "哪一天开" in phone.screen.text
    assert any("✖" in words and "公告来不及" in words for words in phone.screen.buttons)
    assert any("✖" in words and "超过十五日" in words for words in phone.screen.buttons + await pages(phone))
    await phone.taps("上一页")
    await fills(phone)
    said = phone.screen.text
    assert "意见提到 11月5日" in said and "公告最晚 11月8日" in said and "加 15 日，最晚 11月18日" in said
    await phone.taps("发出去")
    plan = plans.plan(course)
    assert plan.meets_at == plans.at(plans.DAY, 19).replace(minute=30) and plan.chair_id == course.people["chair"]
    assert plan.deputy_chair_id == course.people["deputy"] and plan.second_official_id == course.people["adviser"]
    assert plan.changes["deputies"] == {
        "recorder": course.people["recorder2"],
        "supervisor": course.people["supervisor2"],
    }
    rows = course.read(lambda uow: uow.all(Participant, plan_id=plan.id))
    assert {row.person_id for row in rows} == {course.people[key] for key in ("r101", "r102", "r201", "r202")}


async def pages(phone: Phone) -> list[str]:
    """The buttons of the next page."""
    await phone.taps("下一页")
    return phone.screen.buttons


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-02", "已经过了"),
        ("11月19日", "最晚 11月18日"),
        ("11-9", "最早 11月10日"),
        ("过几天", "没看懂"),
        ("2026-13-40", "没看懂"),
    ],
)
async def test_a_typed_date_that_cannot_be_is_refused_with_its_reason(course: Course, typed: str, said: str) -> None:
    course.to_plan()
    phone = await opens(course, "chair", "draft_plan")
    await phone.types(typed)
    assert said in phone.screen.text and "哪一天开" in phone.screen.text


async def test_a_tapped_unlawful_day_says_why(course: Course) -> None:
    course.to_plan()
    phone = await opens(course, "chair", "draft_plan")
    for _ in range(2):
        if not any("11月9日" in words for words in phone.screen.buttons):
            await phone.taps("下一页")
    await phone.taps("11月9日")
    assert "太早" in phone.screen.text and "5.3.2" in phone.screen.text


async def test_everything_typed_is_kept_over_a_restart(course: Course) -> None:
    course.to_plan()
    phone = await opens(course, "chair", "draft_plan")
    await phone.types("11月12日")
    await phone.types(None)
    assert "收不了" in phone.screen.text
    await phone.types("19:30")
    again = await opens(course, "chair", "draft_plan", after=phone)
    assert "用什么形式开" in again.screen.text
    draft = course.read(lambda uow: uow.first(Draft, kind="draft_plan"))
    assert draft is not None and draft.fields["day"] == plans.DAY and draft.fields["hour"] == "19:30"


async def test_nobody_else_gets_the_form(course: Course) -> None:
    course.to_plan()
    for who in ("r101", "recorder", "stranger"):
        phone = await opens(course, who, "draft_plan")
        assert "哪一天开" not in phone.screen.text and phone.log.toasts[-1]


async def test_a_revision_starts_from_the_version_before(course: Course) -> None:
    plans.to_sent(course)
    phone = await opens(course, "chair", "draft_plan")
    assert "请看一遍" in phone.screen.text and "11月12日" in phone.screen.text
    await phone.taps("改：日子")
    await phone.types("11-17")
    await phone.taps("发出去")
    plan = plans.plan(course)
    assert plan.version == 2 and plan.meets_at == plans.at("2026-11-17", 19).replace(minute=30)
    before = {capacity.value: 0 for capacity in Capacity}
    for row in course.read(lambda uow: uow.all(Participant, plan_id=plan.id)):
        before[row.capacity] += 1
    assert before == {"stakeholder": 12, "expert": 0, "unit": 1, "self_joined": 1, "observer": 1}


async def test_beyond_the_15_days_the_form_asks_for_a_reason_first(course: Course) -> None:
    course.to_plan()
    plans.until(course, "2026-11-13")
    phone = await opens(course, "chair", "draft_plan")
    assert "写清原因" in phone.screen.text
    await phone.types("物业换人")
    await phone.types("2026-11-25")
    await phone.taps("19:30")
    await phone.taps("互联网协商")
    assert "利益相关方" in phone.screen.text


async def test_willingness_is_noted_for_somebody_without_telegram(course: Course) -> None:
    plans.to_sent(course)
    phone = await opens(course, "recorder", "enter_willing")
    await phone.types("2-302")
    await phone.taps("2-302")
    await phone.taps("愿意")
    await phone.taps("上门")
    await phone.taps("发出去")
    assert "记下了" in phone.screen.text
    assert plans.listed(course, "r302").willing_by == course.people["recorder"]


async def test_an_objection_is_typed_and_answered(course: Course) -> None:
    plans.to_sent(course)
    phone = await opens(course, "r101", "object_plan")
    await phone.types("周四<b>晚上</b>我上班")
    await phone.taps("发出去")
    convener = await opens(course, "chair", "answer_objection")
    assert "周四&lt;b&gt;晚上&lt;/b&gt;我上班" in convener.screen.text
    await convener.taps("不采纳")
    await convener.types("多数人周四有空")
    await convener.taps("发出去")
    row = course.read(lambda uow: uow.first(Objection, topic_id=course.topic_id))
    assert row is not None and row.adopted is False and row.answer == "多数人周四有空"


async def test_an_objection_answered_meanwhile_leaves_the_form(course: Course) -> None:
    plans.to_sent(course)
    for who in ("r101", "r102"):
        course.acts(who, objecting.object_plan, text=f"{who} 有意见")
    phone = await opens(course, "chair", "answer_objection")
    await phone.taps("r101")
    await phone.taps("👍 采纳")
    row = course.read(lambda uow: uow.first(Objection, text="r101 有意见"))
    assert row is not None
    course.acts("chair", objecting.answer_objection, objection_id=row.id, adopted=False, answer="不行")
    await phone.types("好的")
    await phone.taps("发出去")
    assert "已经答复过了" in phone.screen.text


async def test_rules_start_from_the_template_and_take_lawful_values_only(course: Course) -> None:
    plans.to_final(course)
    phone = await opens(course, "chair", "draft_rules")
    assert "每次 3 分钟，每人 2 次" in phone.screen.text and "超过半数" in phone.screen.text
    await phone.taps("改：每次发言")
    await phone.taps("2 分钟")
    await phone.taps("改：表决比例")
    await phone.taps("达到 2/3")
    assert "哪条规定" in phone.screen.text
    assert "· 民法典第278条（筹集维修资金，改建重建，改变共有部分用途或经营）" in phone.screen.text, (
        "a button cuts it off"
    )
    await phone.taps("民法典第278条（筹集维修资金")
    assert "专有部分面积和人数都占三分之二" in phone.screen.text and "请转业主大会办" in phone.screen.text
    await phone.types("村民委员会组织法第22条")
    assert "法律已修订，请核实" in phone.screen.text and "十八岁" not in phone.screen.text.split("哪条规定")[0]
    await phone.types("业主大会议事规则第七条")
    await phone.taps("发出去")
    meeting = plans.meeting(course)
    rules = course.read(lambda uow: uow.must(RulesDraft, meeting.rules_id)).settings
    assert rules["minutes"] == 2 and rules["threshold"] == {
        "numerator": 2,
        "denominator": 3,
        "or_above": True,
        "source": "业主大会议事规则第七条",
    }


async def test_a_meeting_is_put_off_with_a_tap(course: Course) -> None:
    plans.to_noticed(course)
    phone = await opens(course, "recorder", "postpone_meeting")
    await phone.taps("天气不好")
    await phone.taps("发出去")
    assert "改期了" in phone.screen.text and course.topic.stage == "plan"
    again = await opens(course, "chair", "draft_plan")
    assert "哪一天开" in again.screen.text


async def test_steps_without_a_form_are_taken_from_the_page(course: Course) -> None:
    course.to_plan()
    course.acts("chair", planning.draft_plan, **plans.written(course))
    phone = await opens(course, "chair", "send_plan")
    assert "方案发给 15 位了" in phone.log.toasts[-1]
    other = await opens(course, "r101", "say_willing")
    assert "愿意" in other.log.toasts[-1]
    await opens(course, "r102", "say_unwilling")
    assert plans.listed(course, "r101").willing_at is not None
    assert plans.listed(course, "r102").unwilling_at is not None
