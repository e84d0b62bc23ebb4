"""附议: residents join a topic that a neighbour raised, instead of raising it again (5.1.1; our rule)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from procedure.course import offered
from procedure.errors import RuleBroken
from procedure.terms import Standing
from services.act import Actor, Receipt
from services.case import Case, peek, topic_action
from services.plan_news import news
from storage.tables import Participant, Plan, Support
from storage.work import UnitOfWork

STEPS: Final = frozenset({"join_topic", "withdraw_support"})
"""Everybody may, and nobody waits for them."""
_BOTH: Final = frozenset({Standing.COMMITTEE, Standing.PARTY_BRANCH})


@topic_action("join_topic", unseen=True)
def join_topic(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """Until the plan stands. Raises own_topic, already_joined; no_such_topic to whoever is of another community."""
    case.uow.add(Support(community_id=case.topic.community_id, topic_id=case.id, person_id=person_id, joined_at=now))
    case.note("topic_joined", now, person=person_id)
    return Receipt("topic_joined", {"number": case.topic.number, "count": len(supporters(case))})


@topic_action("withdraw_support", unseen=True)
def withdraw_support(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """Taken back, as long as it could be given. Raises no_such_topic to whoever is of another community."""
    case.uow.raw(
        "DELETE FROM support WHERE topic_id = :topic AND person_id = :person", {"topic": case.id, "person": person_id}
    )
    case.note("support_withdrawn", now, person=person_id)
    return Receipt("support_withdrawn", {"number": case.topic.number})


def supporters(case: Case) -> list[int]:
    """Who has joined and is on the roster, in their order."""
    rows = case.uow.rows(
        "SELECT s.person_id FROM support s JOIN person p ON p.id = s.person_id"
        " WHERE s.topic_id = :id AND p.left_at IS NULL ORDER BY s.id",
        {"id": case.id},
    )
    return [int(row[0]) for row in rows]


def public(case: Case) -> dict[str, Any]:
    """How many have joined: that is for everybody."""
    return {"count": len(supporters(case))}


def for_committees(case: Case) -> dict[str, Any]:
    """How many, of how many households, and who by label: for both committees alone."""
    rows = case.uow.rows(
        "SELECT p.household, p.label FROM support s JOIN person p ON p.id = s.person_id"
        " WHERE s.topic_id = :id AND p.left_at IS NULL ORDER BY s.id",
        {"id": case.id},
    )
    homes = {row[0] for row in rows if row[0]}
    return {"count": len(rows), "households": len(homes), "labels": [row[1] for row in rows]}


def shown_to(case: Case, standings: Iterable[Standing]) -> dict[str, Any]:
    """Of what a topic's page says of its supporters, as much as this reader may know."""
    return public(case) if _BOTH.isdisjoint(standings) else for_committees(case)


def open_to(uow: UnitOfWork, *, actor: Actor, topic_ids: Sequence[int], now: datetime) -> dict[int, dict[str, Any]]:
    """Topic → how many joined it, whether this person may, and whether they have. Others' topics are left out."""
    found = {}
    for topic_id in topic_ids:
        try:
            case = peek(uow, topic_id, actor)
            standings = case.standings(case.person_id())
        except RuleBroken:
            continue
        found[topic_id] = public(case) | {
            "may": "join_topic" in offered(standings, case.facts(now), now),
            "joined": Standing.SUPPORTER in standings,
        }
    return found


def tell_of_notice(case: Case, plan: Plan, place: str, meets_at: str, now: datetime) -> None:
    """5.4: the notice says who takes part; supporters who do not are told when and where it is."""
    listed = {row.person_id for row in case.uow.all(Participant, plan_id=plan.id)}
    others = [who for who in supporters(case) if who not in listed]
    news(case, "joined_noticed", others, now, key=plan.id, meets_at=meets_at, text=place)
