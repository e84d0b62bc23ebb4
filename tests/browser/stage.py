"""What `make run` starts, with a browser in front of it: shared by the test and the pictures."""

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from bot.rehearsal.wires import Wires
from bot.sandbox.server import running
from services import demo
from tests.chat.stages import BEGINNING, settings_of
from tests.chat.town import Town

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIETLY: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
START_SECONDS: Final = 60
STOP_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Screen:
    """A size to look at the page in, in CSS pixels."""

    name: str
    width: int
    height: int
    touch: bool


PHONE: Final = Screen("phone", 390, 844, touch=True)
DESKTOP: Final = Screen("desktop", 1280, 800, touch=False)


def chromium() -> str | None:
    """The browser of this machine, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Hall(Town):
    """A town whose sandbox and bot are the processes that `make run` starts."""

    def __init__(self, folder: Path, process: Process, page_url: str) -> None:
        settings = settings_of(page_url, page_url, f"sqlite:///{folder / 'yishiting.db'}", folder)
        super().__init__(settings, Wires(page_url), page_url)
        self.url = page_url
        self._process = process

    async def prepare(self, *, meeting: bool = True) -> None:
        """Everybody is there already: learn their numbers."""
        state = await self.wires.ask("GET", "/state")
        self.accounts = {user["name"]: int(user["id"]) for user in state["users"]}
        self.accounts |= {cast.key: self.accounts[cast.name] for cast in demo.CAST}
        self.group = next(int(chat["id"]) for chat in state["chats"] if chat["title"] == demo.GROUP_TITLE)

    async def starts_bot(self) -> None:
        """It runs already; from here on the town waits for it after every step."""
        self._running = asyncio.create_task(_ended(self._process))
        await self.settle()

    async def stops_bot(self) -> None:
        """Ctrl-C."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        assert self._running is not None
        await asyncio.wait_for(self._running, STOP_SECONDS)
        self._running = None

    def address(self, who: str, *, private: bool = False) -> str:
        """The page as this person, in the group or in their chat with the bot."""
        account = self.accounts[who]
        return f"{self.url}/#u={account}&c={account if private else self.group}"


@asynccontextmanager
async def hall(folder: Path, *command: str) -> AsyncIterator[Hall]:
    """`make run`, or another of our commands, on a fresh data folder and a Tuesday afternoon.

    The demo's meeting is two days later; `--idea` has none, and a folder of its own.
    """
    data = folder / "idea" if "--idea" in command else folder
    data.mkdir(exist_ok=True)
    async with running(state=data / "sandbox.db") as sandbox:
        wires = Wires(sandbox.chat_url)
        await wires.set_clock(BEGINNING)
        await wires.close()
    process, url = await _start(folder, command or ("demo",))
    town = Hall(data, process, url)
    try:
        await town.prepare()
        await town.starts_bot()
        yield town
    finally:
        await town.close()


@asynccontextmanager
async def browser(program: str) -> AsyncIterator[Browser]:
    """Chromium without a window."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=program, args=list(QUIETLY))
        try:
            yield opened
        finally:
            await opened.close()


async def new_page(opened: Browser, screen: Screen) -> Page:
    """A page of this size that speaks Chinese and holds still."""
    context = await opened.new_context(
        viewport=ViewportSize(width=screen.width, height=screen.height),
        has_touch=screen.touch,
        is_mobile=screen.touch,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    return await context.new_page()


async def become(page: Page, town: Hall, who: str, *, private: bool = False) -> None:
    """Look at the group, or at the own chat with the bot, as this person."""
    await page.goto("about:blank")
    await page.goto(town.address(who, private=private))
    await page.locator("#messages [data-message-id]").first.wait_for()


async def press(page: Page, button: str, *, answer: str) -> None:
    """Click the newest button with these words and read the toast."""
    await page.locator("#messages [data-button]", has_text=button).last.click()
    await expect(page.locator("#toast")).to_contain_text(answer)


async def _start(folder: Path, command: tuple[str, ...]) -> tuple[Process, str]:
    """Start one of our commands on free ports; returns the process and the printed address."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YISHITING_")}
    ours = {"YISHITING_DATA_DIR": str(folder), "YISHITING_DEMO_API_PORT": "0", "YISHITING_DEMO_CHAT_PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *command),
        cwd=folder,  # so that nobody's .env is read
        env=kept | ours | {"PYTHONPATH": str(ROOT)},
        stdin=DEVNULL,
        stdout=PIPE,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), START_SECONDS)).decode()
    assert "http://127.0.0.1:" in line, f"{command} printed {line!r}"
    return process, line.split()[-1].rstrip("/")


async def _ended(process: Process) -> None:
    await process.wait()
