"""The rules of speaking and voting, drafted before the meeting (5.5): the very settings that will run."""

from datetime import datetime
from typing import Any

from procedure import legal
from procedure import rules as rule_book
from procedure.clocks import DeadlineKind
from procedure.errors import RuleBroken
from procedure.floor import check_strict
from procedure.terms import FloorMode
from services import plan_rows, powers
from services.act import Actor, Receipt
from services.case import Case, peek, topic_action
from storage.tables import RulesDraft
from storage.work import UnitOfWork


@topic_action("draft_rules")
def draft_rules(case: Case, person_id: int, *, settings: dict[str, Any], now: datetime) -> Receipt:
    """A new version; left as they are they count as drafted.

    Raises what `procedure.rules.check` and `procedure.floor.check_strict` raise, bad_rules.
    """
    try:
        rules = rule_book.from_json(settings)
    except (ValueError, TypeError) as error:
        raise RuleBroken("bad_rules", "5.5.1") from error
    rule_book.check(rules, now.astimezone(case.tz).date())
    meeting = case.meeting
    assert meeting is not None
    if rules.floor_mode is FloorMode.STRICT:
        check_strict(powers.of(case.uow, meeting.chat_id))
    plan_rows.finish_clocks(case, now, DeadlineKind.RULES)
    last = case.uow.must(RulesDraft, meeting.rules_id)
    changed = rule_book.differences(rule_book.from_json(last.settings), rules)
    if changed:
        meeting.rules_id = _next_version(case, meeting.plan_id, rules, now)
    case.note("rules_drafted", now, by=person_id, meeting=meeting.id, changed=list(changed))
    return Receipt("rules_drafted") if changed else Receipt("rules_kept")


def _next_version(case: Case, plan_id: int, rules: rule_book.Rules, now: datetime) -> int:
    last = case.uow.first(RulesDraft, order="-version", plan_id=plan_id)
    made = case.uow.add(
        RulesDraft(
            community_id=case.topic.community_id,
            plan_id=plan_id,
            version=(last.version if last is not None else 0) + 1,
            settings=rule_book.to_json(rules),
            drafted_at=now,
        )
    )
    assert made.id is not None
    return made.id


def check_source(uow: UnitOfWork, *, actor: Actor, topic_id: int, source: str, now: datetime) -> None:
    """Raises RuleBroken law_counts_otherwise as soon as such a law is named, with what it asks and where to go."""
    legal.check_source(source, now.astimezone(peek(uow, topic_id, actor).tz).date())


def present(uow: UnitOfWork, *, actor: Actor, topic_id: int, now: datetime) -> dict[str, Any]:
    """The settings as they stand; the template before there are any."""
    meeting = peek(uow, topic_id, actor).meeting
    return uow.must(RulesDraft, meeting.rules_id).settings if meeting else rule_book.to_json(rule_book.TEMPLATE)
