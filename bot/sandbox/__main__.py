"""`python -m bot.sandbox`: serve the sandbox until told to stop."""

import argparse
import asyncio
import signal
import sqlite3
import sys
from pathlib import Path

from bot.sandbox.server import running


def main() -> int:
    """Read the command line and serve; exit code 2 with one line when a port is taken or the file is none of ours."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="an embedded Telegram Bot API server")
    parser.add_argument("--api-port", type=int, default=8081)
    parser.add_argument("--chat-port", type=int, default=8080)
    parser.add_argument("--state", type=Path, help="file that keeps the world across restarts")
    parser.add_argument("--control", action="store_true", help="serve clock, faults, calls, settings and block")
    args = parser.parse_args()
    try:
        asyncio.run(_serve(args.api_port, args.chat_port, args.state, args.control))
    except (OSError, sqlite3.Error) as error:
        sys.stderr.write(f"sandbox: {getattr(error, 'strerror', None) or error}\n")
        return 2
    return 0


async def _serve(api_port: int, chat_port: int, state: Path | None, control: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(api_port, chat_port, state, control) as sandbox:
        sys.stdout.write(f"sandbox api={sandbox.api_url} chat={sandbox.chat_url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    raise SystemExit(main())
