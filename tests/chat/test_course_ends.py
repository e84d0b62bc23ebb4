"""Other ends than agreement, told and archived like any (5.7, 5.8, 6); the whole course on PostgreSQL too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import course, test_annex
from tests.chat.conftest import all_is_well
from tests.chat.course import Typed, fills, takes
from tests.chat.stages import BEGINNING, opened, walk
from tests.chat.steps import STAKEHOLDERS, three_calls
from tests.chat.town import Town

STAGE = "discussion"
DAY = 24 * 3600


@pytest.fixture
async def nothing_yet(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The community without a topic."""
    async with opened(tmp_path, database_url, at=BEGINNING, meeting=False) as town:
        yield town
        await all_is_well(town)


async def told_and_archived(town: Town, outcome: str) -> None:
    """The record signed and handed over, everybody told, the papers confirmed; nothing to carry out."""
    await town.passes(DAY)
    await town.quiet()
    for step in ("核对无误，签字", "把记录报给监委会", "公布协商结果"):
        await takes(town, "recorder", step)
    await town.quiet()
    assert outcome in (await town.last("r101", "您关心的这件事有了结果"))["text"]
    assert outcome in (await town.last("channel", "📢 协商结果公告"))["text"]
    for label in ("2-302", "2-402", "3-601 乙"):
        await takes(town, "recorder", "记一次告知")
        await fills(town, "recorder", label, "上门", "是，告知到了")
    await town.quiet()
    assert town.value("SELECT count(*) FROM follow_item") == 0
    await course.topic_is_closed(town)
    assert town.rows("SELECT stage, outcome IS NOT NULL FROM topic") == [("closed", 1)]
    assert outcome in (await town.last("group", "这件事办结了"))["text"]


async def test_diverted_in_the_meeting_everybody_is_told(town: Town) -> None:
    """5.7.1: no vote, no items; record, telling and archive all the same."""
    await town.taps("adviser", "刚到，签到")
    await test_annex.raises(town)
    for who in ("adviser", "chair"):
        await town.taps(who, "同意转入“五议两公开”")
    await town.quiet()
    assert town.rows("SELECT stage, outcome FROM topic") == [("tell", "diverted")]
    await told_and_archived(town, "转入“五议两公开”")


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_ended_with_fewer_than_a_third_everybody_is_told(town: Town) -> None:
    """5.7.2 b: three of twelve in favour."""
    await three_calls(town, yes=STAKEHOLDERS[:3], no=STAKEHOLDERS[3:])
    await town.taps("chair", "公布结果")
    await town.quiet()
    await told_and_archived(town, "终止协商")


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_a_matter_for_later_is_taken_up_again_with_its_posts(town: Town) -> None:
    """5.7.2 c: a third or more; what has to happen first is in the record, and its fifteen days run from then."""
    await three_calls(town, yes=STAKEHOLDERS[:5], no=STAKEHOLDERS[5:])
    await town.taps("chair", "公布结果")
    await town.quiet()
    await town.passes(DAY)
    assert "先写下什么时候再协商" in (await takes(town, "recorder", "核对无误，签字")).toast
    await takes(town, "recorder", "写下什么时候再协商")
    await fills(town, "recorder", Typed("消防验收通过以后。"), "跳过…")
    await town.quiet()
    for step in ("核对无误，签字", "把记录报给监委会", "公布协商结果"):
        await takes(town, "recorder", step)
    for label in ("2-302", "2-402", "3-601 乙"):
        await takes(town, "recorder", "记一次告知")
        await fills(town, "recorder", label, "打电话", "是，告知到了")
    await town.quiet()
    assert town.value("SELECT stage FROM topic") == "waiting"
    await town.passes(40 * DAY)
    await takes(town, "recorder", "时机到了，再协商")
    await fills(town, "recorder", Typed("验收通过了。"))
    await town.quiet()
    assert "12月16日（周三） + 15 日" in await course.opens_page(town, "chair")
    await takes(town, "chair", "写协商方案")
    await fills(town, "chair", "12月24日…")
    assert town.rows("SELECT version, meets_at > 0 FROM plan ORDER BY version") == [(1, 1), (2, 1)]


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_the_whole_course_on_the_other_database(nothing_yet: Town) -> None:
    """From an idea to the closed topic in one go; the other stories do it on SQLite."""
    await walk(nothing_yet, "closed")
    assert nothing_yet.value("SELECT stage FROM topic") == "closed"
    assert nothing_yet.value("SELECT count(*) FROM deadline WHERE done_at IS NULL") == 0
