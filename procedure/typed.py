"""What typed words do in the group, for those who would rather write than tap (5.5.2 b, 5.5.3 b, 5.6.1 a)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from procedure.terms import Stance
from procedure.text import visible


class CommandKind(StrEnum):
    """What can be typed."""

    CHECK_IN = "check_in"
    RAISE_HAND = "raise_hand"
    LOWER_HAND = "lower_hand"
    VOTE = "vote"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Command:
    """A typed wish; ``stance`` belongs to raising a hand and to voting, ``words`` to a point of order."""

    kind: CommandKind
    stance: Stance | None = None
    words: str = ""


_AROUND: Final = "。.!！~～,，、;；…「」『』【】 \u3000\t\r\n"
_TRADITIONAL: Final = str.maketrans("贊讚對棄權舉簽議異", "赞赞对弃权举签议异")
_POINT: Final = "程序异议"

_WORDS: Final = {
    "签到": Command(CommandKind.CHECK_IN),
    "举手赞成": Command(CommandKind.RAISE_HAND, Stance.FOR),
    "举手反对": Command(CommandKind.RAISE_HAND, Stance.AGAINST),
    "放下": Command(CommandKind.LOWER_HAND),
    "放下手": Command(CommandKind.LOWER_HAND),
    "赞成": Command(CommandKind.VOTE, Stance.FOR),
    "反对": Command(CommandKind.VOTE, Stance.AGAINST),
    "弃权": Command(CommandKind.VOTE, Stance.ABSTAIN),
}
_ALMOST: Final = ("赞成", "反对", "弃权", "同意", "支持")
_ALMOST_LIMIT: Final = 12


def read(text: str) -> Command | None:
    """The command a whole message is, or None for anything else: a sentence that contains a word is no vote.

    Blanks anywhere on the one line, the bot's own brackets 「」, full stops around it and traditional characters do not
    matter; a question mark and quotes do. Only what begins with 程序异议 goes on as it likes: that is what it says.
    """
    return _WORDS.get(_line(text)) or _point(text)


def _point(text: str) -> Command | None:
    """程序异议, and after a colon, a blank or a new line what is not in order; the bare word asks how."""
    said = visible(text).strip()
    head, rest = said[: len(_POINT)], said[len(_POINT) :]
    if head.translate(_TRADITIONAL) != _POINT or (rest and rest[0] not in _AROUND + ":\uff1a"):
        return None
    return Command(CommandKind.POINT, words=rest.strip(_AROUND + ":\uff1a"))


def almost_a_vote(text: str) -> bool:
    """Whether somebody may think they have voted by this: a short line with a word of voting in it (我赞成, 同意)."""
    line = _line(text)
    return line not in _WORDS and len(line) <= _ALMOST_LIMIT and any(word in line for word in _ALMOST)


def _line(text: str) -> str:
    line = visible(text).strip(_AROUND)
    return "" if "\n" in line else "".join(line.split()).translate(_TRADITIONAL)
