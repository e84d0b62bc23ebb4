"""Who acts, with which key; a refusal is answered in words; state is for private chats only."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, Update

from bot.middlewares import Act, ActorMiddleware, Languages, PrivateTalk, SqlStorage, answer_callback, keyboard
from bot.middlewares.acting import NOBODY
from bot.views.rendered import Button, Toast
from procedure.errors import RuleBroken
from services.act import Actor, Receipt
from storage.tables import Account
from storage.work import UnitOfWork
from tests.bot.conftest import TOKEN, Street


def note(uow: UnitOfWork, actor: Actor, *, now: datetime, fails: bool = False) -> Receipt:
    """An action that says who acted."""
    if fails:
        raise RuleBroken("not_your_role", "5.6.1", who=["chair"])
    return Receipt("noted", {"account": actor.account_id, "arrival": actor.arrival, "at": now.isoformat()})


class Counter:
    """A dispatcher as the app wires it, over the sandbox."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self.bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(street.settings.api)))
        self.languages = Languages(street.database)
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.update.outer_middleware(ActorMiddleware(street.door, self.languages))
        self.dispatcher.update.outer_middleware(PrivateTalk(SqlStorage(street.database)))

    async def feed(self, raw: dict[str, Any]) -> None:
        """One update through the dispatcher."""
        update = Update.model_validate(raw, context={"bot": self.bot})
        await self.dispatcher.feed_update(self.bot, update, inbox_id=raw["update_id"] + 1000)

    async def tap(self) -> dict[str, Any]:
        """The resident taps a button in the group; returns what the person is shown."""
        markup = {"inline_keyboard": [[{"text": "签到", "callback_data": "x:1"}]]}
        body = {"chat_id": self.street.group, "text": "看板", "reply_markup": markup}
        url = f"{self.street.sandbox.api_url}/bot{TOKEN}"
        sent = (await self.street.http.post(f"{url}/sendMessage", json=body)).json()["result"]
        press = {"from": self.street.resident, "message_id": sent["message_id"], "button": "签到"}
        pressing = asyncio.create_task(self.street.ask("POST", f"/{self.street.group}/press", press))
        updates: list[dict[str, Any]] = []
        while not any("callback_query" in update for update in updates):
            answer = await self.street.http.post(f"{url}/getUpdates", json={"timeout": 1})
            updates = answer.json()["result"]
        await self.feed(next(update for update in updates if "callback_query" in update))
        shown: dict[str, Any] = await pressing
        return shown


@pytest.fixture
async def counter(street: Street) -> Counter:
    """Nobody handles anything yet."""
    return Counter(street)


def text(person: int, chat: int, kind: str, update_id: int = 1, language: str = "zh-hans") -> dict[str, Any]:
    """A raw message update."""
    sender = {"id": person, "is_bot": False, "first_name": "张三", "language_code": language}
    place = {"id": chat, "type": kind, "title": "群"}
    return {"update_id": update_id, "message": {"message_id": 1, "date": 1, "chat": place, "from": sender, "text": "x"}}


async def test_act_is_bound_to_whoever_sent_the_update_and_repeats_give_the_same(counter: Counter) -> None:
    receipts: list[Receipt] = []

    @counter.dispatcher.message()
    async def handle(event: Message, act: Act) -> None:
        receipts.extend([await act(note), await act(note)])

    for _ in range(2):
        await counter.feed(text(7, -5, "supergroup", update_id=4))
    first, second, *again = receipts
    assert (first.facts["account"], first.facts["arrival"]) == (7, 1004)
    assert again == [first, second]
    keys = counter.street.database.read_now(lambda uow: uow.rows("SELECT key FROM receipt ORDER BY key"))
    assert keys == [("1004:note:1",), ("1004:note:2",)]


@pytest.mark.parametrize("faceless", [1087968824, 136817688, 777000])
async def test_the_faceless_are_nobody_and_never_the_system(counter: Counter, faceless: int) -> None:
    seen: list[int | None] = []

    @counter.dispatcher.message()
    async def handle(event: Message, actor: Actor) -> None:
        seen.append(actor.account_id)

    await counter.feed(text(faceless, -5, "supergroup"))
    assert seen == [NOBODY]
    assert NOBODY is not None


async def test_a_refusal_is_a_toast_with_words(counter: Counter) -> None:
    @counter.dispatcher.callback_query()
    async def handle(event: CallbackQuery, act: Act) -> None:
        await act(note, fails=True)

    shown = await counter.tap()
    assert shown["toast"]
    assert "not_your_role" not in shown["toast"]


async def test_t36_a_toast_too_late_is_no_error(counter: Counter) -> None:
    @counter.dispatcher.callback_query()
    async def handle(event: CallbackQuery, bot: Bot) -> None:
        for words in ("已签到", "又一次"):
            await answer_callback(bot, event.id, Toast(words, alert=True))

    assert (await counter.tap())["toast"] == "已签到"


async def test_a_refusal_in_a_group_message_says_nothing_there(counter: Counter) -> None:
    @counter.dispatcher.message()
    async def handle(event: Message, act: Act) -> None:
        await act(note, fails=True)

    await counter.feed(text(counter.street.resident, counter.street.group, "supergroup"))
    assert await counter.street.seen(counter.street.group) == []
    await counter.feed(text(counter.street.resident, counter.street.resident, "private", update_id=2))
    assert len(await counter.street.seen(counter.street.resident)) == 1


async def test_language_is_the_accounts_own(counter: Counter) -> None:
    seen: list[str] = []

    @counter.dispatcher.message()
    async def handle(event: Message, language: str, languages: Languages) -> None:
        seen.append(language)
        languages.put(50, "en")

    counter.street.database.write_now(lambda uow: uow.add(Account(id=50, language="zh")))
    await counter.languages.load()
    for person, spoken in ((50, "en"), (50, "zh"), (51, "en-GB"), (52, "zh-hant")):
        await counter.feed(text(person, -5, "supergroup", language=spoken))
    assert seen == ["zh", "en", "en", "zh"]


async def test_state_is_kept_for_private_chats_and_costs_groups_nothing(counter: Counter) -> None:
    seen: list[str | None] = []

    @counter.dispatcher.message()
    async def handle(event: Message, state: FSMContext | None = None) -> None:
        if state is None:
            seen.append("no state")
            return
        seen.append((await state.get_data()).get("wording"))
        await state.update_data(wording="充电点")

    await counter.feed(text(7, -5, "supergroup"))
    await counter.feed(text(7, 7, "private"))
    await counter.feed(text(7, 7, "private"))
    assert seen == ["no state", None, "充电点"]


def test_buttons_become_a_keyboard() -> None:
    made = keyboard(((Button("签到", "c:1"), Button("看规则", url="https://t.me/x")), (Button("好", "d"),)))
    assert made is not None
    assert [[b.callback_data for b in row] for row in made.inline_keyboard] == [["c:1", None], ["d"]]
    assert keyboard(()) is None
