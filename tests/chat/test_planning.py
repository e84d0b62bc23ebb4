"""Plan, notice and rules through the sandbox: everything by the buttons and texts people really use."""

from datetime import datetime
from typing import Any

from procedure.terms import Post
from services import demo, posts, proposing, reviewing
from services.act import Action, Actor
from tests.chat.town import Town, labels

TITLE = "楼道里的灯什么时候修"
POSTS = {Post.CONVENER: "chair", Post.RECORDER: "recorder", Post.ADVISER: "adviser", Post.SUPERVISOR: "supervisor"}
STAGE = "seeded"


async def act(town: Town, who: str, action: Action, **facts: Any) -> dict[str, Any]:
    """What other stories tell with buttons, taken at once."""
    assert town.app is not None
    receipt = await town.app.door.act(action, Actor(town.accounts[who]), None, **facts)
    await town.settle()
    return receipt.facts


async def topic_with_posts(town: Town) -> int:
    """A second topic beside the demo's: proposed, registered, approved, all four posts accepted."""
    community_id = town.value("SELECT id FROM community WHERE name = :name", name=demo.COMMUNITY)
    words = {"title": TITLE, "reason": "三楼的灯坏了一个月。", "proposal": "换成声控灯。", "item": "C.2.3"}
    proposed = await act(town, "r101", proposing.propose, community_id=community_id, kind="resident", row=2, **words)
    topic_id = int(proposed["topic_id"])
    await act(town, "recorder", proposing.register_topic, topic_id=topic_id)
    holders = {post.value: person(town, key) for post, key in POSTS.items()}
    reasons = {"a": "属于目录", "b": "大家都走楼道", "c": "办得成", "item": "C.2.3"}
    await act(town, "recorder", reviewing.approve_topic, topic_id=topic_id, holders=holders, **reasons)
    for key in POSTS.values():
        await act(town, key, posts.accept_post, topic_id=topic_id)
    await town.quiet()
    return topic_id


def person(town: Town, key: str) -> int:
    """The roster's entry of this account."""
    return int(town.value("SELECT id FROM person WHERE account_id = :id", id=town.accounts[key]))


async def writes_plan(town: Town, day: str) -> None:
    """The convener's conversation, from the message that says it is time; the proposer is listed already."""
    await town.taps("chair", "写协商方案")
    await town.writes("chair", "2026-11-30")
    assert "最晚 11月18日" in (await town.last("chair", "哪一天开"))["text"]
    await town.writes("chair", day)
    await town.taps("chair", "19:30")
    await town.taps("chair", "互联网协商…")
    for label in ("1-102", "2-302"):
        await chooses(town, label)
    for _ in range(5):
        await town.taps("chair", "选好了…")
    for name in ("吴敏", "王磊", "褚平", "冯兰"):
        await chooses(town, name)


async def chooses(town: Town, words: str) -> None:
    """A few letters narrow the list down to one button."""
    await town.writes("chair", words)
    message = (await town.sees("chair"))[-1]
    (button,) = [one for one in labels(message) if words in one]
    await town.taps("chair", button)


async def plan_stands(town: Town) -> None:
    """Written, sent, everybody willing, the two days over."""
    await topic_with_posts(town)
    await writes_plan(town, "11月12日")
    said = (await town.last("chair", "请看一遍"))["text"]
    assert "11月18日" in said and "1-101" in said
    await sends(town)
    plan = await town.last("r101", "协商方案第 1 版")
    assert "11月12日" in plan["text"] and "您在这次会上是：利益相关方" in plan["text"]
    assert "2-302" in (await town.last("chair", "收不到消息"))["text"]
    await town.taps("r101", "愿意")
    await town.taps("r102", "愿意")
    await town.taps("chair", "代记谁愿意")
    await chooses(town, "2-302")
    for words in ("愿意", "打电话", "发出去"):
        await town.taps("chair", words)
    assert "都愿意" in (await town.last("chair", "利益相关方都愿意"))["text"]
    early = await town.taps("chair", "方案就这样定")
    assert "到 11月5日（周四）24:00" in early.toast
    await town.wires.until(datetime.fromisoformat("2026-11-06T09:00:00+08:00"))
    await town.taps("chair", "方案就这样定")
    await town.quiet()


async def notice_is_published(town: Town) -> None:
    """The committee's tap on the message that asks for it."""
    answer = await town.taps("recorder", "发布公告")
    assert "公告发出去了" in answer.toast, answer
    await town.quiet()


async def test_a_plan_from_the_convener_to_the_pinned_notice(town: Town) -> None:
    await plan_stands(town)
    await town.taps("chair", "写发言和表决规则")
    assert "每次 3 分钟" in (await town.last("chair", "请看一遍"))["text"]
    await town.taps("chair", "发出去")
    await notice_is_published(town)
    notice = await town.last("group", "📢 协商公告")
    assert notice["pinned"] and TITLE in notice["text"] and "利益相关方 3 人" in notice["text"]
    assert "张三" not in notice["text"] and "1-101" not in notice["text"]
    papers = [one for one in await town.sees("group") if one["kind"] == "document"]
    assert {words for one in papers for words in ("公告", "审核表") if words in one["text"]} == {"公告", "审核表"}
    assert "11月12日" in (await town.last("r101", "开会的日子定了"))["text"]


async def test_an_objection_moves_the_date(town: Town) -> None:
    await topic_with_posts(town)
    await writes_plan(town, "11月12日")
    await sends(town)
    await town.taps("r101", "我对方案有意见")
    await town.writes("r101", "周四晚上我上班")
    await town.taps("r101", "发出去")
    await town.quiet()
    assert "周四晚上我上班" in (await town.last("chair", "对方案有意见"))["text"]
    await town.taps("chair", "答复意见")
    await town.taps("chair", "采纳")
    await town.writes("chair", "改到周二")
    await town.taps("chair", "发出去")
    await town.quiet()
    assert "采纳了" in (await town.last("r101", "您对方案的意见"))["text"]
    await town.taps("chair", "写协商方案")
    await town.taps("chair", "改：日子")
    await town.writes("chair", "11-17")
    await sends(town)
    revised = await town.last("r101", "协商方案第 2 版")
    assert "不一样的地方" in revised["text"] and "11月17日" in revised["text"]


async def sends(town: Town) -> None:
    """The form goes off, then the plan."""
    await town.taps("chair", "发出去")
    await town.taps("chair", "把方案发给大家")
    await town.quiet()
