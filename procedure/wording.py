"""The opinion put to the main vote and its fixed form (5.7.2 a, form B.3)."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from procedure.errors import OUR_RULE, RuleBroken
from procedure.text import utf16_length

MOST_ITEMS: Final = 9
TEXT_LIMIT: Final = 300
IMPLEMENTER_LIMIT: Final = 60
OBJECTIONS_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done, by whom, by the end of which local day."""

    number: int
    text: str
    implementer: str
    due: date


@dataclass(frozen=True, slots=True)
class Wording:
    """The numbered items and the objections raised (empty when there were none)."""

    items: tuple[Item, ...]
    objections: str


def check(wording: Wording, today: date) -> None:
    """``today`` is the community's local date.

    Raises RuleBroken no_items, too_many_items, bad_numbering, item_empty(number, field), item_too_long(number, field,
    limit, length), due_in_past(number), objections_too_long: 5.7.2 a wants an opinion that can be carried out.
    """
    if not wording.items:
        raise RuleBroken("no_items", "5.7.2 a")
    if len(wording.items) > MOST_ITEMS:
        raise RuleBroken("too_many_items", OUR_RULE, count=len(wording.items), most=MOST_ITEMS)
    for position, item in enumerate(wording.items, start=1):
        if item.number != position:
            raise RuleBroken("bad_numbering", OUR_RULE, number=item.number, expected=position)
        _check_item(item, today)
    length = utf16_length(wording.objections)
    if length > OBJECTIONS_LIMIT:
        raise RuleBroken("objections_too_long", OUR_RULE, limit=OBJECTIONS_LIMIT, length=length)


def _check_item(item: Item, today: date) -> None:
    for field, value, limit in (
        ("text", item.text, TEXT_LIMIT),
        ("implementer", item.implementer, IMPLEMENTER_LIMIT),
    ):
        if not value.strip():
            raise RuleBroken("item_empty", "5.7.2 a", number=item.number, field=field)
        length = utf16_length(value)
        if length > limit:
            raise RuleBroken("item_too_long", OUR_RULE, number=item.number, field=field, limit=limit, length=length)
    if item.due < today:
        raise RuleBroken("due_in_past", "5.7.2 a", number=item.number, due=item.due, today=today)


def canonical(wording: Wording) -> str:
    """The one written form of a wording: JSON, keys sorted, no blanks between, NFC."""
    content = {
        "items": [
            {"number": item.number, "text": item.text, "implementer": item.implementer, "due": item.due.isoformat()}
            for item in wording.items
        ],
        "objections": wording.objections,
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", written)


def digest(wording: Wording) -> str:
    """SHA-256 of the canonical form in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(wording).encode()).hexdigest()
