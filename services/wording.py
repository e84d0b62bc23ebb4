"""The opinion's wording before the vote (5.7.2 a): posted, corrected, then frozen by the first call."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from procedure import wording as wording_rules
from procedure.errors import OUR_RULE, RuleBroken
from procedure.text import clean_name, clean_text, visible
from services import boards, motions
from services.act import SYSTEM, Receipt
from services.board_facts import iso
from services.delivery import when_delivered
from services.messages import to_group
from services.sitting import Sitting, load, meeting_action
from services.timer_rows import set_timer
from storage.tables import Outbox, WordingRequest, WordingVersion
from storage.work import UnitOfWork

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
    meeting = sitting.meeting
    meeting.wording = {
        "items": [
            {"number": item.number, "text": item.text, "implementer": item.implementer, "due": item.due.isoformat()}
            for item in made
        ],
        "objections": wording.objections,
    }
    meeting.wording_version += 1
    meeting.wording_posted_at = now
    set_timer(sitting, "wording_end", meeting.wording_version, motions.wording_end(meeting))
    digest = wording_rules.digest(wording)
    sitting.keep(wording_rules.canonical(wording), person_id)
    sitting.note("wording_posted", now, by=person_id, version=meeting.wording_version, digest=digest)
    _keep_version(sitting, person_id, digest, now)
    to_group(
        sitting,
        "wording_posted",
        now,
        key=meeting.wording_version,
        wording=meeting.wording,
        version=meeting.wording_version,
        corrections_until=iso(motions.wording_end(meeting)),
    )
    boards.renew(sitting, now, consoles=True)
    return Receipt("wording_posted", {"version": meeting.wording_version})


def _keep_version(sitting: Sitting, by: int, digest: str, now: datetime) -> None:
    """The minutes show how the opinion came about, every version of it."""
    meeting = sitting.meeting
    sitting.uow.add(
        WordingVersion(
            community_id=meeting.community_id,
            meeting_id=sitting.id,
            version=meeting.wording_version,
            wording=meeting.wording,
            digest=digest,
            posted_by=by,
            at=now,
        )
    )


@when_delivered("wording_posted")
def _wording_seen(uow: UnitOfWork, row: Outbox, seen_at: datetime, now: datetime) -> None:
    sitting = load(uow, row.facts["meeting_id"], SYSTEM)
    meeting = sitting.meeting
    if meeting.wording_version != row.facts["version"] or meeting.wording_posted_at is None:
        return
    meeting.wording_posted_at = max(meeting.wording_posted_at, seen_at)
    set_timer(sitting, "wording_end", meeting.wording_version, motions.wording_end(meeting))


@meeting_action("ask_correction")
def ask_correction(sitting: Sitting, person_id: int, *, text: str, now: datetime) -> Receipt:
    """A stakeholder asks for another wording within the 5 minutes."""
    asked = clean_text(text, limit=REQUEST_LIMIT, field="correction")
    request = sitting.uow.add(
        WordingRequest(
            community_id=sitting.meeting.community_id,
            meeting_id=sitting.id,
            person_id=person_id,
            text=asked,
            asked_at=now,
        )
    )
    _, digest = sitting.keep(asked, person_id)
    sitting.note("correction_asked", now, person=person_id, request=request.id, text=digest)
    boards.touch(sitting.uow, sitting.id)
    return Receipt("correction_asked")


@meeting_action("decide_correction")
def decide_correction(
    sitting: Sitting, person_id: int, *, request_id: int, adopted: bool, reason: str, now: datetime
) -> Receipt:
    """The chair adopts or refuses, with a reason. Raises RuleBroken request_gone."""
    request = sitting.uow.get(WordingRequest, request_id)
    if request is None or request.meeting_id != sitting.id or request.decided_at is not None:
        raise RuleBroken("request_gone", OUR_RULE)
    why = clean_text(reason, limit=REQUEST_LIMIT, field="reason")
    request.adopted, request.reason, request.decided_at = adopted, why, now
    if adopted:
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
        adopted=adopted,
        why=why,
    )
    boards.touch(sitting.uow, sitting.id)
    return Receipt("correction_decided", {"adopted": adopted})


def _item(number: int, item: dict[str, Any]) -> wording_rules.Item:
    try:
        due = date.fromisoformat(str(item["due"]))
    except ValueError as error:
        raise RuleBroken("bad_date", "5.7.2 a", number=number) from error
    text = clean_text(str(item["text"]), limit=wording_rules.TEXT_LIMIT, field="item")
    implementer = clean_name(str(item["implementer"]), limit=wording_rules.IMPLEMENTER_LIMIT)
    return wording_rules.Item(number, text, implementer, due)
