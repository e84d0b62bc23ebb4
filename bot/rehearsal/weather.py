"""Bad weather: floods of words, calls that fail, answers that get lost, updates that come twice."""

from collections.abc import Sequence
from random import Random
from typing import Final

from bot.rehearsal.eyes import Wire
from bot.rehearsal.hall import Hall
from bot.rehearsal.people import PROPOSER

STRANGER: Final = "stranger"
LEAST_WORDS: Final = 4
_LOST: Final = ("timeout_before", "timeout_after")
_CHATTER: Final = (
    "我也说一句",
    "对对对",
    "不对吧",
    "👍",
    "谁家的车挡在门口了？",
    "有人看见我家的猫吗",
    "<b>快点</b>开完 & 回家做饭",
    "签到了吗你",
    "\u202e倒着写的",
    "我看行",
    "🙏🙏🙏",
    "停水了没有",
    "/status@nobody",
    "那三号楼道呢？" * 20,
)


async def flood(hall: Hall, dice: Random, most: int) -> None:
    """Words in the group by people who have not been given the floor, one right after the other; `most` among 200."""
    most = max(LEAST_WORDS, most * len(hall.cast.residents) // 200)
    people = [one.key for one in hall.cast.residents if one.turns == 0 and one.key != PROPOSER]
    for _ in range(dice.randint(most // 2, most)):
        await hall.says(dice.choice([*people, STRANGER]), dice.choice(_CHATTER))


async def worsens(hall: Hall, dice: Random) -> None:
    """Order some faults for the calls that come next; often none."""
    group = hall.cast.group
    menu: list[Wire] = [
        {"method": "sendMessage", "chat": group, "error": dice.choice(_LOST)},
        {"method": "sendMessage", "chat": group, "error": 429, "retry_after": dice.randint(2, 9)},
        {"method": "editMessageText", "chat": group, "error": dice.choice((*_LOST, 429, 500))},
        {"method": "pinChatMessage", "chat": group, "error": dice.choice((*_LOST, 429))},
        {"method": "answerCallbackQuery", "error": dice.choice(_LOST), "times": dice.randint(1, 3)},
        {"error": "duplicate_update", "times": dice.randint(2, 10)},
    ]
    ordered = dice.sample(menu, dice.choice((0, 1, 1, 2, 3)))
    hall.answers_get_lost |= any(one.get("method") == "answerCallbackQuery" for one in ordered)
    hall.twice += sum(int(one["times"]) for one in ordered if one["error"] == "duplicate_update")
    if ordered:
        await hall.wires.faults(*ordered)


async def clears(hall: Hall) -> None:
    """What was ordered and has not happened is taken back."""
    await hall.wires.faults()
    hall.answers_get_lost = False


def hit(calls: Sequence[Wire]) -> dict[str, int]:
    """How many calls each ordered fault hit."""
    names = [str(one["fault"]) for one in calls if one.get("fault")]
    return {name: names.count(name) for name in sorted(set(names))}
