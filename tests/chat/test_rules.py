"""Rules that the room does not want are changed by the chair and put again (5.5.1, 5.6.1 b)."""

from tests.chat import steps
from tests.chat.steps import STAKEHOLDERS, three_calls
from tests.chat.town import Town, labels

STAGE = "rules"


async def test_rejected_changed_and_adopted(town: Town) -> None:
    """Exactly half is not enough; the changed settings are shown, voted on, and are the ones that then run."""
    await three_calls(town, yes=STAKEHOLDERS[:6], no=STAKEHOLDERS[6:])
    await town.quiet()
    assert "赞成 6 票 × 2 = 12 = 12 票" in (await town.last("group", "❌ 规则没有通过"))["text"]
    assert labels(await town.console("chair")) == [
        "规则再付表决",
        "修改规则",
        "休会，改日再开",
        "✋ 这事该走五议两公开",
    ]
    refused = await town.forges("chair", "declare_open:1")
    assert "规则还没通过" in refused.toast
    await town.taps("chair", "修改规则")
    await town.taps("chair", "每次发言 1 分钟")
    await town.taps("chair", "每人 1 次")
    await town.taps("chair", "存下来，再付表决")
    await town.quiet()
    shown = (await town.last("group", "发言和表决规则"))["text"]
    assert "第 2 次付表决" in shown and "每次发言不超过 1 分钟，每人 1 次" in shown
    await three_calls(town, yes=STAKEHOLDERS[:7], no=STAKEHOLDERS[7:])
    await town.taps("chair", "宣布协商会正式开始")
    await steps.proposer_explains(town)
    await steps.discussion_opens(town)
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    starts, ends = town.rows("SELECT starts_at, ends_at FROM turn WHERE kind = 'speech'")[0]
    assert ends - starts == 60 * 1_000_000
    await town.says("r102", "我赞成。")
    await town.taps("r102", "我说完了")
    answer = await town.taps("r102", "举手赞成")
    assert answer.toast.startswith("您的 1 次发言都用完了"), answer
    assert town.rows("SELECT round, verdict FROM motion ORDER BY id") == [(1, "reconvene"), (2, "agreed")]


async def test_rules_under_vote_stay_as_they_are(town: Town) -> None:
    """What is being voted on cannot be changed, and another than the chair cannot change it at all."""
    refused = await town.forges("r101", "open_call:1:1")
    assert "这一步要由主持人来做" in refused.toast
    await town.taps("chair", "请赞成的举手")
    await town.quiet()
    assert "修改规则" not in labels(await town.console("chair"))
    early = await town.forges("chair", "close_call:1:1:0")
    assert "每一轮至少一分钟" in early.toast
    wrong = await town.says("r101", "反对")
    assert wrong and "现在请的是赞成" in (await town.last("r101", "现在请的"))["text"]
    assert town.value("SELECT count(*) FROM vote") == 0
    await town.says("r101", "赞成！")
    assert town.rows("SELECT stance FROM vote") == [("for",)]
