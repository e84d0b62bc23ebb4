"""Clocks through the sandbox: reminders with their sums and buttons, the topic's page, /todo, /topics, /status."""

from datetime import datetime
from itertools import pairwise

from tests.chat.steps import STAKEHOLDERS, three_calls
from tests.chat.town import Town

STAGE = "vote"
DAY = 24 * 3600


def buttons(message: dict[str, object]) -> str:
    """Everything below a message."""
    return str(message["buttons"])


async def announced(town: Town) -> None:
    """Agreed and announced."""
    await three_calls(town, yes=STAKEHOLDERS[:7], no=STAKEHOLDERS[7:])
    await town.taps("chair", "公布结果")
    await town.quiet()


async def test_from_a_reminder_to_the_topic_and_what_comes(town: Town) -> None:
    """Told at once, with the sum, one tap away from the topic's dates."""
    await announced(town)
    told = await town.last("recorder", "结果要告知大家")
    assert "遇休息日顺延到 11月9日（周一）" in told["text"] and "1 号议题" in buttons(told)
    await town.taps("recorder", "1 号议题")
    page = await town.last("recorder", "期限")
    assert "结果要告知大家：11月9日（周一）24:00 前，由居委会、记录员办" in page["text"]
    assert "11月5日（周四） + 3 日 = 11月8日（周日）" in page["text"] and "公布表决结果：达成一致意见" in page["text"]
    assert "召集人 周文" in page["text"]


async def test_what_is_late_is_red_for_whoever_acts_and_for_the_supervisor(town: Town) -> None:
    await announced(town)
    await town.passes(5 * DAY)
    await town.quiet()
    reminded = await town.last("supervisor", "结果要告知大家")
    assert "🔴" in reminded["text"] and "请催一催：居委会、记录员" in reminded["text"]
    late = buttons(await town.last("recorder", "已过期"))
    assert "核对无误，签字" in late and "把记录报给监委会" not in late, "the step that is open stands below"
    for who in ("supervisor", "recorder"):
        await town.writes(who, "/todo")
        assert "🔴 第 1 号" in (await town.last(who, "等您办的事"))["text"]
    await town.writes("r101", "/todo")
    assert "🔴" not in (await town.last("r101", "等您办的事"))["text"]


async def test_topics_are_found_and_the_group_hears_of_them(town: Town) -> None:
    await announced(town)
    await town.writes("r101", "/topics 充电")
    found = await town.last("r101", "🔍 找")
    assert "1 号议题 " in buttons(found) and "充电" in found["text"]
    await town.writes("r101", "/topics 修桥")
    assert "可以试试" in (await town.last("r101", "没有找到“修桥”"))["text"]
    await town.passes(120)
    await town.says("r101", "/status")
    await town.quiet()
    assert "1. " in (await town.last("group", "正在办的议题"))["text"]


async def test_the_clock_stops_at_every_step(town: Town) -> None:
    """What the page's "to the next thing due" goes by, tapped on and on."""
    await announced(town)
    stops = []
    for _ in range(4):
        reporters = (await town.wires.ask("GET", "/clock"))["reporters"].values()
        now = await town.now()
        ahead = [at for one in reporters if one["next"] and (at := datetime.fromisoformat(one["next"])) > now]
        stops.append(min(ahead))
        await town.wires.ask("POST", "/clock", {"to": stops[-1].isoformat()})
        await town.quiet()
    assert all(earlier < later for earlier, later in pairwise(stops))
    steps = town.rows("SELECT DISTINCT due_at FROM deadline_step WHERE sent_at IS NOT NULL ORDER BY due_at")
    due = {int(row[0]) for row in steps}
    assert {round(stop.timestamp() * 1_000_000) for stop in stops} & due
