"""What happened to a topic and what comes, day by day: read from the rows that every stage leaves behind."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from procedure.calendar import end_of_day
from procedure.terms import Post
from services import deadlines
from services.board_facts import iso
from services.case import Case
from storage.tables import (
    Archive,
    Deadline,
    Document,
    FollowItem,
    Meeting,
    Motion,
    Notice,
    Objection,
    Person,
    Plan,
    PostHolder,
    Review,
    Telling,
)

Event = tuple[datetime | None, str, dict[str, Any]]


def events(case: Case) -> list[dict[str, Any]]:
    """Everything that has happened, newest first: ``event`` and ``at``, with the version, number or verdict it is of.

    An upload carries its day (``on``) instead: that is what was noted.
    """
    found: list[Event] = [*_beginning(case), *_plans(case), *_meetings(case), *_follow_up(case)]
    happened = [(at, name, more) for at, name, more in reversed(found) if at is not None]
    happened.sort(key=lambda event: event[0], reverse=True)
    return _uploaded(case) + [{"event": name, "at": iso(at)} | more for at, name, more in happened]


def coming(case: Case, now: datetime) -> list[dict[str, Any]]:
    """The clocks that run, by their end, so that what is late comes first."""
    rows = case.uow.all(Deadline, order="ends_at,id", topic_id=case.id, done_at=None)
    return [deadlines.describe(case, row, now) for row in rows if not deadlines.over(case, row, now)]


def posts(case: Case) -> dict[str, str]:
    """Post → name of its holder, as far as accepted: that is published with the acceptance (5.2.3)."""
    holders = ((post, case.holder(post)) for post in Post)
    return {post.value: case.uow.must(Person, who).name for post, who in holders if who is not None}


def _beginning(case: Case) -> Iterator[Event]:
    topic = case.topic
    yield topic.created_at, "proposed", {}
    yield topic.registered_at, "registered", {}
    review = case.uow.first(Review, topic_id=case.id)
    if review is not None:
        yield review.at, f"review_{review.outcome}", {}
    rows = [row for row in case.uow.all(PostHolder, topic_id=case.id, deputy=False) if row.offered_at is not None]
    accepted = [row.accepted_at for row in rows if row.accepted_at is not None]
    if len(accepted) == len(Post):
        yield max(accepted), "posts_accepted", {}


def _plans(case: Case) -> Iterator[Event]:
    for plan in case.uow.all(Plan, order="version", topic_id=case.id):
        yield plan.drafted_at, "plan_drafted", {"version": plan.version}
        yield plan.sent_at, "plan_sent", {"version": plan.version}
        yield plan.final_at, "plan_final", {"version": plan.version}
        for notice in case.uow.all(Notice, plan_id=plan.id):
            yield notice.published_at, "notice_published", {}
    for objection in case.uow.all(Objection, topic_id=case.id):
        yield objection.at, "objection", {}
        yield objection.answered_at, "objection_answered", {}


def _meetings(case: Case) -> Iterator[Event]:
    for meeting in case.uow.all(Meeting, topic_id=case.id):
        yield meeting.opened_at, "meeting_opened", {}
        ended = "announced" if meeting.verdict is not None else "meeting_diverted"
        yield meeting.announced_at, ended, {"verdict": meeting.verdict}
        for record in case.uow.all(Document, topic_id=case.id, kind="b3", meeting_id=meeting.id):
            yield record.signed_at, "record_signed", {}
        handed = case.uow.first(Telling, order="delivered_at", subject="record", subject_id=meeting.id)
        if handed is not None and handed.delivered_at is not None and meeting.signed_at is not None:
            # Telegram's times have whole seconds: an answer may seem to come before what it answers.
            yield max(handed.delivered_at, meeting.signed_at), "record_handed", {}
        for void in case.uow.all(Motion, meeting_id=meeting.id):
            yield void.voided_at, "vote_annulled", {}
        for notice in case.uow.all(Document, topic_id=case.id, kind="result_notice", meeting_id=meeting.id):
            yield notice.published_at, "result_notice_published", {}


def _follow_up(case: Case) -> Iterator[Event]:
    for item in case.uow.all(FollowItem, topic_id=case.id):
        yield _on_its_day(case, item), "item_received", {"number": item.number}
        yield item.done_at, "item_done", {"number": item.number}
    for paper in case.uow.all(Document, topic_id=case.id, kind="b4"):
        yield paper.published_at, "b4_published", {}
    archive = case.uow.first(Archive, topic_id=case.id)
    if archive is not None:
        yield archive.confirmed_at, "archive_confirmed", {}


def _on_its_day(case: Case, item: FollowItem) -> datetime | None:
    """A receipt is noted by its day: it comes after what else happened on that day, but before the item was done."""
    if item.received_at is None:
        return None
    last = end_of_day(item.received_at.astimezone(case.tz).date(), case.tz) - timedelta(microseconds=1)
    return last if item.done_at is None else min(last, item.done_at)


def _uploaded(case: Case) -> list[dict[str, Any]]:
    archive = case.uow.first(Archive, topic_id=case.id)
    day: date | None = archive.uploaded_on if archive is not None else None
    return [] if day is None else [{"event": "uploaded", "on": day.isoformat()}]
