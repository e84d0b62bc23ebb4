"""Whether everybody concerned is willing to consult in the group (5.3.1 c, table 3, 1 b); else there is a room."""

from datetime import datetime

from procedure.errors import OUR_RULE, RuleBroken
from procedure.plan import Mode
from procedure.terms import Capacity, Post
from services.act import Receipt
from services.case import Case, topic_action
from services.plan_news import news
from services.posts import WAYS
from storage.tables import Participant, Plan, Telling, TellingAttempt


@topic_action("say_willing")
def say_willing(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """A person's own yes; it can be taken back until the plan stands."""
    _answer(case, person_id, person_id, yes=True, now=now)
    return Receipt("willing_noted")


@topic_action("say_unwilling")
def say_unwilling(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """A person's own no: the convener is told what can be done."""
    plan = _answer(case, person_id, person_id, yes=False, now=now)
    return Receipt("unwilling_noted", {"hybrid": plan.mode == Mode.HYBRID})


@topic_action("enter_willing")
def enter_willing(case: Case, person_id: int, *, person: int, willing: bool, way: str, now: datetime) -> Receipt:
    """What somebody said by telephone, at the door or in writing, with who noted it; they count as told of the plan.

    Raises RuleBroken not_in_plan, no_such_choice.
    """
    if way not in WAYS:
        raise RuleBroken("no_such_choice", OUR_RULE)
    plan = _answer(case, person, person_id, yes=willing, now=now)
    _reached(case, plan, person, person_id, way, now)
    label = case.label(person_id)
    own = ("say_unwilling",) if willing else ("say_willing",)
    news(case, "entered", [person], now, key=f"{plan.id}:{now.isoformat()}", willing=willing, label=label, steps=own)
    return Receipt("willing_entered", {"label": case.label(person)})


@topic_action("record_plan_told")
def record_plan_told(case: Case, person_id: int, *, person: int, way: str, now: datetime) -> Receipt:
    """5.3.2: somebody whom the bot does not reach was told. Raises RuleBroken not_in_plan, no_such_choice."""
    if way not in WAYS:
        raise RuleBroken("no_such_choice", OUR_RULE)
    plan = case.plan
    assert plan is not None
    if not case.uow.count(Telling, subject="plan", subject_id=plan.id, person_id=person, delivered_at=None):
        raise RuleBroken("not_in_plan", "5.3.2")
    _reached(case, plan, person, person_id, way, now)
    case.note("plan_told", now, person=person, by=person_id, version=plan.version, way=way)
    return Receipt("plan_told", {"label": case.label(person)})


def _reached(case: Case, plan: Plan, person: int, by: int, way: str, now: datetime) -> None:
    telling = case.uow.first(Telling, subject="plan", subject_id=plan.id, person_id=person)
    assert telling is not None and telling.id is not None
    case.uow.add(
        TellingAttempt(
            community_id=case.topic.community_id, telling_id=telling.id, by=by, at=now, way=way, reached=True
        )
    )
    telling.delivered_at = telling.delivered_at or now


def _answer(case: Case, person: int, by: int, *, yes: bool, now: datetime) -> Plan:
    plan = case.plan
    assert plan is not None
    row = case.uow.first(Participant, plan_id=plan.id, person_id=person)
    if row is None or (by != person and row.capacity != Capacity.STAKEHOLDER):
        raise RuleBroken("not_in_plan", "5.3.1 b")
    row.willing_at, row.unwilling_at = (now, None) if yes else (None, now)
    row.willing_by = by
    case.uow.flush()
    case.note("willing" if yes else "unwilling", now, person=person, by=by, version=plan.version)
    if row.capacity == Capacity.STAKEHOLDER:
        _tell_convener(case, plan, person, by, yes=yes, now=now)
    return plan


def _tell_convener(case: Case, plan: Plan, person: int, by: int, *, yes: bool, now: datetime) -> None:
    convener = case.holder(Post.CONVENER)
    if convener is None:
        return
    if not yes and convener != by:
        key = f"{plan.id}:{person}:{now.isoformat()}"
        code = "comes" if plan.mode == Mode.HYBRID else "unwilling"
        steps = () if plan.mode == Mode.HYBRID else ("enter_willing", "draft_plan")
        news(case, code, [convener], now, key=key, label=case.label(person), steps=steps)
    elif yes and not case.uow.count(Participant, plan_id=plan.id, capacity=Capacity.STAKEHOLDER.value, willing_at=None):
        news(case, "all_willing", [convener], now, key=plan.id, steps=("finalize_plan",))
