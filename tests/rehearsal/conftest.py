"""One small rehearsal for everybody, kept with its ledger and the bot's database."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import AnyHttpUrl

from bot.command import rehearse
from bot.command.rehearse import Outcome, Wanted
from bot.rehearsal.hall import Hall
from bot.sandbox.server import running
from bot.settings import Settings

WANTED = Wanted(people=12, seed=2)


@dataclass(frozen=True)
class Held:
    """What is left of the meeting."""

    outcome: Outcome
    hall: Hall
    database: Path


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Twelve people and the second seed: the rules are refused once and put again."""
    return asyncio.run(_hold(tmp_path_factory.mktemp("rehearsal")))


async def _hold(folder: Path) -> Held:
    async with running(state=None) as sandbox:
        blank = Settings(_env_file=None, api_url=AnyHttpUrl(sandbox.api_url))
        settings = rehearse.sandboxed(blank, sandbox.api_url, sandbox.chat_url, folder)
        outcome = await rehearse.perform(settings, sandbox.chat_url, WANTED, lambda _: None)
        return Held(outcome, outcome.hall, folder / "rehearsal.db")
