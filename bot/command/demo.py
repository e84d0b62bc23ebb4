"""The demo: a sandbox beside us, a community in it, and the bot."""

import asyncio
from functools import partial
from importlib import import_module

import typer
from pydantic import AnyHttpUrl, SecretStr

from bot.command.demo_world import DEMO_TOKEN, World
from bot.command.run import ALL_ROLES, CommandError, serve, stop_on_signal
from bot.command.sandbox import sandbox, stop_with
from bot.settings import Settings


async def run_demo(settings: Settings, *, meeting: bool) -> None:
    """Run until SIGINT or SIGTERM; a second run resumes, the sandbox's world included. Raises CommandError.

    `meeting`: with a topic whose meeting is the day after tomorrow.
    """
    stop = stop_on_signal()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    # The sandbox takes a second to start, our own imports three: side by side they cost three.
    importing = asyncio.create_task(asyncio.to_thread(import_module, "bot.app"))
    async with sandbox(settings.demo_api_port, settings.demo_chat_port, settings.data_dir / "sandbox.db") as beside:
        ours = _with_sandbox(settings, beside.api, beside.chat)
        await importing
        await World(ours, beside.chat, meeting=meeting).prepare()
        watching = asyncio.create_task(stop_with(beside.process, stop))
        await serve(ours, ALL_ROLES, stop, ready=partial(_ready, beside.chat))
        watching.cancel()
        if beside.process.returncode is not None:
            raise CommandError("the sandbox stopped by itself")


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


def _ready(chat: str) -> None:
    typer.echo(f"议事厅已开门，请用浏览器打开  {chat}/")
    typer.echo(f"Yishiting is open: {chat}/   (Ctrl-C stops it; data is kept)")
