"""The minutes, as people read them: while the meeting sits, after words were changed and deleted, and at its end."""

import json

import pytest

from bot.rehearsal.wires import Wire
from services.paper_words import in_print
from tests.chat import course, steps
from tests.chat.course import Typed, fills
from tests.chat.town import Town, labels

STAGE = "discussion"
NEVER = {"forwardMessage", "forwardMessages", "copyMessage", "copyMessages"}


def links(message: Wire) -> list[str]:
    """Where the words of a message lead."""
    return [one["url"] for one in message["entities"] if one["type"] == "text_link"]


async def reads(town: Town, who: str) -> None:
    """By the button of the topic's page: the board's has the same words."""
    await course.opens_page(town, who)
    assert "📜 看记录" in labels(await town.last(who))
    await course.forges(town, who, f"minutes:{town.value('SELECT id FROM meeting')}:0")


async def test_t48_the_log_is_the_record_in_a_protected_group(town: Town) -> None:
    """Nothing can be forwarded from the group; what was changed stands behind what was said, what was deleted stays."""
    await town.wires.ask("POST", f"/{town.group}/settings", {"protected": True})
    since = await town.mark()
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    first = await town.says("r102", "南门 <b>可以</b> 建。")
    second = await town.says("r102", "晚上要断电。")
    await town.edits("r102", first, "南门不能建。")
    await town.wires.ask("DELETE", f"/{town.group}/messages/{second}", {"from": town.accounts["r102"]})
    await town.taps("r102", "我说完了")
    await town.quiet()
    board = await town.board("看记录")
    (way,) = [one["url"] for row in board["buttons"] for one in row if "看记录" in one["text"]]
    await town.starts("r201", way.partition("start=")[2])
    page = await town.last("r201", "协商记录")
    said = page["text"]
    head, changed = "第2号发言，1-102（利益相关方），赞成，用时", "改为：南门不能建。"
    spoken = f"第2.1条（消息{first}）：南门 <b>可以</b> 建。（后补1"
    assert all(in_print(one) in said for one in (head, spoken, changed, f"第2.2条（消息{second}）：晚上要断电。"))
    assert "以记录为准：群里的消息可能被改过或删掉" in said and said.count("群里位置") == len(links(page)) + 1
    assert any(link.endswith(f"/{second}") for link in links(page))
    assert labels(page) == ["🔄 看最新", "🏠 回首页"]
    await town.says("r202", "插一句")
    await town.taps("r201", "🔄 看最新")
    assert "会外发言共1条" in (await town.last("r201", "协商记录"))["text"]
    await town.starts("stranger", way.partition("start=")[2])
    assert "名册" in (await town.last("stranger"))["text"]
    await town.starts("neighbour", way.partition("start=")[2])
    assert "签到以后就能看记录" in (await town.last("neighbour"))["text"]
    forged = await course.forges(town, "r201", "minutes_file:1")
    assert "记录员" in forged.toast
    used = {one["method"] for one in await town.wires.calls(after=since)}
    assert "sendMessage" in used and not used & NEVER


@pytest.mark.parametrize("town", ["agreed"], indirect=True)
async def test_a_listed_person_reads_the_minutes_has_them_corrected_and_the_recorder_exports_them(town: Town) -> None:
    """After the end everybody listed reads everything, asks for a correction from there; the file is the one signed."""
    await reads(town, "r202")
    page = await town.last("r202", "协商记录")
    assert "会已经开完" in page["text"] and "写上是第几条" in page["text"] and "导出" not in str(labels(page))
    assert "各人举手" not in page["text"]
    await town.taps("r202", "记录有地方要改")
    await fills(town, "r202", Typed("第1.1条：是三十个插座。"))
    await town.quiet()
    await course.takes(town, "recorder", "答复改记录的意见")
    await fills(town, "recorder", "1-202：…", "👍 采纳，写进记录", Typed("已经改了。"))
    await town.quiet()
    await reads(town, "recorder")
    last = (await town.last("recorder", "协商记录"))["text"]
    assert f"第1.1条：是三十个插座。{in_print('(已采纳)')}" in last and "各人举手" in last
    assert "发给您" in (await town.taps("recorder", "导出 JSON")).toast
    await town.quiet()
    sent = await town.last("recorder", "协商记录全文")
    named = town.value("SELECT facts FROM document WHERE kind = 'b3' ORDER BY version DESC")
    (file,) = sent["files"]
    assert json.loads(named)["minutes"].startswith(sent["text"].partition("开头）：")[2][:16])
    assert file["name"] == "1号议题-会议记录.json"
