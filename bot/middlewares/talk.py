"""Conversation state in our database, for private chats only: group messages pay nothing for it."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from aiogram.dispatcher.middlewares.user_context import EVENT_CONTEXT_KEY
from aiogram.fsm.middleware import FSMContextMiddleware
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.types import TelegramObject

from storage import dialog_state
from storage.database import Database


class SqlStorage(BaseStorage):
    """aiogram's storage over one upserted row per key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = DefaultKeyBuilder(with_bot_id=True, with_destiny=True)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Change the state."""
        name = state.state if isinstance(state, State) else state
        await self._database.write(partial(dialog_state.set_state, key=self._keys.build(key), state=name))

    async def get_state(self, key: StorageKey) -> str | None:
        """The state, or None."""
        return (await self._database.read(partial(dialog_state.get, key=self._keys.build(key))))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        await self._database.write(partial(dialog_state.set_data, key=self._keys.build(key), data=dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data, {} when there is none."""
        return (await self._database.read(partial(dialog_state.get, key=self._keys.build(key))))[1]

    async def close(self) -> None:
        """The database is not ours to close."""


class PrivateTalk(FSMContextMiddleware):
    """aiogram's state middleware, passed by every update that is not from a private chat."""

    def __init__(self, storage: BaseStorage) -> None:
        super().__init__(storage=storage, events_isolation=SimpleEventIsolation())

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Load the state for private chats."""
        context = data.get(EVENT_CONTEXT_KEY)
        chat = context.chat if context else None
        if chat is None or chat.type != "private":
            return await handler(event, data)
        return await super().__call__(handler, event, data)
