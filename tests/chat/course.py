"""The course of a topic as people walk it: pages, steps and forms in private chats, from an idea to its end."""

from services import demo
from tests.chat.steps import LABELS
from tests.chat.town import Answer, Town

TITLE = "三号楼道口加装感应灯"
REASON = "三号楼道口的灯坏了半年,老人晚上回家看不清台阶。"
PROPOSAL = "在三号楼道口装两盏人体感应灯,费用从公共收益里出。"
POSTS = {"召集人": "chair", "记录员": "recorder", "指导员": "adviser", "监督员": "supervisor"}
THINKING = 4
"""Seconds somebody takes for an answer."""


class Typed(str):
    """An answer that is typed; any other is a tap."""


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
    await town.taps(who, "发出去")
    return str((await town.last(who))["text"])


async def proposes(town: Town, who: str = "r101", title: str = TITLE) -> None:
    """Form B.1 by /propose, with contact data."""
    await town.writes(who, "/propose")
    await fills(
        town,
        who,
        "居民",
        "小区、楼道、村组里的事",
        Typed(title),
        Typed(REASON),
        Typed(PROPOSAL),
        "不填…",
        "楼道、天井、车辆停放…",
        "都不是",
        "愿意留",
        "不填…",
        Typed("138-0000-0001"),
        "不填…",
        "不填…",
    )


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
        "属于目录:…",
        "楼道、天井、车辆停放…",
        "关系到大家的安全",
        Typed("合法,公共收益够用。"),
        Typed("周文"),
        *(LABELS[who] for who in POSTS.values()),
    )


async def posts_are_taken(town: Town, number: int = 1) -> None:
    """5.2.3: the four answer the message that asks them."""
    for post, who in POSTS.items():
        await town.taps(who, f"我愿意担任{post}")
    await town.quiet()


async def drafts_plan(town: Town, day: str, number: int = 1) -> str:
    """5.3.1: the day, the evening, three buildings as stakeholders, the estate's company, deputies."""
    await takes(town, "chair", "写协商方案", number)
    buildings = [tap for one in (1, 2, 3) for tap in (f"只看 {one}幢", "☑️ 这些全选…")]
    others = ("选好了(0)…", "物业公司 韩经理", "选好了(1)…", "选好了(0)…", "选好了(0)…")
    deputies = ("党支部吴敏", "居委会王磊", "监委会褚平", "居委会冯兰")
    return await fills(town, "chair", day, "19:30", *buildings, "选好了(12)…", *others, *deputies)


async def sends_plan(town: Town, number: int = 1) -> None:
    """5.3.2: everybody listed gets it, who can be reached."""
    answer = await takes(town, "chair", "把方案发给大家", number)
    assert "方案发给" in answer.toast, answer
    await town.quiet()


async def everybody_is_willing(town: Town) -> None:
    """5.3.1 c: by the button below the plan; the recorder asks at the door who has no Telegram."""
    for cast in demo.CAST:
        if cast.capacity == "stakeholder" and cast.started:
            await town.taps(cast.key, "愿意")
    for cast in demo.CAST:
        if cast.capacity == "stakeholder" and not cast.started:
            await takes(town, "recorder", "代记谁愿意")
            await fills(town, "recorder", cast.label, "愿意", "上门")
