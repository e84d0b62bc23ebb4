"""Questions to the experts, as a group lives them (5.6.1 f): asked in private, answered between two speakers."""

from tests.chat import steps
from tests.chat.steps import LABELS
from tests.chat.town import Town

STAGE = "discussion"
FAR = "充电桩离最近的窗户 <b>多远</b>？"
BILL = "一年要交多少电费？"
UNIT = LABELS["property"]


async def asks(town: Town) -> None:
    """One by the board's link, one entered by the recorder."""
    link = f"ask-{town.value('SELECT id FROM meeting')}"
    assert link in str([button.get("url") for row in (await town.board())["buttons"] for button in row])
    await town.starts("r101", link)
    await town.writes("r101", FAR)
    assert "提问不占您的发言次数" in (await town.last("r101"))["text"]
    await town.taps("r101", "发出去")
    assert "记下了，是第 1 问" in (await town.last("r101"))["text"]
    await town.taps("recorder", "替人登记提问")
    await town.taps("recorder", LABELS["r201"])
    await town.writes("recorder", BILL)
    await town.taps("recorder", "发出去")
    await town.quiet()
    assert "提的问题还有 2 个等回答" in (await town.board())["text"]


async def assigns(town: Town) -> None:
    """The chair names who answers, who hears of it beforehand."""
    for question in (f"第1问 {LABELS['r101']}：{FAR}", f"第2问 {LABELS['r201']}：{BILL}"):
        await town.taps("chair", "定谁来回答")
        await town.taps("chair", question)
        await town.taps("chair", UNIT)
        await town.taps("chair", "5 分钟")
        await town.taps("chair", "发出去")
    await town.quiet()
    assert "主持人请到您时，请到群里回答，5 分钟" in (await town.last("property", "第 1 问"))["text"]


async def test_a_question_is_asked_answered_and_another_promised_in_writing(town: Town) -> None:
    """No turn is used, nobody's hand comes down, and what was promised comes to the group."""
    await town.says("property", "签到")
    await steps.hands_up(town, ("r102", "赞成"))
    await asks(town)
    await assigns(town)
    assert (await town.taps("chair", f"请 {UNIT} 答第 1 问")).toast == f"🎓 请 {UNIT} 回答"
    await town.quiet()
    assert "请您现在到群里回答第 1 问" in (await town.last("property", "请您现在"))["text"]
    shown = (await town.board())["text"]
    assert "专家答疑" in shown and f"{UNIT} 正在回答" in shown and "依 5.6.1 f" in shown
    assert f"第 1 问（{LABELS['r101']}）：{FAR}" in shown
    await town.says("property", "二十五米，图纸已经贴在公告栏。")
    await town.taps("property", "我说完了")
    await town.quiet()
    over = (await town.last("group", "答完了"))["text"]
    assert over.startswith(f"{UNIT} 答完了，谢谢。") and f"下一位：{LABELS['r102']}" in over
    await town.taps("property", "现在答不了，改用书面")
    await town.taps("property", "11月8日（周日）")
    await town.taps("property", "发出去")
    await town.quiet()
    settled = (await town.last("group", "向专家提的问题"))["text"]
    assert f"第 2 问（{LABELS['r201']}）：{BILL}" in settled and "11月8日" in settled
    assert town.rows("SELECT kind, counted FROM turn ORDER BY id") == [("explanation", 0), ("answer", 0)]
    assert town.rows("SELECT state FROM expert_question ORDER BY number") == [("answered",), ("promised",)]
    await town.taps("property", "✍️ 写书面答复")
    await town.writes("property", "每年约三千元，由充电的人分摊。")
    await town.taps("property", "发出去")
    await town.quiet()
    written = (await town.last("group", "书面答复"))["text"]
    assert "每年约三千元，由充电的人分摊。" in written and f"{UNIT} 对第 2 问的书面答复" in written
