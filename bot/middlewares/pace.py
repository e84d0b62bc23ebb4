"""What every request of handlers and dialogs passes: its turn in the overall limit, and the model of its answer."""

from datetime import timedelta
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.clock import Clock
from bot.outbound.limiter import Limiter

TRIES: Final = 3
LONGEST_WAIT_SECONDS: Final = 5
"""Nobody still looks for an answer that comes later, and their lane would stand still."""


class Pace(BaseRequestMiddleware):
    """Waits for a place in the overall limit and, when Telegram asks for patience, for as long as it says."""

    def __init__(self, limiter: Limiter, clock: Clock) -> None:
        self._limiter, self._clock = limiter, clock

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request. Raises TelegramRetryAfter after three tries, or at once when the wait is over 5 s."""
        chat_id = getattr(method, "chat_id", None)
        if not isinstance(chat_id, int):
            return await make_request(bot, method)
        left = TRIES
        while True:
            await self._turn(chat_id, method)
            left -= 1
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                self._limiter.hold(chat_id, self._clock.now() + timedelta(seconds=refusal.retry_after))
                if not left or refusal.retry_after > LONGEST_WAIT_SECONDS:
                    raise

    async def _turn(self, chat_id: int, method: TelegramMethod[Any]) -> None:
        """Return once this chat may be called, the call counted. Raises TelegramRetryAfter when that is 6 s off."""
        while (at := self._limiter.answer_at(chat_id, now := self._clock.now())) > now:
            wait = (at - now) // timedelta(seconds=1)
            if wait > LONGEST_WAIT_SECONDS:
                raise TelegramRetryAfter(method=method, message="this chat was asked to wait", retry_after=wait)
            await self._clock.sleep_until(at)
        self._limiter.count(now)


class KnownAnswers(BaseRequestMiddleware):
    """Keeps the model of every kind of answer that has come.

    aiogram writes Response[Message] at each answer; pydantic forgets such a model as soon as nobody holds it, and
    building it again costs 10 ms.
    """

    def __init__(self) -> None:
        self._models: dict[Any, Any] = {}

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request."""
        answer: Any = method.__returning__
        if answer not in self._models:
            self._models[answer] = Response[answer]
        return await make_request(bot, method)
