"""Groups as they are: a basic one that becomes a supergroup in the middle of a turn, a forum, voices without a face."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from tests.chat import conftest, steps
from tests.chat.stages import opened, town_at
from tests.chat.town import Town

REFUSED = ("upgraded to a supergroup", "message thread not found", "message to edit not found")
SPOKEN = "SELECT s.chat_id, c.text FROM speech s JOIN content c ON c.id = s.content_id WHERE s.standing = 'speech'"


@pytest.fixture
async def town(request: pytest.FixtureRequest, tmp_path: Path, shelf: Path, migrated_file: Path) -> AsyncIterator[Town]:
    """The discussion, in a group that has always been of the kind the parameter says."""
    async with _town_of(tmp_path, shelf, migrated_file, **request.param) as made:
        yield made
        await conftest.all_is_well(made, *REFUSED)


@asynccontextmanager
async def _town_of(folder: Path, shelf: Path, migrated: Path, **kind: object) -> AsyncIterator[Town]:
    async with town_at("discussion", folder, shelf, migrated) as town:
        group, at = town.group, (await town.now()).isoformat()
    with closing(sqlite3.connect(folder / "sandbox.db")) as world:
        (body,) = world.execute("SELECT body FROM record WHERE kind = 'chat' AND key = ?", (f"{group}:0",)).fetchone()
        changed = json.dumps(json.loads(body) | kind)
        world.execute("UPDATE record SET body = ? WHERE kind = 'chat' AND key = ?", (changed, f"{group}:0"))
        world.commit()
    async with opened(folder, f"sqlite:///{folder / 'yishiting.db'}", at=at) as town:
        yield town


@pytest.mark.parametrize("town", [{"kind": "group"}], indirect=True)
async def test_t45_a_group_is_upgraded_while_somebody_speaks(town: Town) -> None:
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await steps.grants(town, "r102")
    await town.says("r102", "我赞成建在南门东侧，")
    old, turn = town.group, town.rows("SELECT id, ends_at FROM turn WHERE ended_at IS NULL")
    town.group = (await town.wires.ask("POST", f"/{old}/upgrade", {}))["id"]
    await town.quiet()
    told = await town.last("group", "本群升级成了超级群")
    assert "一样不少" in told["text"] and "新看板" in told["text"]
    board = await town.board("1-102")
    assert "1-202" in board["text"] and town.value("SELECT chat_id FROM board WHERE person_id IS NULL") == town.group
    assert town.rows("SELECT id, ends_at FROM turn WHERE ended_at IS NULL") == turn
    await town.says("r102", "那里离楼远。")
    assert [row[0] for row in town.rows(SPOKEN) if "楼远" in row[1] or "南门" in row[1]] == [old, town.group]
    assert (await town.taps("r102", "我说完了")).toast
    await steps.grants(town, "r202")
    await town.says("r202", "晚上太吵。")
    await town.taps("r202", "我说完了")
    await town.quiet()
    assert await town.count("group", "本群升级成了超级群") == 1
    assert town.rows("SELECT kind, former_chat_id FROM group_chat WHERE chat_id = :id", id=town.group) == [
        ("supergroup", old)
    ]
    late = [call for call in await town.wires.calls(chat=old) if not call["ok"]]
    assert all("upgraded" in call["description"] for call in late)


async def _topic(town: Town, **body: Any) -> Any:
    owner = {"from": town.accounts["recorder"]}
    return await town.wires.ask("POST", f"/{town.group}/topics", owner | body)


@pytest.mark.parametrize("town", [{"forum": True}], indirect=True)
async def test_t32_t09_t11_t12_a_forum_with_voices_that_are_nobody(town: Town) -> None:
    thread = (await _topic(town, name="充电桩协商"))["thread"]
    await town.says("recorder", "/bind", thread=thread)
    await town.quiet()
    assert "以后就在这个话题里开会" in (await town.last("group", "话题"))["text"]
    assert (await town.board())["thread"] == thread
    counted = town.value("SELECT interruptions FROM meeting")
    await town.says("r201", "闲聊几句")
    assert town.value("SELECT interruptions FROM meeting") == counted
    await _nobody_speaks(town, thread, counted)
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    await town.says("r102", "我赞成。", thread=thread)
    await _topic(town, thread=thread, deleted=True)
    await town.passes(200)  # the turn ends by itself, and the message of it finds no topic
    await town.quiet()
    assert "开会用的话题不在了" in (await town.last("chair", "话题"))["text"]
    assert (await town.board())["thread"] is None
    assert town.value("SELECT thread_id FROM group_chat WHERE chat_id = :id", id=town.group) is None


async def _nobody_speaks(town: Town, thread: int, counted: int) -> None:
    """An anonymous administrator, a channel, a linked channel's own post; the chair shuts the channel out."""
    channel = town.channel
    await town.says("recorder", "举手赞成", anonymous=True, thread=thread)
    await town.quiet()
    hint = await town.last("group", "以本人身份")
    assert hint["thread"] == thread and "郑洁" not in hint["text"] and "居委会" not in hint["text"]
    assert town.value("SELECT interruptions FROM meeting") == counted
    await town.says("r201", "买一送一", as_channel=channel, thread=thread)
    await town.says("r201", "赞成", as_channel=channel, thread=thread)
    await town.quiet()
    assert await town.count("group", "频道不能在协商会上发言和表决") == 1
    assert town.value("SELECT interruptions FROM meeting") == counted + 2
    await town.taps("chair", "不让「…")
    await town.taps("chair", "发广告")
    await town.quiet()
    banned = [call for call in await town.wires.calls(method="banChatSenderChat") if call["ok"]]
    assert len(banned) == 1 and int(banned[0]["args"]["sender_chat_id"]) == channel
    await town.wires.ask("POST", f"/{town.group}/settings", {"linked": channel, "unrestrict_boost_count": 4})
    await town.wires.ask("POST", f"/{channel}/messages", {"from": town.accounts["recorder"], "text": "公告一则"})
    await town.settle()
    assert town.value("SELECT interruptions FROM meeting") == counted + 2
    await town.says("recorder", "/checkup", thread=thread)
    await town.quiet()
    assert "加速满 4 次" in (await town.last("group", "开会前看一看"))["text"]
    assert "加速满 4 次" in (await town.last("chair", "开会前看一看"))["text"]
