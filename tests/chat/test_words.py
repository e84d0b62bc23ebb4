"""Everything that can be said into a group or a form, and what it counts as (5.5.2 d, 5.6.3)."""

from base64 import b64encode

import pytest

from bot.command.verify import verify_database
from tests.chat import steps
from tests.chat.town import Town

STAGE = "discussion"
STANDINGS = (
    "SELECT kind, standing, count(*) FROM speech WHERE edit = 0 AND id > 1 GROUP BY kind, standing ORDER BY 1, 2"
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAQUBAScY42YAAAAASUVORK5CYII="
NASTY = '<b>大家</b> & "好" \u202e反过来\u202c 👨‍👩‍👧 <a href="tg://user?id=1">点我</a>'


async def test_a_speech_of_many_kinds(town: Town) -> None:
    """Text, pictures, a file and a voice note in one turn are one speech; what comes late or forwarded is not.

    Their files are fetched and kept by hash.
    """
    await steps.hands_up(town, ("r102", "赞成"), ("r202", "反对"))
    await steps.grants(town, "r102")
    ends = town.value("SELECT ends_at FROM turn WHERE kind = 'speech'")
    await town.says("r102", "先看图。")
    await town.says("r102", photo=PIXEL, caption="南门现场")
    await town.says("r102", album=[PIXEL, PIXEL], caption="东门也拍了")
    await town.says("r102", document=b64encode(b"plan").decode(), name="图纸.txt")
    await town.passes(20)
    await town.says("r102", voice=b64encode(b"ogg").decode(), duration=12)
    await town.says("r102", "转发一条", forward_from=town.accounts["r202"])
    await town.reaches(ends, -60)
    await town.says("r102", "\u200b\u2060")
    await town.reaches(ends, 2)
    await town.says("r102", voice=b64encode(b"ogg").decode(), duration=15)
    await town.passes(10)
    await town.says("r102", "还有一句。")
    assert town.rows(STANDINGS) == [
        ("document", "speech", 1),
        ("photo", "speech", 3),
        *(("text", "borrowed", 1), ("text", "interruption", 1), ("text", "speech", 2)),
        ("voice", "speech", 2),
    ]
    assert town.rows("SELECT state, count(*), count(DISTINCT sha256) FROM attachment GROUP BY state") == [
        ("stored", 6, 3)
    ]
    assert town.rows("SELECT end_reason FROM turn WHERE kind = 'speech'") == [("time",)]


async def test_an_edit_is_an_addendum(town: Town) -> None:
    """The first version stays; each change is numbered."""
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    said = await town.says("r102", "我赞成建三十个插座。")
    await town.edits("r102", said, "我赞成建四十个插座。")
    await town.edits("r102", said, "我赞成建五十个插座。")
    kept = town.rows(
        "SELECT s.edit, c.text FROM speech s JOIN content c ON c.id = s.content_id WHERE message_id = :id ORDER BY 1",
        id=said,
    )
    assert kept == [(0, "我赞成建三十个插座。"), (1, "我赞成建四十个插座。"), (2, "我赞成建五十个插座。")]


async def test_interruptions(town: Town) -> None:
    """Logged, counted on the board in one line, hinted at in private, and stopped by one tap of the chair."""
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    await town.says("r201", NASTY)
    await town.says("stranger", "我路过说一句")
    await town.says("recorder", "请大家注意时间")
    await town.quiet()
    assert "会外发言 2 条，已留存，不计入发言" in (await town.board())["text"]
    assert "想说话，请点下面的「举手赞成」" in (await town.last("r201", "已经留存"))["text"]
    console = await town.console("chair")
    assert "反过来" in console["text"] and "<b>大家</b>" in console["text"] and "\u202e" not in console["text"]
    assert (await town.taps("chair", "请 1-201 停下")).toast == "已请插话的人停下"
    await town.quiet()
    assert (await town.last("group", "请先停一下"))["text"].startswith("🤫 1-201")
    assert town.value("SELECT count(*) FROM journal WHERE entry LIKE '%please_stop%'") == 1


async def test_voices_without_a_face(town: Town) -> None:
    """A channel, an anonymous administrator: logged, nobody's speech, nobody's hand, nobody's vote."""
    channel = next(one["id"] for one in (await town.wires.ask("GET", "/state"))["chats"] if one["kind"] == "channel")
    await steps.hands_up(town, ("r102", "赞成"))
    await steps.grants(town, "r102")
    await town.says("r102", "赞成", as_channel=channel)
    await town.says("recorder", "举手反对", anonymous=True)
    await town.says("r201", "举手反对", forward_from=town.accounts["r202"])
    assert town.rows("SELECT count(*) FROM hand") == [(1,)]
    assert town.rows("SELECT person_id, standing FROM speech WHERE id > 1")[:2] == [
        (None, "interruption"),
        (None, "anonymous"),
    ]


@pytest.mark.parametrize("words", ["x" * 4096, "👍" * 2048, "\u3164", "<script>", "/grant@yishiting_bot", "签到签到"])
async def test_long_and_odd_words(town: Town, words: str) -> None:
    """Whatever it is, it is logged once and upsets nothing."""
    await town.says("r101", words)
    assert town.value("SELECT count(*) FROM speech WHERE id > 1") == 1
    assert town.rows("SELECT count(*) FROM hand") == [(0,)]


@pytest.mark.parametrize("town", ["wording"], indirect=True)
async def test_odd_answers_in_a_form(town: Town) -> None:
    """Too long, empty, a file, a date that is none: a plain sentence, and what was typed before is kept."""
    await town.taps("recorder", "写协商意见")
    await town.taps("recorder", "➕ 再加一条")
    for odd, sentence in (("长" * 301, "有 301 字，最多 300 字，请写短些"), ("\u200b", "还是空的，请写几个字")):
        await town.writes("recorder", odd)
        assert sentence in (await town.last("recorder"))["text"]
    await town.writes("recorder", document=b64encode(b"x").decode(), name="意见.docx")
    assert "这里要打字" in (await town.last("recorder"))["text"]
    await town.writes("recorder", NASTY)
    await town.writes("recorder", "物业公司 <i>甲</i>")
    for odd, sentence in (("明天", "没看懂这个日期"), ("2020-01-01", "期限已经过了")):
        await town.writes("recorder", odd)
        assert sentence in (await town.last("recorder"))["text"]
    await town.writes("recorder", "2026年12月1日")
    await town.taps("recorder", "发出去")
    await town.quiet()
    posted = (await town.last("group", "✍️ 协商意见第 2 稿"))["text"]
    assert '<b>大家</b> & "好" 反过来' in posted and "物业公司 <i>甲</i>" in posted
    assert posted.count("谁来做") == 3


@pytest.mark.parametrize("town", ["vote"], indirect=True)
async def test_words_can_be_erased_from_under_the_record(town: Town) -> None:
    """The journal holds no words and nobody's name; it stays whole when the words are gone."""
    for (entry,) in town.rows("SELECT entry FROM journal"):
        assert entry.isascii(), entry
    assert town.value("SELECT count(*) FROM content") >= 4
    town.database.write_now(lambda uow: uow.raw("UPDATE content SET text = NULL, salt = '', hash = ''") and None)
    assert verify_database(town.database, None).broken == []
