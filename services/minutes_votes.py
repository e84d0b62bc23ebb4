"""What was put to the vote and how it came about, for the minutes: wordings, calls, hands (5.5.3, 5.7.2 a)."""

import json
from collections.abc import Iterable
from typing import Any, Final, TypeVar

from procedure import minuted_votes as model
from procedure.terms import MotionKind
from services.minutes_rows import Rows
from storage.tables import WordingRequest, WordingVersion

Part = TypeVar("Part")
_MOTIONS: Final = (
    "SELECT id, kind, round, digest, wording, roster, in_favour, against, abstain, verdict, decided_at, voided_at,"
    " void_clause, void_reason FROM motion WHERE meeting_id = :id ORDER BY id"
)
_HANDS: Final = (
    "SELECT v.motion_id, v.person_id, v.stance, v.batch_id, v.at FROM vote v JOIN motion m ON m.id = v.motion_id"
    " WHERE m.meeting_id = :id ORDER BY v.at, v.person_id"
)
_TRAIL: Final = (
    "SELECT t.motion_id, t.person_id, t.stance, t.batch_id, t.at FROM vote_trail t JOIN motion m ON m.id = t.motion_id"
    " WHERE m.meeting_id = :id ORDER BY t.id"
)
_CALLS: Final = (
    "SELECT c.motion_id, c.stance, c.opened_at, c.closed_at FROM call c JOIN motion m ON m.id = c.motion_id"
    " WHERE m.meeting_id = :id ORDER BY c.opened_at, c.id"
)


def _items(wording: dict[str, Any]) -> tuple[model.Item, ...]:
    found = wording.get("items", ())
    return tuple(model.Item(one["number"], one["text"], one["implementer"], one["due"]) for one in found)


def wordings(rows: Rows) -> tuple[model.WordingPosted, ...]:
    """Every version of the opinion as it was posted."""
    found = rows.uow.all(WordingVersion, order="version", meeting_id=rows.id)
    return tuple(
        model.WordingPosted(row.version, _items(row.wording), _objections(row.wording), row.digest, rows.local(row.at))
        for row in found
    )


def _objections(wording: dict[str, Any]) -> str:
    return str(wording.get("objections", ""))


def requests(rows: Rows) -> tuple[model.WordingAsked, ...]:
    """What stakeholders wanted changed in it, and the chair's answers."""
    return tuple(
        model.WordingAsked(
            label=rows.labels[row.person_id],
            text=row.text,
            item=model.ItemAsked(row.item["number"], row.item["text"], row.text) if row.item else None,
            at=rows.local(row.asked_at),
            adopted=row.adopted,
            reason=row.reason,
            decided_at=rows.when(row.decided_at),
        )
        for row in rows.uow.all(WordingRequest, meeting_id=rows.id)
    )


def votes(rows: Rows) -> tuple[model.VoteHeld, ...]:
    """Every vote, void ones too, with its calls and hands."""
    calls = (
        (motion, model.CallMade(stance, rows.since(opened), rows.maybe(closed)))
        for motion, stance, opened, closed in rows.all(_CALLS)
    )
    made, hands, trail = _by_motion(calls), _hands(rows, _HANDS), _hands(rows, _TRAIL)
    return tuple(
        _vote(rows, row, made.get(row[0], ()), hands.get(row[0], ()), trail.get(row[0], ()))
        for row in rows.all(_MOTIONS)
    )


def _vote(
    rows: Rows,
    row: tuple[Any, ...],
    calls: tuple[model.CallMade, ...],
    hands: tuple[model.HandRaised, ...],
    trail: tuple[model.HandRaised, ...],
) -> model.VoteHeld:
    _, kind, number, digest, written, roster, in_favour, against, abstain, verdict, decided, voided, clause, why = row
    wording = json.loads(written) if isinstance(written, str) else written
    return model.VoteHeld(
        kind=kind,
        round=number,
        digest=digest,
        items=_items(wording) if kind != MotionKind.RULES else (),
        objections=_objections(wording),
        item=_asked(wording["item"]) if kind == MotionKind.ITEM else None,
        roster=roster,
        in_favour=in_favour,
        against=against,
        abstain=abstain,
        in_the_room=sum(hand.room for hand in hands),
        verdict=verdict,
        decided_at=rows.maybe(decided),
        voided_at=rows.maybe(voided),
        void_clause=clause,
        void_reason=why,
        calls=calls,
        hands=hands,
        trail=trail,
    )


def _asked(item: dict[str, Any]) -> model.ItemAsked:
    return model.ItemAsked(item["number"], item["text"], item["alternative"])


def _hands(rows: Rows, sql: str) -> dict[int, tuple[model.HandRaised, ...]]:
    return _by_motion(
        (motion, model.HandRaised(rows.labels.get(who, ""), stance, batch is not None, rows.since(at)))
        for motion, who, stance, batch, at in rows.all(sql)
    )


def _by_motion(pairs: Iterable[tuple[int, Part]]) -> dict[int, tuple[Part, ...]]:
    found: dict[int, list[Part]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: tuple(ones) for key, ones in found.items()}
