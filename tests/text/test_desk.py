"""The desk: nothing is read before it is open, and a bot whose files are broken goes on without."""

import logging

import pytest

from services.text import Reader, ReadingDesk, desk


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
