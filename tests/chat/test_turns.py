"""Turns as a group lives them (5.5.2): granted, warned, ended, silent, yielded; one message at every hand-over."""

from tests.chat.steps import LABELS, grants, hands_up
from tests.chat.town import Town, labels

STAGE = "discussion"
SPEECH = "kind = 'speech'"


async def test_a_speaker_whose_time_runs_out(town: Town) -> None:
    """Warned 30 s before, ended at three minutes, one message that says who is next and why."""
    await hands_up(town, ("r102", "赞成"), ("r201", "赞成"), ("r202", "反对"))
    await grants(town, "r102")
    starts, ends = town.rows(f"SELECT starts_at, ends_at FROM turn WHERE {SPEECH}")[0]
    assert ends - starts == 180 * 1_000_000
    await town.says("r102", "我家就在南门边上，我支持。")
    await town.reaches(starts, 85)
    await town.says("r102", "晚上断电我也赞成。")
    await town.reaches(ends, -29)
    assert (await town.last("group"))["text"].startswith(f"⏳ {LABELS['r102']}，还有 30 秒，至")
    await town.reaches(ends, 1)
    handover = (await town.last("group", "时间到"))["text"]
    assert f"{LABELS['r102']} 时间到，谢谢。" in handover
    assert f"下一位：{LABELS['r202']}（反对） — 轮到另一方讲" in handover
    assert await town.count("group", "时间到") == 1
    assert town.rows(f"SELECT end_reason, counted FROM turn WHERE {SPEECH}") == [("time", 1)]
    assert town.value("SELECT count(*) FROM speech WHERE standing = 'speech' AND turn_id = 2") == 2


async def test_a_speaker_who_yields(town: Town) -> None:
    """我说完了 belongs to the speaker alone and hands over at once."""
    await hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await grants(town, "r102")
    refused = await town.taps("r202", "我说完了")
    assert "这一步要由正在发言的人来做" in refused.toast
    await town.says("r102", "我赞成，就这些。")
    assert (await town.taps("r102", "我说完了")).toast == "发言结束"
    await town.quiet()
    assert f"{LABELS['r102']} 说完了，谢谢。" in (await town.last("group", "说完了"))["text"]
    assert await town.count("group", "说完了，谢谢") == 1
    assert town.rows(f"SELECT end_reason FROM turn WHERE {SPEECH}") == [("done",)]


async def test_a_speaker_who_falls_silent(town: Town) -> None:
    """Asked after 90 s; 30 s later the hand goes behind the next, and no turn is used."""
    await hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await grants(town, "r102")
    starts = town.value(f"SELECT starts_at FROM turn WHERE {SPEECH}")
    await town.reaches(starts, 91)
    asked = await town.last("group", "还在说吗")
    assert labels(asked) == ["我在说/在写"]
    await town.reaches(starts, 121)
    handover = (await town.last("group", "还没开口"))["text"]
    assert "不算用掉一次，手还举着" in handover and f"下一位：{LABELS['r202']}" in handover
    assert town.rows(f"SELECT end_reason, counted FROM turn WHERE {SPEECH}") == [("silent_unspoken", 0)]
    await grants(town, "r202")
    await town.says("r202", "我反对，离我家窗户太近。")
    await town.taps("r202", "我说完了")
    await town.quiet()
    await grants(town, "r102")
    assert "第 1 次" in (await town.board())["text"]


async def test_a_speaker_who_says_that_they_are_writing(town: Town) -> None:
    """The answer is worth another 90 s."""
    await hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await grants(town, "r102")
    starts, ends = town.rows(f"SELECT starts_at, ends_at FROM turn WHERE {SPEECH}")[0]
    await town.reaches(starts, 91)
    assert (await town.taps("r102", "我在说/在写")).toast == "好的，您慢慢说"
    await town.reaches(starts, 150)
    assert town.rows(f"SELECT ended_at FROM turn WHERE {SPEECH}") == [(None,)]
    await town.says("r102", "我打字慢，我赞成。")
    await town.reaches(ends, 1)
    assert town.rows(f"SELECT end_reason, counted FROM turn WHERE {SPEECH}") == [("time", 1)]
    assert await town.count("group", "1-102，还在说吗？") == 1
