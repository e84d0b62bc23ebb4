"""The record B.3 until it is signed and handed over (5.6.1 i, 5.7.2, 5.8 a), from the moment the meeting ends."""

from datetime import date, datetime
from typing import Final

from procedure import opinion
from procedure.clocks import DeadlineKind
from procedure.errors import OUR_RULE, RuleBroken
from procedure.followup import check_ahead
from procedure.terms import Post, TopicStage
from procedure.text import clean_text
from procedure.waiting import check_waiting
from services import after_news, boards, clocks, minutes, minutes_file, papers, reminders, search_texts, telling
from services.act import Receipt
from services.board_facts import iso
from services.case import Case, topic_action
from services.files_coming import coming
from services.sitting import Sitting
from services.taking_minutes import gather
from services.unsummed import unsummed
from storage.tables import Document, Meeting, RecordCorrection, Telling

TEXT_LIMIT: Final = 1000
DIVERTED: Final = "diverted"


def meeting_ended(sitting: Sitting, now: datetime, *, diverted: bool = False) -> date:
    """The result was announced, or the matter left for annex D: record, corrections and telling begin (5.7, 5.8).

    Returns the last day of the three for telling.
    """
    case = Case(sitting.uow, sitting.topic, sitting.actor)
    last_day = reminders.start_telling(sitting, now)
    case.topic.stage = TopicStage.TELL.value
    case.topic.outcome = DIVERTED if diverted else sitting.meeting.verdict
    sitting.meeting.corrections_until = opinion.corrections_open_until(now)
    case.uow.flush()
    clocks.finish(case, DeadlineKind.MEET, now)
    clocks.start(case, DeadlineKind.RECORD_CORRECTIONS, now)
    papers.issue(case, "b2", now)
    _draft(case, now)
    document = papers.latest(case, "b3")
    assert document is not None
    holders = [row.person_id for row in case.posts() if row.accepted_at is not None]
    people = [who for who in (*after_news.listed(case), *holders) if who not in _recorders(case)]
    facts = {"mine": "listed", "till": iso(sitting.meeting.corrections_until), "steps": ["ask_record_correction"]}
    after_news.hand(case, "record_draft", people, document, now, **facts)
    return last_day


def _recorders(case: Case) -> list[int]:
    return after_news.holders(case, Post.RECORDER)


def _draft(case: Case, now: datetime) -> None:
    """A version of the record with everything known by now; the recorder gets it as a Word document."""
    meeting = _meeting(case)
    taken = gather(case, meeting)
    sha256 = minutes_file.keep(case.uow, taken, case.topic.community_id)
    document = papers.issue(case, "b3", now, paper=minutes.record_of(case, taken, now))
    case.note("minutes_kept", now, meeting=meeting.id, version=document.version, sha256=sha256)
    search_texts.keep(case)
    steps = ["sign_record"]
    if case.topic.outcome == "reconvene" and not meeting.condition:
        steps.insert(0, "name_condition")
    facts = {"mine": "recorder", "till": iso(meeting.corrections_until), "steps": steps}
    after_news.hand(case, "record_draft", _recorders(case), document, now, **facts)


def redraw(case: Case, now: datetime) -> None:
    """The record says something more than its last version, and is not signed yet."""
    _draft(case, now)


def _meeting(case: Case) -> Meeting:
    meeting = case.meeting
    assert meeting is not None
    return meeting


@topic_action("ask_record_correction")
def ask_record_correction(case: Case, person_id: int, *, now: datetime, text: str) -> Receipt:
    """Within 24 hours something wrong in the record is to be corrected; later it stands below as an addendum.

    Raises RuleBroken too_many_waiting.
    """
    meeting = _meeting(case)
    assert meeting.id is not None and meeting.corrections_until is not None
    asked = clean_text(text, limit=TEXT_LIMIT, field="record_correction")
    addendum = opinion.is_addendum(now, meeting.corrections_until)
    if not addendum:
        open_ones = {"meeting_id": meeting.id, "person_id": person_id, "answered_at": None}
        check_waiting(case.uow.count(RecordCorrection, addendum=False, **open_ones))
    row = case.uow.add(
        RecordCorrection(
            community_id=case.topic.community_id,
            topic_id=case.id,
            meeting_id=meeting.id,
            person_id=person_id,
            text=asked,
            at=now,
            addendum=addendum,
        )
    )
    _, digest = case.keep(asked, person_id)
    case.note("record_correction_asked", now, person=person_id, correction=row.id, addendum=addendum, text=digest)
    code = "addendum_made" if addendum else "correction_asked"
    steps = () if addendum else ("answer_record_correction",)
    people = [*_recorders(case), *(after_news.supervision(case) if addendum else [])]
    after_news.news(case, code, people, now, key=row.id, steps=steps, words=asked, label=case.label(person_id))
    if addendum and meeting.signed_at is None:
        _draft(case, now)
    elif addendum:
        search_texts.keep(case)
    return Receipt("record_addendum") if addendum else Receipt("record_correction_asked")


@topic_action("answer_record_correction")
def answer_record_correction(
    case: Case, person_id: int, *, now: datetime, correction_id: int, adopted: bool, answer: str
) -> Receipt:
    """The recorder adopts or refuses, with a reason; both stand in the record. Raises record_correction_gone."""
    row = case.uow.get(RecordCorrection, correction_id)
    if row is None or row.topic_id != case.id or row.answered_at is not None or row.addendum:
        raise RuleBroken("record_correction_gone", OUR_RULE)
    why = clean_text(answer, limit=TEXT_LIMIT, field="reason")
    row.adopted, row.answer, row.answered_at = adopted, why, now
    _, digest = case.keep(why, person_id)
    case.note("record_correction_answered", now, by=person_id, correction=correction_id, adopted=adopted, why=digest)
    code = "correction_adopted" if adopted else "correction_refused"
    after_news.news(case, code, [row.person_id], now, key=row.id, words=why)
    _draft(case, now)
    return Receipt("record_correction_answered", {"adopted": adopted})


@topic_action("name_condition")
def name_condition(case: Case, person_id: int, *, now: datetime, text: str, day: str | None = None) -> Receipt:
    """5.7.2 c: when, or on what terms, it is taken up again; ``day`` is an ISO date.

    Raises condition_day_past, day_too_far.
    """
    said = clean_text(text, limit=TEXT_LIMIT, field="condition")
    if day:
        wanted, today = date.fromisoformat(day), now.astimezone(case.tz).date()
        if wanted <= today:
            raise RuleBroken("condition_day_past", "5.7.2 c", today=today)
        check_ahead(wanted, today)
    _meeting(case).condition = {"text": said} | ({"day": day} if day else {})
    case.uow.flush()
    _, digest = case.keep(said, person_id)
    case.note("condition_named", now, by=person_id, day=day, text=digest)
    _draft(case, now)
    return Receipt("condition_named")


@topic_action("sign_record")
def sign_record(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.6.1 i: the recorder confirms the hash of the last version.

    Raises voice_unsummed, files_coming, record_not_drawn.
    """
    meeting_id = _meeting(case).id or 0
    missing = len(unsummed(case.uow, meeting_id))
    if missing:
        raise RuleBroken("voice_unsummed", "5.6.3", count=missing)
    wanted = coming(case.uow, meeting_id)
    if wanted:
        raise RuleBroken("files_coming", "5.6.3", count=wanted)
    document = _record(case)
    if not document.sha256:
        raise RuleBroken("record_not_drawn", OUR_RULE)
    document.signed_at, document.signed_by = now, person_id
    meeting = _meeting(case)
    meeting.signed_at = now
    if meeting.id is not None:
        boards.touch(case.uow, meeting.id)
    clocks.finish(case, DeadlineKind.RECORD_CORRECTIONS, now)
    signed = {"version": document.version, "sha256": document.sha256} | _covered(document)
    case.note("record_signed", now, by=person_id, **signed)
    return Receipt("record_signed", {"digest": document.sha256[:8]})


def _covered(document: Document) -> dict[str, str]:
    """The minutes that the record names; a record from before there was such a file names none."""
    return {"minutes": document.facts["minutes"]} if document.facts.get("minutes") else {}


def _record(case: Case) -> Document:
    document = papers.latest(case, "b3")
    assert document is not None
    return document


@topic_action("hand_record")
def hand_record(case: Case, person_id: int, *, now: datetime) -> Receipt:
    """5.8 a: the signed record and the sign-in sheet go to the supervisory committee and the supervisor."""
    meeting = _meeting(case)
    assert meeting.id is not None
    sheet = papers.latest(case, "b2")
    people = after_news.supervision(case)
    for who in people:
        row = Telling(
            community_id=case.topic.community_id,
            topic_id=case.id,
            subject="record",
            subject_id=meeting.id,
            person_id=who,
        )
        case.uow.add(row)
    facts = {"signed_at": iso(meeting.signed_at), "meeting": meeting.id}
    unreached = after_news.hand(case, "record_handed", people, _record(case), now, **facts)
    if sheet is not None:
        after_news.hand(case, "record_handed", people, sheet, now, **facts)
    case.note("record_handed", now, by=person_id, people=people, unreached=unreached)
    telling.record_handed(case, now)
    return Receipt("record_handed", {"count": len(people)})
