"""What hangs pinned in the group: the notice and the newest of a meeting's boards."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.command.demo_world import DEMO_TOKEN
from bot.rehearsal import eyes
from tests.chat import conftest, steps
from tests.chat.stages import town_at
from tests.chat.town import Town


@pytest.fixture
async def town(tmp_path: Path, shelf: Path, migrated_file: Path) -> AsyncIterator[Town]:
    """Check-in is open; what is unpinned already may be refused."""
    async with town_at("check_in", tmp_path, shelf, migrated_file) as made:
        yield made
        await conftest.all_is_well(made, "message to unpin not found")


async def pinned_boards(town: Town) -> list[int]:
    """Ids of the boards the group has pinned."""
    return [one["id"] for one in await town.sees("group") if one["pinned"] and eyes.HEAD.match(one["text"])]


async def somebody_unpins(town: Town, message_id: int) -> None:
    """An administrator lets go of a message before we do."""
    async with aiohttp.ClientSession() as session:
        body = {"chat_id": town.group, "message_id": message_id}
        async with session.post(f"{town.settings.api}/bot{DEMO_TOKEN}/unpinChatMessage", json=body) as answer:
            assert (await answer.json())["ok"]


@pytest.mark.parametrize("trouble", [None, "by_hand", 500, "timeout_after"])
async def test_the_newest_board_alone_stays_pinned(town: Town, trouble: object) -> None:
    """The one before is let go once the new one hangs there, whoever was quicker and whatever the wire does."""
    old = (await town.board())["id"]
    assert await pinned_boards(town) == [old]
    if trouble == "by_hand":
        await somebody_unpins(town, old)
    elif trouble is not None:
        fault = {"method": "unpinChatMessage", "chat": town.group, "times": 1, "error": trouble}
        await town.wires.ask("POST", "/faults", [fault])
    await steps.everybody_checks_in(town)
    await steps.chair_opens(town)
    await town.passes(30)
    new = (await town.board())["id"]
    assert new > old and await pinned_boards(town) == [new]
    assert town.rows("SELECT state FROM outbox WHERE kind = 'board_unpin'") == [("sent",)]
    assert town.value("SELECT count(*) FROM outbox WHERE state IN ('failed', 'unsure')") == 0
