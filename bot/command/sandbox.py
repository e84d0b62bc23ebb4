"""The sandbox as a process beside us."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.command.run import CommandError

START_SECONDS = 30
STOP_SECONDS = 10


@dataclass(frozen=True)
class Beside:
    """A sandbox that runs: its process, the addresses of its Bot API and of its chat side."""

    process: Process
    api: str
    chat: str


@asynccontextmanager
async def sandbox(api_port: int, chat_port: int, state: Path | None) -> AsyncIterator[Beside]:
    """Runs until the context ends; port 0 picks a free one. Raises CommandError when it does not start."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--control"),
        *(() if state is None else ("--state", str(state))),
        *("--api-port", str(api_port), "--chat-port", str(chat_port)),
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,  # Ctrl-C is for us: the sandbox has to outlive the bot by a moment
    )
    try:
        found = await _addresses(process, f"{api_port}/{chat_port}")
        yield Beside(process, found["api"], found["chat"])
    finally:
        await _end(process)


async def _addresses(process: Process, ports: str) -> dict[str, str]:
    assert process.stdout is not None and process.stderr is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), START_SECONDS)).decode()
    except TimeoutError:
        line = ""
    if not line.startswith("sandbox "):
        if process.stdout.at_eof():  # it ends by itself; a signal now would collect its exit code behind asyncio's back
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
        await _end(process)
        reason = (await process.stderr.read()).decode().strip().splitlines()
        raise CommandError(f"the sandbox did not start on ports {ports}: {reason[-1] if reason else 'no answer'}")
    return dict(part.split("=", 1) for part in line.split()[1:])


async def stop_with(process: Process, stop: asyncio.Event) -> None:
    """Pass on what the sandbox complains about; once it has ended, set `stop`."""
    assert process.stderr is not None
    while line := await process.stderr.readline():
        sys.stderr.write(line.decode(errors="replace"))
    await process.wait()
    stop.set()


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
