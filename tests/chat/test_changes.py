"""A meeting that does not go straight: another day, another wording, another order, a proposer who is not there."""

import pytest

from tests.chat import course, steps
from tests.chat.course import Typed
from tests.chat.steps import OFFICIALS, STAKEHOLDERS
from tests.chat.town import Town, labels

STAGE = "discussion"


async def gives_reason(town: Town, step: str, reason: str) -> None:
    """The chair taps a step that needs a reason and picks one."""
    await town.taps("chair", step)
    await town.taps("chair", reason)
    await town.quiet()


async def test_another_day(town: Town) -> None:
    """Adjourned with queue and turns kept, the absent told, check-in opened again, and on from where it was left."""
    await steps.speaks(town, "r102", "赞成", "我支持。")
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await town.quiet()
    await town.taps("chair", "休会，改日再开")
    await town.taps("chair", "11月7日（周六）")
    await town.taps("chair", "15:00")
    await town.taps("chair", "时间太晚了")
    await town.quiet()
    said = (await town.last("group", "⏸ 今天先到这里。"))["text"]
    assert "11月7日（周六）15:00" in said and "理由：时间太晚了" in said
    assert await town.count("neighbour", "改日接着开") == 1 and await town.count("r101", "改日接着开") == 0
    assert town.rows("SELECT state, state_left, live FROM meeting")[0][:2] == ("adjourned", "discussion")
    refused = await town.forges("r201", "raise_hand:1:0", 2)
    assert refused.toast.startswith("这一步要到")
    await town.passes(44 * 3600)
    await town.quiet()
    assert town.state() == "check_in"
    assert "第 2 次开会" in (await town.board())["text"]
    await town.all_tap((*OFFICIALS, *STAKEHOLDERS[1:]), "签到")
    await town.quiet()
    await town.taps("chair", "接着上次开")
    await town.quiet()
    lines = [line for line in (await town.board())["text"].split("\n") if line[:2] in ("1.", "2.")]
    assert [line[3:].split(" — ")[0] for line in lines] == ["1-202 反对", "1-102 赞成"]
    await steps.grants(town, "r202")


@pytest.mark.parametrize("town", ["wording"], indirect=True)
async def test_corrections(town: Town) -> None:
    """One adopted, which has to be written in and posted anew; one refused with its reason; then it can be voted on."""
    link = await town.taps("r101", "我要更正表述")
    assert link.url == "https://t.me/yishiting_bot?start=fix-1"
    for who, text in (("r101", "请写成四十个插座。"), ("r201", "不要断电。")):
        await town.starts(who, "fix-1")
        await town.writes(who, text)
        await town.taps(who, "发出去")
    refused = await town.starts("neighbour", "fix-1")
    assert refused and "这一步要由利益相关方来做" in (await town.last("neighbour"))["text"]
    await town.quiet()
    assert "还有 2 条更正意见等主持人答复" in (await town.board())["text"]
    await town.taps("chair", "答复 1-201 的更正意见")
    await town.taps("chair", "不采纳")
    await town.writes("chair", "断电是消防的要求。")
    await town.taps("chair", "答复 1-101 的更正意见")
    await town.taps("chair", "采纳")
    await town.writes("chair", "大家都同意。")
    await town.quiet()
    assert "理由：断电是消防的要求。" in (await town.last("group", "没有采纳 1-201"))["text"]
    assert "意见：请写成四十个插座。" in (await town.last("group", "采纳了 1-101"))["text"]
    await town.passes(310)
    await town.quiet()
    assert labels(await town.console("chair")) == [
        "写协商意见",
        "📝 发言摘要草稿",
        "休会，改日再开",
        "✋ 这事该走五议两公开",
    ]
    assert (await town.forges("chair", "open_call:1:0")).toast.startswith("协商意见还没有发出来")
    await town.taps("recorder", "写协商意见")
    await town.taps("recorder", "发出去")
    await town.quiet()
    assert "第 2 稿" in (await town.last("group", "✍️ 协商意见第"))["text"]
    late = await town.forges("chair", "open_call:1:0")
    assert late.toast.startswith("大家还能要求更正")
    await steps.wording_stands(town)
    assert (await town.taps("chair", "请赞成的举手")).toast == "已请赞成的举手"


async def test_the_chair_changes_the_order(town: Town) -> None:
    """Another first, one skipped, a turn lengthened and one ended: each with its reason on record."""
    await steps.hands_up(town, ("r102", "赞成"), ("r201", "赞成"), ("r202", "反对"))
    await town.quiet()
    await gives_reason(town, "先跳过 1-102", "人暂时不在")
    await town.taps("chair", "请另一位先说")
    await town.taps("chair", "1-202 反对")
    await town.writes("chair", "他要去接孩子")
    await town.waits_until("SELECT count(*) FROM turn WHERE ended_at IS NULL AND starts_at IS NOT NULL")
    await town.says("r202", "我反对。")
    ends = town.value("SELECT ends_at FROM turn WHERE kind = 'speech'")
    await town.taps("chair", "延长这次发言")
    await town.taps("chair", "2 分钟")
    await town.taps("chair", "话还没说完")
    assert town.value("SELECT ends_at FROM turn WHERE kind = 'speech'") - ends == 120 * 1_000_000
    await gives_reason(town, "结束这次发言", "说到别的事情上去了")
    handover = (await town.last("group", "先说到这里"))["text"]
    assert "主持人请 1-202 先说到这里：说到别的事情上去了" in handover and "下一位：1-102（赞成）" in handover
    assert (await town.forges("chair", "reason_form:1:1:skip", 2)).toast != ""
    kinds = ("hand_skipped", "granted_out_of_order", "turn_extended", "turn_ended_by_chair")
    for kind in kinds:
        assert town.value(f"SELECT count(*) FROM journal WHERE entry LIKE '%\"{kind}\"%'") == 1
    assert town.value("SELECT count(*) FROM journal WHERE entry LIKE '%孩子%'") == 0


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_an_absent_proposer(town: Town) -> None:
    """The recorder's reading of the reasons needs a reason of its own, and stands for the explanation."""
    people = STAKEHOLDERS[1:]
    await course.takes(town, "chair", "附上或更换说明材料")
    material = (Typed("车棚两处，六十个插座"), Typed("物业登记"), Typed("去年起火一次"), Typed("消防站回函"), "跳过…")
    assert "第 1 版说明材料附上了，共 2 条" in await course.fills(town, "chair", *material)
    await town.all_tap((*OFFICIALS, *people), "签到")
    await steps.chair_opens(town)
    assert "材料不能再换" in (await course.forges(town, "chair", "step:1:attach_fact_sheet")).toast
    await steps.three_calls(town, yes=people)
    await town.taps("chair", "宣布协商会正式开始")
    await town.quiet()
    assert labels(await town.console("chair")) == ["代读提案理由", "休会，改日再开", "✋ 这事该走五议两公开"]
    assert (await town.forges("chair", "start_explanation:1")).toast.startswith("这样做要说个理由")
    await gives_reason(town, "代读提案理由", "提出人没有到场")
    read = (await town.last("group", "由记录员代读"))["text"]
    assert "提案理由" in read and "充电插座只有十二个" in read and "代读的理由：提出人没有到场" in read
    assert town.state() == "explained"
    await the_facts_are_read_first(town)


async def the_facts_are_read_first(town: Town) -> None:
    """先懂后议: one message before the reasons are read out, a button that stays, a number for the chair."""
    assert await town.count("group", "先看材料，再听说明") == 1
    first = await town.last("group", "先看材料，再听说明")
    assert first["id"] < (await town.last("group", "由记录员代读"))["id"]
    (way,) = [one["url"] for row in first["buttons"] for one in row]
    assert way in [one["url"] for row in (await town.board("先看材料"))["buttons"] for one in row if "url" in one]
    await town.starts("r102", way.partition("start=")[2])
    await course.forges(town, "r102", "fact_sheet:1")
    page = (await town.last("r102", "说明材料第 1 版"))["text"]
    assert "2. 去年起火一次\n出处：消防站回函" in page and "人看过" not in page
    await town.quiet()
    assert "已有 1 人看过材料" in (await town.console("chair"))["text"]
    await town.starts("stranger", way.partition("start=")[2])
    assert "名册" in (await town.last("stranger"))["text"]


@pytest.mark.parametrize("town", ["rules"], indirect=True)
async def test_people_who_cannot_be_written_to(town: Town) -> None:
    """Who never started the bot, or blocked it, votes all the same; nothing is sent to them in private."""
    await town.wires.ask("POST", "/block", {"user": town.accounts["r201"], "blocked": True})
    await town.settle()
    await town.taps("chair", "请赞成的举手")
    await town.says("r302", "反对")
    assert "现在请的是赞成" in (await town.last("group", "现在请的是赞成"))["text"]
    await town.says("r302", "赞成")
    await town.says("r201", "赞成")
    assert town.value("SELECT count(*) FROM vote") == 2
    for stance in steps.CALLS:
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(61)
    await town.quiet()
    assert await town.sees("r302") == []
    private = [one for one in await town.wires.calls() if one["chat"] in (town.accounts["r302"], town.accounts["r201"])]
    assert [one for one in private if one["ok"] is False] == []
    assert town.value("SELECT count(*) FROM account WHERE unreachable_at IS NOT NULL") == 1
    await town.wires.ask("POST", "/block", {"user": town.accounts["r201"], "blocked": False})
    await town.starts("r201")
    assert town.value("SELECT count(*) FROM account WHERE unreachable_at IS NOT NULL") == 0
