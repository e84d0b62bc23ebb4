"""Starting and stopping the sandbox, in this process or for `python -m bot.sandbox`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.sandbox.api import Api
from bot.sandbox.chat.app import ChatSide, end
from bot.sandbox.clock import Clock
from bot.sandbox.conductor import Conductor
from bot.sandbox.delivery import Delivery
from bot.sandbox.store import Store
from bot.sandbox.traffic import Traffic
from bot.sandbox.world import World

LOOPBACK = "127.0.0.1"
STOP_SECONDS = 1.0


@dataclass
class Sandbox:
    """A running sandbox: where it listens, and its world."""

    api_url: str
    chat_url: str
    world: World


@asynccontextmanager
async def running(
    api_port: int = 0, chat_port: int = 0, state: Path | str | None = None, control: bool = True
) -> AsyncIterator[Sandbox]:
    """Serve on the loopback interface until the context ends; port 0 picks a free one.

    With `state` the world is read from and kept in that file. Raises OSError when a port is taken.
    """
    store = Store(Path(state)) if state is not None else None
    offset = next((body["offset"] for _key, body in store.read("clock")), 0.0) if store is not None else 0.0
    world = World(Clock(offset), store)
    world.load()
    traffic = Traffic()
    api = Api(world, Delivery(world), traffic)
    side = ChatSide(api, Conductor(world, traffic), control)
    runners: list[web.AppRunner] = []
    try:
        api_url = await _listen(api.app(), api_port, runners)
        chat_url = await _listen(side.app(), chat_port, runners)
        yield Sandbox(api_url, chat_url, world)
    finally:
        await end(side)
        for runner in runners:
            await runner.cleanup()
        if store is not None:
            store.close()


async def _listen(app: web.Application, port: int, runners: list[web.AppRunner]) -> str:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    runners.append(runner)
    site = web.TCPSite(runner, LOOPBACK, port)
    await site.start()
    return f"http://{LOOPBACK}:{runner.addresses[0][1]}"
