"""One parcel, one call to Telegram: the adapter from Rendered to python-telegram-bot."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from telegram import (
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.outbound.limiter import Limiter
from bot.settings import Settings
from bot.views.rendered import Button, Rendered

CONNECTIONS = 32
CALL_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything one call needs, gathered before it."""

    chat_id: int
    kind: str
    rendered: Rendered | None = None
    message_id: int | None = None
    body: bytes = b""
    name: str = ""
    reply_to: int | None = None
    thread: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram's answer: the message's id and its own date (UTC), both None for calls that make no message; what was
    asked for.
    """

    message_id: int | None = None
    at: datetime | None = None
    found: dict[str, Any] | None = None


def markup(buttons: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Our buttons as an inline keyboard."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.text, callback_data=b.data, url=b.url) for b in row] for row in buttons]
    )


class Post:
    """Carries parcels with ExtBot alone, no Application. Sending raises telegram.error.TelegramError."""

    def __init__(self, settings: Settings, limiter: Limiter) -> None:
        self._request = HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            read_timeout=CALL_SECONDS,
            write_timeout=CALL_SECONDS,
            pool_timeout=CALL_SECONDS,
        )
        # ExtBot.initialize would ask Telegram who we are: one more thing that can fail at start, for nothing we use.
        self.bot: ExtBot[bool] = ExtBot(
            settings.token,
            base_url=f"{settings.api}/bot",
            base_file_url=f"{settings.api}/file/bot",
            request=self._request,
            get_updates_request=self._request,
            rate_limiter=limiter,
        )
        self._ways: dict[str, Callable[[Parcel], Awaitable[Sent]]] = {
            "board_pin": self._pin,
            "board_unpin": self._unpin,
            "post_pin": self._pin,
            "board_close": self.edit,
            "board_delete": self._delete,
            "speech_delete": self._delete,
            "member_look": self._look,
            "member_restrict": self._restrict,
            "member_restore": self._restrict,
            "channel_ban": self._shut_out,
            "group_look": self._group,
        }

    async def close(self) -> None:
        """Drop the connections."""
        await self._request.shutdown()

    async def send(self, parcel: Parcel) -> Sent:
        """Make the call of this kind; what has no way of its own is a new message."""
        return await self._ways.get(parcel.kind, self._message)(parcel)

    async def edit(self, parcel: Parcel) -> Sent:
        """Change a message's text and buttons."""
        rendered = _rendered(parcel)
        await self.bot.edit_message_text(
            rendered.text,
            chat_id=parcel.chat_id,
            message_id=parcel.message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(rendered.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            rate_limit_args=True,
        )
        return Sent(parcel.message_id)

    async def _message(self, parcel: Parcel) -> Sent:
        rendered = _rendered(parcel)
        common: dict[str, Any] = {
            "parse_mode": ParseMode.HTML,
            "reply_markup": markup(rendered.buttons),
            "rate_limit_args": True,
        }
        if parcel.thread is not None:
            common["message_thread_id"] = parcel.thread
        if parcel.reply_to is not None:
            common["reply_parameters"] = ReplyParameters(parcel.reply_to, allow_sending_without_reply=True)
        send: Callable[..., Awaitable[Message]]
        if rendered.photo:
            send = partial(self.bot.send_photo, photo=parcel.body, filename=parcel.name, caption=rendered.text)
        elif rendered.document:
            send = partial(self.bot.send_document, document=parcel.body, filename=parcel.name, caption=rendered.text)
        else:
            quiet = LinkPreviewOptions(is_disabled=True)
            send = partial(self.bot.send_message, text=rendered.text, link_preview_options=quiet)
        message = await send(chat_id=parcel.chat_id, **common)
        return Sent(message.message_id, message.date)

    async def _pin(self, parcel: Parcel) -> Sent:
        assert parcel.message_id is not None
        await self.bot.pin_chat_message(
            parcel.chat_id, parcel.message_id, disable_notification=True, rate_limit_args=True
        )
        return Sent(parcel.message_id)

    async def _unpin(self, parcel: Parcel) -> Sent:
        assert parcel.message_id is not None
        await self.bot.unpin_chat_message(parcel.chat_id, message_id=parcel.message_id, rate_limit_args=True)
        return Sent(parcel.message_id)

    async def _group(self, parcel: Parcel) -> Sent:
        """What the group's own settings do to a meeting, as of now (T26, T27)."""
        chat = await self.bot.get_chat(parcel.chat_id, rate_limit_args=True)
        slow_mode = chat.slow_mode_delay
        seconds = slow_mode.total_seconds() if isinstance(slow_mode, timedelta) else slow_mode or 0
        found = {"kind": str(chat.type), "boosts": chat.unrestrict_boost_count or 0, "slow_mode": int(seconds)}
        return Sent(found=found)

    async def _shut_out(self, parcel: Parcel) -> Sent:
        """For good: Telegram knows no end date for a channel."""
        await self.bot.ban_chat_sender_chat(parcel.chat_id, parcel.facts["channel_id"], rate_limit_args=True)
        return Sent()

    async def _delete(self, parcel: Parcel) -> Sent:
        assert parcel.message_id is not None
        await self.bot.delete_message(parcel.chat_id, parcel.message_id, rate_limit_args=True)
        return Sent(parcel.message_id)

    async def _look(self, parcel: Parcel) -> Sent:
        """A member as Telegram knows them now: status, every permission, and the end of a restriction (T23)."""
        member = await self.bot.get_chat_member(parcel.chat_id, parcel.facts["user_id"], rate_limit_args=True)
        told = member.to_dict()
        found = {name: value for name, value in told.items() if name.startswith("can_")}
        return Sent(found=found | {"status": str(member.status), "until": told.get("until_date", 0)})

    async def _restrict(self, parcel: Parcel) -> Sent:
        """Every permission as the row says, none of them implied by another (T22)."""
        await self.bot.restrict_chat_member(
            parcel.chat_id,
            parcel.facts["user_id"],
            ChatPermissions(**parcel.facts["permissions"]),
            until_date=parcel.facts["until"] or None,
            use_independent_chat_permissions=True,
            rate_limit_args=True,
        )
        return Sent()


def _rendered(parcel: Parcel) -> Rendered:
    if parcel.rendered is None:
        raise LookupError(f"nothing to show for {parcel.kind}")
    return parcel.rendered
