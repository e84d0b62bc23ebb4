"""Whatever is logged, at any level, holds neither the token nor anybody's name or words."""

import logging
from collections.abc import Iterator

import pytest

from bot.command import logs
from bot.command.demo_world import DEMO_TOKEN
from services import demo
from tests.chat import steps
from tests.chat.steps import STAKEHOLDERS
from tests.chat.town import Town

STAGE = "discussion"
WORDS = "一句只有我自己知道的话"


@pytest.fixture
def everything_logged(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """What `run` sets up for YISHITING_LOG_LEVEL=DEBUG, undone afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    ours = {name: logging.getLogger(name).level for name in logs.OURS}
    logs.set_up("DEBUG")
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in ours.items():
        logging.getLogger(name).setLevel(before)


def told(logged: str) -> list[str]:
    """Everything in a log that should not be there."""
    private = {DEMO_TOKEN, WORDS, demo.TITLE, *(cast.name for cast in demo.CAST)}
    return sorted(one for one in private | {cast.label for cast in demo.CAST if cast.label} if one in logged)


async def test_a_log_of_everything_tells_nothing(
    town: Town, everything_logged: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Speech, interruption, private words, a refusal and a failing call, with every logger at work."""
    await steps.speaks(town, "r102", "赞成", WORDS)
    await town.wires.faults({"method": "sendMessage", "chat": town.group, "error": "timeout_after"})
    await town.says("r201", WORDS)
    await town.says("stranger", "签到")
    await town.writes("r101", WORDS)
    await town.writes("r101", "/me")
    await town.all_tap(STAKEHOLDERS[4:8], "举手反对")
    await town.quiet()
    logged = capsys.readouterr().err
    assert "nobody knows whether" in logged
    assert told(logged) == []


@pytest.mark.parametrize("name", ["telegram.ext.ExtBot", "httpx", "httpcore", "aiogram.event", "aiogram", "alembic"])
@pytest.mark.parametrize(("level", "theirs"), [("DEBUG", logging.WARNING), ("ERROR", logging.ERROR)])
def test_libraries_only_warn(everything_logged: None, name: str, level: str, theirs: int) -> None:
    """Their own news hold whole messages and addresses with the token."""
    logs.set_up(level)
    assert logging.getLogger(name).getEffectiveLevel() >= theirs
    assert logging.getLogger("bot.inbox.lanes").getEffectiveLevel() == logging.getLevelNamesMapping()[level]
