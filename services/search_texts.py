"""What can be looked for: the public texts of a topic, kept in the same transaction that changes them.

Contact data, names and labels of people never get in: of a notice without its post-holders, of the minutes what was
said and not by whom.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from procedure.terms import Verdict
from services import minutes
from services.act import SYSTEM, Actor, Receipt
from services.case import Case, peek
from services.opinion_text import item_lines
from services.paper_words import printed
from services.text import search as rules
from services.text.normal import normaliser
from storage import search
from storage.tables import Content, Meeting, Notice, Plan, RecordCorrection, Speech, WordingRequest
from storage.work import UnitOfWork

AT_A_TIME: Final = 50


class Written(NamedTuple):
    """A text as it is to be found; ``content_id``: the erasable words it was taken from."""

    kind: str
    at: datetime
    text: str
    content_id: int | None = None


def keep(case: Case) -> None:
    """What was written of this topic can be found from the commit on; what was erased, no more."""
    case.uow.flush()
    before = search.kept(case.uow, case.id)
    for one in _all(case):
        if before.pop((one.kind, one.content_id, one.at, one.text), None) is None:
            plain = normaliser().plain(one.text).text
            search.put(
                case.uow,
                community_id=case.topic.community_id,
                topic_id=case.id,
                kind=one.kind,
                at=one.at,
                content_id=one.content_id,
                text=one.text,
                plain=plain,
                tokens=rules.tokens(plain, one.at.astimezone(case.tz).date()),
            )
    for text_id in before.values():
        search.drop(case.uow, text_id)


def catch_up(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Receipt:
    """Topics from before there was a search, some at a time; ``left`` says whether there may be more."""
    found = search.unkept(uow, AT_A_TIME)
    for topic_id in found:
        keep(peek(uow, topic_id, SYSTEM))
    return Receipt("caught_up", {"left": len(found) == AT_A_TIME})


def _all(case: Case) -> Iterator[Written]:
    topic = case.topic
    yield Written("topic", topic.created_at, "\n".join((topic.title, topic.reason, topic.proposal)))
    for plan in case.uow.all(Plan, topic_id=case.id):
        for notice in case.uow.all(Notice, plan_id=plan.id):
            yield Written("notice", notice.published_at, _notice(notice))
    for meeting in case.uow.all(Meeting, topic_id=case.id):
        if meeting.corrections_until is not None:
            yield from _minutes(case, meeting)
            yield from _opinion(case, meeting)


def _notice(notice: Notice) -> str:
    sentence = "{topic}\n协商公告。形式：{form}。参加的人：{participants}。时间：{time}。地点：{place}。"
    return printed(sentence, **notice.fields)


def _minutes(case: Case, meeting: Meeting) -> Iterator[Written]:
    """What was said in turns, what was asked for in the wording, what was corrected in the record."""
    for speech in case.uow.all(Speech, order="sent_at,id", meeting_id=meeting.id):
        if speech.turn_id is None or speech.content_id is None:
            continue
        text = case.uow.must(Content, speech.content_id).text
        if text:
            yield Written("minutes", speech.sent_at, text, speech.content_id)
    for asked in case.uow.all(WordingRequest, meeting_id=meeting.id):
        yield Written("minutes", asked.asked_at, "\n".join(filter(None, (asked.text, asked.reason))))
    for row in case.uow.all(RecordCorrection, meeting_id=meeting.id):
        if row.addendum or row.answered_at is not None:
            yield Written("minutes", row.at, "\n".join(filter(None, (row.text, row.answer))))


def _opinion(case: Case, meeting: Meeting) -> Iterator[Written]:
    """Exactly the text that was agreed on (5.7.2 a)."""
    motion = minutes.main_motion(case, meeting)
    if motion is not None and motion.verdict == Verdict.AGREED and meeting.announced_at is not None:
        lines = (case.topic.title, *item_lines(motion.wording), str(motion.wording.get("objections", "")))
        yield Written("opinion", meeting.announced_at, "\n".join(filter(None, lines)))
