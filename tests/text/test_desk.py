"""The desk: nothing is read before it is open, and a bot whose files are broken goes on without."""

import logging
from datetime import date
from pathlib import Path

import pytest

from services.text import Reader, ReadingDesk, desk, normal, words
from services.text.search import question, tokens


async def test_nothing_is_read_before_the_desk_is_open() -> None:
    shut = ReadingDesk()
    assert await shut.topics("路灯坏了", "晚上看不见") is None
    assert not shut.opened.is_set()


async def test_the_open_desk_reads(reader: Reader) -> None:
    opened = ReadingDesk()
    await opened.open()
    assert opened.opened.is_set()
    reading = await opened.topics("路灯坏了", "晚上看不见")
    assert reading == reader.topics("路灯坏了", "晚上看不见")


async def test_the_reader_is_loaded_once() -> None:
    first, second = ReadingDesk(), ReadingDesk()
    await first.open()
    await second.open()
    assert first.reader is second.reader


async def test_files_that_cannot_be_read_leave_the_bot_without_readings(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Reader:
        raise FileNotFoundError("topics_weights.json")

    monkeypatch.setattr(desk, "load", broken)
    shut = ReadingDesk()
    with caplog.at_level(logging.ERROR):
        await shut.open()
    assert shut.opened.is_set()
    assert await shut.topics("路灯坏了", "晚上看不见") is None
    assert "nothing is suggested" in caplog.text


PARK = ("村口建个小公园", "大家没地方去")
LEVY = "村里出资,每人捐款五十块,出工三天"


async def test_how_it_is_paid_for_is_read_for_annex_d_alone(reader: Reader) -> None:
    opened = ReadingDesk(reader)
    bare, whole = await opened.topics(*PARK), await opened.topics(*PARK, LEVY)
    assert bare is not None and whole is not None and whole.annex is not None
    assert "捐款" in whole.annex.words and whole.annex.code == "D.h"
    assert (whole.suggestions, whole.not_a_matter) == (bare.suggestions, bare.not_a_matter)


async def test_only_items_that_may_be_proposed_are_suggested(reader: Reader) -> None:
    reading = await ReadingDesk(reader).topics("物业费又涨了", "物业公司没说为什么", among=["C.2.2", "C.2.3"])
    assert reading is not None
    assert {one.code for one in reading.suggestions} == {"C.2.2", "C.2.3"}
    assert reading.ranking == reader.topics("物业费又涨了", "物业公司没说为什么").ranking


@pytest.mark.parametrize("error", [TypeError("list indices"), AttributeError("items"), IndexError("row")])
async def test_files_of_another_shape_leave_the_bot_without_readings(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Reader:
        raise error

    monkeypatch.setattr(desk, "load", broken)
    shut = ReadingDesk()
    await shut.open()
    assert shut.opened.is_set() and shut.reader is None


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"slips": 1'])
def test_without_its_lists_a_text_can_still_be_kept_and_found(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "words.json").write_text(broken)
    monkeypatch.setattr(words, "DATA", tmp_path)
    normal.normaliser.cache_clear()
    try:
        plain = normal.normaliser().plain("加裝電梯").text
        asked = question("電梯", None)
    finally:
        normal.normaliser.cache_clear()
    assert plain == "加装电梯" and asked.words == ("电梯",)
    assert "电梯" in tokens(plain, date(2026, 3, 1)).split()
