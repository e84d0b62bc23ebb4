"""The supervisor stops a vote, a resident challenges it, it is annulled and held again (5.6.4); a chair steps aside."""

from tests.chat import steps
from tests.chat.steps import STAKEHOLDERS
from tests.chat.town import Town, labels

STAGE = "vote"


async def stops(town: Town) -> None:
    """From the console: why, and what is to be corrected."""
    await town.taps("supervisor", "叫停，要求更正")
    await town.taps("supervisor", "签到或举手没记对")
    await town.writes("supervisor", "请大家等一等，先核对名单")
    await town.taps("supervisor", "发出去")
    await town.quiet()
    assert (await town.last("supervisor", "会停下了"))["text"].startswith("✅ ")


async def test_a_vote_is_stopped_challenged_annulled_and_held_again(town: Town) -> None:
    """Nothing is lost in the stop, a restart in it too; what was announced is taken back and another result told."""
    await town.taps("chair", "请赞成的举手")
    await town.all_tap(STAKEHOLDERS[:6], "✋ 赞成")
    await stops(town)
    told = (await town.last("group", "监督员叫停"))["text"]
    assert "签到或举手没记对" in told and "请大家等一等，先核对名单" in told and "5.6.4" in told
    board = await town.board("监督员叫停了")
    assert labels(board) == [] and "5.6.4" in board["text"]
    await town.says(STAKEHOLDERS[6], "赞成")
    assert "正在更正，现在不举手、不表决" in (await town.last(STAKEHOLDERS[6], "监督员叫停了"))["text"]
    await town.stops_bot()
    await town.passes(300)
    await town.starts_bot()
    await town.quiet()
    assert "等监督员看过更正" in (await town.last("group", "刚才系统停了"))["text"]
    assert (await town.taps("supervisor", "更正完成，继续")).toast == "好的，接着开"
    await town.quiet()
    assert town.state() == "main_vote" and "停掉的时间都补上" in (await town.last("group", "更正完成"))["text"]
    await town.all_tap(STAKEHOLDERS[6:8], "✋ 赞成")
    for stance in steps.CALLS:
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(61)
    await town.taps("chair", "公布结果")
    await town.quiet()
    assert "达成一致意见" in (await town.last("group", "协商结果"))["text"]
    await challenges_and_annuls(town)
    await steps.three_calls(town, yes=STAKEHOLDERS[:3], no=STAKEHOLDERS[3:])
    await town.taps("chair", "公布结果")
    await town.quiet()
    assert town.state() == "announced" and town.value("SELECT verdict FROM meeting") == "ended"
    assert town.rows("SELECT round, voided_at IS NULL FROM motion WHERE kind = 'main' ORDER BY id") == [(1, 0), (2, 1)]
    assert town.value("SELECT count(*) FROM vote v JOIN motion m ON m.id = v.motion_id WHERE m.voided_at > 0") == 8


async def challenges_and_annuls(town: Town) -> None:
    """From the board's button to the form; upheld; the supervisor takes what is offered."""
    assert "🙋 我对这次表决有异议" in labels(await town.board("我对这次表决有异议"))
    await town.starts("r502", f"challenge-{town.value('SELECT id FROM meeting')}")
    await town.taps("r502", "协商意见")
    await town.taps("r502", "请举手的过程不对")
    await town.writes("r502", "第二轮我还没举手就结束了")
    await town.taps("r502", "发出去")
    await town.quiet()
    assert (await town.last("r502", "二十四小时内答复您"))["text"].startswith("✅ ")
    await town.taps("supervisor", "答复对表决的异议")
    await town.taps("supervisor", "3-502 请举手的过程不对…")
    await town.taps("supervisor", "成立")
    await town.writes("supervisor", "第二轮大家在核对名单，没听清")
    await town.taps("supervisor", "发出去")
    await town.quiet()
    assert "认为成立" in (await town.last("r502", "您对表决的异议"))["text"]
    await town.taps("supervisor", "这次表决作废")
    await town.taps("supervisor", "举手的次序或统计不对…")
    await town.writes("supervisor", "反对的一方没有听清")
    await town.taps("supervisor", "发出去")
    await town.quiet()
    said = (await town.last("group", "这次表决作废"))["text"]
    assert "5.5.3 b" in said and "公布过的结果不算数" in said and "一个字不变" in said
    assert town.state() == "main_vote" and "第 1 次表决已作废" in (await town.board("已作废"))["text"]


async def test_forged_buttons_change_nothing(town: Town) -> None:
    """Who may not, another meeting, nothing to lift: answered calmly."""
    meeting, topic = town.value("SELECT id FROM meeting"), town.value("SELECT id FROM topic")
    for who in ("r101", "chair", "stranger"):
        for data in (
            f"stop_form:{meeting}",
            f"annul_form:{meeting}",
            f"lift_stop:{meeting}",
            f"take_chair_back:{meeting}",
            "lift_stop:999999",
            f"step:{topic}:answer_challenge",
        ):
            assert (await town.forges(who, data)).toast
    assert town.value("SELECT count(*) FROM stop") == 0 and town.state() == "wording"


async def test_a_chair_steps_aside_and_comes_back(town: Town) -> None:
    """The deputy presides meanwhile; both are said in the group."""
    await town.taps("deputy", "刚到，签到")
    await town.quiet()
    assert (await town.taps("chair", "请另一位主持")).toast.startswith("现在由 党支部吴敏 主持")
    await town.quiet()
    assert "现在由 党支部吴敏 主持" in (await town.last("group", "先不主持了"))["text"]
    assert (await town.taps("chair", "我回来主持")).toast == "现在由 居民代表周文 主持"
    await town.quiet()
    assert "居民代表周文 回来主持" in (await town.last("group", "回来主持"))["text"]
    await town.taps("chair", "请赞成的举手")
