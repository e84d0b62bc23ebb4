"""Running the bot until a signal."""

import asyncio
import gc
import signal
from collections.abc import Callable, Collection
from typing import Final

from bot.command import logs
from bot.settings import Settings

ALL_ROLES: Final = ("bot", "outbound", "reminders")


class CommandError(Exception):
    """A command cannot do its work; str() is the one plain line the operator sees."""


def stop_on_signal() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def serve(
    settings: Settings, roles: Collection[str], stop: asyncio.Event, ready: Callable[[], None] | None = None
) -> None:
    """Run the bot until `stop`; `ready` is called at the first poll. CommandError is what an operator can mend."""
    from bot.app import build  # noqa: PLC0415 - three seconds of imports that other commands need not pay
    from bot.clock import ClockUnreachableError  # noqa: PLC0415
    from bot.inbox.poller import TokenRefusedError  # noqa: PLC0415
    from storage.lock import AlreadyRunningError  # noqa: PLC0415

    logs.set_up(settings.log_level)
    app = build(settings, roles=roles)
    # What the imports made stays for good: every full collection would walk through it in the middle of a tap.
    gc.collect()
    gc.freeze()
    first_poll = asyncio.create_task(app.poller.first_poll.wait())
    if ready is not None:
        first_poll.add_done_callback(lambda task: None if task.cancelled() else ready())
    try:
        await app.run(stop)
    except AlreadyRunningError:
        raise CommandError("another process already runs this bot on this database") from None
    except (TokenRefusedError, ClockUnreachableError) as error:
        raise CommandError(str(error)) from None
    finally:
        first_poll.cancel()
