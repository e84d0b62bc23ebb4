"""The demo's Telegram: its people, their group and channel, made over the sandbox's chat side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.command.run import CommandError
from bot.settings import Settings
from procedure.rules import TEMPLATE, Rules
from services import demo
from services.act import SYSTEM, Door
from storage import migrations
from storage.database import Database
from storage.vault import Vault

DEMO_TOKEN = "1000000001:" + "demo_" * 7
OWNER = "recorder"


class Instant:
    """A clock that stands still: seeding happens at one instant."""

    def __init__(self, iso: str) -> None:
        self._now = datetime.fromisoformat(iso).astimezone(UTC)

    def now(self) -> datetime:
        """The instant."""
        return self._now


@dataclass(frozen=True)
class Places:
    """Where everybody is: accounts by cast key, the group, the channel."""

    accounts: dict[str, int]
    group: int
    channel: int


class World:
    """Makes what is missing, in the sandbox and in the database; a second time there is nothing to make.

    `meeting`: with a topic whose meeting is the day after tomorrow, held by these `rules`.
    """

    def __init__(
        self,
        settings: Settings,
        chat: str,
        *,
        meeting: bool = True,
        cast: Sequence[demo.Cast] = demo.CAST,
        rules: Rules = TEMPLATE,
    ) -> None:
        self._settings = settings
        self._chat = f"{chat}/chat"
        self._meeting = meeting
        self._cast = cast
        self._rules = rules

    async def prepare(self) -> Places:
        """People, group, channel, seeded rows, and a first /start of those who use the private chat."""
        async with aiohttp.ClientSession() as session:
            self._session = session
            me = await self._ask("POST", f"{self._settings.api}/bot{DEMO_TOKEN}/getMe")
            state = await self._ask("GET", f"{self._chat}/state")
            known = {user["name"]: int(user["id"]) for user in state["users"]}
            accounts = {cast.key: known.get(cast.name) or await self._person(cast.name) for cast in self._cast}
            group = await self._place(state, demo.GROUP_TITLE, "supergroup", accounts, me["result"]["id"])
            channel = await self._place(state, demo.CHANNEL_TITLE, "channel", accounts, me["result"]["id"])
            await self._seed(accounts, group, channel)
            for cast in self._cast:
                if cast.started and cast.name not in known:
                    await self._say(accounts[cast.key], "/start")
        return Places(accounts, group, channel)

    async def _person(self, name: str) -> int:
        made = await self._ask("POST", f"{self._chat}/users", name=name, language_code="zh-hans")
        return int(made["id"])

    async def _place(self, state: Any, title: str, kind: str, accounts: dict[str, int], bot: int) -> int:
        found = next((chat["id"] for chat in state["chats"] if chat.get("title") == title), None)
        if found is not None:
            return int(found)
        members = [account for key, account in accounts.items() if key != OWNER]
        owner = accounts[OWNER]
        made = await self._ask(
            "POST", f"{self._chat}/groups", title=title, kind=kind, owner=owner, members=members, admins=[bot]
        )
        return int(made["id"])

    async def _seed(self, accounts: dict[str, int], group: int, channel: int) -> None:
        clock = await self._ask("GET", f"{self._chat}/clock")
        database = Database(self._settings.database, Vault.open(self._settings.key_file))
        try:
            migrations.upgrade(database)
            Door(database, Instant(clock["now"])).act_now(
                demo.seed,
                SYSTEM,
                None,
                accounts=accounts,
                group_id=group,
                group_kind="supergroup",
                channel_id=channel,
                meeting=self._meeting,
                cast=self._cast,
                rules=self._rules,
            )
        finally:
            database.close()

    async def _say(self, account: int, text: str) -> None:
        await self._ask("POST", f"{self._chat}/{account}/messages", **{"from": account, "text": text})

    async def _ask(self, method: str, url: str, **body: Any) -> Any:
        async with self._session.request(method, url, json=body or None) as response:
            answer = await response.json()
            if response.status >= 400:
                raise CommandError(f"the sandbox refused {url.rsplit('/', 1)[-1]}: {answer}")
            return answer
