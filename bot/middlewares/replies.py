"""Answers that are given at once: toasts, and sentences in private chats."""

import html
import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message, Update

from bot.views.rendered import Toast

log = logging.getLogger(__name__)


async def answer_callback(bot: Bot, callback_id: str, toast: Toast | None) -> None:
    """Answer a tap, best effort: an answer that comes too late is no error, the board shows what is so."""
    text, alert = (toast.text, toast.alert) if toast else (None, None)
    try:
        await bot(AnswerCallbackQuery(callback_query_id=callback_id, text=text, show_alert=alert or None))
    except TelegramAPIError as error:
        log.info("a toast was not shown: %s", type(error).__name__)


async def tell(bot: Bot, update: Update, toast: Toast) -> None:
    """Say one sentence to whoever sent the update; in a group only a tap is answered."""
    event = update.event
    if isinstance(event, CallbackQuery):
        await answer_callback(bot, event.id, toast)
    elif isinstance(event, Message) and event.chat.type == "private":
        try:
            await bot(SendMessage(chat_id=event.chat.id, text=html.escape(toast.text, quote=False), parse_mode="HTML"))
        except TelegramAPIError as error:
            log.info("an answer was not shown: %s", type(error).__name__)
