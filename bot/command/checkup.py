"""Checkup: is everything there that a meeting needs?"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.clock import SystemClock
from bot.inbox.poller import ALLOWED_UPDATES
from bot.settings import Settings
from storage import running
from storage.database import Database
from storage.tables import Group

CLOCK_SECONDS = 5
RIGHTS = ("can_pin_messages", "can_delete_messages", "can_restrict_members")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the checkup."""

    well: bool
    what: str
    detail: str

    def __str__(self) -> str:
        return f"{'好  ok ' if self.well else '请看 !!'} {self.what}: {self.detail}"


async def checkup(settings: Settings) -> AsyncIterator[Finding]:
    """Database, token, privacy mode, update types, clock, and our rights in every bound group."""
    database = Database(settings.database)
    try:
        groups, finding = await _database(database)
        yield finding
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
            async for found in _telegram(session, f"{settings.api}/bot{settings.token}/", settings, groups):
                yield found
    finally:
        database.close()


async def _database(database: Database) -> tuple[list[tuple[int, str]], Finding]:
    what = "数据库 database"
    try:
        revision = await database.read(running.revision)
        groups = await database.read(lambda uow: [(g.chat_id, g.title) for g in uow.all(Group)])
    except Exception as error:
        return [], Finding(False, what, f"{type(error).__name__}; 请先运行 yishiting migrate")
    return groups, Finding(True, what, f"{database.url.get_backend_name()}, 版本 revision {revision}")


async def _telegram(
    session: aiohttp.ClientSession, url: str, settings: Settings, groups: list[tuple[int, str]]
) -> AsyncIterator[Finding]:
    try:
        me, date = await _call(session, url, "getMe")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        yield Finding(False, "令牌 token", f"Telegram 没有回应 no answer ({type(error).__name__})")
        return
    if me is None:
        yield Finding(False, "令牌 token", "Telegram 不认这个令牌 refused")
        return
    yield Finding(True, "令牌 token", f"@{me.get('username', '?')}")
    reads_all = bool(me.get("can_read_all_group_messages"))
    yield Finding(
        True, "隐私模式 privacy mode", "关 off" if reads_all else "开 on: 机器人须是群管理员 must be administrator"
    )
    yield await _updates(session, url)
    if settings.clock is None:
        yield _clock(date)
    for chat_id, title in groups:
        yield await _rights(session, url, chat_id, title, int(me["id"]))


async def _call(session: aiohttp.ClientSession, url: str, method: str, **query: Any) -> tuple[Any, str]:
    async with session.post(url + method, json=query) as response:
        answer = await response.json()
        return (answer["result"] if answer.get("ok") else None), response.headers.get("Date", "")


async def _updates(session: aiohttp.ClientSession, url: str) -> Finding:
    info, _ = await _call(session, url, "getWebhookInfo")
    what = "更新类型 update types"
    if info is None or info.get("url"):
        return Finding(False, what, "另设了 webhook, 长轮询收不到 a webhook is set")
    missing = sorted(set(ALLOWED_UPDATES) - set(info.get("allowed_updates") or ALLOWED_UPDATES))
    waiting = info.get("pending_update_count", 0)
    if missing:
        return Finding(False, what, "缺 missing " + ", ".join(missing))
    return Finding(True, what, f"{', '.join(ALLOWED_UPDATES)}; 待收 waiting {waiting}")


def _clock(date: str) -> Finding:
    what = "时钟 clock"
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return Finding(False, what, "Telegram 没有说时间 no Date header")
    off = abs((SystemClock().now() - theirs.astimezone(UTC)).total_seconds())
    return Finding(off <= CLOCK_SECONDS, what, f"相差 off by {off:.0f} s")


async def _rights(session: aiohttp.ClientSession, url: str, chat_id: int, title: str, bot_id: int) -> Finding:
    member, _ = await _call(session, url, "getChatMember", chat_id=chat_id, user_id=bot_id)
    what = f"群 group {title}"
    if member is None or member.get("status") in ("left", "kicked"):
        return Finding(False, what, "机器人不在群里 not a member")
    if member["status"] != "administrator":
        return Finding(False, what, "机器人不是管理员 not an administrator")
    missing = [right for right in RIGHTS if not member.get(right)]
    told = ["缺 missing " + ", ".join(missing)] if missing else []
    told += await _uneven(session, url, chat_id)
    return Finding(not told, what, "; ".join(told) or "管理员 administrator")


async def _uneven(session: aiohttp.ClientSession, url: str, chat_id: int) -> list[str]:
    """What the group's own settings do to a meeting, each with the way to mend it."""
    chat, _ = await _call(session, url, "getChat", chat_id=chat_id)
    chat = chat or {}
    told = []
    if chat.get("type") == "group":
        told.append("普通群不能禁言和移除发言, 请群主升级成超级群 basic group: no mutes, upgrade it")
    if boosts := chat.get("unrestrict_boost_count"):
        told.append(f"加速 {boosts} 次的人不受限制, 请在群设置里关掉 boosters are unrestricted, switch it off")
    if seconds := chat.get("slow_mode_delay"):
        told.append(f"慢速模式 {seconds} 秒, 开会时请关掉 slow mode is on, switch it off for the meeting")
    return told
