"""Telegram's flood limits as the sandbox fixes them, on the sandbox's clock."""

import math
from collections import deque

from bot.sandbox.errors import too_many
from bot.sandbox.model import GROUPS, Chat

GROUP_CALLS, GROUP_WINDOW = 20, 60.0
ALL_CALLS, ALL_WINDOW = 30, 1.0


class Flood:
    """Sliding windows per bot: 20 calls a minute in one group, 30 a second overall."""

    def __init__(self) -> None:
        self._windows: dict[tuple[int, int], deque[float]] = {}

    def pass_through(self, bot: int, chat: Chat, now: float, sends: bool = True) -> None:
        """Count one call; `sends` for the ones the overall window counts too.

        Raises Refused (429) with the seconds until the next free place; a refused call is not counted.
        """
        windows = []
        if chat.kind in GROUPS:
            windows.append((self._window(bot, chat.id), GROUP_CALLS, GROUP_WINDOW))
        if sends:
            windows.append((self._window(bot, 0), ALL_CALLS, ALL_WINDOW))
        waits = [_wait(window, calls, span, now) for window, calls, span in windows]
        if waits and max(waits) > 0:
            raise too_many(max(1, math.ceil(max(waits))))
        for window, _calls, _span in windows:
            window.append(now)

    def _window(self, bot: int, chat: int) -> deque[float]:
        return self._windows.setdefault((bot, chat), deque())


def _wait(window: deque[float], calls: int, span: float, now: float) -> float:
    while window and window[0] <= now - span:
        window.popleft()
    return window[0] + span - now if len(window) >= calls else 0.0
