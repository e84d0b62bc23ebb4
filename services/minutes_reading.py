"""Reading the minutes: page by page in private while the meeting sits and after it, or as a file (5.6.3; T5, T47)."""

from datetime import datetime
from typing import Any, Final

from procedure.course import offered
from procedure.errors import OUR_RULE, RuleBroken
from procedure.minutes import Minutes, check_reader, for_everybody
from procedure.paging import pages, pieces
from procedure.terms import LIVE, MeetingState, Post, Standing
from procedure.text import utf16_length
from services import minutes_file, papers, proceedings
from services.act import Actor, Receipt
from services.board_facts import iso
from services.case import Case, peek
from services.delivery import enqueue_private
from services.paper_words import printed
from services.taking_minutes import gather
from storage.tables import CheckIn, Meeting
from storage.work import UnitOfWork

PAGE_ROOM: Final = 3000
"""UTF-16 units of a page; its head and foot come to less than what is left of 4096."""
BESIDE: Final = 24
"""What a paragraph takes besides its words: the link, marks of going on, the line's end."""
ENDED: Final = (MeetingState.ANNOUNCED, MeetingState.DIVERTED)
NEWEST: Final = 0
"""Instead of a page's number: the last one."""
BELOW: Final = printed("更正和补充：")
CORRECTING: Final = "ask_record_correction"


def page(uow: UnitOfWork, actor: Actor, *, meeting_id: int, number: int = NEWEST, now: datetime) -> Receipt:
    """One page; they are counted from the beginning, so that a full one stays as it is while people speak.

    Raises RuleBroken no_such_meeting, minutes_sign_in_first, minutes_not_for_you.
    """
    case, meeting, standings, whole = _read_by(uow, actor, meeting_id)
    taken = gather(case, meeting)
    blocks = _blocks(taken if whole else for_everybody(taken))
    places = pages([utf16_length(one["text"]) + BESIDE for one in blocks], PAGE_ROOM)
    shown = len(places) if number == NEWEST else min(number, len(places))
    first, behind = places[shown - 1]
    until = meeting.corrections_until
    steps = offered(standings, case.facts(now), now) if until is not None else ()
    return Receipt(
        "minutes_page",
        case.heading()
        | {
            "meeting_id": meeting_id,
            "page": shown,
            "pages": len(places),
            "blocks": blocks[first:behind],
            "whole": whole,
            "live": MeetingState(meeting.state) in LIVE,
            "signed_at": iso(meeting.signed_at),
            "corrections_until": iso(until),
            "may_correct": Standing.RECORDER in standings and meeting.signed_at is None,
            "steps": [CORRECTING] if CORRECTING in steps else [],
        },
    )


def _blocks(minutes: Minutes) -> list[dict[str, Any]]:
    """Paragraphs in the order of time, then corrections and addenda; what is longer than a page in several."""
    found = proceedings.paragraphs(minutes)
    written = [(text, one.link) for text, one in zip(proceedings.dated(found), found, strict=True)]
    later = proceedings.corrections(minutes)
    written += [(line, None) for line in (BELOW, *later)] if later else []
    return [
        {"text": piece, "link": link if place == 0 else None, "goes_on": place > 0}
        for text, link in written
        for place, piece in enumerate(pieces(" ".join(text.split()), PAGE_ROOM - BESIDE))
    ]


def _read_by(uow: UnitOfWork, actor: Actor, meeting_id: int) -> tuple[Case, Meeting, set[Standing], bool]:
    """The meeting for whoever may read its minutes, as what they read them, and whether they read all of them."""
    meeting = uow.get(Meeting, meeting_id)
    if meeting is None:
        raise RuleBroken("no_such_meeting", OUR_RULE)
    case = peek(uow, meeting.topic_id, actor)
    person_id = case.person_id()
    standings = case.standings(person_id) if person_id is not None else set()
    return case, meeting, standings, _whole(case, meeting, standings, person_id)


def _whole(case: Case, meeting: Meeting, standings: set[Standing], person_id: int | None) -> bool:
    found = standings | ({Standing.CHAIR} if person_id is not None and person_id == meeting.chair_id else set())
    here = {"meeting_id": meeting.id, "person_id": person_id or 0}
    signed_in = case.uow.count(CheckIn, **here) > 0
    return check_reader(found, signed_in=signed_in, ended=MeetingState(meeting.state) in ENDED)


def offered_to(case: Case, standings: set[Standing], person_id: int) -> int | None:
    """The meeting whose minutes this person may read now, if there is one: no button leads to a refusal."""
    meeting = case.meeting
    if meeting is None or meeting.opened_at is None:
        return None
    try:
        _whole(case, meeting, standings, person_id)
    except RuleBroken:
        return None
    return meeting.id


def send_file(uow: UnitOfWork, actor: Actor, *, meeting_id: int, now: datetime) -> Receipt:
    """The whole minutes as JSON to an official: as they stand now, after the meeting those its record names.

    Raises RuleBroken no_such_meeting, minutes_sign_in_first, minutes_not_for_you, not_your_role, private_chat_closed.
    """
    case, meeting, _, whole = _read_by(uow, actor, meeting_id)
    person_id = case.person_id()
    if not whole or person_id is None:
        raise RuleBroken("not_your_role", "5.6.3", who=tuple(sorted(Standing(post.value) for post in Post)))
    sha256, name = _file(case, meeting)
    facts = case.heading() | {"document": [sha256, name], "sha256": sha256, "signed": meeting.signed_at is not None}
    key = f"minutes_file:{meeting_id}:{person_id}:{actor.arrival}"
    if not enqueue_private(uow, "minutes_file", person_id, facts, unique_key=key, now=now, subject_id=meeting_id):
        raise RuleBroken("private_chat_closed", OUR_RULE)
    return Receipt("paper_coming")


def _file(case: Case, meeting: Meeting) -> tuple[str, str]:
    taken = gather(case, meeting)
    record = papers.latest(case, "b3") if meeting.corrections_until is not None else None
    named = record.facts.get("minutes") if record is not None and record.meeting_id == meeting.id else None
    so_far = {"mime": minutes_file.SO_FAR}
    sha256 = str(named) if named else minutes_file.keep(case.uow, taken, case.topic.community_id, **so_far)
    return sha256, minutes_file.name(taken)
