"""What was said in the discussion, for whoever writes the opinion: to read, and to quote word for word (5.6.1 g, B.3).

A draft of quotations holds places only, never words: what is erased from `content` is gone from every draft.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.roles import permit
from procedure.terms import Stance
from procedure.text import utf16_length
from procedure.wording import OBJECTIONS_LIMIT
from services import drafts, paper_words
from services.act import Actor, Receipt
from services.messages import message_url
from services.paper_words import printed
from services.sitting import Sitting, meeting_action, peek
from services.text.summary import Said
from storage.tables import Meeting, Person
from storage.types import from_micros
from storage.work import UnitOfWork

ANSWER: Final = "answer"
EXPLANATION: Final = "explanation"
SIDES: Final = (Stance.FOR.value, Stance.AGAINST.value, ANSWER)
"""Whose sentences are quoted; the explanation stands in the topic's own papers."""
_SPOKEN: Final = (
    "SELECT s.id, s.message_id, s.edit, s.kind, t.person_id, s.sent_at, s.content_id, c.text, t.id,"
    " COALESCE(t.stance, t.kind), s.chat_id"
    " FROM speech s JOIN turn t ON t.id = s.turn_id LEFT JOIN content c ON c.id = s.content_id"
    " WHERE s.meeting_id = :id AND s.standing = 'speech' AND t.meeting_id = :id ORDER BY t.id, s.message_id, s.edit"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One version of a message in a turn: ``addendum`` 0 is the speech, the others what was changed later.

    ``turn`` counts the meeting's turns from 1, ``side`` is a stance, answer or explanation. ``text`` is "" for a
    message without words and None once they are erased. ``url`` leads to the message, where the group has links.
    """

    key: int
    message_id: int
    addendum: int
    kind: str
    person_id: int
    label: str
    turn: int
    side: str
    text: str | None
    sent_at: str
    url: str | None


def spoken(uow: UnitOfWork, *, actor: Actor, meeting_id: int, now: datetime) -> tuple[Spoken, ...]:
    """Every word of every turn, turn by turn. Raises RuleBroken for whoever may not quote here, or not now."""
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    sitting = peek(uow, meeting, actor)
    permit("quote_speeches", sitting.standings(sitting.person_id()), sitting.facts(), now)
    return _spoken(sitting)


def _spoken(sitting: Sitting) -> tuple[Spoken, ...]:
    rows = sitting.uow.rows(_SPOKEN, {"id": sitting.id})
    people = {row[4] for row in rows}
    labels = {person.id: person.label for person in sitting.uow.all(Person, id=tuple(people))} if people else {}
    turns = {turn: number for number, turn in enumerate(dict.fromkeys(row[8] for row in rows), start=1)}
    return tuple(_version(sitting, row, labels[row[4]], turns[row[8]]) for row in rows)


def _version(sitting: Sitting, row: tuple[Any, ...], label: str, turn: int) -> Spoken:
    key, message_id, addendum, kind, person_id, sent_at, content_id, text, _, side, chat_id = row
    return Spoken(
        key=key,
        message_id=message_id,
        addendum=addendum,
        kind=kind,
        person_id=person_id,
        label=label,
        turn=turn,
        side=side,
        text="" if content_id is None else text,
        sent_at=from_micros(sent_at).isoformat(),
        url=message_url(chat_id, message_id),
    )


def to_read(versions: Sequence[Spoken]) -> list[Said]:
    """What there is to quote from: the sides' own words, as the text room reads them."""
    return [
        Said(one.key, one.message_id, one.person_id, one.side, one.text)
        for one in versions
        if one.side in SIDES and one.text
    ]


@meeting_action("quote_speeches")
def quote_speeches(sitting: Sitting, person_id: int, *, quotations: Sequence[Sequence[int]], now: datetime) -> Receipt:
    """Put the chosen sentences, each with who said it, below the objections of this person's draft of the opinion.

    ``quotations`` are (version, start, end). What was written there stays; a sentence that stands there already is not
    repeated. Raises RuleBroken nothing_quoted, quotation_gone, objections_too_long.
    """
    if not quotations:
        raise RuleBroken("nothing_quoted", OUR_RULE)
    versions = {one.key: one for one in _spoken(sitting)}
    lines = dict.fromkeys(_line(versions, *place) for place in quotations)
    written = _written(sitting, now)
    fresh = [line for line in lines if line not in written]
    objections = "\n".join([*written, *fresh])
    length = utf16_length(objections)
    if length > OBJECTIONS_LIMIT:
        raise RuleBroken("objections_too_long", OUR_RULE, limit=OBJECTIONS_LIMIT, length=length)
    fields = {"objections": objections, "asking_objections": True}
    drafts.save(sitting.uow, sitting.actor, **_wording_draft(sitting), fields=fields, now=now)
    sitting.note("speeches_quoted", now, by=person_id, quotations=[list(place) for place in quotations])
    return Receipt("speeches_quoted", {"count": len(lines)})


def _wording_draft(sitting: Sitting) -> dict[str, Any]:
    return {"kind": "wording", "subject": "meeting", "subject_id": sitting.id}


def _written(sitting: Sitting, now: datetime) -> list[str]:
    """The lines of the objections as they are drafted, or else as they were posted."""
    fields = drafts.read(sitting.uow, sitting.actor, **_wording_draft(sitting), now=now).facts["fields"]
    found = fields.get("objections")
    if found is None:
        found = (sitting.meeting.wording or {}).get("objections")
    return str(found).split("\n") if found else []


def _line(versions: Mapping[int, Spoken], key: int, start: int, end: int) -> str:
    one = versions.get(key)
    words = one.text[start:end].strip() if one is not None and one.text and 0 <= start < end else ""
    if one is None or one.side not in SIDES or not words:
        raise RuleBroken("quotation_gone", OUR_RULE)
    side = paper_words.STANCES[Stance(one.side)] if one.side != ANSWER else "答复"
    return printed("{label}（{side}）：“{words}”", label=one.label, side=side, words=words)
