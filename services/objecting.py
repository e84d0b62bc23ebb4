"""Objections to a plan that was sent, and the convener's answers (5.3.2)."""

from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Post
from procedure.text import clean_text
from procedure.waiting import check_waiting
from services.act import Actor, Receipt
from services.case import Case, peek, topic_action
from services.plan_news import news
from storage.tables import Objection
from storage.work import UnitOfWork

TEXT_LIMIT: Final = 500
ANSWER_LIMIT: Final = 300


@topic_action("object_plan")
def object_plan(case: Case, person_id: int, *, text: str, now: datetime) -> Receipt:
    """Somebody listed objects within the two days; the convener is told. Raises RuleBroken too_many_waiting."""
    plan = case.plan
    assert plan is not None and plan.id is not None
    check_waiting(case.uow.count(Objection, topic_id=case.id, person_id=person_id, answered_at=None))
    said = clean_text(text, limit=TEXT_LIMIT, field="objection")
    row = case.uow.add(
        Objection(
            community_id=case.topic.community_id,
            topic_id=case.id,
            plan_id=plan.id,
            person_id=person_id,
            text=said,
            at=now,
        )
    )
    _, digest = case.keep(said, person_id)
    case.note("plan_objected", now, person=person_id, version=plan.version, objection=row.id, text=digest)
    convener = case.holder(Post.CONVENER)
    if convener is not None:
        label = case.label(person_id)
        news(case, "objection", [convener], now, key=row.id, label=label, text=said, steps=("answer_objection",))
    return Receipt("objection_taken")


@topic_action("answer_objection")
def answer_objection(
    case: Case, person_id: int, *, objection_id: int, adopted: bool, answer: str, now: datetime
) -> Receipt:
    """Adopted or not, with a reason; whoever objected is told. Raises RuleBroken objection_gone."""
    row = case.uow.get(Objection, objection_id)
    if row is None or row.topic_id != case.id or row.answered_at is not None:
        raise RuleBroken("objection_gone", OUR_RULE)
    why = clean_text(answer, limit=ANSWER_LIMIT, field="reason")
    row.adopted, row.answer, row.answered_at = adopted, why, now
    _, digest = case.keep(why, person_id)
    case.note("objection_answered", now, by=person_id, objection=objection_id, adopted=adopted, why=digest)
    code = "adopted" if adopted else "not_adopted"
    news(case, code, [row.person_id], now, key=row.id, why=why)
    if adopted:
        news(case, "to_revise", [person_id], now, key=row.id, steps=("draft_plan",))
    return Receipt("objection_answered")


def waiting(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """Objections without an answer, for the convener's form: id, label, text."""
    case = peek(uow, topic_id, actor)
    return [
        {"id": row.id, "label": case.label(row.person_id), "text": row.text}
        for row in uow.all(Objection, topic_id=topic_id, answered_at=None)
    ]
