"""A whole meeting, from the open check-in to the announced result (5.6.1)."""

from datetime import datetime

from bot.rehearsal import arrival, chair, eyes, floor, following, opinion, voting, weather
from bot.rehearsal.hall import Hall

TO_THE_HOUR_SECONDS = 31 * 60
FLOOD = 60


class Desk:
    """The recorder's private chat."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    async def taps(self, who: str, button: str) -> None:
        """Tap the newest button with these words; wait for it if need be."""
        _, seen = await self._hall.sees(who, lambda text: eyes.same(text, button), button)
        await self._hall.tap(who, seen)
        await self._hall.hours.settle()

    async def writes(self, who: str, text: str) -> None:
        """Write to the bot."""
        await self._hall.writes(who, text)


async def play(hall: Hall, check_in_at: datetime, begins_at: datetime) -> None:
    """The meeting. Raises StuckError when it does not go on, StoppedError when a human chair ended it early."""
    await arrival.open_private_chats(hall)
    await hall.hours.quiet()
    await hall.wires.until(check_in_at, plus=1)
    await arrival.sign_in(hall)
    await following.begin(hall)
    await hall.wires.until(begins_at, plus=1)
    await _rules(hall)
    await chair.does(hall, "宣布协商会正式开始", lambda board: board.mark == eyes.OPEN)
    await floor.explanation(hall)
    await floor.discussion(hall)
    await _wording(hall)
    await voting.ballot(hall, "main", voting.meant(hall, rules=False))
    await weather.clears(hall)
    await chair.does(hall, "公布结果", lambda board: board.mark == eyes.RESULT)
    await hall.hours.quiet()
    await following.compare(hall)


async def _rules(hall: Hall) -> None:
    """Published, voted on, and put once more when they are refused (5.6.1 b)."""
    await chair.does(hall, "宣布开会，公布规则", lambda board: board.mark == eyes.RULES)
    await weather.flood(hall, hall.dice("flood:rules"), FLOOD)
    held = await voting.ballot(hall, "rules", voting.meant(hall, rules=True))
    if 2 * held.tally[0] <= sum(held.tally):
        await chair.does(hall, "规则再付表决", lambda board: "就要表决" in board.text)
        await voting.ballot(hall, "rules", voting.meant(hall, rules=True, again=True))


async def _wording(hall: Hall) -> None:
    """While it is written people go on chatting."""
    if hall.practice:
        hall.tell("记录员正在写协商意见，稍后请您请大家举手")
    await opinion.recorder_writes(Desk(hall))
    await weather.flood(hall, hall.dice("flood:wording"), FLOOD)
    await hall.becomes(lambda board: "第 1 稿" in board.text, "协商意见的看板")
    await hall.hours.passes(opinion.CORRECTION_SECONDS)
