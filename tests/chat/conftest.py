"""Stories begin at a stage of the meeting and end with the same questions."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.command.verify import verify_database
from tests.chat.stages import BEGINNING, opened, town_at
from tests.chat.town import Town
from tests.support import run

HARMLESS = ("message is not modified", "query is too old", "blocked by the user", "can't initiate conversation")


@pytest.fixture(scope="session")
def shelf() -> Path:
    """Where the stages are kept that somebody has walked to, this test process or another of the same run."""
    folder = run.folder() / "chat-stages"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
async def town(request: pytest.FixtureRequest, tmp_path: Path, shelf: Path, migrated_file: Path) -> AsyncIterator[Town]:
    """A town at the stage that the parameter or else the module's STAGE names."""
    stage = getattr(request, "param", None) or request.module.STAGE
    async with town_at(stage, tmp_path, shelf, migrated_file) as town:
        yield town
        await all_is_well(town)


@pytest.fixture
async def fresh_town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A seeded town on either database."""
    async with opened(tmp_path, database_url, at=BEGINNING) as town:
        yield town
        await all_is_well(town)


async def all_is_well(town: Town, *expected: str) -> None:
    """After every story: nothing failed, nothing was refused but as `expected`, and the journal's chains are whole."""
    await town.quiet()
    assert town.rows("SELECT kind, error FROM outbox WHERE state = 'failed' AND error <> 'unreachable'") == []
    assert town.rows("SELECT id, error FROM inbox WHERE error IS NOT NULL") == []
    refused = [call for call in await town.wires.calls() if call["ok"] is False and call["error_code"] in (400, 501)]
    assert [one for one in refused if not any(text in one["description"] for text in (*HARMLESS, *expected))] == []
    assert verify_database(town.database, None).broken == []
