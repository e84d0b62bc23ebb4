"""What may come between an idea and its meeting: a missed notice, holidays, a second topic (5.2–5.4)."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import course
from tests.chat.conftest import all_is_well
from tests.chat.course import Typed, arrives, fills, opens_page, takes
from tests.chat.stages import opened
from tests.chat.steps import LABELS
from tests.chat.town import Town, labels

STAGE = "willing"
HOLIDAY_EVE = "2026-09-30T09:00:00+08:00"
"""A Wednesday; from Thursday on seven days are National Day holidays, and Saturday the 10th is worked instead."""


@pytest.fixture
async def before_holidays(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Town]:
    """The community without a topic, on the morning before the holidays."""
    shutil.copy(migrated_file, tmp_path / "yishiting.db")
    url = f"sqlite:///{tmp_path / 'yishiting.db'}"
    async with opened(tmp_path, url, at=HOLIDAY_EVE, meeting=False) as town:
        yield town
        await all_is_well(town)


async def test_a_holiday_moves_the_objections_and_must_not_move_the_notice(before_holidays: Town) -> None:
    """Forward periods end on the next day that is no rest day; "three days before" never moves to the organiser's."""
    town = before_holidays
    for step in (course.proposes, course.registers, course.approves, course.posts_are_taken):
        await step(town)
    page = await opens_page(town, "chair")
    assert "9月30日（周三） + 15 日 = 10月15日（周四）" in page
    await takes(town, "chair", "写协商方案")
    offered = labels(await town.last("chair", "哪一天开"))
    assert [day for day in offered if day.startswith("10月")] == [
        "10月13日（周二）",
        "10月14日（周三）",
        "10月15日（周四）",
    ]
    await town.taps("chair", "💾 先存着…")
    await course.drafts_plan(town, "10月15日…")
    await course.sends_plan(town)
    sent = await town.last("r102", "协商方案第 1 版")
    assert "请在 10月8日（周四）24:00 前说" in sent["text"]
    page = await opens_page(town, "chair")
    assert "9月30日（周三） + 2 日 = 10月2日（周五）；遇休息日顺延到 10月8日（周四）" in page
    await course.everybody_is_willing(town)
    await course.plan_stands(town, at="2026-10-09T09:30:00+08:00")
    page = await opens_page(town, "recorder")
    assert "公告要发布：10月11日（周日）24:00 前" in page and "顺延到 10月12日" not in page
    await arrives(town, "2026-10-12T00:05:00+08:00")
    await opens_page(town, "recorder")
    assert "公告来不及" in (await course.forges(town, "recorder", "step:1:publish_notice")).toast


async def test_the_committee_misses_the_notice_and_the_meeting_is_put_off(town: Town) -> None:
    """5.4: without three clear days there is no meeting on that day; a new date within the fifteen days is found."""
    await course.plan_stands(town)
    await course.rules_are_drafted(town)
    await arrives(town, "2026-11-07T08:30:00+08:00")
    assert "🔴" in (await town.last("recorder", "公告要发布"))["text"]
    assert "请催一催：居委会" in (await town.last("supervisor", "公告要发布"))["text"]
    page = await opens_page(town, "recorder")
    assert "发布公告" not in str(labels(await town.last("recorder"))) and "🔴 公告要发布" in page
    await takes(town, "recorder", "改期")
    await fills(town, "recorder", "公告来不及发")
    await town.quiet()
    told = await town.last("r102", "改期")
    assert "原因：公告来不及发" in told["text"] and await town.count("channel", "改期") == 0
    assert (
        town.value("SELECT count(*) FROM deadline WHERE kind IN ('notice', 'rules', 'meeting') AND done_at IS NULL")
        == 0
    )
    await takes(town, "chair", "写协商方案")
    await town.taps("chair", "11月16日…")
    await town.taps("chair", "发出去")
    await course.sends_plan(town)
    revised = await town.last("r102", "协商方案第 2 版")
    assert "11月10日（周二）19:30 改到 11月16日（周一）19:30" in revised["text"]
    await course.everybody_is_willing(town)
    await course.plan_stands(town, at="2026-11-10T09:30:00+08:00")
    await course.notice_is_published(town)
    assert "2026年11月16日19时30分" in (await town.last("channel", "📢 协商公告"))["text"]
    assert town.rows("SELECT count(*), max(scheduled_at) > 0 FROM meeting") == [(1, 1)]


@pytest.mark.parametrize("town", ["noticed"], indirect=True)
async def test_two_topics_at_once_in_one_group(town: Town) -> None:
    """A second topic runs beside the first: own number, clocks, posts and people; one group, one evening each."""
    await course.proposes(town, "r301", "二号楼前的晾衣绳")
    await course.registers(town, 2)
    await takes(town, "adviser", "审核通过", 2)
    reasons = ("属于目录：…", "楼道、天井、车辆停放…", "关系到大家的安全", Typed("合法，不花钱。"))
    await fills(
        town,
        "adviser",
        *reasons,
        Typed("吴敏"),
        *(LABELS[who] for who in ("deputy", "recorder2", "adviser", "supervisor2")),
    )
    for post, who in {"召集人": "deputy", "记录员": "recorder2", "指导员": "adviser", "监督员": "supervisor2"}.items():
        await town.taps(who, f"我愿意担任{post}")
    await town.quiet()
    both = (await town.last("deputy", "四个岗位都有人了"))["text"]
    assert "2 号议题" in both and "褚平" in both
    await town.writes("r301", "/topics")
    listed = (await town.last("r301"))["text"]
    assert f"1. {course.TITLE}" in listed and "2. 二号楼前的晾衣绳" in listed
    clocks = town.rows("SELECT topic_id, kind FROM deadline WHERE done_at IS NULL ORDER BY id")
    assert {kind for topic, kind in clocks if topic == 1} == {"meet", "meeting"}
    assert {kind for topic, kind in clocks if topic == 2} == {"meet", "draft_plan"}
    assert "写协商方案" not in str(labels(await town.last("chair")))
    await arrives(town, "2026-11-10T19:00:00+08:00")
    await town.all_tap(("chair", "recorder", "supervisor", "r101", "r301"), "签到")
    await takes(town, "deputy", "写协商方案", 2)
    await town.writes("deputy", "11月10日")
    assert "太早" in (await town.last("deputy", "哪一天开"))["text"]
    assert town.rows("SELECT topic_id, state FROM meeting") == [(1, "check_in")]
    assert town.value("SELECT count(DISTINCT subject_id) FROM journal WHERE subject = 'topic'") == 2
