"""An item of the wording is put to a vote of its own: it settles the text, never the outcome (our rule, form B.3)."""

from datetime import datetime
from typing import Any

from procedure import ballots
from procedure import items as rules
from procedure.errors import OUR_RULE, RuleBroken
from procedure.terms import MotionKind
from procedure.text import clean_text
from procedure.wording import TEXT_LIMIT
from services import board_facts, item_facts, motions, voting
from services.act import Receipt
from services.messages import to_group
from services.sitting import Sitting, meeting_action
from services.wording_rows import post
from storage.tables import Motion, WordingRequest


@meeting_action("put_item")
def put_item(
    sitting: Sitting, person_id: int, *, number: int, version: int, alternative: str, now: datetime
) -> Receipt:
    """The chair puts item ``number`` of this version, or another text of it, and calls for the first hands.

    Raises RuleBroken wording_changed and what procedure.items.check_question raises.
    """
    return _put(sitting, person_id, asked(sitting, number, version, alternative), now)


def asked(sitting: Sitting, number: int, version: int, alternative: str) -> rules.ItemQuestion:
    """The question about the present wording. Raises RuleBroken wording_changed and what check_question raises."""
    meeting = sitting.meeting
    if version != meeting.wording_version or not meeting.wording:
        raise RuleBroken("wording_changed", OUR_RULE)
    other = clean_text(alternative, limit=TEXT_LIMIT, field="item") if alternative else ""
    wording = motions.wording_of(meeting.wording)
    item = rules.check_question(wording, rules.ItemQuestion(number, "", version, other))
    return rules.ItemQuestion(number, item.text, version, other)


def put_demanded(sitting: Sitting, person_id: int, request: WordingRequest, now: datetime) -> Receipt:
    """The chair adopted a stakeholder's demand. Raises RuleBroken item_gone when that item is no longer there."""
    ballots.put_item(sitting.facts(), now)
    wording = motions.wording_of(sitting.meeting.wording)
    number = rules.same_item(wording, request.item["text"])
    return _put(sitting, person_id, asked(sitting, number, sitting.meeting.wording_version, request.text), now)


def _put(sitting: Sitting, person_id: int, question: rules.ItemQuestion, now: datetime) -> Receipt:
    item = {
        "number": question.number,
        "text": question.text,
        "version": question.version,
        "alternative": question.alternative,
    }
    motion = motions.put(sitting, MotionKind.ITEM, now, item={"item": item, "whole": sitting.meeting.wording})
    return voting.start(sitting, motion, person_id, now)


def settle(sitting: Sitting, motion: Motion, now: datetime) -> None:
    """The vote is counted: the item stays, gives way or is struck, and what changed is a new version of the wording."""
    question = item_facts.question(motion)
    result = rules.ItemOutcome(motion.verdict or "")
    changed = rules.changes_text(question, result)
    facts: dict[str, Any] = {"item": item_facts.shown(motion), "changed": changed, "motion_id": motion.id}
    to_group(sitting, "item_result", now, key=motion.id, result=board_facts.outcome(motion), **facts)
    if changed:
        wording = rules.settled(motions.wording_of(sitting.meeting.wording), question, result)
        post(sitting, wording, sitting.meeting.chair_id, now, motion=motion.id)


def put_anew(sitting: Sitting, motion: Motion, person_id: int, now: datetime) -> Motion:
    """The vote is void: its text is back where it was, and the same question is put again (5.6.4).

    ``motion`` is voided already; its verdict says what it had made of the text.
    """
    question = item_facts.question(motion)
    made = motion.verdict is not None and rules.changes_text(question, rules.ItemOutcome(motion.verdict))
    whole = motion.wording["whole"]
    version = sitting.meeting.wording_version
    if made:
        version = post(sitting, motions.wording_of(whole), person_id, now, annulled=motion.id)
    item = motion.wording["item"] | {"version": version}
    return motions.put(sitting, MotionKind.ITEM, now, item={"item": item, "whole": whole})
