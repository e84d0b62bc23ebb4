"""The words of one turn as the record B.3 prints them (5.6.1 i, 5.6.3)."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from services import paper_words
from services.case import Case
from services.files import STORED
from services.paper_words import printed
from services.reading_rows import BOT
from storage.tables import Attachment, Content, Speech, Turn

SPEECH_SHOWN: Final = 600
"""So many characters of a speech stand in the record; all of it stays in the chat's log (6 g)."""
_NOT_WORDS: Final = {
    "voice": "语音",
    "video_note": "视频",
    "photo": "图片",
    "document": "文件",
    "room": "现场",
    "other": "其他消息",
}
DIGEST_SHOWN: Final = 8


def said(case: Case, turn: Turn) -> str:
    """First versions in their order, an album as one piece; then addenda, and how far the turn was overrun."""
    rows = case.uow.all(Speech, order="sent_at,id", turn_id=turn.id, standing="speech")
    first = [row for row in rows if row.edit == 0]
    pieces = [_piece(case, list(parts)) for _, parts in groupby(first, key=lambda row: row.album or row.id)]
    words = " ".join(pieces) if pieces else printed("(没有留下文字)")
    later = (printed("(后补:{text})", text=_text(case, row)) for row in rows if row.edit > 0)
    over = max((row.overrun_seconds for row in first), default=0)
    return words + "".join(later) + (printed("(超时{seconds}秒)", seconds=over) if over else "")


def _piece(case: Case, parts: Sequence[Speech]) -> str:
    """One message, or all the messages of one album."""
    kind = parts[0].kind
    texts = [text for row in parts if (text := _text(case, row))]
    if kind not in _NOT_WORDS:
        return _read(parts[0]) + "".join(texts)
    count = printed("{count}件", count=len(parts)) if len(parts) > 1 else ""
    notes = [_NOT_WORDS[kind] + count, *_summaries(case, parts), *_kept(case, parts)]
    return printed("({notes})", notes=paper_words.in_print(",").join(notes)) + " ".join(texts)


def _read(row: Speech) -> str:
    if row.read_by is None:
        return ""
    return printed("(由机器人代为贴出)") if row.read_by == BOT else printed("(记录员代读)")


def _summaries(case: Case, parts: Sequence[Speech]) -> list[str]:
    rows = [case.uow.must(Content, row.summary_id) for row in parts if row.summary_id is not None]
    return [printed("记录员摘要:{text}", text=row.text or paper_words.ERASED) for row in rows]


def _kept(case: Case, parts: Sequence[Speech]) -> list[str]:
    """The files' numbers: the beginning of their SHA-256."""
    rows = case.uow.all(Attachment, speech_id=[row.id for row in parts], state=STORED)
    numbers = [row.sha256[:DIGEST_SHOWN] for row in rows if row.sha256]
    return [printed("存档编号{numbers}", numbers="、".join(numbers))] if numbers else []


def _text(case: Case, speech: Speech) -> str:
    if speech.content_id is None:
        return ""
    text = case.uow.must(Content, speech.content_id).text
    return paper_words.ERASED if text is None else _short(text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SPEECH_SHOWN else line[:SPEECH_SHOWN] + printed("……(全文另存)")
