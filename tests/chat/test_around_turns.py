"""Around a turn, as a group lives it (5.5.2 b, 5.6.3): read out, summed up, called by mistake, gone, not in order."""

from base64 import b64encode

from tests.chat import steps
from tests.chat.steps import LABELS
from tests.chat.town import Town, labels

STAGE = "discussion"
SPEECH = "kind = 'speech'"


async def test_words_that_are_read_out_and_a_voice_note_in_one_line(town: Town) -> None:
    """Written beforehand in private, read out by the recorder's tap, one turn used; the voice note gets its line."""
    await steps.hands_up(town, ("r102", "赞成"))
    await town.starts("r102", f"read-{town.value('SELECT id FROM meeting')}")
    assert "轮到您时，记录员替您念到群里" in (await town.last("r102"))["text"]
    await town.writes("r102", "我赞成，可是 <b>晚上</b> 要有灯。")
    await town.taps("r102", "发出去")
    assert "写好了，轮到您时替您念" in (await town.last("r102"))["text"]
    await steps.grants(town, "r102")
    await town.quiet()
    assert f"请代读 {LABELS['r102']}" in (await town.console("recorder"))["text"]
    assert (await town.taps("recorder", f"代读 {LABELS['r102']} 的话")).toast == "念到群里了"
    await town.quiet()
    said = await town.last("group", "记录员代读")
    assert (
        said["text"].startswith(f"📖 {LABELS['r102']} 的发言") and "我赞成，可是 <b>晚上</b> 要有灯。" in said["text"]
    )
    await town.passes(10)
    await town.says("r102", voice=b64encode(b"ogg").decode(), duration=8)
    await town.taps("recorder", "给语音写一句话")
    await town.writes("recorder", "还要装雨棚")
    await town.taps("recorder", "发出去")
    await town.taps("r102", "我说完了")
    await town.quiet()
    assert "记录员记的一句话：还要装雨棚" in (await town.last("group", "一句话"))["text"]
    kept = "SELECT kind, read_by IS NOT NULL, summary_id IS NOT NULL FROM speech WHERE turn_id = 2 ORDER BY id"
    assert town.rows(kept) == [("text", 1, 0), ("voice", 0, 1)]
    assert town.rows(f"SELECT end_reason, counted FROM turn WHERE {SPEECH}") == [("done", 1)]
    assert town.rows("SELECT message_id FROM speech WHERE read_by IS NOT NULL") == [(said["id"],)]


async def test_a_point_of_order_and_the_next_by_permission(town: Town) -> None:
    """Nobody is called before the chair has answered; then the next begins after ten seconds, without a tap."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    assert "上一位讲完 10 秒后" in (await town.taps("chair", "下一位不用等我点，10 秒后开始")).toast
    await town.says("r201", "程序异议：还没说清楚每人几分钟")
    await town.quiet()
    raised = (await town.last("group", "程序异议"))["text"]
    assert raised.startswith(f"✋ 程序异议（{LABELS['r201']}）：还没说清楚每人几分钟") and "主持人先答复" in raised
    await town.passes(30)
    assert town.rows(f"SELECT count(*) FROM turn WHERE {SPEECH}") == [(0,)]
    await town.taps("chair", "答复程序异议")
    await town.taps("chair", "采纳")
    await town.writes("chair", "每人三分钟，刚才没念到。")
    await town.taps("chair", "发出去")
    await town.quiet()
    answered = (await town.last("group", "采纳"))["text"]
    assert f"主持人采纳 {LABELS['r201']} 的程序异议" in answered and "理由：每人三分钟，刚才没念到。" in answered
    await town.waits_until(f"SELECT count(*) FROM turn WHERE {SPEECH} AND starts_at IS NOT NULL")
    assert f"{LABELS['r102']}" in (await town.board())["text"]
    await town.says("r102", "我赞成。")
    await town.taps("r102", "我说完了")
    await town.quiet()
    assert "10 秒后直接开始" in (await town.last("group", "说完了"))["text"]
    await town.waits_until(f"SELECT count(*) FROM turn WHERE {SPEECH} AND starts_at IS NOT NULL", 2)
    assert (await town.taps("chair", "先停一下，下一位由我来点")).toast == "好的，下一位等您来点"


async def test_a_wrong_call_is_taken_back_and_who_has_left_makes_room(town: Town) -> None:
    """Neither uses a turn; both times the group is told why, and who is next."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await steps.grants(town, "r102")
    await town.taps("chair", "点错人了，撤回")
    await town.taps("chair", "该轮到另一方")
    await town.quiet()
    undone = (await town.last("group", "点错了人"))["text"]
    assert f"刚才点错了人，{LABELS['r102']} 的这一次不算，手还举着。理由：该轮到另一方" in undone
    await steps.grants(town, "r102")
    await town.wires.ask("POST", f"/{town.group}/members", {"user": town.accounts["r102"], "status": "left"})
    await town.quiet()
    told = await town.last("chair", "正轮到")
    assert f"正轮到 {LABELS['r102']} 发言，可是这位已经离开群" in told["text"] and labels(told) == ["请下一位"]
    assert (await town.taps("chair", "请下一位")).toast == "发言结束"
    await town.quiet()
    gone = (await town.last("group", "已经离开群"))["text"]
    assert f"下一位：{LABELS['r202']}（反对）" in gone
    assert town.rows(f"SELECT end_reason, counted FROM turn WHERE {SPEECH}") == [("undone", 0), ("left", 0)]
