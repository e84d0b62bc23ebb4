"""The papers of a meeting, from what was stored while it sat: sign-in sheet B.2 and record B.3 (5.6.1 a and i)."""

from collections import Counter
from datetime import datetime
from typing import Any

from procedure.minutes import Minutes, for_everybody
from procedure.terms import Capacity, Post, Stance, Verdict
from procedure.votes import percent
from services import minutes_file, paper_facts, paper_words
from services.case import Case
from services.documents.papers import MeetingRecord, SignedIn, SignInSheet
from services.opinion_text import condition_lines, item_lines
from services.paper_words import printed
from services.proceedings import corrections, proceedings
from services.taking_minutes import gather
from storage.tables import CheckIn, Group, Meeting, Motion, Participant, Person, Plan

DIVERTED = "diverted"


def held(case: Case) -> Meeting:
    """The meeting that the papers are about. LookupError when there was none."""
    meeting = case.meeting
    if meeting is None or meeting.opened_at is None:
        raise LookupError("no meeting has been held")
    return meeting


def main_motion(case: Case, meeting: Meeting) -> Motion | None:
    """The vote on the opinion, as it was last held."""
    return case.uow.first(Motion, order="-id", meeting_id=meeting.id, kind="main")


def ended_at(meeting: Meeting, now: datetime) -> datetime:
    """When the result was announced, or the meeting ended otherwise; now while it sits."""
    return meeting.announced_at or now


def place(case: Case, meeting: Meeting) -> str:
    """The group's name, and its link where it has one; before it the address of a hybrid meeting's room."""
    plan = case.uow.must(Plan, meeting.plan_id)
    return paper_words.place(plan.room, case.uow.first(Group, chat_id=meeting.chat_id))


def sign_in_sheet(case: Case, now: datetime) -> SignInSheet:
    """Form B.2: who checked in to which sitting, participants apart from observers and officials."""
    meeting = held(case)
    assert meeting.opened_at is not None
    rows = case.uow.all(CheckIn, order="sitting,at,id", meeting_id=meeting.id)
    apart = {row.id for row in rows if row.capacity in (None, Capacity.OBSERVER)}
    return SignInSheet(
        topic=case.topic.title,
        time=paper_words.span(meeting.opened_at, ended_at(meeting, now), case.tz),
        place=place(case, meeting),
        participants=_signed(case, [row for row in rows if row.id not in apart]),
        observers=_signed(case, [row for row in rows if row.id in apart]),
        number=case.topic.number,
    )


def _signed(case: Case, rows: list[CheckIn]) -> tuple[SignedIn, ...]:
    posts = {row.person_id: paper_words.POSTS[row.post] for row in case.posts() if row.accepted_at}
    meeting = held(case)
    posts[meeting.chair_id] = "主持人"
    return tuple(_line(case, number, row, posts) for number, row in enumerate(rows, start=1))


def _line(case: Case, number: int, row: CheckIn, posts: dict[int, str]) -> SignedIn:
    person = case.uow.must(Person, row.person_id)
    capacity = paper_words.CAPACITIES[Capacity(row.capacity)] if row.capacity else "工作人员"
    return SignedIn(
        number=number,
        label=person.label,
        unit=person.unit or "",
        post=posts.get(row.person_id, capacity),
        how=_how(row),
        at=paper_words.moment(row.at, case.tz),
    )


def _how(row: CheckIn) -> str:
    """How somebody signed in, with the seat of whoever sat in the room."""
    how = paper_words.CHECK_INS.get(row.via, paper_words.CHECK_INS["staff"])
    return how if row.seat is None else printed("{how}，现场{seat}号", how=how, seat=row.seat)


def meeting_record(case: Case, now: datetime) -> MeetingRecord:
    """Form B.3 with every correction adopted so far; the signature is written by hand (5.6.1 i)."""
    return record_of(case, gather(case, held(case)), now)


def record_of(case: Case, taken: Minutes, now: datetime) -> MeetingRecord:
    """Form B.3 made from these minutes; it names their file by its SHA-256, so that who signs it signs them."""
    meeting = held(case)
    assert meeting.opened_at is not None
    motion = main_motion(case, meeting)
    return MeetingRecord(
        topic=case.topic.title,
        subjects=_subjects(case, meeting),
        time=paper_words.span(meeting.opened_at, ended_at(meeting, now), case.tz),
        place=place(case, meeting),
        form=_mode(case),
        convener=paper_facts.name_of(case, Post.CONVENER),
        chair=paper_facts.person_name(case, meeting.chair_id),
        recorder=paper_facts.name_of(case, Post.RECORDER),
        adviser=paper_facts.name_of(case, Post.ADVISER),
        supervisor=paper_facts.name_of(case, Post.SUPERVISOR),
        course=proceedings(for_everybody(taken)),
        **_figures(motion),
        result=result_of(case, meeting),
        outcome=outcome(case, meeting, motion),
        objections=str(motion.wording.get("objections", "")) if motion is not None else "",
        corrections=corrections(taken),
        signed_by="",
        signed_on=None,
        number=case.topic.number,
        minutes=minutes_file.digest(taken),
    )


def _mode(case: Case) -> str:
    plan = case.plan
    return "" if plan is None else paper_words.MODES.get(plan.mode, plan.mode)


def _subjects(case: Case, meeting: Meeting) -> str:
    """Counts by capacity, as the final plan names them."""
    listed = Counter(row.capacity for row in case.uow.all(Participant, plan_id=meeting.plan_id))
    counts = (f"{word}{listed[capacity]}人" for capacity, word in paper_words.CAPACITIES.items() if listed[capacity])
    return "、".join(counts)


def _figures(motion: Motion | None) -> dict[str, Any]:
    sides = {"in_favour": Stance.FOR, "against": Stance.AGAINST, "abstain": Stance.ABSTAIN}
    counted = {name: getattr(motion, name) for name in sides} if motion is not None else {}
    if motion is None or None in counted.values():
        return dict.fromkeys(("voters", *sides)) | {f"percent_{stance}": "" for stance in sides.values()}
    voters = sum(counted.values())
    shares = {f"percent_{stance}": percent(counted[name], voters) for name, stance in sides.items()}
    return {"voters": voters} | counted | shares


def result_of(case: Case, meeting: Meeting) -> str:
    """agreed, ended, reconvene or diverted (5.7); none when nobody voted."""
    if case.topic.outcome == DIVERTED:
        return DIVERTED
    return meeting.verdict or Verdict.NONE.value


def outcome(case: Case, meeting: Meeting, motion: Motion | None) -> tuple[str, ...]:
    """What follows: the agreed items exactly as voted on, or the conditions of the next consultation (5.7.2)."""
    result = result_of(case, meeting)
    if result == Verdict.AGREED and motion is not None:
        return item_lines(motion.wording)
    if result == Verdict.RECONVENE:
        return condition_lines(meeting.condition)
    if result == DIVERTED:
        item = str(meeting.annex["item"]).removeprefix("D.")
        why = meeting.annex["why"] or meeting.annex["reason"]
        return (printed("属于附录D的{item})项，理由：{why}", item=item, why=why),)
    return ()
