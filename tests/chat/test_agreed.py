"""A meeting of twelve that agrees, from the reminder the day before to the result and what follows from it."""

import json

from procedure.wording import digest
from services.motions import wording_of
from tests.chat import steps
from tests.chat.steps import LABELS, OFFICIALS, STAKEHOLDERS, three_calls
from tests.chat.town import Town, labels

CLOSE = "提前截止举手"
QUESTION = "替人登记提问"
ADJOURN = "休会，改日再开"
ITEM = "单独表决其中一条"
QUOTES = "📝 发言摘要草稿"
STOP = "⛔ 叫停，要求更正"
ANNUL = "⚠️ 这次表决作废"
PERMIT = "下一位不用等我点，10 秒后开始"
ANNEX = "✋ 这事该走五议两公开"


async def test_t34_a_meeting_of_twelve_that_agrees_without_one_poll_of_telegrams(fresh_town: Town) -> None:
    """The whole way, on either database; every hand was a tap or a word of the roster's (T34)."""
    town = fresh_town
    await check_in(town)
    await opening_and_rules(town)
    await discussion(town)
    await wording(town)
    await vote_and_result(town)
    await telling(town)
    used = {call["method"] for call in await town.wires.calls()}
    assert {"sendMessage", "answerCallbackQuery"} <= used and not {"sendPoll", "stopPoll"} & used


async def offers(
    town: Town, chair: list[str], recorder: tuple[str, ...] = (), supervisor: tuple[str, ...] = ()
) -> None:
    """Each console offers these steps and no others; chair and supervisor can always say that it belongs to annex D."""
    await town.quiet()
    assert labels(await town.console("chair")) == [*chair, ANNEX]
    assert labels(await town.console("recorder")) == list(recorder)
    assert labels(await town.console("supervisor")) == [STOP, *supervisor, ANNEX]


async def check_in(town: Town) -> None:
    """By button and by word; the board counts, the officials' posts fill."""
    await steps.comes_to_check_in(town)
    assert "明天开协商会" in (await town.last("r101", "⏰"))["text"]
    assert await town.count("r302", "明天开协商会") == 0  # never opened a private chat
    await town.all_tap(OFFICIALS, "签到")
    answers = await town.all_tap(STAKEHOLDERS[:10], "签到")
    assert sorted(int(one.toast.split("第 ")[1].split(" ")[0]) for one in answers) == list(range(1, 11))
    for who in STAKEHOLDERS[10:]:
        await town.says(who, "签到。")
    await offers(town, [ADJOURN])
    board = (await town.board("已到 12"))["text"]
    assert "应到 12 位利益相关方，已到 12" in board and "主持人、记录员、监督员都到了" in board
    vias = town.rows("SELECT via, count(*) FROM check_in GROUP BY via ORDER BY via")
    assert vias == [("button", 13), ("typed", 2)]
    await town.passes(30 * 60)
    await offers(town, ["宣布开会，公布规则", ADJOURN])


async def opening_and_rules(town: Town) -> None:
    """The rules shown are the settings that run; adopted by more than half."""
    assert (await town.taps("chair", "宣布开会，公布规则")).toast == "开会了，规则已公布"
    await offers(town, ["请赞成的举手", "修改规则", ADJOURN])
    assert "每次发言不超过 3 分钟，每人 2 次" in (await town.last("group", "发言和表决规则"))["text"]
    await three_calls(town, yes=STAKEHOLDERS[:10], no=STAKEHOLDERS[10:])
    assert "赞成 10 票 × 2 = 20 > 12 票" in (await town.last("group", "规则通过"))["text"]
    await offers(town, ["宣布协商会正式开始", ADJOURN], supervisor=(ANNUL,))
    await town.taps("chair", "宣布协商会正式开始")
    await offers(town, ["请提出人说明议题", ADJOURN])


async def discussion(town: Town) -> None:
    """Explanation, a queue that alternates and says why, turns, the last call."""
    await steps.proposer_explains(town)
    await offers(town, ["开始讨论", ADJOURN], (QUESTION,))
    await steps.discussion_opens(town)
    await steps.hands_up(town, ("r102", "赞成"), ("r201", "赞成"), ("r202", "反对"))
    await town.quiet()
    lines = [line for line in (await town.board())["text"].split("\n") if line[:2] in ("1.", "2.", "3.")]
    assert [line[3:].split(" — ")[0] for line in lines] == ["1-102 赞成", "1-202 反对", "1-201 赞成"]
    for who, words in (("r102", "我支持，离楼远。"), ("r202", "晚上太吵，我反对。"), ("r201", "我也支持。")):
        await steps.grants(town, who)
        await town.says(who, words)
        assert (await town.taps(who, "我说完了")).toast == "发言结束"
    assert town.value("SELECT count(*) FROM speech WHERE standing <> 'speech'") == 0
    await offers(town, [PERMIT, CLOSE, "问一声：还有谁要发言", ADJOURN], (QUESTION,))
    await town.taps("chair", "问一声：还有谁要发言")
    await town.quiet()
    assert "讨论结束，写协商意见" not in labels(await town.console("chair"))
    await town.passes(70)
    assert "讨论结束，写协商意见" in labels(await town.console("chair"))
    await town.taps("chair", "讨论结束，写协商意见")


async def wording(town: Town) -> None:
    """Chair and recorder may write; for five minutes it can still be corrected."""
    await offers(town, ["写协商意见", QUOTES, ADJOURN], ("写协商意见", QUOTES))
    await steps.recorder_posts_wording(town)
    posted = (await town.last("group", "✍️ 协商意见第 1 稿"))["text"]
    assert "谁来做：物业公司" in posted and "不同意见：南门东侧晚上太吵。" in posted
    assert "我要更正表述" in str(labels(await town.board("我要更正表述")))
    await offers(town, ["写协商意见", QUOTES, ITEM, ADJOURN], ("写协商意见", QUOTES))
    await steps.wording_stands(town)
    await offers(town, ["写协商意见", QUOTES, ITEM, "请赞成的举手", ADJOURN], ("写协商意见", QUOTES))


async def vote_and_result(town: Town) -> None:
    """What was voted on is what is announced, to the letter; its arithmetic and a picture go with it."""
    await three_calls(town, yes=STAKEHOLDERS[:7], no=STAKEHOLDERS[7:11], none=STAKEHOLDERS[11:])
    await offers(town, ["公布结果"], supervisor=(ANNUL,))
    announced_from = await town.mark()
    assert (await town.taps("chair", "公布结果")).toast == "结果已公布：达成一致意见"
    await town.quiet()
    frozen, stored = town.rows("SELECT wording, digest FROM motion WHERE kind = 'main'")[0]
    frozen = json.loads(frozen) if isinstance(frozen, str) else frozen
    assert stored == digest(wording_of(frozen))
    result = await town.last("group", "协商结果")
    assert "赞成 7 票 × 2 = 14 > 12 票，过半数" in result["text"]
    assert "赞成 7 票（58.33%）· 反对 4 票（33.33%）· 弃权 1 票（8.33%）" in result["text"]
    assert result["files"][0]["kind"] == "photo" and result["files"][0]["size"] > 5000
    shown = "".join(one["text"] for one in await town.sees("group") if one["id"] >= result["id"])
    assert all(item["text"] in shown for item in frozen["items"]) or stored[:8] in shown
    assert [one["method"] for one in await town.wires.calls(after=announced_from, chat=town.group)].count(
        "sendPhoto"
    ) == 1
    assert f"{LABELS['r101']}，您对协商意见举的手记下了：赞成" in (await town.last("r101", "举的手"))["text"]
    assert town.state() == "announced"


async def telling(town: Town) -> None:
    """5.8: whoever has to tell is told at once, with the sum of the deadline; the supervisor once it is late."""
    assert "11月5日（周四） + 3 日 = 11月8日（周日）" in (await town.last("recorder", "结果要告知大家"))["text"]
    assert "遇休息日顺延到 11月9日（周一）" in (await town.last("recorder", "结果要告知大家"))["text"]
    assert await town.count("r101", "结果要告知大家") == 0
    assert await town.count("supervisor", "结果要告知大家") == 0
    await town.passes(5 * 24 * 3600)
    await town.quiet()
    assert "已过期" in (await town.last("supervisor", "结果要告知大家"))["text"]
