"""Who raised which hand, by household label, once a vote is counted: read in pages, or as a file (5.5.3 b).

Hands are raised openly, and every vote says so before it starts. Whoever may read the record may read this; accounts
and names of accounts are nowhere in it.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import MotionKind, Stance
from services import item_facts, paper_words
from services.act import Actor, Receipt
from services.case import Case, peek
from services.delivery import enqueue_private
from services.paper_words import printed
from services.papers import RECORD_READERS
from storage import files
from storage.tables import Meeting, Motion
from storage.work import UnitOfWork

ON_PAGE: Final = 60
MISSING: Final = "missing"
"""The side of those on the roster who raised no hand."""
_SIDES: Final = (*Stance, MISSING)
_ROLL: Final = (
    "SELECT v.stance, p.label, v.batch_id FROM seat s JOIN person p ON p.id = s.person_id"
    " LEFT JOIN vote v ON v.motion_id = s.motion_id AND v.person_id = s.person_id WHERE s.motion_id = :id"
)
_Line = tuple[str, str, bool]
"""Side, label, whether it was raised in the room."""


def vote_roll(uow: UnitOfWork, actor: Actor, *, motion_id: int, number: int = 1, now: datetime) -> Receipt:
    """Page ``number`` of the roll, the last one when there are fewer. Raises RuleBroken as `_readable`."""
    motion, case, _ = _readable(uow, actor, motion_id)
    lines = _lines(uow, motion_id)
    pages = max(1, -(-len(lines) // ON_PAGE))
    page = min(max(number, 1), pages)
    facts = {
        "motion_id": motion_id,
        "motion_kind": motion.kind,
        "item": item_facts.shown(motion),
        "void": motion.voided_at is not None,
        "counts": {side: sum(line[0] == side for line in lines) for side in _SIDES},
        "listed": [list(line) for line in lines[(page - 1) * ON_PAGE : page * ON_PAGE]],
        "page": page,
        "pages": pages,
    }
    return Receipt("vote_roll", case.heading() | facts)


def fetch_roll(uow: UnitOfWork, actor: Actor, *, motion_id: int, now: datetime) -> Receipt:
    """The whole roll as a text file, to the private chat. Raises RuleBroken as `_readable`, and private_chat_closed."""
    motion, case, person_id = _readable(uow, actor, motion_id)
    name = printed("表决名单-议题{number}-{what}.txt", number=case.topic.number, what=_what(motion))
    body = "\r\n".join(_written(case, motion, _lines(uow, motion_id))).encode("utf-8-sig")
    sha256 = hashlib.sha256(body).hexdigest()
    files.keep(uow, sha256=sha256, community_id=motion.community_id, name=name, mime="text/plain", body=body)
    facts = case.heading() | {"document": [sha256, name], "motion_kind": motion.kind, "item": item_facts.shown(motion)}
    key = f"roll_file:{motion_id}:{person_id}:{actor.update_id}"
    if not enqueue_private(uow, "roll_file", person_id, facts, unique_key=key, now=now):
        raise RuleBroken("private_chat_closed", OUR_RULE)
    return Receipt("paper_coming")


def _readable(uow: UnitOfWork, actor: Actor, motion_id: int) -> tuple[Motion, Case, int]:
    """Raises RuleBroken roll_not_for_you (who may not read the record, or no such vote), roll_not_counted.

    And not_in_community.
    """
    motion = uow.get(Motion, motion_id)
    meeting = uow.get(Meeting, motion.meeting_id) if motion is not None else None
    if motion is None or meeting is None:
        raise RuleBroken("roll_not_for_you", "5.5.3 b")
    case = peek(uow, meeting.topic_id, actor)
    person_id = case.person_id()
    if person_id is None or case.standings(person_id).isdisjoint(RECORD_READERS):
        raise RuleBroken("roll_not_for_you", "5.5.3 b")
    if motion.decided_at is None:
        raise RuleBroken("roll_not_counted", OUR_RULE)
    return motion, case, person_id


_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
"""Two of one home are told apart by these."""


def _lines(uow: UnitOfWork, motion_id: int) -> list[_Line]:
    rows = uow.rows(_ROLL, {"id": motion_id})
    found = [(row[0] or MISSING, str(row[1]), row[2] is not None) for row in rows]
    return sorted(found, key=lambda line: (_SIDES.index(line[0]), _natural(line[1])))


def _natural(label: str) -> list[Any]:
    """2-201 before 10-101 and 甲 before 乙: numbers and stems in their order, and what is neither after them."""
    parts = "".join(one if one.isdigit() else f" {one} " for one in label).split()
    return [(0, int(part), "") if part.isdecimal() else (1, f"{_STEMS}{part}".index(part), part) for part in parts]


def _what(motion: Motion) -> str:
    if motion.kind == MotionKind.ITEM:
        return printed("第{number}条", number=item_facts.question(motion).number)
    return {MotionKind.RULES: "协商规则", MotionKind.MAIN: "协商意见"}[MotionKind(motion.kind)]


def _written(case: Case, motion: Motion, lines: list[_Line]) -> Iterable[str]:
    yield printed("议题{number} {title}", number=case.topic.number, title=case.topic.title)
    facts = {"what": _what(motion), "round": motion.round, "count": len(lines)}
    yield printed("表决：{what}（第{round}次），应表决{count}人", **facts)
    if motion.voided_at is not None:
        yield printed("这次表决已作废，不算数")
    for side in _SIDES:
        mine = [line for line in lines if line[0] == side]
        yield ""
        word = paper_words.STANCES[Stance(side)] if side != MISSING else "没有举手"
        yield printed("{side} {count}人", side=word, count=len(mine))
        yield from (printed("{label}（现场）", label=label) if room else label for _, label, room in mine)
