"""One item is disputed: a resident asks for a vote on it, the text changes, and the whole is voted on and listed."""

from tests.chat import steps
from tests.chat.steps import LABELS, STAKEHOLDERS
from tests.chat.town import Town, labels

STAGE = "discussion"


async def test_an_item_is_put_by_itself_and_the_roll_of_the_main_vote_names_everybody(town: Town) -> None:
    """Demand, answer, three calls, a reminder, a new version with its five minutes, the main vote, the named list."""
    await steps.discussion_ends(town)
    await steps.recorder_posts_wording(town)
    assert "🗳 请单独表决一条" in labels(await town.board("请单独表决一条"))
    await demands(town)
    await item_vote(town)
    await town.passes(310)
    await steps.three_calls(town, yes=STAKEHOLDERS[:8], no=STAKEHOLDERS[8:11])
    await town.quiet()
    assert town.value("SELECT verdict FROM meeting") == "agreed"
    await roll(town)


async def demands(town: Town) -> None:
    """From the board's link to the form; the chair adopts it with a reason, and hands are called at once."""
    await town.starts("r202", f"item-{town.value('SELECT id FROM meeting')}")
    await town.taps("r202", "第 1 条…")
    await town.writes("r202", "在北门建一处集中充电点")
    assert "赞成：换成改过的写法。反对：还用现在的写法。" in (await town.last("r202", "请看"))["text"]
    await town.taps("r202", "发出去")
    await town.quiet()
    assert (await town.last("r202", "请等主持人答复"))["text"].startswith("✅ ")
    await town.taps("chair", "答复 1-202 的更正意见")
    assert "第 1 条改成：在北门建一处集中充电点" in (await town.last("chair", "要求更正"))["text"]
    await town.taps("chair", "采纳")
    await town.writes("chair", "大家意见不一，举手定")
    await town.quiet()
    told = (await town.last("group", "现在单独表决协商意见的一条"))["text"]
    assert "改成：在北门建一处集中充电点" in told and "这次只定这一条怎么写，全文以后还要表决" in told
    assert "举手是公开的" in told and town.state() == "wording"


async def item_vote(town: Town) -> None:
    """Seven of twelve want the other text; one who is missing is reminded in private, in the group nobody by name."""
    await town.all_tap(STAKEHOLDERS[:7], "✋ 赞成")
    answer = await town.taps("chair", "提醒还没举手的人")
    assert answer.toast.startswith("已私下提醒")
    await town.quiet()
    nudge = await town.last("r501", "还没看到您的举手")
    assert "正在表决第 1 条" in nudge["text"] and "现在只请 赞成 的举手" in nudge["text"]
    assert labels(nudge) == ["✋ 赞成"] and await town.count(STAKEHOLDERS[0], "还没看到您的举手") == 0
    line = (await town.last("group", "还有 5 位没有举手"))["text"]
    assert not any(LABELS[who] in line for who in STAKEHOLDERS)
    assert "已经提醒过了" in (await town.forges("chair", f"nudge_voters:1:{motion(town)}")).toast
    for stance in steps.CALLS:
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
        if stance == "赞成":
            await town.all_tap(STAKEHOLDERS[7:10], "✋ 反对")
    await town.passes(61)
    await town.quiet()
    result = (await town.last("group", "第 1 条举完手了"))["text"]
    assert "赞成 7 票 × 2 = 14 > 10 票" in result and "第 1 条换成改过的写法" in result
    assert "这只是定文字，不构成协商结果" in result
    assert "在北门建一处集中充电点" in (await town.last("group", "协商意见第 2 稿"))["text"]
    assert town.rows("SELECT state, verdict FROM meeting") == [("wording", None)]


async def roll(town: Town) -> None:
    """From the board: by household label, with whoever raised no hand, and the file."""
    assert "📋 看表决名单" in labels(await town.board("看表决名单"))
    for who in ("stranger", "r101"):
        await town.starts(who, f"roll-{motion(town)}")
    shown = await town.last("r101", "表决名单")
    assert all(LABELS[who] in shown["text"] for who in STAKEHOLDERS) and "没有举手 1 人" in shown["text"]
    assert await town.count("stranger", "表决名单：") == 0
    await town.taps("r101", "要全部名单的文件")
    await town.quiet()
    assert (await town.last("r101", "表决名单"))["files"][0]["name"].startswith("表决名单-议题")


def motion(town: Town) -> int:
    return int(town.value("SELECT max(id) FROM motion"))
