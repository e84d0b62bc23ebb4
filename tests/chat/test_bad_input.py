"""What people really send: wrong dates, pictures, half a form, a no; everything typed before is kept."""

import pytest

from tests.chat import course
from tests.chat.course import POSTS, Typed, fills, takes
from tests.chat.steps import LABELS
from tests.chat.test_words import PIXEL
from tests.chat.town import Town, labels

STAGE = "idea"


async def test_a_second_proposal_while_one_is_a_draft_goes_on_with_it(town: Town) -> None:
    """Left in the middle, /propose again: nothing is lost, nothing is made twice."""
    await town.writes("r101", "/propose")
    for answer in ("居民", "小区、楼道、村组里的事"):
        await town.taps("r101", answer)
    await town.writes("r101", course.TITLE)
    await town.passes(5)
    await town.taps("r101", "💾 先存着…")
    await town.writes("r101", "/propose")
    shown = await town.last("r101", "为什么要提")
    assert "接着上次没写完的往下写" in shown["text"]
    await town.taps("r101", "上一步")
    assert f"您写的是：{course.TITLE}" in (await town.last("r101", "起个名字"))["text"]
    assert town.value("SELECT count(*) FROM draft") == 1 and town.value("SELECT count(*) FROM topic") == 0


async def test_a_picture_and_too_long_a_text_where_words_are_asked(town: Town) -> None:
    """The form says what it needs and waits; the answers before stay."""
    await town.writes("r101", "/propose")
    for answer in ("居民", "小区、楼道、村组里的事"):
        await town.taps("r101", answer)
    await town.writes("r101", photo=PIXEL, caption="灯坏了")
    assert "请打字" in (await town.last("r101", "起个名字"))["text"]
    await town.passes(5)
    await town.writes("r101", "灯" * 200)
    assert "写短些" in (await town.last("r101", "起个名字"))["text"]
    await town.writes("r101", course.TITLE)
    assert "第 4 项" in (await town.last("r101", "为什么要提"))["text"]


@pytest.mark.parametrize("town", ["posts"], indirect=True)
async def test_dates_that_cannot_be(town: Town) -> None:
    """Past, outside the fifteen days, too soon, no date at all: refused with its reason; the right one is taken."""
    await takes(town, "chair", "写协商方案")
    for typed, said in (
        ("11月1日", "已经过了"),
        ("2026-12-01", "最晚 11月18日"),
        ("11月5日", "太早"),
        ("下礼拜三", "没看懂"),
        ("2月30日", "没看懂"),
    ):
        await town.passes(4)
        await town.writes("chair", typed)
        assert said in (await town.last("chair", "哪一天开"))["text"], typed
    await town.writes("chair", "11月12日")
    await town.passes(4)
    await town.writes("chair", "25点")
    assert "19:30 这样" in (await town.last("chair", "几点开"))["text"]
    await town.writes("chair", "19:30")
    assert "用什么形式开" in (await town.last("chair", "第 3 项"))["text"]
    await town.taps("chair", "上一步")
    assert "您写的是：19:30" in (await town.last("chair", "几点开"))["text"]


@pytest.mark.parametrize("town", ["registered"], indirect=True)
async def test_a_person_who_was_asked_declines(town: Town) -> None:
    """5.2.3: both committees hear it and ask somebody else; no plan before that one has said yes."""
    await course.approves(town)
    for post, who in POSTS.items():
        await town.taps(who, f"我担任不了{post}" if who == "adviser" else f"我愿意担任{post}")
    await town.quiet()
    assert "担任不了：指导员" in (await town.last("recorder", "请另请一位"))["text"]
    assert "还有岗位没人答应：指导员" in (await course.forges(town, "chair", "step:1:draft_plan")).toast
    await takes(town, "recorder", "另请一位")
    await fills(town, "recorder", "指导员", LABELS["recorder2"])
    await town.taps("recorder2", "我愿意担任指导员")
    await town.quiet()
    assert "指导员：王磊" in (await town.last("chair", "四个岗位都有人了"))["text"]


@pytest.mark.parametrize("town", ["check_in"], indirect=True)
async def test_a_stranger_finds_no_way_into_a_console_or_a_topic(town: Town) -> None:
    """Deep links and forged buttons: told how to be entered, shown nothing of the community's."""
    await town.starts("stranger", "console-1")
    assert "周文" not in (await town.last("stranger"))["text"]
    for payload in ("fix-1", "propose-1", "propose-99", "topic-1"):
        await town.passes(4)
        await town.starts("stranger", payload)
    for data in ("open_console:1", "topic:1", "papers:1", "step:1:publish_notice", "timeline:1"):
        assert (await course.forges(town, "stranger", data)).toast, data
    said = "\n".join(one["text"] for one in await town.sees("stranger"))
    assert not any(secret in said for secret in ("充电", "周文", "1-101", "的看板"))
    assert town.value("SELECT count(*) FROM draft") == 0


@pytest.mark.parametrize("town", ["agreed"], indirect=True)
async def test_the_record_is_corrected_before_it_is_signed(town: Town) -> None:
    """5.6.1 i: signing before the day is over is refused; a correction is answered and stands in the record."""
    early = await takes(town, "recorder", "核对无误，签字")
    assert "到 11月11日（周三）" in early.toast
    await town.taps("r202", "记录有地方要改")
    await fills(town, "r202", Typed("我说的是晚上十点以后太吵。"))
    await town.quiet()
    await course.arrives(town, "2026-11-11T20:00:00+08:00")
    assert "还有 1 条修改意见没有答复" in (await takes(town, "recorder", "核对无误，签字")).toast
    await takes(town, "recorder", "答复改记录的意见")
    await fills(town, "recorder", "1-202：…", "👍 采纳，写进记录", Typed("已经补上。"))
    await town.quiet()
    assert "已经补上" in (await town.last("r202", "您说的记录改好了"))["text"]
    assert (await takes(town, "recorder", "核对无误，签字")).toast.startswith("签好了")
    assert "签字" not in str(labels(await town.last("recorder", "现在：整理记录")))
