"""Residents who nearly do it right, and officials who have to wait: the next step is always said (5.5.3 b)."""

import pytest

from tests.chat import steps
from tests.chat.town import Town, labels

STAGE = "rules"


async def test_words_that_are_nearly_a_hand(town: Town) -> None:
    """Who writes 我同意 in a call is told once that it does not count yet: in private, or by a reply in the group."""
    await town.taps("chair", "请赞成的举手")
    for who in ("r101", "r302"):
        said = await town.says(who, "我同意")
        await town.says(who, "我赞成!")
        await town.quiet()
    assert town.value("SELECT count(*) FROM vote") == 0
    assert await town.count("r101", "还没有算成举手") == await town.count("group", "还没有算成举手") == 1
    hint = await town.last("group", "还没有算成举手")
    assert "只打「赞成」两个字" in hint["text"] and hint["reply_to"] == said
    assert await town.says("r302", "「赞成」") and town.value("SELECT count(*) FROM vote") == 1
    await town.says("r302", "我同意过了")
    await town.says("observer", "我反对")
    await town.quiet()
    assert await town.count("group", "还没有算成举手") == 1


async def test_a_refusal_in_the_group_answers_its_message(town: Town) -> None:
    """Somebody who cannot be written to sees to which words the refusal belongs."""
    await town.taps("chair", "请赞成的举手")
    said = await town.says("r302", "弃权")
    await town.quiet()
    assert (await town.last("group", "现在请的是赞成"))["reply_to"] == said


async def test_the_chair_sees_what_comes_next(town: Town) -> None:
    """A step that only the clock withholds is announced with its hour, and becomes a button then."""
    await town.taps("chair", "请赞成的举手")
    await town.quiet()
    console = await town.console("chair")
    assert "等一会儿可以做:" in console["text"] and "结束赞成这一轮:19:" in console["text"]
    assert "现在不用您做什么" not in console["text"] and labels(console) == []
    await town.passes(75)
    await town.quiet()
    console = await town.console("chair")
    assert labels(console) == ["结束赞成这一轮"] and "等一会儿" not in console["text"]


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_the_hour_of_the_opening(town: Town) -> None:
    """Before the hour the chair reads from when the meeting may be opened."""
    await steps.everybody_checks_in(town)
    await town.quiet()
    assert "宣布开会,公布规则:19:30:00 起" in (await town.console("chair"))["text"]
