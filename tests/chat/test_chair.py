"""A chair who goes quiet in the middle of a meeting: asked, answered or replaced, and the meeting goes on (5.3.1 d)."""

import pytest

from tests.chat import steps
from tests.chat.town import Town, labels

STAGE = "discussion"


async def test_a_chair_who_is_still_there(town: Town) -> None:
    """One tap in the group or in private is enough."""
    await town.taps("deputy", "主持人没动静，问一声")
    await town.quiet()
    assert labels(await town.last("group", "您还在吗")) == ["我在"]
    assert labels(await town.last("chair", "您还在吗")) == ["我在"]
    assert "我在" in labels(await town.console("chair"))
    assert (await town.taps("r101", "我在")).toast.startswith("这一步要由主持人来做")
    assert (await town.taps("chair", "我在")).toast == "好的，请您接着主持"
    await town.passes(130)
    await town.quiet()
    assert labels(await town.console("deputy")) == ["主持人没动静，问一声"]


@pytest.mark.parametrize("town", ["rules", "discussion", "wording", "vote"], indirect=True)
async def test_a_chair_who_is_gone(town: Town) -> None:
    """Whatever state it is in: the deputy takes over after 2 minutes and is offered what the chair was offered,
    and to hand it back, should the chair return."""
    await town.wires.ask("POST", "/block", {"user": town.accounts["chair"], "blocked": True})
    before = labels(await town.console("chair"))
    await town.taps("deputy", "主持人没动静，问一声")
    await town.passes(125)
    await town.quiet()
    assert (await town.taps("deputy", "主持人不在，我来主持")).toast == "现在由您主持"
    await town.quiet()
    assert "由 党支部吴敏 主持" in (await town.last("group", "从现在起"))["text"]
    assert labels(await town.console("deputy")) == ["请另一位主持", *before]


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_a_chair_who_leaves_in_a_call(town: Town) -> None:
    """The vote is closed by whoever holds the chair then; no hand is lost."""
    await town.taps("chair", "请赞成的举手")
    await town.all_tap(steps.STAKEHOLDERS[:8], "✋ 赞成")
    await town.taps("deputy", "主持人没动静，问一声")
    await town.passes(125)
    await town.taps("deputy", "主持人不在，我来主持")
    for stance in steps.CALLS:
        await town.taps("deputy", f"结束{stance}这一轮")
        await town.passes(75)
    await town.taps("deputy", "公布结果")
    await town.quiet()
    assert town.state() == "announced" and "达成一致意见" in (await town.last("group", "协商结果"))["text"]
