"""A notice of which nobody knows whether it arrived is never repeated by guessing: the committee looks (our rule)."""

from datetime import datetime
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Standing
from services.act import SYSTEM, Actor, Receipt
from services.case import Case, load
from services.delivery import enqueue_private, when_delivered, when_sending
from services.kinds import KINDS
from storage import outbox
from storage.tables import Group, Outbox
from storage.work import UnitOfWork

ASKED: Final = tuple(kind for kind, rule in KINDS.items() if rule.repeat == "ask" and kind != "result")
"""Everything a topic publishes outside its meeting."""


def _ask(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    if row.state != outbox.UNSURE or row.id is None:
        return
    case = load(uow, row.facts["topic_id"], SYSTEM)
    case.note("delivery_unsure", now, outbox=row.id, kind_sent=row.kind)
    group = uow.first(Group, chat_id=row.chat_id)
    facts = case.heading() | {"outbox_id": row.id, "place": group.title if group is not None else ""}
    for person_id in case.with_role(Standing.COMMITTEE):
        key = f"look_at_post:{row.id}:{row.attempts}:{person_id}"
        enqueue_private(uow, "look_at_post", person_id, facts, unique_key=key, now=now, subject_id=case.id)


for _kind in ASKED:
    when_delivered(_kind)(_ask)


@when_sending("look_at_post")
def _still_unsure(uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
    return uow.must(Outbox, row.facts["outbox_id"]).state == outbox.UNSURE


def post_seen(uow: UnitOfWork, actor: Actor, *, topic_id: int, outbox_id: int, now: datetime) -> Receipt:
    """Somebody of the committee has seen it. Raises RuleBroken not_your_role, delivery_settled."""
    case, row = _unsure(uow, actor, topic_id, outbox_id)
    row.state = outbox.SENT
    case.note("delivery_seen", now, by=case.person_id(), outbox=outbox_id)
    return Receipt("was_delivered")


def post_again(uow: UnitOfWork, actor: Actor, *, topic_id: int, outbox_id: int, now: datetime) -> Receipt:
    """It is not there: the very same message goes out once more. Raises RuleBroken not_your_role, delivery_settled."""
    case, row = _unsure(uow, actor, topic_id, outbox_id)
    row.state, row.not_before = outbox.QUEUED, now
    case.note("delivery_repeated", now, by=case.person_id(), outbox=outbox_id)
    return Receipt("sent_again")


def _unsure(uow: UnitOfWork, actor: Actor, topic_id: int, outbox_id: int) -> tuple[Case, Outbox]:
    case = load(uow, topic_id, actor)
    if Standing.COMMITTEE not in case.standings(case.person_id()):
        raise RuleBroken("not_your_role", OUR_RULE, who=(Standing.COMMITTEE,))
    row = uow.get(Outbox, outbox_id)
    ours = row is not None and row.kind in ASKED and row.facts.get("topic_id") == topic_id
    if row is None or not ours or row.state != outbox.UNSURE:
        raise RuleBroken("delivery_settled", OUR_RULE)
    return case, row
