"""Stages of the meeting to start a story from: walked to once per test process, then copied."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.server import running
from tests.chat import steps
from tests.chat.town import Town, settings_of
from tests.chat.wire import Wires

BEGINNING = "2026-11-03T14:00:00+08:00"
"""A Tuesday; the demo's meeting is on Thursday at 19:30."""

Step = Callable[[Town], Awaitable[None]]
STAGES: dict[str, tuple[Step, ...]] = {
    "seeded": (),
    "check_in": (steps.comes_to_check_in,),
    "rules": (steps.comes_to_check_in, steps.everybody_checks_in, steps.chair_opens),
    "discussion": (
        *(steps.comes_to_check_in, steps.everybody_checks_in, steps.chair_opens),
        *(steps.rules_are_adopted, steps.proposer_explains, steps.discussion_opens),
    ),
}


@asynccontextmanager
async def town_at(stage: str, folder: Path, shelf: Path, migrated: Path) -> AsyncIterator[Town]:
    """A town of one's own (on SQLite) at this stage, the bot running."""
    kept = shelf / stage
    if not kept.exists():
        making = shelf / f"{stage}-making"
        making.mkdir(parents=True)
        shutil.copy(migrated, making / "yishiting.db")
        async with opened(making, f"sqlite:///{making / 'yishiting.db'}", at=BEGINNING) as town:
            await walk(town, stage)
            (making / "now").write_text((await town.now()).isoformat())
        making.rename(kept)
    for name in ("yishiting.db", "sandbox.db"):
        shutil.copy(kept / name, folder / name)
    async with opened(folder, f"sqlite:///{folder / 'yishiting.db'}", at=(kept / "now").read_text()) as town:
        yield town


async def walk(town: Town, stage: str) -> None:
    """Hold the meeting up to this stage."""
    for step in STAGES[stage]:
        await step(town)
    await town.quiet()


@asynccontextmanager
async def opened(folder: Path, database_url: str, *, at: str) -> AsyncIterator[Town]:
    """The world of this folder at this instant, made if it is not there, with the bot running."""
    async with running(state=folder / "sandbox.db") as sandbox:
        wires = Wires(sandbox.chat_url)
        town = Town(settings_of(sandbox.api_url, sandbox.chat_url, database_url, folder), wires, sandbox.chat_url)
        try:
            await wires.until(at, settle=False)
            await town.prepare()
            await town.starts_bot()
            yield town
        finally:
            await town.close()
