"""Words removed and members muted, as the record B.3 prints them: what was removed stays in it (5.5.2 d, T28)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from procedure.minuted_order import WordsRemoved
from procedure.minutes import Minutes
from services import paper_words
from services.paper_words import printed

SHOWN: Final = 60
MOST: Final = 30
"""So many removed messages are printed word for word; all of them are in the chat's log."""


def lines(minutes: Minutes) -> Iterator[tuple[datetime, str]]:
    """One paragraph for each message or album that was taken out of the group, one for each mute and its end."""
    for one in minutes.removals[:MOST]:
        yield one.at, _removal(one)
    left = len(minutes.removals) - MOST
    if left > 0:
        yield minutes.removals[-1].at, printed("另有{count}条会外发言留存后移除，原话见发言留存。", count=left)
    for mute in minutes.mutes:
        label, sentence = _label(mute.label), "主持人请{label}暂不在群内发言，理由：{why}。"
        yield mute.at, printed(sentence, label=label, why=_short(mute.reason))
        if mute.lifted_at is not None:
            yield mute.lifted_at, printed("{label}恢复群内发言。", label=label)


def _removal(one: WordsRemoved) -> str:
    facts = {"label": _label(one.label), "text": _short(one.text)}
    if one.reason is None:
        return printed("{label}没有轮到发言，原话留存后照协商规则移除：{text}", **facts)
    sentence = "主持人移除{label}的会外发言，理由：{why}。留存的原话：{text}"
    return printed(sentence, why=_short(one.reason), **facts)


def _label(label: str | None) -> str:
    return label or printed("一位没有登记的人")


def _short(text: str | None) -> str:
    if text is None:
        return paper_words.ERASED
    line = " ".join(text.split()) or printed("（没有文字）")
    return line if len(line) <= SHOWN else line[:SHOWN] + "……"
