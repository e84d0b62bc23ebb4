"""Stages of the meeting to start a story from: walked to once per test process, each from the last, then copied."""

import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.sandbox.server import running
from tests.chat import steps
from tests.chat.town import Town, settings_of
from tests.chat.wire import Wires

BEGINNING = "2026-11-03T14:00:00+08:00"
"""A Tuesday; the demo's meeting is on Thursday at 19:30."""

Step = Callable[[Town], Awaitable[None]]
STAGES: dict[str, tuple[str | None, tuple[Step, ...]]] = {
    "seeded": (None, ()),
    "check_in": ("seeded", (steps.comes_to_check_in,)),
    "rules": ("check_in", (steps.everybody_checks_in, steps.chair_opens)),
    "discussion": ("rules", (steps.rules_are_adopted, steps.proposer_explains, steps.discussion_opens)),
    "wording": ("discussion", (steps.discussion_ends, steps.recorder_posts_wording)),
    "vote": ("wording", (steps.wording_stands,)),
}
"""Stage → the one before, and what leads on from there; a stage begins when everything decided has been said."""


async def walk(town: Town, stage: str) -> None:
    """Hold the meeting from its beginning up to this stage."""
    before, way = STAGES[stage]
    if before is not None:
        await walk(town, before)
    for step in way:
        await step(town)
    await town.quiet()


@asynccontextmanager
async def town_at(stage: str, folder: Path, shelf: Path, migrated: Path) -> AsyncIterator[Town]:
    """A town of one's own (on SQLite) at this stage, the bot running."""
    kept = shelf / stage
    if not kept.exists():
        await _make(stage, shelf, migrated)
    async with _copy_of(kept, folder) as town:
        yield town


async def _make(stage: str, shelf: Path, migrated: Path) -> None:
    before, way = STAGES[stage]
    making = Path(tempfile.mkdtemp(dir=shelf))
    if before is None:
        shutil.copy(migrated, making / "yishiting.db")
        world = opened(making, f"sqlite:///{making / 'yishiting.db'}", at=BEGINNING)
    else:
        world = town_at(before, making, shelf, migrated)
    async with world as town:
        for step in way:
            await step(town)
        await town.quiet()
        (making / "now").write_text((await town.now()).isoformat())
    making.rename(shelf / stage)


@asynccontextmanager
async def _copy_of(kept: Path, folder: Path) -> AsyncIterator[Town]:
    for name in ("yishiting.db", "sandbox.db"):
        # Not a copy of the file alone: the write-ahead log may still hold the newest of it.
        with closing(sqlite3.connect(kept / name)) as old, closing(sqlite3.connect(folder / name)) as new:
            old.backup(new)
    async with opened(folder, f"sqlite:///{folder / 'yishiting.db'}", at=(kept / "now").read_text()) as town:
        yield town


@asynccontextmanager
async def opened(folder: Path, database_url: str, *, at: str, meeting: bool = True) -> AsyncIterator[Town]:
    """The world of this folder at this instant, made if it is not there, with the bot running."""
    async with running(state=folder / "sandbox.db") as sandbox:
        wires = Wires(sandbox.chat_url)
        town = Town(settings_of(sandbox.api_url, sandbox.chat_url, database_url, folder), wires, sandbox.chat_url)
        try:
            await wires.set_clock(at)
            await town.prepare(meeting=meeting)
            await town.starts_bot()
            yield town
        finally:
            await town.close()
