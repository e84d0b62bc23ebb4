"""What the outbox decided reaches the chat, in order, once, whatever Telegram does to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from telegram.error import BadRequest

from bot import views
from bot.outbound.claim import arrived, unsure
from bot.outbound.courier import Courier
from bot.outbound.limiter import Limiter
from bot.outbound.outcome import Fate, judge
from bot.outbound.post import Post
from bot.views.rendered import Rendered
from services import demo
from services.act import SYSTEM, Action, Actor, Receipt
from storage import outbox
from storage.database import DatabaseBusyError
from storage.tables import Account
from tests.bot.conftest import BOT, Street

SECONDS = 60.0


@contextlib.asynccontextmanager
async def courier_at_work(street: Street) -> AsyncIterator[Courier]:
    """A courier until the block ends."""
    limits = street.settings.limits
    limiter = Limiter(limits, street.clock)
    post = Post(street.settings, limiter)
    courier = Courier(street.door, post, limiter, street.clock, limits)
    street.door.on_commit = courier.wake
    work = asyncio.create_task(courier.run())
    try:
        yield courier
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await post.close()


@pytest.fixture
async def courier(street: Street) -> AsyncIterator[Courier]:
    """A courier at work."""
    async with courier_at_work(street) as made:
        yield made


async def until(condition: Callable[[], bool]) -> None:
    """Wait, at the wire, for something to become so."""
    async with asyncio.timeout(SECONDS):
        while not condition():
            await asyncio.sleep(0.02)


async def test_messages_arrive_in_the_order_they_were_decided(street: Street, courier: Courier) -> None:
    rows = [await street.put(street.group) for _ in range(3)]
    rows.append(await street.put(street.resident, "hint_hand"))
    await until(lambda: all(street.row(row).state == "sent" for row in rows))
    ids = [street.row(row).message_id for row in rows[:3]]
    assert ids == sorted(ids, key=lambda number: number or 0)
    assert len(await street.seen(street.group)) == 3
    sent = street.row(rows[0])
    assert sent.attempts == 1
    assert sent.sent_at is not None
    assert sent.sent_at.microsecond == 0  # Telegram's own date, whole seconds


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_t45_a_message_refused_by_the_old_chat_goes_to_the_new_one(street: Street) -> None:
    body = {"title": "邻里", "kind": "group", "owner": street.resident, "members": [], "admins": [BOT]}
    old = (await street.ask("POST", "/groups", body))["id"]
    rows = [await street.put(old) for _ in range(2)]
    new = (await street.ask("POST", f"/{old}/upgrade", {}))["id"]
    async with courier_at_work(street):
        await until(lambda: all(street.row(row).state == "sent" for row in rows))
    assert [street.row(row).chat_id for row in rows] == [new, new] and len(await street.seen(new)) == 2
    calls = await street.ask("GET", "/calls", method="sendMessage", chat=old)
    assert [call["ok"] for call in calls] == [False]


async def test_t03_urgent_before_early(street: Street) -> None:
    late = await street.put(street.group, "group_status")
    urgent = await street.put(street.group, "please_stop")
    async with courier_at_work(street):
        await until(lambda: street.row(late).state != "queued" and street.row(urgent).state == "sent")
    first, second = street.row(urgent), street.row(late)
    assert (first.message_id or 0) < (second.message_id or 10**9)


async def test_t01_a_429_waits_as_long_as_told_and_holds_only_that_chat(street: Street, courier: Courier) -> None:
    await street.fault(chat=street.group, error=429, retry_after=2)
    begun = street.clock.now()
    held, behind = await street.put(street.group), await street.put(street.group)
    free = await street.put(street.resident, "hint_hand")
    await until(lambda: street.row(free).state == "sent")
    assert street.row(held).state in ("sending", "queued")
    await until(lambda: street.row(behind).state == "sent")
    assert (street.clock.now() - begun).total_seconds() >= 2
    assert (street.row(held).message_id or 0) < (street.row(behind).message_id or 0)
    calls = await street.ask("GET", "/calls", method="sendMessage", chat=street.group)
    assert [call["ok"] for call in calls] == [False, True, True]


@pytest.mark.parametrize(("kind", "copies", "state"), [("declared_open", 2, "sent"), ("please_stop", 1, "unsure")])
async def test_t44_of_unknown_delivery_follows_its_kind(
    street: Street, courier: Courier, kind: str, copies: int, state: str
) -> None:
    await street.fault(error="timeout_after")
    row = await street.put(street.group, kind)
    await until(lambda: street.row(row).state == state)
    await asyncio.sleep(0.1)
    assert len(await street.seen(street.group)) == copies


async def test_what_never_left_is_tried_again(street: Street) -> None:
    api, street.settings.api_url = street.settings.api_url, type(street.settings.api_url)("http://127.0.0.1:9")
    row = await street.put(street.group)
    async with courier_at_work(street):
        await until(lambda: street.row(row).attempts == 1 and street.row(row).state == "queued")
    street.settings.api_url = api
    async with courier_at_work(street):
        await until(lambda: street.row(row).state == "sent")
    assert len(await street.seen(street.group)) == 1


async def test_who_blocked_the_bot_is_on_the_call_list(street: Street, courier: Courier) -> None:
    await street.ask("POST", "/block", {"user": street.resident, "bot": 700001, "blocked": True})
    row = await street.put(street.resident, "hint_hand")
    await until(lambda: street.row(row).state == "failed")
    account = street.database.read_now(lambda uow: uow.must(Account, street.resident))
    assert account.unreachable_at is not None


async def test_what_telegram_refuses_fails_and_holds_nobody_up(street: Street, courier: Courier) -> None:
    nowhere = await street.put(-1009999999999)
    fine = await street.put(street.group)
    await until(lambda: street.row(fine).state == "sent" and street.row(nowhere).state == "failed")


async def test_too_late_is_dropped(street: Street) -> None:
    row = await street.put(street.group)
    street.database.write_now(lambda uow: uow.raw("UPDATE outbox SET not_after = 1 WHERE id = :id", {"id": row}))
    async with courier_at_work(street):
        await until(lambda: street.row(row).state == "dropped")
    assert await street.seen(street.group) == []


@pytest.mark.parametrize(("kind", "after", "copies"), [("declared_open", "sent", 1), ("please_stop", "unsure", 0)])
async def test_t44_a_crash_while_sending_follows_the_kind(street: Street, kind: str, after: str, copies: int) -> None:
    row = await street.put(street.group, kind)
    street.database.write_now(lambda uow: outbox.begin(uow, row))
    async with courier_at_work(street):
        await until(lambda: street.row(row).state == after)
    assert len(await street.seen(street.group)) == copies


async def test_a_legal_message_of_unknown_delivery_waits_for_a_human(street: Street) -> None:
    accounts = {cast.key: 5000 + number for number, cast in enumerate(demo.CAST)}
    where = {"group_id": street.group, "group_kind": "supergroup", "channel_id": None}
    await street.door.act(demo.seed, SYSTEM, None, accounts=accounts, **where)
    row = await street.put(street.group, "result")
    street.database.write_now(lambda uow: outbox.begin(uow, row))
    await street.door.act(unsure, SYSTEM, None, outbox_id=row)
    assert street.row(row).state == "unsure"


async def test_an_instant_to_come_is_waited_for(street: Street, courier: Courier) -> None:
    row = await street.put(street.group, wait=0.5)
    await asyncio.sleep(0.2)
    assert street.row(row).state == "queued"
    await until(lambda: street.row(row).state == "sent")


async def test_what_could_not_be_made_has_not_left_and_is_tried_again(
    street: Street, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This kind is never repeated once it may have left; it has not."""
    render, failed = views.render, list[str]()

    def flaky(view: str, *facts: Any) -> Rendered:
        if not failed:
            failed.append(view)
            raise RuntimeError("no memory for it")
        return render(view, *facts)

    monkeypatch.setattr(views, "render", flaky)
    row = await street.put(street.group, "please_stop")
    await until(lambda: street.row(row).state == "sent")
    assert failed == ["please_stop"] and street.row(row).attempts == 2
    assert len(await street.seen(street.group)) == 1


async def test_a_database_that_fails_after_the_call(
    street: Street, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent, and nobody could write it down: unsure as after a crash, and the kind decides, without a restart."""
    act = street.door.act
    failed: list[Action] = []

    async def flaky(action: Action, actor: Actor, key: str | None, **facts: Any) -> Receipt:
        if action is arrived and not failed:
            failed.append(action)
            raise DatabaseBusyError("locked")
        return await act(action, actor, key, **facts)

    monkeypatch.setattr(street.door, "act", flaky)
    row = await street.put(street.group, "declared_open")
    await until(lambda: street.row(row).state == "sent")
    assert failed == [arrived]
    assert street.row(row).attempts == 2
    assert len(await street.seen(street.group)) == 2


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        ("Message is not modified: it is the same", Fate.UNCHANGED),
        ("CHAT_NOT_MODIFIED", Fate.UNCHANGED),
        ("message to unpin not found", Fate.GONE),
        ("not enough rights to manage pinned messages in the chat", Fate.REFUSED),
    ],
)
def test_what_is_so_already_is_no_failure(said: str, fate: Fate) -> None:
    assert judge(BadRequest(said)).fate is fate
