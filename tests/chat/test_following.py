"""From the announcement to the supervisor's confirmation, as people see it (5.7–5.9, 6)."""

import io

import aiohttp
from docx import Document as Word

from bot.rehearsal.wires import Wire
from tests.chat.steps import STAKEHOLDERS, three_calls
from tests.chat.town import Town

STAGE = "vote"
DAY = 24 * 3600
UNREACHED = ("2-302", "2-402", "3-601 乙")


async def file_of(town: Town, message: Wire) -> bytes:
    """The bytes of a message's file."""
    origin = town.wires._url.removesuffix("/chat")
    url = message["files"][0]["url"]
    async with aiohttp.ClientSession() as session, session.get(url if "://" in url else origin + url) as answer:
        assert answer.status == 200
        return await answer.read()


def words_of(body: bytes) -> str:
    """Every word of a Word document."""
    document = Word(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


async def announced(town: Town) -> None:
    """Seven of twelve agree."""
    await three_calls(town, yes=STAKEHOLDERS[:7], no=STAKEHOLDERS[7:11], none=STAKEHOLDERS[11:])
    await town.taps("chair", "公布结果")
    await town.quiet()


async def signed_and_handed(town: Town) -> None:
    """A day later."""
    await town.passes(DAY)
    assert "签好了" in (await town.taps("recorder", "核对无误，签字")).toast
    assert "报给 2 位" in (await town.taps("recorder", "把记录报给监委会")).toast
    await town.quiet()


async def everybody_told(town: Town) -> None:
    """Who cannot be reached is visited."""
    toast = (await town.taps("recorder", "公布协商结果")).toast
    assert toast == "公布了，告知 12 位利益相关方；有 3 位收不到消息，要另外告知"
    await town.quiet()
    for label in UNREACHED:
        await town.taps("recorder", "记一次告知")
        for words in (label, "上门", "是，告知到了", "发出去"):
            await town.taps("recorder", words)
        await town.quiet()


async def test_from_the_announcement_to_the_end(town: Town) -> None:
    await announced(town)
    draft = await town.last("recorder", "记录已经写好")
    record = words_of(await file_of(town, draft))
    assert "我支持建在南门东侧" in record and "赞成人数：7人".replace(":", "\uff1a") in record
    assert "张三" not in record and "1-102" in record
    early = await town.taps("recorder", "核对无误，签字")
    assert "之后再签" in early.toast
    await signed_and_handed(town)
    assert await file_of(town, await town.last("supervisor", "协商记录表报给您")) == await file_of(town, draft)
    await everybody_told(town)
    assert "达成一致" in (await town.last("r101", "您关心的这件事"))["text"]
    notice = await file_of(town, await town.last("group", "协商结果公告"))
    assert notice == await file_of(town, await town.last("channel", "协商结果公告"))
    assert "1-101" not in words_of(notice)
    assert any(one["pinned"] and "协商结果公告" in one["text"] for one in await town.sees("channel"))
    await carried_out(town)
    await town.taps("supervisor", "材料齐了，确认归档")
    await town.taps("recorder", "记下上传平台")
    await town.taps("recorder", "今天")
    await town.writes("recorder", "平台编号 12")
    await town.taps("recorder", "发出去")
    await town.quiet()
    assert town.value("SELECT stage FROM topic") == "closed"
    assert await town.count("group", "这件事办结了") == await town.count("r101", "这件事办结了") == 1


async def carried_out(town: Town) -> None:
    """Both items received and done, then written up."""
    for number in ("1.…", "2.…"):
        await town.taps("recorder", "落实单位收到了")
        for words in (number, "今天", "物业公司…", "发出去"):
            await town.taps("recorder", words)
        await town.quiet()
        await town.taps("property", "这一条办完了")
        await town.taps("property", number)
        await town.writes("property", "办好了")
        await town.taps("property", "发出去")
        await town.quiet()
    await town.taps("supervisor", "写监督落实记录")
    for text in ("无", "楼道里不再充电", "无", "没有发现问题"):
        await town.writes("supervisor", text)
    await town.taps("supervisor", "发出去")
    await town.taps("supervisor", "公布落实情况")
    await town.quiet()
    assert "都办完了" in (await town.last("channel", "协商结果落实情况"))["text"]
