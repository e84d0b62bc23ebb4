"""A topic is raised in a private chat, registered, reviewed, staffed (5.1, 5.2): told as people live it."""

import json

import pytest

from tests.chat.town import Town, labels

STAGE = "seeded"
POSTS = (("convener", "张三", "r101"), ("recorder", "郑洁", "recorder"), ("adviser", "冯兰", "adviser"))
LAST = ("supervisor", "陈刚", "supervisor")
NEWEST = "(SELECT MAX(id) FROM topic)"
NEWEST_ID = "SELECT MAX(id) FROM topic"
RUNNING = f"SELECT count(*) FROM deadline WHERE topic_id = {NEWEST} AND done_at IS NULL"
TOPIC = f"SELECT stage FROM topic WHERE id = {NEWEST}"


async def proposes(town: Town, who: str = "r101", *, annex: str = "都不是", contact: tuple[str, ...] = ()) -> None:
    """The whole conversation, with contact data or without."""
    await town.starts(who)
    await town.taps(who, "提个议题")
    await town.taps(who, "居民")
    await town.taps(who, "小区、楼道、村组里的事")
    await town.writes(who, "三号楼的楼道灯")
    await town.writes(who, "坏了两个月，<b>老人</b>摔过跤")
    await town.writes(who, "换成声控灯，物业出钱")
    await town.taps(who, "跳过这一项 ➡️")
    await town.taps(who, "楼道、天井、车辆停放（C.2.3）")
    await town.taps(who, annex)
    await town.taps(who, "愿意留" if contact else "不留")
    for answer in contact:
        await town.writes(who, answer)
    await town.taps(who, "发出去…")
    await town.quiet()


async def registers(town: Town) -> None:
    """The committee's own button, below the message that told it."""
    assert "三号楼的楼道灯" in (await town.last("adviser", "新议题"))["text"]
    await town.taps("adviser", "登记这个议题")
    await town.quiet()


async def approves(town: Town) -> None:
    """Reasons, item and four people; the proposer is to lead."""
    await town.taps("recorder", "审核通过")
    for words in ("属于目录：楼道…", "楼道、天井、车辆停放（C.2.3）", "关系到大家的安全", "合法合理，费用有着落"):
        await town.taps("recorder", words)
    for _, name, _ in (*POSTS, LAST):
        await town.writes("recorder", name)
        label = f"{name}（1-101）" if name == "张三" else f"{name}…"
        await town.taps("recorder", await shown(town, label))
    await town.taps("recorder", "发出去")
    await town.quiet()


async def shown(town: Town, words: str) -> str:
    """The button that names this person, by name or by a label that holds it."""
    message = await town.last("recorder", "请谁当")
    name = words.rstrip("…")
    return next(label for label in labels(message) if name in label)


async def test_from_an_idea_to_four_accepted_posts(fresh_town: Town) -> None:
    """Everybody is told with the next step as a button; the convener may go on."""
    town = fresh_town
    await proposes(town)
    assert "您的议题收到了" in (await town.last("r101", "收到了，谢谢您"))["text"]
    await registers(town)
    assert await town.count("r101", "居委会登记了您的议题") == 1
    await approves(town)
    assert await town.count("r101", "审核通过了") == 1
    assert town.value("SELECT count(*) FROM deadline WHERE kind = 'tell_proposer' AND done_at IS NULL") == 0
    for post, _, who in POSTS:
        word = {"convener": "召集人", "recorder": "记录员", "adviser": "指导员"}[post]
        await town.taps(who, f"我愿意担任{word}")
    await town.quiet()
    assert await town.count("r101", "现在可以写协商方案了") == 0
    await town.taps("supervisor", "我愿意担任监督员")
    await town.quiet()
    told = await town.last("r101", "现在可以写协商方案了")
    assert any("写协商方案" in label for label in labels(told))
    assert town.value(TOPIC) == "plan"


async def test_rejected_with_its_reason(town: Town) -> None:
    """The proposer reads which test failed and why; the topic is over."""
    await proposes(town)
    await registers(town)
    await town.taps("recorder", "审核不通过")
    await town.taps("recorder", "关系到大家")
    await town.taps("recorder", "选好了（1）➡️")
    await town.writes("recorder", "只关系到一户自家门口的灯")
    await town.taps("recorder", "发出去")
    await town.quiet()
    told = await town.last("r101", "没有通过审核")
    assert "自家门口的灯" in told["text"] and town.value(TOPIC) == "rejected"
    assert town.value(RUNNING) == 0


async def test_diverted_at_the_review(town: Town) -> None:
    """Annex D: the proposer was warned, the committee passes it on."""
    await proposes(town, annex="公益事业的兴办、集资、出工（D.h）")
    await registers(town)
    assert await town.count("recorder", "可能要走“五议两公开”") >= 1
    await town.taps("recorder", "转入“五议两公开”")
    await town.taps("recorder", "公益事业的兴办、集资、出工（D.h）")
    await town.writes("recorder", "要向居民集资")
    await town.taps("recorder", "发出去")
    await town.quiet()
    assert "要向居民集资" in (await town.last("r101", "不走协商"))["text"] and town.value(TOPIC) == "diverted"


async def test_a_form_outlives_the_bot(town: Town) -> None:
    """Stopped in the middle of a sentence: what was typed is there, and the form goes on."""
    await town.starts("r101", "propose")
    await town.taps("r101", "居民")
    await town.taps("r101", "小区、楼道、村组里的事")
    await town.writes("r101", "三号楼的楼道灯")
    await town.stops_bot()
    await town.writes("r101", "坏了两个月")
    await town.starts_bot()
    await town.quiet()
    assert "您看怎么办好" in (await town.sees("r101"))[-1]["text"]
    await town.writes("r101", "换成声控灯")
    (kept,) = town.rows("SELECT fields FROM draft WHERE kind = 'propose'")
    fields = json.loads(kept[0])
    assert (fields["reason"], fields["proposal"]) == ("坏了两个月", "换成声控灯")


async def test_contact_data_lies_nowhere_unsealed(town: Town) -> None:
    """Given with consent, shown back to its owner only, and in no table to be read."""
    await proposes(town, contact=("张三", "138-0000-0001", "zhangsan@example.com", "1 幢 101"))
    tables = [row[0] for row in town.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        rows = str(town.rows(f"SELECT * FROM {table}"))
        assert "138-0000-0001" not in rows and "zhangsan@" not in rows, table
    assert town.value("SELECT count(*) FROM contact WHERE sealed IS NOT NULL") >= 1
    assert await town.count("adviser", "138-0000-0001") == 0


async def test_two_people_propose_at_once(town: Town) -> None:
    """Numbers are given once each."""
    await proposes(town, "r101")
    await proposes(town, "r102")
    (first, one), (second, other) = town.rows("SELECT number, stage FROM topic ORDER BY id DESC LIMIT 2")[::-1]
    assert (second - first, one, other) == (1, "proposed", "proposed")


@pytest.mark.parametrize(
    "button", ["step:{}:approve_topic", "step:{}:register_topic", "accept_offer:{}:1", "step:{}:fly"]
)
async def test_a_stranger_to_the_matter_forges_a_button(town: Town, button: str) -> None:
    """Nobody acts out of role, whatever they send."""
    await proposes(town, "r102")
    await town.starts("r201")
    own = (await town.sees("r201"))[-1]
    press = {"from": town.accounts["r201"], "message_id": own["id"], "data": button.format(town.value(NEWEST_ID))}
    (answer,) = await town.presses([{"chat": town.accounts["r201"], **press}])
    assert answer.toast and town.value(TOPIC) == "proposed"
