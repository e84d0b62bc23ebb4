"""The fact sheet 说明材料: attached to the plan, read before the explanation, frozen with the meeting (5.6.1 d)."""

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.fact_sheet import check_version, checked, difference, digest
from procedure.terms import Standing
from services import boards
from services.act import Actor, Receipt
from services.board_facts import iso
from services.case import Case, peek, topic_action
from services.fact_sheet_rows import lines_of, of_plan, readers
from services.messages import to_group
from services.sitting import Sitting
from storage.tables import FactSheet, Plan, Setting
from storage.work import UnitOfWork

_COUNTED_FOR: Final = frozenset({Standing.CONVENER, Standing.CHAIR})


@topic_action("attach_fact_sheet")
def attach_fact_sheet(
    case: Case, person_id: int, *, lines: Sequence[Sequence[str]], version: int, now: datetime
) -> Receipt:
    """A new version with these pairs of text and source; ``version`` is the one it was made from, 0 for none.

    Raises what `procedure.fact_sheet.checked` raises, fact_sheet_moved, fact_sheet_same.
    """
    plan = case.plan
    assert plan is not None
    last = of_plan(case.uow, plan)
    newest = case.uow.first(FactSheet, order="-version", topic_id=case.id)
    latest = newest.version if newest is not None else 0
    check_version(version, latest)
    made = checked([(text, source) for text, source in lines])
    changed = asdict(difference(lines_of(case.uow, last) or () if last is not None else (), made))
    content_id, _ = case.keep(json.dumps([[one.text, one.source] for one in made], ensure_ascii=False), person_id)
    sheet = case.uow.add(
        FactSheet(
            community_id=case.topic.community_id,
            topic_id=case.id,
            version=latest + 1,
            content_id=content_id,
            digest=digest(made),
            changes={name: list(numbers) for name, numbers in changed.items()} if last is not None else {},
            attached_by=person_id,
            attached_at=now,
        )
    )
    plan.fact_sheet_id = sheet.id
    case.note("fact_sheet_attached", now, by=person_id, version=sheet.version, digest=sheet.digest)
    if case.meeting is not None and case.meeting.id is not None:
        boards.touch(case.uow, case.meeting.id)
    return Receipt("fact_sheet_attached", {"version": sheet.version, "count": len(made)})


def start(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> dict[str, Any]:
    """What the form starts from: the newest version's number, and the lines that go with the plan now."""
    case = peek(uow, topic_id, actor)
    newest = uow.first(FactSheet, order="-version", topic_id=topic_id)
    sheet = of_plan(uow, case.plan)
    lines = lines_of(uow, sheet) or () if sheet is not None else ()
    return {
        "version": newest.version if newest is not None else 0,
        "lines": [[one.text, one.source] for one in lines],
    }


def note_opened(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> Receipt:
    """Somebody opens it: counted once for each person and version.

    Raises RuleBroken no_such_topic, not_in_community, no_fact_sheet.
    """
    case, person_id, sheet = _opened(uow, actor, topic_id)
    row = uow.one(
        "INSERT INTO fact_reading (community_id, sheet_id, person_id) VALUES (:community, :sheet, :person)"
        " ON CONFLICT (sheet_id, person_id) DO NOTHING RETURNING id",
        {"community": case.topic.community_id, "sheet": sheet.id, "person": person_id},
    )
    if row is not None and case.meeting is not None and case.meeting.id is not None:
        boards.touch_consoles(uow, case.meeting.id)
    return Receipt("fact_sheet_opened")


def page(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> Receipt:
    """The page with its lines, for everybody of the community. Raises RuleBroken as `note_opened`."""
    case, person_id, sheet = _opened(uow, actor, topic_id)
    lines = lines_of(uow, sheet)
    counted = not _COUNTED_FOR.isdisjoint(case.standings(person_id))
    return Receipt(
        "fact_sheet",
        case.heading()
        | {
            "version": sheet.version,
            "digest": sheet.digest,
            "attached_at": iso(sheet.attached_at),
            "lines": None if lines is None else [asdict(one) for one in lines],
            "changes": sheet.changes,
            "readers": readers(uow, sheet.id) if counted else None,
        },
    )


def _opened(uow: UnitOfWork, actor: Actor, topic_id: int) -> tuple[Case, int, FactSheet]:
    case = peek(uow, topic_id, actor)
    person_id = case.person_id()
    if person_id is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    sheet = of_plan(uow, case.plan)
    if sheet is None:
        raise RuleBroken("no_fact_sheet", OUR_RULE)
    return case, person_id, sheet


def on_page(case: Case, standings: AbstractSet[Standing]) -> dict[str, Any] | None:
    """What the topic's page says of it, to convener and chair how many have opened it; None: there is none."""
    sheet = of_plan(case.uow, case.plan)
    if sheet is None:
        return None
    counted = not _COUNTED_FOR.isdisjoint(standings)
    return {"version": sheet.version, "readers": readers(case.uow, sheet.id) if counted else None}


def link(uow: UnitOfWork, plan: Plan) -> dict[str, Any] | None:
    """What a message needs to lead to it; None without a sheet."""
    if plan.fact_sheet_id is None:
        return None
    username = uow.get(Setting, "bot_username")
    return {"topic_id": plan.topic_id, "bot_username": username.value if username else None}


def show_first(sitting: Sitting, now: datetime) -> None:
    """先看材料,再听说明: one message to the group when the explanation begins."""
    shown = link(sitting.uow, sitting.plan)
    if shown is not None:
        to_group(sitting, "facts_first", now, fact_sheet=shown)
