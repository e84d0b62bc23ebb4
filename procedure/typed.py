"""What typed words do in the group, for those who would rather write than tap (5.5.2 b, 5.5.3 b, 5.6.1 a)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from procedure.terms import Stance
from procedure.text import visible


class CommandKind(StrEnum):
    """The four things that can be typed."""

    CHECK_IN = "check_in"
    RAISE_HAND = "raise_hand"
    LOWER_HAND = "lower_hand"
    VOTE = "vote"


@dataclass(frozen=True, slots=True)
class Command:
    """A typed wish; ``stance`` belongs to raising a hand and to voting."""

    kind: CommandKind
    stance: Stance | None = None


_TRAILING: Final = "。.!！~～ \u3000\t\r\n"

_WORDS: Final = {
    "签到": Command(CommandKind.CHECK_IN),
    "簽到": Command(CommandKind.CHECK_IN),
    "举手赞成": Command(CommandKind.RAISE_HAND, Stance.FOR),
    "舉手贊成": Command(CommandKind.RAISE_HAND, Stance.FOR),
    "举手反对": Command(CommandKind.RAISE_HAND, Stance.AGAINST),
    "舉手反對": Command(CommandKind.RAISE_HAND, Stance.AGAINST),
    "放下": Command(CommandKind.LOWER_HAND),
    "放下手": Command(CommandKind.LOWER_HAND),
    "赞成": Command(CommandKind.VOTE, Stance.FOR),
    "贊成": Command(CommandKind.VOTE, Stance.FOR),
    "反对": Command(CommandKind.VOTE, Stance.AGAINST),
    "反對": Command(CommandKind.VOTE, Stance.AGAINST),
    "弃权": Command(CommandKind.VOTE, Stance.ABSTAIN),
    "棄權": Command(CommandKind.VOTE, Stance.ABSTAIN),
}


def read(text: str) -> Command | None:
    """The command a whole message is, or None for anything else: a sentence that contains a word is no vote.

    Blanks anywhere on the one line and 。.!！~～ at the end do not matter.
    """
    line = visible(text).strip().rstrip(_TRAILING)
    if "\n" in line:
        return None
    return _WORDS.get("".join(line.split()))
