"""The demo: a sandbox beside us, a community in it, and the bot."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from functools import partial
from importlib import import_module

import typer
from pydantic import AnyHttpUrl, SecretStr

from bot.command.demo_world import DEMO_TOKEN, World
from bot.command.run import ALL_ROLES, CommandError, serve, stop_on_signal
from bot.settings import Settings

START_SECONDS = 30
STOP_SECONDS = 10


async def run_demo(settings: Settings, *, meeting: bool) -> None:
    """Run until SIGINT or SIGTERM; a second run resumes, the sandbox's world included. Raises CommandError.

    `meeting`: with a topic whose meeting is the day after tomorrow.
    """
    stop = stop_on_signal()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    # The sandbox takes a second to start, our own imports three: side by side they cost three.
    importing = asyncio.create_task(asyncio.to_thread(import_module, "bot.app"))
    sandbox, api, chat = await _sandbox(settings)
    try:
        ours = _with_sandbox(settings, api, chat)
        await importing
        await World(ours, chat, meeting=meeting).prepare()
        watching = asyncio.create_task(_stop_with(sandbox, stop))
        await serve(ours, ALL_ROLES, stop, ready=partial(_ready, chat))
        watching.cancel()
        if sandbox.returncode is not None:
            raise CommandError("the sandbox stopped by itself")
    finally:
        await _end(sandbox)


def _with_sandbox(settings: Settings, api: str, chat: str) -> Settings:
    # Whoever has a bot of their own keeps its database for its own community.
    database = f"sqlite:///{settings.data_dir / 'demo.db'}" if settings.bot_token else settings.database
    return settings.model_copy(
        update={
            "bot_token": SecretStr(DEMO_TOKEN),
            "api_url": AnyHttpUrl(api),
            "clock_url": AnyHttpUrl(chat),
            "database_url": database,
        }
    )


async def _sandbox(settings: Settings) -> tuple[Process, str, str]:
    """Start the sandbox; returns it with the addresses of its Bot API and its chat side."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--control", "--state", str(settings.data_dir / "sandbox.db")),
        *("--api-port", str(settings.demo_api_port), "--chat-port", str(settings.demo_chat_port)),
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,  # Ctrl-C is for us: the sandbox has to outlive the bot by a moment
    )
    assert process.stdout is not None and process.stderr is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), START_SECONDS)).decode()
    except TimeoutError:
        line = ""
    if not line.startswith("sandbox "):
        await _end(process)
        reason = (await process.stderr.read()).decode().strip().splitlines()
        ports = f"{settings.demo_api_port}/{settings.demo_chat_port}"
        raise CommandError(f"the sandbox did not start on ports {ports}: {reason[-1] if reason else 'no answer'}")
    found = dict(part.split("=", 1) for part in line.split()[1:])
    return process, found["api"], found["chat"]


async def _stop_with(sandbox: Process, stop: asyncio.Event) -> None:
    assert sandbox.stderr is not None
    while line := await sandbox.stderr.readline():
        sys.stderr.write(line.decode(errors="replace"))
    await sandbox.wait()
    stop.set()


async def _end(sandbox: Process) -> None:
    if sandbox.returncode is None:
        sandbox.terminate()
        try:
            await asyncio.wait_for(sandbox.wait(), STOP_SECONDS)
        except TimeoutError:
            sandbox.kill()
            await sandbox.wait()


def _ready(chat: str) -> None:
    typer.echo(f"议事厅已开门,请用浏览器打开  {chat}/")
    typer.echo(f"Yishiting is open: {chat}/   (Ctrl-C stops it; data is kept)")
