"""A post becomes free again: its holder lays it down, or the joint meeting frees it, with a reason (our rule)."""

from datetime import datetime
from typing import Any, Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Standing
from procedure.text import clean_text
from services.act import Actor, Receipt
from services.case import Case, peek, topic_action
from services.plan_news import news
from services.proposing import committees
from storage.tables import PostHolder
from storage.work import UnitOfWork

REASON_LIMIT: Final = 300
_MAY_FREE: Final = frozenset({Standing.COMMITTEE, Standing.PARTY_BRANCH})


@topic_action("vacate_post")
def vacate_post(case: Case, person_id: int, *, now: datetime, post: str, reason: str) -> Receipt:
    """The committees may free every post, a holder only their own. Then somebody else can be asked (5.2.3).

    Raises RuleBroken no_such_choice, empty_text, text_too_long.
    """
    why = clean_text(reason, limit=REASON_LIMIT, field="reason")
    row = next((one for one in _held(case, person_id) if one.post == post), None)
    if row is None:
        raise RuleBroken("no_such_choice", OUR_RULE)
    row.accepted_at, row.declined_at = None, now
    _, digest = case.keep(why, person_id)
    case.note("post_vacated", now, post=post, person=row.person_id, by=person_id, why=digest)
    facts: dict[str, Any] = {"label": case.label(row.person_id), "posts": [post], "why": why}
    staff = list(committees(case))
    news(case, "post_vacated", staff, now, key=now.isoformat(), steps=("offer_post",), **facts)
    others = [row.person_id, *case.with_role(Standing.SUPERVISORY_COMMITTEE)]
    news(case, "post_vacated", [who for who in others if who not in staff], now, key=now.isoformat(), **facts)
    return Receipt("post_vacated", {"post": post})


def held(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> list[dict[str, Any]]:
    """For the form: the posts this person may free, each with its holder's label."""
    case = peek(uow, topic_id, actor)
    person_id = case.person_id()
    rows = _held(case, person_id) if person_id is not None else []
    return [{"post": row.post, "label": case.label(row.person_id)} for row in rows]


def _held(case: Case, person_id: int) -> list[PostHolder]:
    free = not _MAY_FREE.isdisjoint(case.standings(person_id))
    rows = [row for row in case.posts() if row.accepted_at is not None and not row.deputy]
    return [row for row in rows if free or row.person_id == person_id]
