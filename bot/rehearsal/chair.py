"""The chair: simulated, or a person in front of the page whose next step everybody waits for."""

import re
from collections.abc import Callable
from typing import Final

from bot.rehearsal import eyes
from bot.rehearsal.eyes import Board
from bot.rehearsal.hall import PATIENCE, Hall, Seen, StuckError, Tap

CHAIR: Final = "chair"
_GRANT: Final = re.compile(r"请 (.+) 发言$")
TAPS: Final = 3
HUMAN_SECONDS: Final = 5


async def does(hall: Hall, words: str, done: Callable[[Board], bool]) -> Board:
    """A step of the chair, until the board shows what comes of it."""
    if hall.practice:
        hall.tell(f"轮到您（主持人）：请点「{words}」")
        return await _by_hand(hall, done)
    for _ in range(TAPS):
        _, seen = await hall.sees(CHAIR, lambda text: text == words or text.endswith(f" {words}"), words)
        answer = await hall.tap(CHAIR, seen)
        try:
            return await hall.becomes(done, f"「{words}」之后的看板")
        except StuckError:
            hall.ledger.remark(f"主持人点了「{words}」，回答是「{answer}」，看板没有变")
    raise StuckError(f"主持人点了 {TAPS} 次「{words}」，会没有往下走")


async def _by_hand(hall: Hall, done: Callable[[Board], bool]) -> Board:
    """People take the time they need."""
    while not done(found := await hall.board()):
        await hall.hours.passes(HUMAN_SECONDS)
    return found


async def grants(hall: Hall) -> str | None:
    """Who is given the floor; None when a chair of flesh and blood has gone on to the wording instead.

    The simulated chair takes whom the bot proposes; that it is the one whom the rule puts next is remarked on if not.
    """
    expected = hall.ledger.next()
    assert expected is not None
    wanted = hall.cast.labels[expected.who]
    if hall.practice:
        hall.tell(f"轮到您（主持人）：请点「请 {wanted} 发言」")
        found = await _by_hand(hall, lambda board: board.floor is not None or board.mark != eyes.DISCUSSION)
        return _of(hall, eyes.named(found.floor, list(hall.cast.labels.values()))) if found.floor else None
    # A chair with a quick finger taps twice.
    fingers = hall.dice(f"grant:{len(hall.ledger.turns)}").choice((1, 1, 2))
    for _ in range(TAPS):
        shown, seen = await _proposed(hall, wanted)
        told = await hall.taps([Tap(CHAIR, seen)] * fingers)
        if any("已请" in answer or "正在发言" in answer for answer in told):
            break
        await hall.hours.goes_on()  # a hand has just come down or gone up: the console is about to show it
    if shown != wanted:
        hall.ledger.remark(f"下一位应是 {wanted}，机器人请主持人叫 {shown}")
    await hall.becomes(lambda board: (board.floor or "").startswith(shown), f"请 {shown} 发言的看板")
    return _of(hall, shown)


async def _proposed(hall: Hall, wanted: str) -> tuple[str, Seen]:
    """Whom the console proposes, once it has caught up with the last hand that went up or came down."""
    deadline = await hall.hours.now() + PATIENCE
    while True:
        text, seen = await hall.sees(CHAIR, lambda text: _GRANT.search(text) is not None, "请……发言")
        found = _GRANT.search(text)
        assert found is not None
        if found[1] == wanted or await hall.hours.now() > deadline:
            return found[1], seen
        await hall.hours.goes_on()


def _of(hall: Hall, label: str | None) -> str:
    found = next((key for key, one in hall.cast.labels.items() if one == label), None)
    if found is None:
        raise StuckError(f"看板上有发言，名册上没有这个人：{label}")
    return found
