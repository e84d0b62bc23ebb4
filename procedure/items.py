"""Votes on single items of the wording: they settle its text and give no verdict (our rule after 5.7.2 a, form B.3)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.meeting import MeetingFacts, item_pending
from procedure.text import utf16_length
from procedure.votes import MAJORITY, Tally, met
from procedure.wording import TEXT_LIMIT, Item, Wording

CLAUSE: Final = "5.7.2 a"


class ItemOutcome(StrEnum):
    """What an item vote says of the text; none when nobody voted, which leaves the text as it is."""

    ADOPTED = "adopted"
    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ItemQuestion:
    """Whether item ``number`` of version ``version`` stays; with an ``alternative``, whether that takes its place."""

    number: int
    text: str
    version: int
    alternative: str = ""


def check_question(wording: Wording, question: ItemQuestion) -> Item:
    """The item asked about.

    Raises RuleBroken item_not_there, only_item (whether the one item stays is what the main vote is about), same_text,
    item_too_long.
    """
    item = next((one for one in wording.items if one.number == question.number), None)
    if item is None:
        raise RuleBroken("item_not_there", OUR_RULE, number=question.number)
    if question.alternative:
        length = utf16_length(question.alternative)
        if length > TEXT_LIMIT:
            facts = {"number": item.number, "field": "text", "limit": TEXT_LIMIT}
            raise RuleBroken("item_too_long", OUR_RULE, **facts, length=length)
        if question.alternative == item.text:
            raise RuleBroken("same_text", OUR_RULE, number=item.number)
    elif len(wording.items) == 1:
        raise RuleBroken("only_item", CLAUSE)
    return item


def same_item(wording: Wording, text: str) -> int:
    """The present number of the item that reads ``text``: numbers move when one is struck. Raises item_gone."""
    for item in wording.items:
        if item.text == text:
            return item.number
    raise RuleBroken("item_gone", OUR_RULE)


def outcome(tally: Tally) -> ItemOutcome:
    """2·for > N, whatever ratio the rules set for the main vote: that one judges the whole (our rule)."""
    if tally.total == 0:
        return ItemOutcome.NONE
    return ItemOutcome.ADOPTED if met(tally, MAJORITY) else ItemOutcome.REFUSED


def changes_text(question: ItemQuestion, result: ItemOutcome) -> bool:
    """Whether a new version follows: an adopted alternative takes the item's place, an item not adopted is struck."""
    return result is (ItemOutcome.ADOPTED if question.alternative else ItemOutcome.REFUSED)


def settled(wording: Wording, question: ItemQuestion, result: ItemOutcome) -> Wording:
    """The wording after the vote, items numbered through; the same one when nothing changes."""
    if not changes_text(question, result):
        return wording
    if question.alternative:
        items = [
            replace(one, text=question.alternative) if one.number == question.number else one for one in wording.items
        ]
    else:
        items = [one for one in wording.items if one.number != question.number]
    return Wording(tuple(replace(one, number=number) for number, one in enumerate(items, start=1)), wording.objections)


def superseded(question: ItemQuestion, result: ItemOutcome | None, version: int) -> bool:
    """Whether the wording has gone on since; ``version`` is the present one, ``result`` None before it is decided."""
    made = result is not None and changes_text(question, result)
    return version != question.version + made


def check_none_pending(facts: MeetingFacts) -> None:
    """The text stands still while an item of it is voted on. Raises RuleBroken item_vote_running."""
    if item_pending(facts.motion):
        raise RuleBroken("item_vote_running", OUR_RULE)
