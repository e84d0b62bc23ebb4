"""What `rehearse` is asked for, and a chair of flesh and blood."""

from typing import cast

import pytest

from bot.command.rehearse import Wanted, cast_of
from bot.command.run import CommandError
from bot.rehearsal import chair
from bot.rehearsal.eyes import Board, board, button, named
from bot.rehearsal.hall import Hall
from bot.rehearsal.people import invited
from services import demo

BOT = 9


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(7, 1), "--people"),
        (Wanted(1001, 1), "--people"),
        (Wanted(12, 1, 0.5), "--speed"),
        (Wanted(12, 1, 601), "--speed"),
        (Wanted(12, 1, None, True), "--practice"),
    ],
)
def test_figures_that_make_no_meeting(wanted: Wanted, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        wanted.check()


@pytest.mark.parametrize("wanted", [Wanted(8, 1), Wanted(1000, 1), Wanted(12, 1, 1), Wanted(12, 1, 600, True)])
def test_figures_that_make_one(wanted: Wanted) -> None:
    wanted.check()
    assert wanted.rules.minutes == 1 and wanted.rules.turns == 2


def test_everybody_has_a_key_and_a_name_of_their_own() -> None:
    roles = cast_of(invited(1000, 1, 1))
    assert len({one.key for one in roles}) == len({one.name for one in roles}) == len(roles)
    assert {one.key for one in demo.CAST if one.post} <= {one.key for one in roles}


def message(number: int, text: str, *labels: str, sender: int = BOT) -> dict[str, object]:
    """A message of the group as the chat side shows it."""
    rows = [[{"text": label, "data": label}] for label in labels]
    return {"id": number, "from": sender, "text": text, "buttons": rows}


def test_the_newest_board_is_read_by_its_head() -> None:
    floor = "🎤 1-101（赞成，第 1 次）发言，至 19:42:30"
    shown = [
        message(1, "🗳 表决协商规则 · 第 1 号议题", "✋ 赞成"),
        message(2, f"💬 讨论 · 第 1 号议题\n{floor}", "我说完了"),
        message(3, "💬 讨论 · 第 1 号议题", sender=5),
        message(4, "🗳 现在表决协商规则"),
    ]
    newest = board(shown, BOT)
    assert newest is not None and (newest.id, newest.mark, newest.until) == (2, "💬", (19, 42, 30))
    assert named(newest.floor or "", ["1-10", "1-101", "2-101"]) == "1-101" and newest.calling is None
    earlier = board(shown[:1], BOT)
    assert earlier is not None and earlier.calling == "赞成"
    assert button(shown[0], "赞成") is not None and button(shown[0], "成") is None


class Slow:
    """A hall whose chair takes three looks to find the button."""

    practice = True

    def __init__(self) -> None:
        self.told: list[str] = []
        self.waited = 0.0
        self.hours = self

    async def board(self) -> Board:
        """The board changes once enough time has passed."""
        return Board(1, "💬" if self.waited >= 3 * chair.HUMAN_SECONDS else "🙋", "", message(1, ""))

    async def passes(self, seconds: float) -> None:
        """Time passes."""
        self.waited += seconds

    def tell(self, line: str) -> None:
        """Keeps what people read in the terminal."""
        self.told.append(line)


async def test_residents_wait_for_a_chair_of_flesh_and_blood() -> None:
    hall = Slow()
    shown = await chair.does(cast(Hall, hall), "开始讨论", lambda found: found.mark == "💬")
    assert shown.mark == "💬" and hall.waited == 3 * chair.HUMAN_SECONDS
    assert hall.told == ["轮到您（主持人）：请点「开始讨论」"]
