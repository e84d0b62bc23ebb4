"""The minutes from the rows that a meeting leaves (5.6.1 i): a fixed number of queries, however much was said.

Nothing here costs anything while people speak and vote: the minutes are made when somebody reads them.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from procedure import minutes as model
from procedure.minuted_votes import ChallengeMade
from procedure.terms import Post
from services import (
    minutes_facts,
    minutes_order,
    minutes_questions,
    minutes_speech,
    minutes_votes,
    paper_facts,
    paper_words,
)
from services.case import Case
from services.minutes_rows import Rows
from services.proceedings import HAPPENED
from storage.tables import (
    Challenge,
    CheckIn,
    Group,
    Meeting,
    Plan,
    RecordCorrection,
    Stop,
)

_KIND: Final = re.compile(r'"kind":"([a-z_]+)"')
_POINTS: Final = (
    "SELECT p.person_id, c.text, p.at, p.upheld, w.text, p.decided_at FROM point_of_order p"
    " JOIN content c ON c.id = p.content_id LEFT JOIN content w ON w.id = p.reason_id"
    " WHERE p.meeting_id = :id ORDER BY p.id"
)
_REMINDERS: Final = (
    "SELECT s.person_id, f.posted_at FROM civility_flag f JOIN speech s ON s.id = f.speech_id"
    " WHERE f.meeting_id = :id AND f.state = 'reminded' AND f.posted_at IS NOT NULL ORDER BY f.posted_at, f.id"
)


def gather(case: Case, meeting: Meeting) -> model.Minutes:
    """The whole minutes as they stand now, those for officials; `procedure.minutes.for_everybody` makes the others."""
    rows = Rows(case, meeting)
    plan = case.uow.must(Plan, meeting.plan_id)
    place = paper_words.place(plan.room, case.uow.first(Group, chat_id=meeting.chat_id))
    posts = {post.value: paper_facts.name_of(case, post) for post in Post}
    return model.Minutes(
        schema=model.SCHEMA,
        public=False,
        topic=case.topic.number,
        title=case.topic.title,
        meeting=rows.id,
        mode=plan.mode,
        place=place,
        scheduled_at=rows.local(meeting.scheduled_at),
        opened_at=rows.when(meeting.opened_at),
        ended_at=rows.when(meeting.announced_at),
        chair=paper_facts.person_name(case, meeting.chair_id),
        posts={post: name for post, name in posts.items() if name},
        fact_sheet=minutes_facts.fact_sheet(rows, plan),
        attendance=tuple(_attendance(rows)),
        happened=tuple(_happened(rows)),
        turns=minutes_speech.turns(rows),
        interruptions=minutes_speech.interruptions(rows),
        removals=tuple(minutes_order.removals(rows)),
        mutes=tuple(minutes_order.mutes(rows)),
        questions=minutes_questions.questions(rows),
        points=tuple(_points(rows)),
        reminders=tuple(model.Reminder(rows.labels.get(row[0]), rows.since(row[1])) for row in rows.all(_REMINDERS)),
        wordings=minutes_votes.wordings(rows),
        requests=minutes_votes.requests(rows),
        votes=minutes_votes.votes(rows),
        challenges=tuple(_challenges(rows)),
        stops=tuple(_stops(rows)),
        corrections=tuple(_corrections(rows)),
        verdict=meeting.verdict,
    )


def _attendance(rows: Rows) -> Iterator[model.Attendee]:
    posts = {row.person_id: row.post for row in rows.case.posts() if row.accepted_at is not None}
    for row in rows.uow.all(CheckIn, order="sitting,at,id", meeting_id=rows.id):
        yield model.Attendee(
            label=rows.labels.get(row.person_id, ""),
            capacity=row.capacity,
            post="chair" if row.person_id == rows.meeting.chair_id else posts.get(row.person_id),
            sitting=row.sitting,
            via=row.via,
            seat=row.seat,
            at=rows.local(row.at),
        )


def _happened(rows: Rows) -> Iterator[model.Happened]:
    """The steps, out of a journal that holds every hand and every message: only their entries are parsed."""
    where = {"id": rows.case.id}
    journal = "SELECT at, entry FROM journal WHERE subject = 'topic' AND subject_id = :id ORDER BY number"
    for at, written in rows.uow.rows(journal, where):
        kind = _KIND.search(written)
        if kind is None or kind[1] not in HAPPENED:
            continue
        entry: dict[str, Any] = json.loads(written)
        if entry.get("meeting") == rows.id and entry["kind"] in HAPPENED:
            yield model.Happened(entry["kind"], rows.since(at))


def _points(rows: Rows) -> Iterator[model.Point]:
    for person_id, text, at, upheld, why, decided_at in rows.all(_POINTS):
        answer = None if upheld is None else bool(upheld)
        yield model.Point(rows.labels[person_id], text, rows.since(at), answer, why, rows.maybe(decided_at))


def _challenges(rows: Rows) -> Iterator[ChallengeMade]:
    for row in rows.uow.all(Challenge, order="id", meeting_id=rows.id):
        answer = (row.upheld, row.answer, rows.when(row.answered_at))
        yield ChallengeMade(rows.labels[row.person_id], row.about, row.text, rows.local(row.at), *answer)


def _stops(rows: Rows) -> Iterator[model.StopOrdered]:
    for row in rows.uow.all(Stop, meeting_id=rows.id):
        yield model.StopOrdered(row.reason, row.correction, rows.local(row.at), rows.when(row.lifted_at))


def _corrections(rows: Rows) -> Iterator[model.Correction]:
    """Corrections and addenda, each kind with numbers of its own from 1, in the order of time."""
    numbers = {True: 0, False: 0}
    for row in rows.uow.all(RecordCorrection, order="at,id", meeting_id=rows.id):
        numbers[row.addendum] += 1
        yield model.Correction(
            number=numbers[row.addendum],
            addendum=row.addendum,
            label=rows.labels[row.person_id],
            text=row.text,
            at=rows.local(row.at),
            adopted=row.adopted,
            answer=row.answer,
            answered_at=rows.when(row.answered_at),
        )
