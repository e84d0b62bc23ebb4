"""From nothing to a bound group: community, roster, slips, accounts, group and channel, on either database."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.command.demo_world import DEMO_TOKEN
from bot.rehearsal.wires import Wires
from bot.sandbox.server import running
from tests.chat.conftest import all_is_well
from tests.chat.stages import BEGINNING, settings_of
from tests.chat.town import Town, labels
from tests.support.command import run_command

BOT = int(DEMO_TOKEN.split(":")[0])
PEOPLE = ("周文", "张三", "李四", "赵六", "路人甲")
ROSTER = """姓名,户号,角色,电话
周文,,社区干部,
张三,3-201,,138-0000-0001
李四,3-201,,
赵六,3-202,,
"""


async def command(town: Town, *arguments: str, code: int = 0) -> str:
    """`yishiting …` beside the running bot; what it printed."""
    env = {
        "YISHITING_DATABASE_URL": town.settings.database,
        "YISHITING_DATA_DIR": str(town.settings.data_dir),
        "YISHITING_CLOCK_URL": str(town.settings.clock_url),
    }
    run = partial(run_command, *arguments, folder=town.settings.data_dir, **env)
    ended, out, err = await asyncio.to_thread(run)
    assert ended == code, out + err
    return out + err


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """Five people, a group and a channel on Telegram; an empty database; the bot runs and is in neither."""
    async with running(state=tmp_path / "sandbox.db") as sandbox:
        wires = Wires(sandbox.chat_url)
        town = Town(settings_of(sandbox.api_url, sandbox.chat_url, database_url, tmp_path), wires, sandbox.chat_url)
        await wires.set_clock(BEGINNING)
        async with aiohttp.ClientSession() as session:
            await (await session.post(f"{sandbox.api_url}/bot{DEMO_TOKEN}/getMe")).read()
        for name in PEOPLE:
            town.accounts[name] = (await wires.ask("POST", "/users", {"name": name, "language_code": "zh"}))["id"]
        town.group = await place(town, "向阳议事群", "supergroup")
        try:
            await town.starts_bot()
            yield town
            await all_is_well(town)
        finally:
            await town.close()


async def place(town: Town, title: str, kind: str) -> int:
    """A group or channel of 周文's, everybody in it."""
    owner = town.accounts["周文"]
    members = [account for account in town.accounts.values() if account != owner]
    body = {"title": title, "kind": kind, "owner": owner, "members": members, "admins": []}
    return int((await town.wires.ask("POST", "/groups", body))["id"])


async def joins(town: Town, chat: int, **rights: bool) -> None:
    """The bot is made an administrator of a chat."""
    body = {"user": BOT, "status": "administrator", "rights": rights}
    await town.wires.ask("POST", f"/{chat}/members", body)
    await town.settle()


async def slips(town: Town) -> dict[str, str]:
    """Community, roster and slips by the command line; name → code."""
    folder = town.settings.data_dir
    assert "编号 number 1" in await command(town, "roster", "community", "向阳社区")
    (folder / "roster.csv").write_bytes(ROSTER.encode("gbk"))
    assert "new 4" in await command(town, "roster", "import", str(folder / "roster.csv"), "--community", "向阳社区")
    await command(town, "roster", "slips", "--community", "1", "--out", str(folder / "slips.csv"))
    lines = (folder / "slips.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return {line.split(",")[2]: line.split(",")[3].replace("-", "") for line in lines}


async def registers(town: Town, who: str, code: str) -> None:
    """The slip's link is opened and the question answered."""
    await town.starts(who, f"bind-{code}")
    await town.taps(who, "是我")
    assert "登记好了" in (await town.last(who))["text"]


def bound(town: Town) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in town.rows("SELECT chat_id, kind FROM group_chat ORDER BY id")]


async def test_from_nothing_to_a_bound_group_and_channel(town: Town) -> None:
    codes = await slips(town)
    await joins(town, town.group, can_pin_messages=True)
    hello = (await town.last("group", "议事厅"))["text"]
    assert "管理员" in hello and "/bind" in hello
    await town.starts("周文", f"bind-{codes['周文']}")
    shown = (await town.last("周文"))["text"]
    assert "居委会 周文" in shown and "向阳社区" in shown
    await town.taps("周文", "是我")
    await town.says("周文", "/bind")
    await town.quiet()
    assert "向阳社区" in (await town.last("group", "议事群"))["text"]
    assert bound(town) == [(town.group, "supergroup")]
    await town.says("周文", "/checkup")
    await town.quiet()
    checked = (await town.last("group", "看一看"))["text"]
    assert "✅ 可以置顶看板" in checked and "❌ 不能删除消息" in checked and "✅ 属于向阳社区" in checked
    channel = await place(town, "向阳公告栏", "channel")
    await town.writes("周文", "公告", forward_from={"chat": channel, "message_id": await post(town, channel)})
    assert "请先把我设为管理员" in (await town.last("周文"))["text"]
    await joins(town, channel)
    await town.writes("周文", "公告", forward_from={"chat": channel, "message_id": await post(town, channel)})
    assert "公告频道" in (await town.last("周文"))["text"]
    assert bound(town)[1] == (channel, "channel")


async def post(town: Town, channel: int) -> int:
    """A post of the channel's owner."""
    body = {"from": town.accounts["周文"], "text": "公告"}
    return int((await town.wires.ask("POST", f"/{channel}/messages", body))["id"])


async def test_strangers_members_and_other_communities_cannot_bind(town: Town) -> None:
    codes = await slips(town)
    await joins(town, town.group)

    async def refused(who: str, words: str, **more: object) -> None:
        await town.passes(60)
        await town.says(who, "/bind", **more)
        await town.quiet()
        assert words in (await town.last("group"))["text"]
        assert bound(town) == []

    await refused("路人甲", "居委会工作人员")
    await registers(town, "张三", codes["张三"])
    await refused("张三", "居委会工作人员")
    await refused("周文", "居委会工作人员")
    await refused("周文", "匿名", anonymous=True)
    await registers(town, "周文", codes["周文"])
    await town.wires.ask("POST", f"/{town.group}/members", {"user": town.accounts["李四"], "status": "administrator"})
    await registers(town, "李四", codes["李四"])
    town.database.write_now(
        lambda uow: uow.raw(
            "INSERT INTO community_role (community_id, person_id, role) SELECT 1, id, 'committee' FROM person"
            " WHERE name = '张三'"
        )
    )
    await refused("张三", "还不是「向阳议事群」的管理员")
    await town.says("周文", "/bind")
    await town.quiet()
    await command(town, "roster", "community", "东风社区")
    town.database.write_now(lambda uow: uow.raw("UPDATE community_role SET community_id = 2"))
    town.database.write_now(lambda uow: uow.raw("UPDATE person SET community_id = 2 WHERE name = '周文'"))
    await town.says("周文", "/bind")
    await town.quiet()
    answer = (await town.last("group"))["text"]
    assert "别的社区" in answer and "向阳社区" not in answer
    assert town.value("SELECT community_id FROM group_chat") == 1


async def test_the_first_administrator_is_named_by_the_operator_and_chooses(town: Town) -> None:
    await town.stops_bot()
    town.settings = town.settings.model_copy(update={"admin_ids": (town.accounts["周文"],)})
    await command(town, "roster", "community", "向阳社区")
    await command(town, "roster", "community", "东风社区")
    await town.starts_bot()
    await joins(town, town.group)
    await town.says("周文", "/bind")
    await town.quiet()
    question = await town.last("group", "哪个社区")
    assert labels(question) == ["向阳社区", "东风社区"]
    await town.taps_old("路人甲", question, "东风社区")
    await town.quiet()
    assert bound(town) == []
    await town.taps_old("周文", question, "东风社区")
    await town.quiet()
    assert "东风社区" in (await town.last("group"))["text"]
    assert town.value("SELECT community_id FROM group_chat") == 2


async def test_a_slip_works_once_for_one_person(town: Town) -> None:
    codes = await slips(town)
    typed = f"{codes['张三'][:4].lower()} - {codes['张三'][4:]}"
    await town.starts("张三")
    await town.writes("张三", typed)
    assert "3-201 甲 张三" in (await town.last("张三"))["text"]
    await town.taps("张三", "是我")
    await town.starts("张三")
    assert "3-201 甲，您好" in (await town.last("张三"))["text"]
    await town.writes("张三", "/me")
    await town.taps("张三", "我的联系方式")
    assert "13800000001" in (await town.last("张三"))["text"]
    assert (await town.taps("张三", "撤回名册里的")).toast == "已经删掉了"
    assert "没有留下联系方式" in (await town.last("张三"))["text"]
    await town.starts("路人甲", f"bind-{codes['张三']}")
    assert "已经用过" in (await town.last("路人甲"))["text"]
    await town.starts("张三", f"bind-{codes['赵六']}")
    assert "另一户" in (await town.last("张三"))["text"]
    await registers(town, "张三", codes["李四"])
    assert town.value("SELECT count(*) FROM person WHERE account_id = :id", id=town.accounts["张三"]) == 2
    await town.passes(31 * 86400)
    await town.starts("赵六", f"bind-{codes['赵六']}")
    assert "过期" in (await town.last("赵六"))["text"]


async def test_wrong_codes_are_counted_and_a_forged_yes_is_one(town: Town) -> None:
    codes = await slips(town)
    await town.starts("路人甲")
    for number in range(4):
        await town.writes("路人甲", f"ABCD234{number + 2}")
        assert "没有这张登记条" in (await town.last("路人甲"))["text"]
    under = (await town.last("路人甲"))["id"]
    press = {"from": town.accounts["路人甲"], "message_id": under, "data": "bind_account:77"}
    await town.wires.ask("POST", f"/{town.accounts['路人甲']}/press", press)
    await town.settle()
    assert "没有这张登记条" in (await town.last("路人甲"))["text"]
    await town.starts("路人甲", f"bind-{codes['赵六']}")
    assert re.search(r"请过 (59|60) 分钟再试", (await town.last("路人甲"))["text"])
    await town.passes(3601)
    await registers(town, "路人甲", codes["赵六"])
