"""What was said, turn by turn and statement by statement, for the minutes (5.6.3, annex B.4)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from procedure import minutes as model
from services import minutes_questions
from services.messages import message_url
from services.minutes_rows import Rows
from services.reading_rows import BOT
from storage.tables import Turn

_SPEECHES: Final = (
    "SELECT s.id, s.turn_id, s.person_id, s.chat_id, s.message_id, s.edit, s.kind, s.standing, s.content_id, c.text,"
    " s.summary_id, y.text, s.album, s.overrun_seconds, s.read_by, s.sent_at FROM speech s"
    " LEFT JOIN content c ON c.id = s.content_id LEFT JOIN content y ON y.id = s.summary_id"
    " WHERE s.meeting_id = :id AND s.standing IN ('speech', 'interruption', 'stopped') ORDER BY s.sent_at, s.id"
)
_FILES: Final = (
    "SELECT a.speech_id, a.state, a.sha256, a.size FROM attachment a JOIN speech s ON s.id = a.speech_id"
    " WHERE s.meeting_id = :id ORDER BY a.id"
)
_AMENDED: Final = (
    "SELECT a.speech_id, a.what, b.text, n.text, a.at FROM line_amendment a JOIN content b ON b.id = a.before_id"
    " JOIN content n ON n.id = a.after_id WHERE a.meeting_id = :id ORDER BY a.id"
)


class Logged(NamedTuple):
    """A row of the log: one version of one message."""

    id: int
    turn_id: int | None
    person_id: int | None
    chat_id: int
    message_id: int
    edit: int
    kind: str
    standing: str
    content_id: int | None
    content: str | None
    summary_id: int | None
    summary: str | None
    album: str | None
    overrun_seconds: int
    read_by: int | None
    sent_at: int

    @property
    def text(self) -> str | None:
        """ "" for a message without words, None once they are erased."""
        return "" if self.content_id is None else self.content


class Besides(NamedTuple):
    """What hangs on messages, by the speech's id; and the numbers of the questions that turns answer."""

    files: dict[int, list[model.KeptFile]]
    amended: dict[int, list[model.Amendment]]
    asked: dict[int, int]


def turns(rows: Rows) -> tuple[model.TurnTaken, ...]:
    """Every turn in its order, with its statements."""
    said: dict[int, list[Logged]] = {}
    for row in _logged(rows):
        if row.standing == "speech" and row.turn_id is not None:
            said.setdefault(row.turn_id, []).append(row)
    besides = _besides(rows)
    taken = rows.uow.all(Turn, order="granted_at,id", meeting_id=rows.id)
    return tuple(
        _turn(rows, number, turn, said.get(turn.id or 0, []), besides) for number, turn in enumerate(taken, start=1)
    )


def _logged(rows: Rows) -> list[Logged]:
    return [Logged(*row) for row in rows.all(_SPEECHES)]


def _besides(rows: Rows) -> Besides:
    found = Besides({}, {}, minutes_questions.numbers(rows))
    for speech, state, sha256, size in rows.all(_FILES):
        found.files.setdefault(speech, []).append(model.KeptFile(state, sha256, size))
    for speech, what, before, after, at in rows.all(_AMENDED):
        found.amended.setdefault(speech, []).append(model.Amendment(what, before, after, rows.since(at)))
    return found


def _turn(rows: Rows, number: int, turn: Turn, said: Sequence[Logged], besides: Besides) -> model.TurnTaken:
    capacity = rows.capacities.get(turn.person_id)
    return model.TurnTaken(
        number=number,
        kind=turn.kind,
        label=rows.labels[turn.person_id],
        capacity=None if capacity is None else capacity.value,
        stance=turn.stance,
        granted_at=rows.local(turn.granted_at),
        starts_at=rows.when(turn.starts_at),
        ended_at=rows.when(turn.ended_at),
        seconds=model.lasted(turn.starts_at, turn.ended_at),
        end_reason=turn.end_reason,
        counted=turn.counted,
        question=besides.asked.get(turn.question_id or 0),
        statements=tuple(_statements(rows, number, said, besides)),
    )


def _statements(rows: Rows, turn: int, said: Sequence[Logged], besides: Besides) -> Iterator[model.Statement]:
    """First versions in their order, an album as one; whatever was changed later stands behind it."""
    later: dict[tuple[int, int], list[Logged]] = {}
    for row in said:
        if row.edit > 0:
            later.setdefault((row.chat_id, row.message_id), []).append(row)
    first = [row for row in said if row.edit == 0]
    for place, (_, grouped) in enumerate(groupby(first, key=lambda row: row.album or row.id), start=1):
        parts = list(grouped)
        changed = [row for part in parts for row in later.get((part.chat_id, part.message_id), ())]
        yield _statement(rows, f"{turn}.{place}", parts, changed, besides)


def _statement(
    rows: Rows, number: str, parts: Sequence[Logged], changed: Sequence[Logged], besides: Besides
) -> model.Statement:
    one = parts[0]
    sent = [part for part in parts if part.message_id > 0]
    addenda = (model.Addendum(place, row.text, rows.since(row.sent_at)) for place, row in enumerate(changed, start=1))
    return model.Statement(
        number=number,
        messages=tuple(part.message_id for part in sent),
        links=_links(sent),
        kind=one.kind,
        parts=len(parts),
        sent_at=rows.since(one.sent_at),
        text=_together(part.text for part in parts),
        summary=one.summary,
        read_by=_read_by(one),
        overrun_seconds=max(part.overrun_seconds for part in parts),
        files=tuple(kept for part in parts for kept in besides.files.get(part.id, ())),
        addenda=tuple(addenda),
        amendments=tuple(done for part in parts for done in besides.amended.get(part.id, ())),
    )


def _links(messages: Iterable[Logged]) -> tuple[str, ...]:
    found = (message_url(one.chat_id, one.message_id) for one in messages)
    return tuple(link for link in found if link is not None)


def _together(texts: Iterable[str | None]) -> str | None:
    """The words of an album's parts; None once any of them were erased."""
    known = list(texts)
    return None if None in known else "\n".join(text for text in known if text)


def _read_by(row: Logged) -> str | None:
    if row.read_by is None:
        return None
    return "bot" if row.read_by == BOT else "recorder"


def interruptions(rows: Rows) -> model.Interruptions:
    """Words out of turn, an album counted once; those the chair stopped among them (5.5.2 d)."""
    kept = [row for row in _logged(rows) if row.edit == 0 and row.standing != "speech"]
    once = {row.album or row.id: row for row in reversed(kept)}
    each = tuple(_interruption(rows, row) for row in sorted(once.values(), key=lambda row: (row.sent_at, row.id)))
    last = rows.since(kept[-1].sent_at) if kept else None
    return model.Interruptions(len(each), sum(one.stopped for one in each), last, each)


def _interruption(rows: Rows, row: Logged) -> model.Interruption:
    label = None if row.person_id is None else rows.labels.get(row.person_id)
    link = message_url(row.chat_id, row.message_id)
    return model.Interruption(rows.since(row.sent_at), row.message_id, link, label, row.standing == "stopped")
