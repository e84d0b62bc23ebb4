"""Who acts, and the act bound to them."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import TelegramObject, Update, User

from bot import views
from bot.middlewares.languages import Languages
from bot.middlewares.replies import tell
from bot.settings import FACELESS
from procedure.errors import RuleBroken
from services.act import Action, Actor, Door, Receipt

log = logging.getLogger(__name__)
T = TypeVar("T")
NOBODY = 0
"""The account of whoever does not show a face. Never None: that is the system itself."""


class Act(Protocol):
    """`await act(service_function, **facts)`: the one way handlers change anything."""

    async def __call__(self, action: Action, /, **facts: Any) -> Receipt:
        """Raises RuleBroken when procedure/ refuses."""


class Read(Protocol):
    """`await read(fn, **facts)`: fn(uow, now=…, **facts) on what is committed."""

    async def __call__(self, fn: Callable[..., T], /, **facts: Any) -> T:
        """What fn returns."""


class Bound:
    """act for one update: the n-th call of an action has a key of its own, the same when the update runs again."""

    __slots__ = ("_actor", "_calls", "_door")

    def __init__(self, door: Door, actor: Actor) -> None:
        self._door, self._actor = door, actor
        self._calls: dict[str, int] = {}

    async def __call__(self, action: Action, /, **facts: Any) -> Receipt:
        """Act as whoever sent the update."""
        name: str = action.__name__
        self._calls[name] = times = self._calls.get(name, 0) + 1
        # Our own number, not Telegram's: update ids may start again anywhere after an idle week.
        key = f"{self._actor.arrival}:{name}:{times}"
        return await self._door.act(action, self._actor, key, **facts)


class ActorMiddleware(BaseMiddleware):
    """Outermost on the dispatcher: gives handlers `actor`, `act`, `read`, `language`, and words a refusal."""

    def __init__(self, door: Door, languages: Languages) -> None:
        self._door, self._languages = door, languages

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Bind, handle, and answer what procedure/ refused."""
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        account_id = user.id if user is not None and user.id not in FACELESS else NOBODY
        actor = Actor(account_id, event.update_id, data.get("inbox_id", 0))
        language = await self._languages.of(account_id, user.language_code if user else None)
        data["actor"], data["language"], data["languages"] = actor, language, self._languages
        data["act"], data["read"] = Bound(self._door, actor), self._read
        try:
            return await handler(event, data)
        except RuleBroken as broken:
            bot: Bot = data["bot"]
            await tell(bot, event, views.refusal(broken.code, broken.clause, broken.facts, language))
            return None
        except TelegramRetryAfter:
            # `Pace` has waited and tried again. What was done is done; more tries would only take calls from others.
            log.warning("an answer was dropped: Telegram asks us to wait")
            return None

    async def _read(self, fn: Callable[..., T], /, **facts: Any) -> T:
        return await self._door.read(fn, **facts)
