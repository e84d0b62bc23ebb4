"""The main vote's verdicts (5.7.2) at their boundaries, as the group reads them."""

import pytest

from bot.inbox.poller import ALLOWED_UPDATES
from tests.chat.steps import STAKEHOLDERS, three_calls
from tests.chat.town import Town

STAGE = "vote"
CASES = [
    (7, 5, "agreed", "达成一致意见", "赞成 7 票 × 2 = 14 > 12 票，过半数"),
    (6, 6, "reconvene", "时机成熟后再次协商", "赞成 6 票 × 2 = 12 = 12 票，没有过半数"),
    (5, 7, "reconvene", "时机成熟后再次协商", "赞成 5 票 × 3 = 15 ≥ 12 票，到了三分之一"),
    (4, 8, "reconvene", "时机成熟后再次协商", "赞成 4 票 × 3 = 12 ≥ 12 票，到了三分之一"),
    (3, 9, "ended", "终止协商", "赞成 3 票 × 3 = 9 < 12 票，不到三分之一"),
]


@pytest.mark.parametrize(("yes", "no", "verdict", "words", "sum_shown"), CASES)
async def test_verdict(town: Town, yes: int, no: int, verdict: str, words: str, sum_shown: str) -> None:
    """One arithmetic for every outcome, printed under it; the consultation's result is never a decision."""
    await three_calls(town, yes=STAKEHOLDERS[:yes], no=STAKEHOLDERS[yes : yes + no])
    assert (await town.taps("chair", "公布结果")).toast == f"结果已公布：{words}"
    await town.quiet()
    result = await town.last("group", "协商结果")
    assert f"协商结果：{words}" in result["text"] and sum_shown in result["text"]
    assert f"应表决 12 人，举手 {yes + no} 人" in result["text"]
    assert result["files"][0]["kind"] == "photo"
    assert town.rows("SELECT state, verdict FROM meeting") == [("announced", verdict)]
    everything = "".join(one["text"] for one in await town.sees("group"))
    assert "决定" not in everything and "决议" not in everything


async def test_t35_nobody_votes_and_no_reaction_is_a_hand(town: Town) -> None:
    """N = 0 gives no verdict; the same wording is put again, and then counts."""
    await three_calls(town)
    assert "公布结果" not in str((await town.console("chair"))["buttons"])
    assert (await town.taps("chair", "重新表决")).toast == "重新付表决"
    await town.quiet()
    await three_calls(town, yes=STAKEHOLDERS[:2])
    await town.taps("chair", "公布结果")
    await town.quiet()
    assert "赞成 2 票 × 2 = 4 > 2 票，过半数" in (await town.last("group", "协商结果"))["text"]
    digests = {row[0] for row in town.rows("SELECT digest FROM motion WHERE kind = 'main'")}
    assert len(digests) == 1
    assert "setMessageReaction" not in {call["method"] for call in await town.wires.calls()}
    assert not any("reaction" in kind or "poll" in kind for kind in ALLOWED_UPDATES)
