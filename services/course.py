"""A topic's page: where it stands, what it waits for, and what this person may do next."""

from datetime import datetime
from typing import Any

from procedure.course import awaited, offered
from procedure.errors import OUR_RULE, RuleBroken
from services.act import Actor, Receipt
from services.case import Case, peek
from storage.tables import Topic
from storage.work import UnitOfWork


def topic_page(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> Receipt:
    """For everybody of the topic's community. Raises RuleBroken no_such_topic, not_in_community."""
    case = peek(uow, topic_id, actor)
    person_id = case.person_id()
    if person_id is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    facts = case.facts(now)
    standings = case.standings(person_id)
    return Receipt(
        "topic_page",
        case.heading()
        | {
            "stage": case.topic.stage,
            "outcome": case.topic.outcome,
            "steps": list(offered(standings, facts, now)),
            "awaits": {name: sorted(who) for name, who in awaited(facts, now).items()},
            "mine": sorted(standings),
        },
    )


def waiting_for(
    uow: UnitOfWork, actor: Actor, community_id: int, person_id: int, now: datetime
) -> list[dict[str, Any]]:
    """Topics of the community in which this person may take a step now, oldest first."""
    found = []
    for topic in uow.all(Topic, order="number", community_id=community_id, ended_at=None):
        case = Case(uow, topic, actor)
        steps = offered(case.standings(person_id), case.facts(now), now)
        if steps:
            found.append(case.heading() | {"stage": topic.stage, "steps": list(steps)})
    return found
