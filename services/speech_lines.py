"""The words of a turn as the record prints them, statement by statement (5.6.1 i, 5.6.3)."""

from collections.abc import Iterator
from typing import Final

from procedure.minutes import Addendum, Amendment, Statement, TurnTaken
from procedure.terms import Capacity, Stance, TurnKind
from services import paper_words
from services.files_coming import STORED
from services.paper_words import printed

SPEECH_SHOWN: Final = 600
"""So many characters of a statement stand in form B.3; all of it stands in the minutes that it names (6 g)."""
DIGEST_SHOWN: Final = 8
_NOT_WORDS: Final = {
    "voice": "语音",
    "video_note": "视频",
    "photo": "图片",
    "document": "文件",
    "room": "现场",
    "other": "其他消息",
}
_READ: Final = {"recorder": "（记录员代读）", "bot": "（由机器人代为贴出）"}
NOTHING_SAID: Final = printed("（没有留下文字）")


def heading(turn: TurnTaken) -> str:
    """Whose turn, on which side, how long: the line above the statements."""
    if turn.end_reason == "undone":
        return printed("主持人点错了人，撤回请{label}发言，不占发言次数。", label=turn.label)
    if turn.kind == TurnKind.EXPLANATION:
        head = printed("第{number}号，议题提出人（{label}）说明", number=turn.number, label=turn.label)
    elif turn.kind == TurnKind.ANSWER:
        sentence = "第{number}号，{label}回答第{question}问"
        head = printed(sentence, number=turn.number, label=turn.label, question=turn.question)
    else:
        who = f"{turn.label}({paper_words.CAPACITIES[Capacity(turn.capacity)]})" if turn.capacity else turn.label
        side = f",{paper_words.STANCES[Stance(turn.stance)]}" if turn.stance else ""
        head = printed("第{number}号发言，{who}{side}", number=turn.number, who=in_print(who), side=in_print(side))
    over = max((one.overrun_seconds for one in turn.statements), default=0)
    lasted = "" if turn.seconds is None else printed("，用时{time}", time=_lasted(turn.seconds))
    nothing = "" if turn.statements else NOTHING_SAID
    return f"{head}{lasted}{printed('（超时{seconds}秒）', seconds=over) if over else ''}。{nothing}"


def in_print(words: str) -> str:
    """Our own words with full-width punctuation."""
    return paper_words.in_print(words)


def statement(one: Statement, shown: int | None) -> str:
    """A statement with its number and Telegram's, what was added to it later and what was set right."""
    messages = printed("（消息{ids}）", ids="、".join(map(str, one.messages))) if one.messages else ""
    said = printed("第{number}条{messages}：{words}", number=one.number, messages=messages, words=words(one, shown))
    return said + "".join((*_later(one, shown), *_right(one, shown)))


def words(one: Statement, shown: int | None) -> str:
    """What was said: at most ``shown`` characters of it, or all; what is no text is named in brackets."""
    text = _short(one.text, shown)
    if one.kind not in _NOT_WORDS:
        return (in_print(_READ[one.read_by]) if one.read_by else "") + text
    count = printed("{count}件", count=one.parts) if one.parts > 1 else ""
    notes = [_NOT_WORDS[one.kind] + count, *_summary(one), *_kept(one)]
    return printed("({notes})", notes=in_print(",").join(notes)) + text


def _summary(one: Statement) -> list[str]:
    return [printed("记录员摘要：{text}", text=one.summary)] if one.summary is not None else []


def _kept(one: Statement) -> list[str]:
    """The files' numbers: the beginning of their SHA-256."""
    numbers = [kept.sha256[:DIGEST_SHOWN] for kept in one.files if kept.state == STORED and kept.sha256]
    return [printed("存档编号{numbers}", numbers="、".join(numbers))] if numbers else []


def _later(one: Statement, shown: int | None) -> Iterator[str]:
    for row in one.addenda:
        yield _addendum(row, shown)


def _addendum(row: Addendum, shown: int | None) -> str:
    """The first version is the speech; what it was changed to stands behind it, with its number and time."""
    at = f"{row.at.hour}时{row.at.minute:02d}分"
    return printed("（后补{number}，{at}改为：{text}）", number=row.number, at=at, text=_short(row.text, shown))


def _right(one: Statement, shown: int | None) -> Iterator[str]:
    for row in one.amendments:
        yield _amendment(row, shown)


def _amendment(row: Amendment, shown: int | None) -> str:
    what = "记录员改正了摘要" if row.what == "summary" else "记录员改正了记录的文字"
    return printed("（{what}，原为：{before}）", what=what, before=_short(row.before, shown))


def _short(text: str | None, shown: int | None) -> str:
    if text is None:
        return paper_words.ERASED
    line = " ".join(text.split())
    return line if shown is None or len(line) <= shown else line[:shown] + printed("……（全文见会议记录）")


def _lasted(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{rest}秒" if minutes else f"{rest}秒"
