"""Taps that should not be: every one gets a calm sentence with its clause or limit, and changes nothing it may not."""

import pytest

from tests.chat import steps
from tests.chat.steps import OFFICIALS, STAKEHOLDERS
from tests.chat.town import Town

STAGE = "discussion"
STALE = "这个按钮已经失效"
FORGED = [
    ("stranger", "grant:1:1", "您还没登记在名册上"),
    ("stranger", "raise_hand:1:0", "您还没登记在名册上"),
    ("r101", "grant:1:1", "这一步要由主持人来做"),
    ("recorder", "open_wording:1", "这一步要由主持人来做"),
    ("deputy", "last_call:1", "这一步要由主持人来做"),
    ("chair", "grant:1:999", "现在没有人举手"),
    ("chair", "open_meeting:1", "这一步要到「签到」才能做"),
    ("chair", "open_meeting:77", "没有找到这个会"),
    ("chair", "close_call:1:1:0", "这一步要到「"),
    ("chair", "please_stop:1:12345", "这条插话已经不在了"),
    ("chair", "raise_hand:1:0", "这一步要由"),
    ("observer", "raise_hand:1:1", "这一步要由"),
    ("property", "raise_hand:1:1", "这一步要由"),
    ("neighbour", "raise_hand:1:0", "您还没签到"),
    ("r101", "raise_hand:1:2", "发言要先说赞成还是反对"),
    ("r101", "cast_vote:1:1:0", "这一步要到「"),
    ("r101", "yield_turn:1:1", "这一步要由正在发言的人来做"),
    ("r101", "lower_hand:1", "您没有举手"),
    ("r101", "raise_hand:1:9", STALE),
    ("r101", "raise_hand:1", STALE),
    ("r101", "raise_hand:-1:0", STALE),
    ("r101", "raise_hand:99999999999999999999:0", STALE),
    ("r101", "rm -rf /", STALE),
    ("r101", "决定", STALE),
    ("r101", "x" * 64, STALE),
]


async def test_t08_forged_taps(town: Town) -> None:
    """Nothing in a button is an authority."""
    before = town.rows("SELECT count(*) FROM journal")
    for who, data, sentence in FORGED:
        answer = await town.forges(who, data)
        assert answer.toast.startswith(sentence), (who, data, answer)
        assert len(answer.toast) <= 200
    assert town.rows("SELECT count(*) FROM journal") == before
    assert (await town.forges("r101", "raise_hand:1:0")).toast.startswith("🙋 手举起来了")


async def test_a_double_tap_raises_one_hand(town: Town) -> None:
    """Both taps are answered, one hand is up."""
    board = await town.board()
    tap = {"chat": town.group, "from": town.accounts["r102"], "message_id": board["id"], "data": "raise_hand:1:0"}
    answers = sorted(one.toast for one in await town.presses([tap, tap]))
    assert answers[0].startswith("您的手已经举着") and answers[1].startswith("🙋 手举起来了")
    assert town.value("SELECT count(*) FROM hand") == 1


async def test_the_grant_tapped_twice_and_replayed(town: Town) -> None:
    """One turn; the second tap and a replay hear that it is taken."""
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await town.quiet()
    console = await town.console("chair")
    chair = town.accounts["chair"]
    tap = {"chat": chair, "from": chair, "message_id": console["id"], "data": "grant:1:1"}
    answers = sorted(one.toast for one in await town.presses([tap, tap]))
    assert answers[0].startswith("已请 1-102 发言") and answers[1].startswith("有人正在发言")
    await town.quiet()
    await town.taps("r102", "我说完了")
    assert (await town.forges("chair", "grant:1:1")).toast.startswith("这位已经把手放下或说过了")
    assert (await town.forges("r102", "yield_turn:1:2")).toast.startswith("这一步要由正在发言的人来做")
    assert town.value("SELECT count(*) FROM turn WHERE kind = 'speech'") == 1


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_taps_in_a_vote(town: Town) -> None:
    """One hand per stakeholder, in the call of its stance, until the close is committed."""
    await town.taps("chair", "请赞成的举手")
    await town.quiet()
    old = await town.board()
    assert (await town.taps("r101", "✋ 赞成")).toast.startswith("✅ 记下了：赞成")
    assert (await town.taps("r101", "✋ 赞成")).toast.startswith("您已经举过赞成了，只算一次")
    assert (await town.forges("r102", "cast_vote:1:2:1")).toast.startswith("现在请的是赞成")
    assert (await town.forges("chair", "cast_vote:1:2:0")).toast.startswith("这一步要由利益相关方来做")
    assert (await town.forges("neighbour", "cast_vote:1:2:0")).toast.startswith("这一步要由利益相关方来做")
    assert (await town.forges("r102", "cast_vote:1:1:0")).toast.startswith("现在不是举手表决的时候")
    await town.passes(75)
    await town.taps("chair", "结束赞成这一轮")
    assert (await town.taps_old("r201", old, "✋ 赞成")).toast.startswith("现在请的是反对")
    assert (await town.taps("r101", "✋ 反对")).toast.startswith("您已经举过赞成了。三轮举完后有一分钟可以改")
    for stance in ("反对", "弃权"):
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(61)
    assert (await town.taps_old("r201", old, "✋ 赞成")).toast.startswith("现在不是举手表决的时候")
    assert town.rows("SELECT in_favour, against, abstain FROM motion WHERE id = 2") == [(1, 0, 0)]


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_two_chairs(town: Town) -> None:
    """An empty chair is taken by the deputy; the chair who comes late presides no more, and both tap at once."""
    await town.all_tap(("deputy", "recorder", "supervisor", *STAKEHOLDERS), "签到")
    assert (await town.taps("deputy", "主持人不在，我来主持")).toast == "现在由您主持"
    await town.quiet()
    assert "由 党支部吴敏 主持" in (await town.last("group", "从现在起"))["text"]
    await town.taps("chair", "签到")
    await town.passes(30 * 60)
    board = await town.board()
    taps = [
        {"chat": town.group, "from": town.accounts[who], "message_id": board["id"], "data": "open_meeting:1"}
        for who in ("chair", "deputy", "chair", "deputy")
    ]
    answers = [one.toast for one in await town.presses(taps)]
    assert sum(one.startswith("开会了") for one in answers) == 1
    assert sum(one.startswith("这一步要由主持人来做") for one in answers) == 2
    assert town.value("SELECT count(*) FROM motion") == 1
    assert (await town.forges("chair", "take_chair:1")).toast.startswith("主持人在，不用代替")


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_an_opening_that_is_not_lawful(town: Town) -> None:
    """Each missing thing is named: the hour, the posts, somebody concerned."""
    await town.taps("chair", "签到")
    assert (await town.forges("chair", "open_meeting:1")).toast.startswith("还没到时候，")
    await town.passes(30 * 60)
    assert (await town.forges("chair", "open_meeting:1")).toast.startswith("还没到：记录员、监督员")
    await town.all_tap(OFFICIALS[1:], "签到")
    assert (await town.forges("chair", "open_meeting:1")).toast.startswith("还没有利益相关方签到")
    assert (await town.forges("deputy", "take_chair:1")).toast.startswith("主持人在，不用代替")
    await town.taps("r101", "签到")
    assert (await town.taps("r101", "签到")).toast == "您已经签到了，不用再点"
    assert (await town.taps("chair", "宣布开会，公布规则")).toast == "开会了，规则已公布"


@pytest.mark.parametrize("town", ["rules"], indirect=True)
async def test_a_hand_after_the_list_closed(town: Town) -> None:
    """The setting acts: hands before the hour are heard, later ones are told where their words go."""
    await town.taps("chair", "修改规则")
    await town.taps("chair", "15 分钟后不再收举手")
    await town.taps("chair", "存下来")
    await steps.rules_are_adopted(town)
    await steps.proposer_explains(town)
    await steps.discussion_opens(town)
    await steps.hands_up(town, ("r102", "赞成"))
    await town.passes(15 * 60 + 2)
    assert "不再收新的举手" in (await town.last("group", "举手的时间到了"))["text"]
    assert (await town.forges("r202", "raise_hand:1:1")).toast.startswith("举手的时间过了。有话请点看板上的")
    await steps.grants(town, "r102")
