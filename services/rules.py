"""Changing the rules before they are adopted (5.5.1, 5.6.1 b)."""

from datetime import datetime
from typing import Any

from procedure import rules as rule_book
from procedure.errors import RuleBroken
from procedure.floor import check_strict
from procedure.terms import FloorMode, MotionStage
from services import boards, motions, powers
from services.act import Receipt
from services.sitting import Sitting, meeting_action
from storage.tables import RulesDraft


@meeting_action("change_rules")
def change_rules(sitting: Sitting, person_id: int, *, settings: dict[str, Any], now: datetime) -> Receipt:
    """A new version of the rules; shown at once when they are already put. Raises RuleBroken per bad setting."""
    try:
        rules = rule_book.from_json(rule_book.to_json(sitting.rules) | settings)
    except ValueError as error:
        raise RuleBroken("bad_rules", "5.5.1") from error
    rule_book.check(rules, now.astimezone(sitting.tz).date())
    if rules.floor_mode is FloorMode.STRICT:
        check_strict(powers.of(sitting.uow, sitting.meeting.chat_id))
    changed = rule_book.differences(sitting.rules, rules)
    if not changed:
        return Receipt("rules_unchanged")
    last = sitting.uow.first(RulesDraft, order="-version", plan_id=sitting.meeting.plan_id)
    draft = sitting.uow.add(
        RulesDraft(
            community_id=sitting.meeting.community_id,
            plan_id=sitting.meeting.plan_id,
            version=(last.version if last else 0) + 1,
            settings=rule_book.to_json(rules),
            drafted_at=now,
        )
    )
    assert draft.id is not None
    sitting.meeting.rules_id = draft.id
    del sitting.rules
    sitting.note("rules_changed", now, by=person_id, version=draft.version, changed=list(changed))
    motion = sitting.motion
    if motion is not None and motion.stage == MotionStage.PUT:
        motions.show_rules(sitting, motion, now, changed=changed)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("rules_changed", {"changed": list(changed)})
