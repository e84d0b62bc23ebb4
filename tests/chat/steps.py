"""What happens at every meeting, told once: the way to the stage where a story begins."""

from datetime import datetime

from bot.rehearsal.opinion import recorder_writes
from services import demo
from tests.chat.town import Town

SITTING = "2026-11-05T19:00:00+08:00"
STAKEHOLDERS = tuple(cast.key for cast in demo.CAST if cast.capacity == "stakeholder")
OFFICIALS = ("chair", "recorder", "supervisor")
CALLS = ("赞成", "反对", "弃权")
LABELS = {cast.key: cast.label for cast in demo.CAST}


async def comes_to_check_in(town: Town) -> None:
    """Half an hour before the meeting the bot opens check-in by itself."""
    await town.wires.until(datetime.fromisoformat(SITTING))
    await town.quiet()


async def everybody_checks_in(town: Town) -> None:
    """All twelve stakeholders and the three officials."""
    await town.all_tap((*OFFICIALS, *STAKEHOLDERS), "签到")


async def chair_opens(town: Town) -> None:
    """The hour has come: the chair publishes the rules."""
    await town.passes(30 * 60)
    await town.taps("chair", "宣布开会，公布规则")


async def three_calls(town: Town, **hands: tuple[str, ...]) -> None:
    """For, against, abstain; who is named raises a hand in that call; then the time to correct passes."""
    for stance, people in zip(CALLS, (hands.get("yes", ()), hands.get("no", ()), hands.get("none", ())), strict=True):
        if stance == CALLS[0]:
            await town.taps("chair", "请赞成的举手")
        if people:
            await town.all_tap(people, f"✋ {stance}")
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(61)


async def rules_are_adopted(town: Town) -> None:
    """Ten of twelve want these rules."""
    await three_calls(town, yes=STAKEHOLDERS[:10], no=STAKEHOLDERS[10:])
    await town.taps("chair", "宣布协商会正式开始")


async def proposer_explains(town: Town) -> None:
    """5.6.1 d."""
    await town.taps("chair", "请提出人说明议题")
    await town.says("r101", "充电插座太少，大家从楼上拉线，不安全。我建议建一处集中充电点。")
    await town.taps("r101", "我说完了")


async def discussion_opens(town: Town) -> None:
    """5.6.1 e."""
    await town.taps("chair", "开始讨论")


async def hands_up(town: Town, *people: tuple[str, str]) -> None:
    """Each raises a hand with a stance, in this order."""
    for who, stance in people:
        answer = await town.taps(who, f"举手{stance}")
        assert answer.toast.startswith("🙋 手举起来了"), answer


async def grants(town: Town, who: str) -> None:
    """The chair gives the floor, and the clock has begun: the group has seen the new board."""
    answer = await town.taps("chair", f"请 {LABELS[who]} 发言")
    assert answer.toast == f"已请 {LABELS[who]} 发言", answer
    await town.waits_until("SELECT count(*) FROM turn WHERE ended_at IS NULL AND starts_at IS NOT NULL")


async def speaks(town: Town, who: str, stance: str, words: str) -> None:
    """A whole turn: hand, grant, words, done."""
    await hands_up(town, (who, stance))
    await grants(town, who)
    await town.says(who, words)
    await town.taps(who, "我说完了")


async def discussion_ends(town: Town) -> None:
    """Two turns, then nobody answers the last call (5.5.3 a)."""
    await speaks(town, "r102", "赞成", "我支持建在南门东侧，离楼远。")
    await speaks(town, "r202", "反对", "南门东侧晚上太吵，我反对。")
    await town.taps("chair", "问一声：还有谁要发言")
    await town.quiet()
    await town.passes(75)
    await town.taps("chair", "讨论结束，写协商意见")


async def recorder_posts_wording(town: Town) -> None:
    """The recorder fills in the form: the proposal as item 1, one item of their own, the objection raised."""
    await recorder_writes(town)
    await town.quiet()


async def wording_stands(town: Town) -> None:
    """Nobody asks for a correction within the five minutes."""
    await town.passes(310)
    await town.quiet()
