"""The opinion's wording before the vote (5.7.2 a): posted, corrected, then frozen by the first call."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from procedure import wording as wording_rules
from procedure.errors import OUR_RULE, RuleBroken
from procedure.text import clean_name, clean_text, visible
from services import boards, items
from services.act import Receipt
from services.messages import to_group
from services.sitting import Sitting, meeting_action
from services.wording_rows import post
from storage.tables import WordingRequest

REQUEST_LIMIT = 300


@meeting_action("open_wording")
def open_wording(sitting: Sitting, person_id: int, *, now: datetime) -> Receipt:
    """5.5.3 a: the discussion is over; chair and recorder write what will be voted on."""
    sitting.move("open_wording")
    sitting.note("wording_opened", now, by=person_id)
    boards.renew(sitting, now, consoles=True)
    return Receipt("wording_opened")


@meeting_action("post_wording")
def post_wording(
    sitting: Sitting, person_id: int, *, items: Sequence[dict[str, Any]], objections: str, now: datetime
) -> Receipt:
    """Post the opinion; stakeholders then have 5 minutes. Raises what procedure.wording.check raises, bad_date."""
    made = tuple(_item(number, item) for number, item in enumerate(items, start=1))
    wording = wording_rules.Wording(made, visible(objections).strip())
    wording_rules.check(wording, now.astimezone(sitting.tz).date())
    version = post(sitting, wording, person_id, now)
    boards.renew(sitting, now, consoles=True)
    return Receipt("wording_posted", {"version": version})


@meeting_action("ask_correction")
def ask_correction(sitting: Sitting, person_id: int, *, text: str, now: datetime) -> Receipt:
    """A stakeholder asks for another wording within the 5 minutes."""
    _ask(sitting, person_id, clean_text(text, limit=REQUEST_LIMIT, field="correction"), {}, now)
    return Receipt("correction_asked")


@meeting_action("demand_item")
def demand_item(
    sitting: Sitting, person_id: int, *, number: int, version: int, alternative: str, now: datetime
) -> Receipt:
    """A stakeholder wants an item voted on by itself, or another text of it; the chair answers as to a correction.

    Raises RuleBroken wording_changed and what procedure.items.check_question raises.
    """
    question = items.asked(sitting, number, version, alternative)
    _ask(sitting, person_id, question.alternative, {"number": number, "text": question.text}, now)
    return Receipt("item_demanded")


def _ask(sitting: Sitting, person_id: int, asked: str, item: dict[str, Any], now: datetime) -> None:
    request = sitting.uow.add(
        WordingRequest(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            text=asked,
            item=item,
            asked_at=now,
        )
    )
    digest = sitting.keep(asked, person_id)[1] if asked else None
    about = {"item": item["number"]} if item else {}
    sitting.note("correction_asked", now, person=person_id, request=request.id, text=digest, **about)
    boards.touch(sitting.uow, sitting.id)


@meeting_action("decide_correction")
def decide_correction(
    sitting: Sitting, person_id: int, *, request_id: int, adopted: bool, reason: str, now: datetime
) -> Receipt:
    """The chair adopts or refuses, with a reason; a demand that is adopted puts the item at once.

    Raises RuleBroken request_gone, and what putting the item raises.
    """
    request = sitting.uow.get(WordingRequest, request_id)
    if request is None or request.meeting_id != sitting.id or request.decided_at is not None:
        raise RuleBroken("request_gone", OUR_RULE)
    why = clean_text(reason, limit=REQUEST_LIMIT, field="reason")
    request.adopted, request.reason, request.decided_at = adopted, why, now
    if adopted and not request.item:
        # What was adopted has to be written in and posted before anything can be put to the vote.
        sitting.meeting.wording_posted_at = None
    _, digest = sitting.keep(why, person_id)
    sitting.note("correction_decided", now, by=person_id, request=request_id, adopted=adopted, why=digest)
    to_group(
        sitting,
        "correction_decided",
        now,
        key=request_id,
        label=sitting.label(request.person_id),
        text=request.text,
        item=request.item.get("number"),
        adopted=adopted,
        why=why,
    )
    boards.touch(sitting.uow, sitting.id)
    if adopted and request.item:
        return items.put_demanded(sitting, person_id, request, now)
    return Receipt("correction_decided", {"adopted": adopted})


def _item(number: int, item: dict[str, Any]) -> wording_rules.Item:
    try:
        due = date.fromisoformat(str(item["due"]))
    except ValueError as error:
        raise RuleBroken("bad_date", "5.7.2 a", number=number) from error
    text = clean_text(str(item["text"]), limit=wording_rules.TEXT_LIMIT, field="item")
    implementer = clean_name(str(item["implementer"]), limit=wording_rules.IMPLEMENTER_LIMIT)
    return wording_rules.Item(number, text, implementer, due)
