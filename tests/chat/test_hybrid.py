"""Internet + on the spot: a no makes the plan hybrid; in the room hands count after a second official's look."""

from datetime import datetime

import pytest

from storage.tables import Plan
from storage.work import UnitOfWork
from tests.chat import course, steps
from tests.chat.steps import LABELS, OFFICIALS
from tests.chat.town import Town, labels

ADDRESS = "居委会一楼会议室"
ROOM = ("r302", "r402", "r601b")
"""Without Telegram: seats 3, 4 and 7."""
ONLINE = ("r101", "r102", "r201", "r202")


@pytest.mark.parametrize("town", ["sent"], indirect=True)
async def test_a_no_makes_the_plan_hybrid(town: Town) -> None:
    """The convener's way out, as far as the notice with both places."""
    assert "不方便" in (await town.taps("r101", "不方便")).toast
    await town.quiet()
    assert "形式选“互联网+现场”" in (await town.last("chair", "不方便在群里协商"))["text"]
    await course.takes(town, "chair", "写协商方案")
    await town.taps("chair", "改：形式")
    await town.taps("chair", "互联网+现场协商")
    await town.writes("chair", ADDRESS)
    await town.taps("chair", "改：日子")
    await town.writes("chair", "11-16")
    review = (await town.last("chair", "请看一遍"))["text"]
    assert ADDRESS in review and "互联网+现场协商" in review and "冯兰" in review
    await town.taps("chair", "发出去")
    await course.sends_plan(town)
    plan = (await town.last("r101", "协商方案第 2 版"))["text"]
    assert f"到 {ADDRESS}，或在群「向阳小区协商群」里参加" in plan and "到现场来点“不方便”" in plan
    assert "您到现场来" in (await town.taps("r101", "不方便")).toast
    await town.wires.until(datetime.fromisoformat("2026-11-10T09:00:00+08:00"))
    await course.takes(town, "chair", "方案就这样定")
    await course.rules_are_drafted(town)
    await course.notice_is_published(town)
    notice = (await town.last("group", "📢 协商公告"))["text"]
    assert "互联网+现场协商" in notice and ADDRESS in notice and "向阳小区协商群" in notice


def has_a_room(town: Town) -> None:
    """The demo's plan as if it had been written in the other form."""

    def change(uow: UnitOfWork) -> None:
        plan = uow.first(Plan)
        assert plan is not None
        plan.mode, plan.room = "hybrid", ADDRESS

    town.database.write_now(change)


async def fills(town: Town, *answers: str) -> str:
    """The recorder answers an open form and sends it; what the bot says."""
    for answer in answers:
        await (town.writes("recorder", answer[1:]) if answer[0] == "=" else town.taps("recorder", answer))
    await town.taps("recorder", "发出去")
    return str((await town.last("recorder"))["text"])


async def enters(town: Town, seats: str, count: int) -> None:
    """Hands in the room, seen by two."""
    await town.taps("recorder", "登记现场举手")
    await town.writes("recorder", seats)
    said = (await town.last("recorder", "请看一遍"))["text"]
    assert f"一共 {count} 位" in said and "2-302" in said, said
    await town.taps("recorder", "发出去")
    await town.quiet()


async def calls(town: Town, *, hybrid: bool) -> None:
    """Three calls; in the first the room's hands, entered and confirmed, and one of them by an own tap as well."""
    await town.taps("chair", "请赞成的举手")
    if hybrid:
        await enters(town, "3、4 ７", 3)
        await town.passes(70)
        refused = await town.forges("chair", await button(town))
        assert "在等 居委会冯兰" in refused.toast, refused
        await town.taps("adviser", "✅ 对，赞成 3 只手")
    await town.all_tap(ONLINE, "✋ 赞成")
    for stance in steps.CALLS:
        await town.passes(75)
        await town.taps("chair", f"结束{stance}这一轮")
    await town.passes(61)
    await town.quiet()


async def button(town: Town) -> str:
    """What the chair's button would carry that no console shows over unconfirmed hands."""
    meeting, motion = town.rows("SELECT meeting_id, id FROM motion ORDER BY id DESC")[0]
    assert all("结束赞成" not in words for words in labels(await town.console("chair")))
    return f"close_call:{meeting}:{motion}:0"


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_a_hybrid_meeting_from_the_seats_to_the_result(town: Town) -> None:
    has_a_room(town)
    await town.all_tap((*OFFICIALS, *ONLINE), "签到")
    await town.taps("recorder", "现场签到、排座位")
    said = await fills(town, "=3 = 2-302\n４＝2-402；7：3-601乙")
    assert "现场现在 3 人" in said
    await town.quiet()
    assert "3 号 2-302、4 号 2-402、7 号 3-601 乙" in unmarked((await town.console("recorder"))["text"])
    assert "🪑 现场 3 人" in (await town.board())["text"]
    await steps.chair_opens(town)
    await calls(town, hybrid=True)
    assert "赞成 7 票 × 2 = 14 > 7 票" in (await town.last("group", "规则通过"))["text"]
    await town.taps("chair", "宣布协商会正式开始")
    await steps.proposer_explains(town)
    await steps.discussion_opens(town)
    await speaks_in_the_room(town)
    await town.taps("chair", "问一声：还有谁要发言")
    await town.quiet()
    await town.passes(75)
    await town.taps("chair", "讨论结束，写协商意见")
    await steps.recorder_posts_wording(town)
    await steps.wording_stands(town)
    await calls(town, hybrid=True)
    await town.taps("chair", "公布结果")
    await town.quiet()
    result = (await town.last("group", "协商结果"))["text"]
    assert "其中现场举手 3 人" in result and "赞成 7 票" in result
    assert town.value("SELECT count(*) FROM vote WHERE batch_id IS NOT NULL") == 6


async def speaks_in_the_room(town: Town) -> None:
    """A hand, the floor, words that the group reads, done."""
    await town.taps("recorder", "替现场的人举手发言")
    assert "手举起来了" in await fills(town, "=3", "反对")
    await town.quiet()
    assert "2-302（现场） 反对" in unmarked((await town.board())["text"])
    await steps.grants(town, "r302")
    await town.taps("recorder", "记现场发言")
    assert f"{LABELS['r302']} 的发言记下了" in unmarked(await fills(town, "=晚上太吵，要离楼远一点。"))
    await town.taps("recorder", "现场发言说完了")
    await town.quiet()
    words = (await town.last("group", "记录员代记"))["text"]
    assert "晚上太吵，要离楼远一点。" in words and "现场 3 号" in words


def unmarked(text: str) -> str:
    """Without the marks that keep names of other scripts in their place."""
    return text.replace("\u2068", "").replace("\u2069", "")
