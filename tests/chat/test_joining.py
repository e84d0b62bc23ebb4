"""附议: who finds that a neighbour has raised it already joins instead, and both hear how it goes on."""

from tests.chat.course import PROPOSAL, Typed, opens_page, proposes, takes
from tests.chat.town import Town, labels

STAGE = "idea"
SAME = "三号楼道口没有灯"
WHY = "三号楼道口的灯坏了，老人晚上看不清台阶，摔过跤"


async def test_a_neighbour_joins_drops_the_draft_and_both_are_told(town: Town) -> None:
    """Found alike, joined, the draft dropped, registered, told."""
    await proposes(town)
    await town.quiet()
    await town.writes("r201", "/propose")
    for answer in ("居民", "小区、楼道、村组里的事", Typed(SAME), Typed(WHY), Typed(PROPOSAL), "跳过…"):
        await town.passes(4)
        await (town.writes("r201", answer) if isinstance(answer, Typed) else town.taps("r201", answer))
    for answer in ("楼道、天井、车辆停放…", "都不是", "不留"):
        await town.passes(4)
        await town.taps("r201", answer)
    found = await town.last("r201", "有邻居提过类似的事")
    assert "三号楼道口加装感应灯" in found["text"] and "🤝 附议 1 号议题" in labels(found)
    await town.taps("r201", "附议 1 号议题")
    joined = await town.last("r201", "您附议好了")
    assert SAME in joined["text"] and "1 位邻居附议" in joined["text"] and "📨 发出去（仍然单独提出）" in labels(joined)
    await town.passes(4)
    await town.taps("r201", "不提了…")
    assert "草稿删去了" in (await town.last("r201", "附议了第 1 号议题"))["text"]
    assert town.rows("SELECT number FROM topic") == [(1,)]
    assert "共 1 户：1-201" in await opens_page(town, "recorder")
    await takes(town, "recorder", "登记这个议题")
    await town.quiet()
    assert "1 位邻居附议" in (await town.last("adviser", "请两委联席会议审核"))["text"]
    assert "登记了您的议题" in (await town.last("r101", "登记了"))["text"]
    assert "登记了您附议的议题" in (await town.last("r201", "登记了"))["text"]
    seen = await opens_page(town, "r102")
    assert "1 位邻居附议" in seen and "1-201" not in seen, "a number for everybody, names for nobody"
