"""The ceiling: a plain aiogram bot that makes one answerCallbackQuery per tap."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery


async def main(api_url: str, token: str) -> None:
    """Poll and answer until killed."""
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def answer(query: CallbackQuery) -> None:
        await query.answer("ok")

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
    await dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
