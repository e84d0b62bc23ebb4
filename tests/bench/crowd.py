"""A crowd: everybody's hand within ten seconds. Who is answered how soon, when the board is right, what it costs."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from bot.rehearsal import answers
from bot.rehearsal.eyes import HEAD
from bot.rehearsal.hall import Hall, Seen, Tap
from bot.rehearsal.people import FOR
from bot.rehearsal.wires import group_call

PEOPLE, SECONDS, BATCHES = 500, 10.0, 100
BOARD_SECONDS, LOOK_SECONDS = 60.0, 0.1
MOST_CALLS, SLOWEST_TOAST_MS, SLOWEST_BOARD = 20, 1000.0, 15.0
MINUTE = timedelta(minutes=1)


async def raises_hands(hall: Hall, seen: Seen) -> dict[str, Any]:
    """Everybody taps 举手赞成 once, spread evenly over `SECONDS`; figures of what came of it."""
    hall.took.clear()
    hall.ledger.explained = True
    taps = [Tap(who, seen) for who in hall.cast.accounts]
    told = await _spread(hall, taps)
    last = monotonic()
    for tap, answer in zip(taps, told, strict=True):
        lawful = hall.ledger.raises(tap.who, FOR)
        hall.ledger.check(lawful, answers.raised(answer), answers.already_up(answer), f"{tap.who} 举手：{answer}")
    return {
        "acknowledged": sum(answers.raised(answer) for answer in told),
        "p99": sorted(hall.took)[len(hall.took) * 99 // 100],
        "board": await board_says(hall, f"举手 {len(taps)} 人", last),
        "group_calls": await most_in_a_minute(hall),
    }


async def _spread(hall: Hall, taps: Sequence[Tap]) -> list[str]:
    """A few at each instant, whether or not those before have been answered."""
    size, began = -(-len(taps) // BATCHES), monotonic()
    under_way = []
    for number, first in enumerate(range(0, len(taps), size)):
        await asyncio.sleep(max(0.0, began + number * SECONDS / BATCHES - monotonic()))
        under_way.append(asyncio.create_task(hall.taps(taps[first : first + size])))
    return [answer for batch in await asyncio.gather(*under_way) for answer in batch]


async def board_says(hall: Hall, words: str, since: float) -> float:
    """Real seconds from `since` (monotonic) until the newest board says this. Raises TimeoutError."""
    while monotonic() < since + BOARD_SECONDS:
        shown = [one for one in await hall.wires.messages(hall.cast.group) if HEAD.match(one["text"])]
        if shown and words in shown[-1]["text"]:
            return monotonic() - since
        await asyncio.sleep(LOOK_SECONDS)
    raise TimeoutError(f"the board does not say {words}")


async def most_in_a_minute(hall: Hall) -> int:
    """The most calls Telegram counts against the group within any minute."""
    calls = await hall.wires.calls(chat=hall.cast.group)
    made = [datetime.fromisoformat(one["at"]) for one in calls if group_call(one)]
    return max(sum(begin <= at < begin + MINUTE for at in made) for begin in made)


def fits(figures: dict[str, Any]) -> bool:
    """Whether a crowd was served as it should be."""
    return bool(
        figures["hands_acknowledged"] == figures["hands_stored"] == figures["hands_people"]
        and figures["hands_p99_ms"] < SLOWEST_TOAST_MS
        and max(figures["hands_board_s"], figures["vote_board_s"]) <= SLOWEST_BOARD
        and figures["group_calls_a_minute"] <= MOST_CALLS
    )
