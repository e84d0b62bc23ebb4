"""Residents who nearly do it right, and officials who have to wait: the next step is always said (5.5.3 b)."""

import pytest

from tests.chat import steps
from tests.chat.town import Town, labels

STAGE = "rules"
ANNEX = "✋ 这事该走五议两公开"
NUDGE = "🔔 提醒还没举手的人"


async def test_words_that_are_nearly_a_hand(town: Town) -> None:
    """Who writes 我同意 in a call is told once that it does not count yet: in private, or by a reply in the group."""
    await town.taps("chair", "请赞成的举手")
    for who in ("r101", "r302"):
        said = await town.says(who, "我同意")
        await town.says(who, "我赞成！")
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
    assert "等一会儿可以做：" in console["text"] and "结束赞成这一轮：19:" in console["text"]
    assert "现在不用您做什么" not in console["text"] and labels(console) == [NUDGE, ANNEX]
    await town.passes(75)
    await town.quiet()
    console = await town.console("chair")
    assert labels(console) == ["结束赞成这一轮", NUDGE, ANNEX] and "等一会儿" not in console["text"]


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_the_hour_of_the_opening(town: Town) -> None:
    """Before the hour the chair reads from when the meeting may be opened."""
    await steps.everybody_checks_in(town)
    await town.quiet()
    assert "宣布开会，公布规则：19:30:00 起" in (await town.console("chair"))["text"]


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_officials_check_in_where_they_look(town: Town) -> None:
    """The console has the button as long as it is needed."""
    console = await town.console("recorder")
    assert labels(console) == ["✅ 签到"]
    answer = await town.wires.ask(
        "POST",
        f"/{town.accounts['recorder']}/press",
        {"from": town.accounts["recorder"], "message_id": console["id"], "button": "✅ 签到"},
    )
    await town.quiet()
    assert answer["toast"] == "✅ 居委会郑洁 已签到" and labels(await town.console("recorder")) == []


@pytest.mark.parametrize("town", ["discussion"], indirect=True)
async def test_who_spoke_out_of_turn_is_offered_once_and_not_for_ever(town: Town) -> None:
    """One button a person, gone once they were asked to stop, gone after 5 minutes, back when they start again."""
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    for words in ("我说一句", "还有一件事"):
        await town.says("r201", words)
    await town.says("r202", "我也说一句")
    await town.quiet()
    stops = [label for label in labels(await town.console("chair")) if "停下" in label]
    assert stops == ["请 1-202 停下", "请 1-201 停下"] and "还有一件事" in (await town.console("chair"))["text"]
    await town.taps("chair", "请 1-201 停下")
    await town.quiet()
    assert [label for label in labels(await town.console("chair")) if "停下" in label] == ["请 1-202 停下"]
    await town.passes(310)
    await town.says("r201", "还是我")
    await town.quiet()
    assert [label for label in labels(await town.console("chair")) if "停下" in label] == ["请 1-201 停下"]


@pytest.mark.parametrize("town", ["wording"], indirect=True)
async def test_the_time_for_corrections_is_over(town: Town) -> None:
    """Nobody is led to a form that takes nothing any more."""
    assert "✍️ 我要更正表述" in labels(await town.board("✍️ 我要更正表述"))
    await steps.wording_stands(town)
    board = await town.board("等主持人请大家举手表决")
    assert "等主持人请大家举手表决" in board["text"] and "✍️ 我要更正表述" not in labels(board)


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_nobody_votes_and_the_day_is_over(town: Town) -> None:
    """The group is told what may follow, the adjourned console names nobody, and the vote is held another day."""
    await steps.three_calls(town)
    await town.quiet()
    assert "没有人举手。主持人可以重新表决，或改日再开。" in (await town.board())["text"]
    for tap in ("休会，改日再开", "11月7日（周六）", "15:00", "到会的人太少"):
        await town.taps("chair", tap)
    await town.quiet()
    assert "没签到" not in (await town.console("chair"))["text"]
    await town.passes(44 * 3600)
    await town.all_tap((*steps.OFFICIALS, *steps.STAKEHOLDERS[:4]), "签到")
    for tap in ("接着上次开", "重新表决"):
        await town.taps("chair", tap)
        await town.quiet()
    await steps.three_calls(town, yes=steps.STAKEHOLDERS[:3], no=steps.STAKEHOLDERS[3:4])
    await town.quiet()
    assert "等主持人公布结果" in (await town.board())["text"]
    assert town.rows("SELECT roster, in_favour, against FROM motion ORDER BY id DESC LIMIT 1") == [(4, 3, 1)]
