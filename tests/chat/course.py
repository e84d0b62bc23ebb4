"""The course of a topic as people walk it: pages, steps and forms in private chats, from an idea to its end."""

from datetime import datetime

from services import demo
from tests.chat import steps
from tests.chat.steps import LABELS, STAKEHOLDERS
from tests.chat.town import Answer, Town

TITLE = "三号楼道口加装感应灯"
REASON = "三号楼道口的灯坏了半年，老人晚上回家看不清台阶。"
PROPOSAL = "在三号楼道口装两盏人体感应灯，费用从公共收益里出。"
PHONE = "138-0000-0001"
POSTS = {"召集人": "chair", "记录员": "recorder", "指导员": "adviser", "监督员": "supervisor"}
MEETING = (
    steps.everybody_checks_in,
    steps.chair_opens,
    steps.rules_are_adopted,
    steps.proposer_explains,
    steps.discussion_opens,
    steps.discussion_ends,
    steps.recorder_posts_wording,
    steps.wording_stands,
)
"""From check-in to the frozen wording."""
THINKING = 4
"""Seconds somebody takes for an answer."""


class Typed(str):
    """An answer that is typed; any other is a tap."""


async def arrives(town: Town, instant: str) -> None:
    """Time passes until this instant, and everything due on the way is said."""
    await town.wires.until(datetime.fromisoformat(instant))
    await town.quiet()


async def opens_page(town: Town, who: str, number: int = 1) -> str:
    """/topics, and a tap on the topic; what its page says."""
    await town.writes(who, "/topics")
    await town.taps(who, f"{number} 号议题")
    return str((await town.last(who))["text"])


async def takes(town: Town, who: str, step: str, number: int = 1) -> Answer:
    """A step of the topic's page."""
    await opens_page(town, who, number)
    return await town.taps(who, step)


async def fills(town: Town, who: str, *answers: str) -> str:
    """Answers to an open form one after another, then it is sent; what the bot says to it."""
    for answer in answers:
        await town.passes(THINKING)
        await (town.writes(who, answer) if isinstance(answer, Typed) else town.taps(who, answer))
    await town.taps(who, "发出去…")
    return str((await town.last(who))["text"])


async def forges(town: Town, who: str, data: str) -> Answer:
    """Made-up data below the newest buttons of somebody's private chat."""
    under = [one["id"] for one in await town.sees(who) if one["buttons"]][-1]
    chat = town.accounts[who]
    (answer,) = await town.presses([{"chat": chat, "from": chat, "message_id": under, "data": data}])
    return answer


async def proposes(town: Town, who: str = "r101", title: str = TITLE) -> None:
    """Form B.1 by /propose, with contact data."""
    await town.writes(who, "/propose")
    words = (Typed(title), Typed(REASON), Typed(PROPOSAL), "跳过…")
    contact = ("愿意留", "跳过…", Typed(PHONE), "跳过…", "跳过…")
    await fills(town, who, "居民", "小区、楼道、村组里的事", *words, "楼道、天井、车辆停放…", "都不是", *contact)


async def registers(town: Town, number: int = 1) -> None:
    """5.1.3: the committee takes it on its list."""
    answer = await takes(town, "recorder", "登记这个议题", number)
    assert "登记好了" in answer.toast, answer


async def approves(town: Town, number: int = 1) -> None:
    """5.2: three reasons, and the four posts."""
    await takes(town, "adviser", "审核通过", number)
    await fills(
        town,
        "adviser",
        "属于目录：…",
        "楼道、天井、车辆停放…",
        "关系到大家的安全",
        Typed("合法，公共收益够用。"),
        Typed("周文"),
        *(LABELS[who] for who in POSTS.values()),
    )


async def posts_are_taken(town: Town, number: int = 1) -> None:
    """5.2.3: the four answer the message that asks them."""
    for post, who in POSTS.items():
        await town.taps(who, f"我愿意担任{post}")
    await town.quiet()


async def drafts_plan(town: Town, day: str = "11月10日…", number: int = 1) -> str:
    """5.3.1: the day, the evening, three buildings as stakeholders, the estate's company, deputies."""
    await takes(town, "chair", "写协商方案", number)
    buildings = [tap for one in (1, 2, 3) for tap in (f"只看 {one}幢", "☑️ 这些全选…")]
    others = ("选好了（0）…", "物业公司 韩经理", "选好了（1）…", "选好了（0）…", "选好了（0）…")
    deputies = ("党支部吴敏", "居委会王磊", "监委会褚平", "居委会冯兰")
    return await fills(town, "chair", day, "19:30", "互联网协商…", *buildings, "选好了（12）…", *others, *deputies)


async def sends_plan(town: Town, number: int = 1) -> None:
    """5.3.2: everybody listed gets it, who can be reached."""
    answer = await takes(town, "chair", "把方案发给大家", number)
    assert "方案发给" in answer.toast, answer
    await town.quiet()


async def everybody_is_willing(town: Town, number: int = 1) -> None:
    """5.3.1 c: by the button below the plan; the recorder asks at the door who has no Telegram."""
    for cast in demo.CAST:
        if cast.capacity == "stakeholder" and cast.started:
            await town.taps(cast.key, "愿意")
    for cast in demo.CAST:
        if cast.capacity == "stakeholder" and not cast.started:
            await takes(town, "recorder", "代记谁愿意", number)
            await fills(town, "recorder", cast.label, "愿意", "上门")


async def plan_stands(town: Town, number: int = 1, at: str = "2026-11-06T09:30:00+08:00") -> None:
    """5.3.5: the morning after the two days for objections."""
    await arrives(town, at)
    answer = await takes(town, "chair", "方案就这样定", number)
    assert answer.toast.startswith("方案定了"), answer
    await town.quiet()


async def rules_are_drafted(town: Town) -> None:
    """5.5.1: the template, looked at."""
    await town.taps("chair", "写发言和表决规则")
    assert "规则就照原样用" in await fills(town, "chair")


async def notice_is_published(town: Town, number: int = 1) -> None:
    """5.4: in group and channel, with two papers."""
    answer = await takes(town, "recorder", "发布公告", number)
    assert answer.toast.startswith("公告发出去了"), answer
    await town.quiet()


async def meeting_agrees(town: Town) -> None:
    """5.6, 5.7: the meeting of 10 November from check-in to the announced result; ten for, two against."""
    await arrives(town, "2026-11-10T19:00:00+08:00")
    for step in MEETING:
        await step(town)
        await town.quiet()
    await steps.three_calls(town, yes=STAKEHOLDERS[:10], no=STAKEHOLDERS[10:])
    assert (await town.taps("chair", "公布结果")).toast == "结果已公布：达成一致意见"
    await town.quiet()


async def record_is_signed(town: Town, number: int = 1) -> None:
    """5.6.1 i, 5.8 a: after the 24 hours for corrections; then the supervision has it."""
    await arrives(town, "2026-11-11T20:00:00+08:00")
    assert (await takes(town, "recorder", "核对无误，签字", number)).toast.startswith("签好了")
    assert (await takes(town, "recorder", "把记录报给监委会", number)).toast == "报给 2 位了"
    await town.quiet()


async def result_is_told(town: Town, number: int = 1) -> None:
    """5.8 c: published; who has no Telegram is called and visited, in vain, and counts as told then."""
    assert (await takes(town, "recorder", "公布协商结果", number)).toast.startswith("公布了，告知 12 位")
    for label in (cast.label for cast in demo.CAST if cast.capacity == "stakeholder" and not cast.started):
        for way in ("打电话", "上门"):
            await takes(town, "recorder", "记一次告知", number)
            await fills(town, "recorder", label, way, "没找到人")
    await town.quiet()


async def items_are_received(town: Town, number: int = 1) -> None:
    """5.9.2: each implementer has the result; the estate's manager answers for the first item."""
    for item, who in (("1. …", "物业公司…"), ("2. …", "跳过…")):
        await takes(town, "recorder", "落实单位收到了", number)
        await fills(town, "recorder", item, "今天", who)
    await town.quiet()


async def one_item_is_done(town: Town, number: int = 1) -> None:
    """5.9.1, 5.9.2: those against are answered, the first item is under way, the second done."""
    await arrives(town, "2026-11-20T10:00:00+08:00")
    await takes(town, "chair", "向有不同意见的邻居说明", number)
    await fills(town, "chair", Typed("灯是感应的，十秒就灭，不会吵。"))
    await takes(town, "property", "记一笔进度", number)
    await fills(town, "property", "1. …", Typed("灯买好了。"))
    await takes(town, "recorder", "这一条办完了", number)
    await fills(town, "recorder", "2. …", Typed("告示贴好了。"))
    await town.quiet()


async def the_other_is_late(town: Town, number: int = 1) -> None:
    """5.9.3: thirty days are over; the supervisor gives a week more and says why, then it is done."""
    await arrives(town, "2026-12-12T09:30:00+08:00")
    await takes(town, "supervisor", "延期", number)
    await fills(town, "supervisor", "1. …", "2026年12月19日", Typed("灯具缺货。"))
    await arrives(town, "2026-12-14T10:00:00+08:00")
    await takes(town, "property", "这一条办完了", number)
    await fills(town, "property", "1. …", Typed("两盏灯装好了。"))
    await town.quiet()


async def supervision_is_published(town: Town, number: int = 1) -> None:
    """5.9.4: form B.4; its progress is there already, from the reports."""
    await takes(town, "supervisor", "写监督落实记录", number)
    await fills(town, "supervisor", Typed("无"), Typed("晚上亮堂了。"), Typed("无"), Typed("没有发现问题"))
    answer = await takes(town, "supervisor", "公布落实情况", number)
    assert answer.toast.startswith("公布了"), answer
    await town.quiet()


async def topic_is_closed(town: Town, number: int = 1) -> None:
    """6: the supervisor has seen the seven kinds of record, the committee notes its upload."""
    assert (await takes(town, "supervisor", "材料齐了，确认归档", number)).toast.startswith("确认了")
    await takes(town, "recorder", "记下上传平台", number)
    await fills(town, "recorder", "今天", Typed("基层治理平台，编号 A-1"))
    await town.quiet()
