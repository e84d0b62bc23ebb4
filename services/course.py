"""A topic's page: where it stands, what it waits for, and what this person may do next."""

from collections.abc import Set
from datetime import datetime
from typing import Any, Final

from procedure.course import awaited, offered, permit
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import Standing, TopicStage
from services import alike, examples, fact_sheets, minutes_reading, supporting, timeline
from services.act import Actor, Receipt
from services.board_facts import iso
from services.case import Case, peek
from storage.tables import Participant, Topic
from storage.work import UnitOfWork

EVENTS_SHOWN: Final = 5
_NOT_WAITED_FOR: Final = frozenset(
    {
        "decline_post",
        "vacate_post",
        "enter_acceptance",
        "say_unwilling",
        "enter_willing",
        "object_plan",
        "postpone_meeting",
        "draft_rules",
        "attach_fact_sheet",
        "ask_record_correction",
        "challenge_vote",
        "explain_result",
        "note_condition",
        "report_progress",
        "extend_item",
        "write_supervision",
        *supporting.STEPS,
    }
)
"""Steps that somebody may take, but that nobody waits for."""
_ASKED: Final = (
    "SELECT t.id FROM topic t WHERE t.community_id = :community AND t.ended_at IS NULL AND (t.proposer_id = :person"
    " OR EXISTS (SELECT 1 FROM community_role r WHERE r.person_id = :person)"
    " OR EXISTS (SELECT 1 FROM post_holder h WHERE h.topic_id = t.id AND h.person_id = :person)"
    " OR EXISTS (SELECT 1 FROM follow_item f WHERE f.topic_id = t.id AND f.person_id = :person)"
    " OR EXISTS (SELECT 1 FROM participant p JOIN plan v ON v.id = p.plan_id"
    " WHERE v.topic_id = t.id AND p.person_id = :person)) ORDER BY t.number"
)


def topic_page(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> Receipt:
    """For everybody of the topic's community. Raises RuleBroken no_such_topic, not_in_community."""
    case, person_id = _visited(uow, actor, topic_id)
    facts = case.facts(now)
    standings = case.standings(person_id)
    happened = timeline.events(case)
    return Receipt(
        "topic_page",
        case.heading()
        | {
            "stage": case.topic.stage,
            "outcome": case.topic.outcome,
            "steps": list(offered(standings, facts, now)),
            "awaits": {name: sorted(who) for name, who in awaited(facts, now).items() if name not in _NOT_WAITED_FOR},
            "mine": sorted(standings),
            "clocks": timeline.coming(case, now),
            "events": happened[:EVENTS_SHOWN],
            "more": max(0, len(happened) - EVENTS_SHOWN),
            "posts": timeline.posts(case),
            "proposal": case.topic.proposal,
            "alike": alike.shown(case) if _looked_at(case, standings) else [],
            "support": supporting.shown_to(case, standings),
            "choice": _choice(case, standings),
            "planned": _planned(case),
            "fact_sheet": fact_sheets.on_page(case, standings),
            "minutes": minutes_reading.offered_to(case, standings, person_id),
        },
    )


def _choice(case: Case, standings: Set[Standing]) -> dict[str, Any] | None:
    """Until the review: what the proposer chose (B.1), and for both committees what had been suggested (5.2.1)."""
    if case.stage not in (TopicStage.PROPOSED, TopicStage.REVIEW):
        return None
    chosen: dict[str, Any] = {"item": case.topic.catalogue, "annex": case.topic.annex}
    reviews = not standings.isdisjoint({Standing.COMMITTEE, Standing.PARTY_BRANCH})
    return chosen | ({"told": examples.proposer_was_told(case)} if reviews else {})


def _looked_at(case: Case, standings: set[Standing]) -> bool:
    """Both committees look at a proposal until it is reviewed."""
    before = case.stage in (TopicStage.PROPOSED, TopicStage.REVIEW)
    return before and not standings.isdisjoint({Standing.COMMITTEE, Standing.PARTY_BRANCH})


def _planned(case: Case) -> str | None:
    """When the plan that was sent wants to meet (5.3.2), as long as no notice has said it."""
    plan = case.plan
    if plan is None or plan.sent_at is None:
        return None
    used_up = case.stage is TopicStage.PLAN and plan.final_at is not None
    return iso(plan.meets_at) if case.stage in (TopicStage.PLAN, TopicStage.NOTICE) and not used_up else None


def whole_timeline(uow: UnitOfWork, actor: Actor, *, topic_id: int, now: datetime) -> Receipt:
    """The second page: everything that happened. Raises RuleBroken no_such_topic, not_in_community."""
    case, _ = _visited(uow, actor, topic_id)
    return Receipt("timeline", case.heading() | {"events": timeline.events(case)})


def _visited(uow: UnitOfWork, actor: Actor, topic_id: int) -> tuple[Case, int]:
    case = peek(uow, topic_id, actor)
    person_id = case.person_id()
    if person_id is None:
        raise RuleBroken("not_in_community", OUR_RULE)
    return case, person_id


def waiting_for(
    uow: UnitOfWork, actor: Actor, community_id: int, person_id: int, now: datetime
) -> list[dict[str, Any]]:
    """Topics of the community in which this person may take a step now, oldest first.

    ``needed``: those of its ``steps`` that the topic waits for; ``posts``: posts this person was asked to take.
    """
    found = []
    for (topic_id,) in uow.rows(_ASKED, {"community": community_id, "person": person_id}):
        case = Case(uow, uow.must(Topic, topic_id), actor)
        able = offered(case.standings(person_id), case.facts(now), now)
        steps = [name for name in able if name not in supporting.STEPS]
        if steps:
            needed = [name for name in steps if name not in _NOT_WAITED_FOR and not _answered(case, name, person_id)]
            posts = _asked_to_be(case, person_id)
            more = {"stage": case.topic.stage, "steps": steps, "needed": needed, "posts": posts}
            found.append(case.heading() | more)
    return found


def _answered(case: Case, step: str, person_id: int) -> bool:
    """5.3.1 c: who has said whether they are willing may say otherwise, but is not waited for."""
    plan = case.plan
    if step != "say_willing" or plan is None:
        return False
    row = case.uow.first(Participant, plan_id=plan.id, person_id=person_id)
    return row is not None and (row.willing_at is not None or row.unwilling_at is not None)


def _asked_to_be(case: Case, person_id: int) -> list[str]:
    rows = (row for row in case.posts() if row.person_id == person_id)
    return [row.post for row in rows if row.accepted_at is None and row.declined_at is None]


def allowed(uow: UnitOfWork, *, actor: Actor, topic_id: int, action: str, now: datetime) -> None:
    """Raises RuleBroken when this person may not take this step now: no form opens for nothing."""
    case = peek(uow, topic_id, actor)
    permit(action, case.standings(case.person_id()), case.facts(now), now)
