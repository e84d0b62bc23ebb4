"""The recorder drafts what was said from the speakers' own words, and chooses (5.6.1 g, 5.5.2 e)."""

from tests.chat.town import Town, labels

STAGE = "wording"
SAID = "南门东侧晚上太吵，我反对。"


async def test_the_recorder_quotes_what_was_said(town: Town) -> None:
    """From the console to the opinion in the group: every sentence stands in its message, a person takes it."""
    assert "发言摘要草稿" in "".join(labels(await town.console("chair")))
    await town.taps("recorder", "发言摘要草稿")
    draft = await town.last("recorder", "都是大家的原话")
    assert f"1-202（第 3 个发言）：“{SAID}”" in draft["text"] and "关键词" in draft["text"]
    speech = town.value("SELECT message_id FROM speech WHERE turn_id = (SELECT max(id) FROM turn)")
    links = [entity["url"] for entity in draft["entities"] if entity["type"] == "text_link"]
    assert f"https://t.me/c/{str(town.group)[4:]}/{speech}" in links
    await town.taps("recorder", "看全部发言")
    assert "1. 1-101（说明议题）" in (await town.last("recorder", "全部发言"))["text"]
    await town.taps("recorder", "上一步")
    await town.taps("recorder", "▫️ 2")
    await town.taps("recorder", "用作主要意见摘要（1 句）")
    done = await town.last("recorder", "选的 1 句")
    assert labels(done) == ["写协商意见"]
    await town.taps("recorder", "写协商意见")
    await town.taps("recorder", "就这样，下一步")
    await town.taps("recorder", "发出去")
    await town.quiet()
    posted = await town.last("group", "不同意见")
    assert (
        "第 2 稿" in posted["text"]
        and "南门东侧晚上太吵。\n1-202（反对）：“南门东侧晚上太吵，我反对。”" in posted["text"]
    )
    assert (await town.forges("r102", f"quote_form:{town.value('SELECT id FROM meeting')}")).toast
