"""Which updates a handler is for. aiogram hands every filter that is no coroutine, its own F too, to a thread, at each
update that passes it; these are asked where the update is.
"""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, TelegramObject
from aiogram.utils.magic_filter import MagicFilter


class Tapped(Filter):
    """Taps on a button of one of these verbs."""

    def __init__(self, *verbs: str) -> None:
        self._verbs = frozenset(verbs)

    async def __call__(self, query: CallbackQuery) -> bool:
        """Whether it is one."""
        return (query.data or "").partition(":")[0] in self._verbs


class Where(Filter):
    """Whatever F says of the update."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject, **_data: Any) -> bool:
        """Whether it says yes."""
        return bool(self._magic.resolve(event))
