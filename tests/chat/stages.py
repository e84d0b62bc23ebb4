"""Stages of a topic and its meeting to start a story from: each walked to once and copied."""

import asyncio
import fcntl
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from pydantic import AnyHttpUrl, SecretStr

from bot.command.demo_world import DEMO_TOKEN
from bot.rehearsal.wires import Wires
from bot.sandbox.server import running
from bot.settings import Settings
from tests.chat import course, steps
from tests.chat.town import Town

BEGINNING = "2026-11-03T14:00:00+08:00"
"""A Tuesday; the demo's meeting is on Thursday at 19:30."""

WITHOUT = "idea"
"""The first stage of those that begin without a topic."""

Step = Callable[[Town], Awaitable[object]]
STAGES: dict[str, tuple[str | None, tuple[Step, ...]]] = {
    "seeded": (None, ()),
    "check_in": ("seeded", (steps.comes_to_check_in,)),
    "rules": ("check_in", (steps.everybody_checks_in, steps.chair_opens)),
    "discussion": ("rules", (steps.rules_are_adopted, steps.proposer_explains, steps.discussion_opens)),
    "wording": ("discussion", (steps.discussion_ends, steps.recorder_posts_wording)),
    "vote": ("wording", (steps.wording_stands,)),
    "idea": (None, ()),
    "registered": ("idea", (course.proposes, course.registers)),
    "posts": ("registered", (course.approves, course.posts_are_taken)),
    "sent": ("posts", (course.drafts_plan, course.sends_plan)),
    "willing": ("sent", (course.everybody_is_willing,)),
    "noticed": ("willing", (course.plan_stands, course.rules_are_drafted, course.notice_is_published)),
    "agreed": ("noticed", (course.meeting_agrees,)),
    "told": ("agreed", (course.record_is_signed, course.result_is_told)),
    "done": ("told", (course.items_are_received, course.one_item_is_done, course.the_other_is_late)),
    "closed": ("done", (course.supervision_is_published, course.topic_is_closed)),
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
    async with _alone(shelf / f"{stage}.lock"):
        if not kept.exists():
            await _make(stage, shelf, migrated)
    async with _copy_of(kept, folder, meeting=root(stage) != WITHOUT) as town:
        yield town


@asynccontextmanager
async def _alone(path: Path) -> AsyncIterator[None]:
    """Only one test process walks to a stage; the others wait for it. Locks are taken from later to earlier stages."""
    with path.open("w") as file:
        await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
        yield


def root(stage: str) -> str:
    """The stage that the way to this one begins with."""
    before, _ = STAGES[stage]
    return stage if before is None else root(before)


async def _make(stage: str, shelf: Path, migrated: Path) -> None:
    before, way = STAGES[stage]
    making = Path(tempfile.mkdtemp(dir=shelf))
    if before is None:
        shutil.copy(migrated, making / "yishiting.db")
        world = opened(making, f"sqlite:///{making / 'yishiting.db'}", at=BEGINNING, meeting=stage != WITHOUT)
    else:
        world = town_at(before, making, shelf, migrated)
    async with world as town:
        for step in way:
            await step(town)
        await town.quiet()
        (making / "now").write_text((await town.now()).isoformat())
    making.rename(shelf / stage)


@asynccontextmanager
async def _copy_of(kept: Path, folder: Path, *, meeting: bool) -> AsyncIterator[Town]:
    for name in ("yishiting.db", "sandbox.db"):
        # Not a copy of the file alone: the write-ahead log may still hold the newest of it.
        with closing(sqlite3.connect(kept / name)) as old, closing(sqlite3.connect(folder / name)) as new:
            old.backup(new)
    shutil.copy(kept / "secret.key", folder)
    async with opened(
        folder, f"sqlite:///{folder / 'yishiting.db'}", at=(kept / "now").read_text(), meeting=meeting
    ) as town:
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


def settings_of(api_url: str, chat_url: str, database_url: str, folder: Path) -> Settings:
    """What `make run` would read from its environment."""
    return Settings(
        _env_file=None,
        bot_token=SecretStr(DEMO_TOKEN),
        api_url=AnyHttpUrl(api_url),
        clock_url=AnyHttpUrl(chat_url),
        database_url=database_url,
        data_dir=folder,
    )
