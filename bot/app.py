"""The only wiring: what make run, the tests and the bench start is this."""

import asyncio
import contextlib
import logging
from collections.abc import Collection, Coroutine
from functools import partial
from types import TracebackType
from typing import Any, Final

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeUnion,
    Update,
)

import handlers
from bot import views
from bot.civility import CivilityWatch
from bot.clock import Clock, SandboxClock, SystemClock
from bot.inbox.lanes import Lanes
from bot.inbox.poller import Poller
from bot.middlewares import ActorMiddleware, KnownAnswers, Languages, Pace, PrivateTalk, SqlStorage
from bot.middlewares.replies import tell
from bot.outbound.collector import Collector
from bot.outbound.courier import Courier
from bot.outbound.limiter import Limiter
from bot.outbound.post import Post
from bot.reminders import Reminders
from bot.settings import Settings
from services import restart
from services.act import SYSTEM, Door
from services.text import ReadingDesk
from storage import migrations, running
from storage.database import Database
from storage.lock import SenderLock
from storage.vault import Vault

log = logging.getLogger(__name__)
ROLES: Final = ("bot", "outbound", "reminders")
OTHER_PROCESS_SECONDS = 0.5
MENUS: Final = (("zh", None), ("en", "en"))


class App:
    """The running bot. `async with` starts and stops it; `run` also waits for the stop."""

    def __init__(self, settings: Settings, clock: Clock, roles: Collection[str]) -> None:
        self.settings, self.clock, self.roles = settings, clock, frozenset(roles)
        self.database = Database(settings.database, Vault.open(settings.key_file))
        self.door = Door(self.database, clock)
        server = TelegramAPIServer.from_base(settings.api)
        html = DefaultBotProperties(parse_mode=ParseMode.HTML)
        self.bot = Bot(settings.token, session=AiohttpSession(api=server), default=html)
        self.languages = Languages(self.database)
        self.desk = ReadingDesk()
        self.watch = CivilityWatch(self.door, self.desk, clock)
        self.dispatcher = self._dispatcher()
        self.lanes = Lanes(self.dispatcher, self.bot, self.database, clock, self._apologise)
        self.poller = Poller(settings.api, settings.token, self.database, clock, self.lanes.take)
        limiter = Limiter(settings.limits, clock)
        self.bot.session.middleware(KnownAnswers())
        self.bot.session.middleware(Pace(limiter, clock))
        self.post = Post(settings, limiter)
        self.courier = Courier(self.door, self.post, limiter, clock, settings.limits)
        self.collector = Collector(self.door, self.post, clock, settings.files_dir, settings.limits.files_bytes)
        self.reminders = Reminders(self.door, clock)
        self.door.on_commit = self._committed
        self._held = contextlib.ExitStack()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "App":
        """Migrate, take the lock, give lost time back, start the workers. Raises AlreadyRunningError and others."""
        try:
            await self._start()
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop taking in, let what runs finish, close everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.post.close()
        await self.dispatcher.emit_shutdown()
        await self.bot.session.close()
        if isinstance(self.clock, SandboxClock):
            await self.clock.stop()
        self._held.close()
        await asyncio.to_thread(self.database.close)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; raises what made a worker give up."""
        async with self:
            waiter = asyncio.create_task(stop.wait())
            try:
                done, _ = await asyncio.wait({waiter, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                waiter.cancel()
            for task in done - {waiter}:
                task.result()

    async def _start(self) -> None:
        await asyncio.to_thread(migrations.upgrade, self.database)
        for role in sorted(self.roles):
            self._held.enter_context(SenderLock(self.database, f"{role}:{self.settings.token}"))
        if isinstance(self.clock, SandboxClock):
            await self.clock.start()
        if "bot" in self.roles:
            await self.door.act(restart.resume, SYSTEM, None)
            await self.languages.load()
            await self.dispatcher.emit_startup(bot=self.bot, dispatcher=self.dispatcher)
            await self.lanes.resume()
            self._work(self.lanes.run(), self.poller.run(), self._introduce(), self._open_desk())
            self._work(self.watch.run())
        if "outbound" in self.roles:
            self._work(self.courier.run(), self.collector.run())
        if "reminders" in self.roles:
            self._work(self.reminders.run())
        if self.roles != set(ROLES):
            self._work(self._listen())

    def _work(self, *jobs: Coroutine[Any, Any, None]) -> None:
        self._tasks += [asyncio.create_task(job) for job in jobs]

    def _dispatcher(self) -> Dispatcher:
        operators = frozenset(self.settings.admin_ids)
        dispatcher = Dispatcher(disable_fsm=True, operators=operators, file_wanted=self._file_wanted)
        dispatcher.workflow_data.update(desk=self.desk, heard=self.watch.wake)
        dispatcher.update.outer_middleware(ActorMiddleware(self.door, self.languages))
        dispatcher.update.outer_middleware(PrivateTalk(SqlStorage(self.database)))
        dispatcher.include_routers(*handlers.routers())
        return dispatcher

    def _committed(self) -> None:
        if "outbound" in self.roles:
            self.courier.wake()
        if "reminders" in self.roles:
            self.reminders.committed()

    def _file_wanted(self) -> None:
        if "outbound" in self.roles:
            self.collector.wake()

    async def _listen(self) -> None:
        """Other processes commit too, and cannot wake us."""
        while True:
            await asyncio.sleep(OTHER_PROCESS_SECONDS)
            self._committed()
            self._file_wanted()

    async def _introduce(self) -> None:
        """Our name for deep links, and the command menus; neither is worth waiting for, or stopping for."""
        try:
            me = await self.bot.me()
            await self.database.write(partial(running.remember, name="bot_username", value=me.username or ""))
            for language, code in MENUS:
                menus = views.commands(language)
                await self._menu(menus["private"], BotCommandScopeAllPrivateChats(), code)
                await self._menu(menus["group"], BotCommandScopeAllGroupChats(), code)
        except TelegramAPIError as error:
            log.warning("the command menus were not set: %s", type(error).__name__)
        await asyncio.Event().wait()

    async def _open_desk(self) -> None:
        await self.desk.open()
        await asyncio.Event().wait()

    async def _menu(self, menu: Collection[tuple[str, str]], scope: BotCommandScopeUnion, code: str | None) -> None:
        commands = [BotCommand(command=name, description=words) for name, words in menu]
        await self.bot.set_my_commands(commands, scope=scope, language_code=code)

    async def _apologise(self, update: Update) -> None:
        sender = getattr(update.event, "from_user", None)
        language = await self.languages.of(sender.id if sender else 0)
        await tell(self.bot, update, views.refusal("internal_error", "", {}, language))


def build(settings: Settings, *, clock: Clock | None = None, roles: Collection[str] = ROLES) -> App:
    """The production wiring; a clock of one's own replaces the one that the settings name."""
    if clock is None:
        clock = SandboxClock(settings.clock, "+".join(sorted(roles))) if settings.clock else SystemClock()
    return App(settings, clock, roles)
