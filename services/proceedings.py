"""How a meeting went, paragraph by paragraph in the order of time: 协商过程 of record B.3 (5.6.1, annex B.4)."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from procedure.challenge import About
from procedure.terms import Capacity, MotionKind, Stance, TurnKind
from services import paper_words, speech_lines
from services.case import Case
from services.opinion_text import item_lines
from services.paper_words import printed
from storage.tables import (
    Challenge,
    CheckIn,
    CivilityFlag,
    Content,
    Meeting,
    Motion,
    PointOfOrder,
    Speech,
    Stop,
    Turn,
    WordingRequest,
)
from storage.types import from_micros

_SAID: Final = {
    "chair_taken": "原主持人没有回应,由副主持人接着主持。",
    "chair_handed_over": "主持人把主持交给另一位主持人。",
    "chair_returned": "原主持人回来主持。",
    "adjourned": "休会,改日继续。",
    "sitting_resumed": "复会,从休会时的环节继续。",
    "declared_open": "主持人宣布协商正式开始。",
    "explanation_read": "议题提出人没有到场,由记录员宣读书面的协商事由。",
    "wording_opened": "讨论结束,主持人和记录员整理提供表决的协商意见。",
    "announced": "主持人公布协商结果。",
    "hands_left_uncounted": "现场登记的一批举手没有人核对,主持人说明理由后不计入。",
    "annex_raised": "有人提出议题属于附录D规定的事项,会议中止。",
    "annex_referred": "议题是否属于附录D规定的事项,由两委联席会议在3日内研究答复。",
    "annex_over": "经两委联席会议研究,议题不属于附录D规定的事项,会议从中止时的环节继续。",
    "annex_diverted": "议题属于附录D规定的事项,不再表决,转入“五议两公开”民主决策程序,协商会结束。",
}
_ABOUT: Final = {About.HAND: "本人的举手", About.CALL: "举手的过程"}
_Event = tuple[datetime, int, str]
"""When, which comes first at the same instant, and the paragraph."""


def proceedings(case: Case, meeting: Meeting) -> tuple[str, ...]:
    """Check-in, votes, speeches, wording, result; each paragraph begins with its time of day."""
    parts = (_checked_in, _journal, _turns, _interruptions, _points, _reminders, _requests, _votes, _stops, _challenges)
    found: list[_Event] = [event for part in parts for event in part(case, meeting)]
    found.sort(key=lambda event: event[:2])
    return tuple(printed("{at},{text}", at=paper_words.clock(at, case.tz), text=text) for at, _, text in found)


def _checked_in(case: Case, meeting: Meeting) -> Iterator[_Event]:
    assert meeting.opened_at is not None
    rows = case.uow.all(CheckIn, meeting_id=meeting.id)
    people = {row.person_id: row.capacity for row in rows}
    stakeholders = sum(capacity == Capacity.STAKEHOLDER for capacity in people.values())
    others = len(people) - stakeholders
    sentence = "会议开始。签到的利益相关方{count}人,其他人员{others}人,见签到表。"
    yield meeting.opened_at, 0, printed(sentence, count=stakeholders, others=others)


def _journal(case: Case, meeting: Meeting) -> Iterator[_Event]:
    rows = case.uow.rows(
        "SELECT at, entry FROM journal WHERE subject = 'topic' AND subject_id = :id ORDER BY number", {"id": case.id}
    )
    for at, written in rows:
        entry: dict[str, Any] = json.loads(written)
        if entry.get("meeting") == meeting.id and entry["kind"] in _SAID:
            yield from_micros(at), 2, printed(_SAID[entry["kind"]])


def _turns(case: Case, meeting: Meeting) -> Iterator[_Event]:
    for turn in case.uow.all(Turn, meeting_id=meeting.id):
        said = speech_lines.said(case, turn)
        label = case.label(turn.person_id)
        if turn.kind == TurnKind.EXPLANATION:
            text = printed("议题提出人({label})说明:{said}", label=label, said=said)
        elif turn.end_reason == "undone":
            text = printed("主持人点错了人,撤回请{label}发言,不占发言次数。{said}", label=label, said=said)
        else:
            stance = f"{paper_words.STANCES[Stance(turn.stance)]}。" if turn.stance else ""
            text = printed("{label}:{stance}{said}", label=label, stance=stance, said=said)
        yield turn.starts_at or turn.granted_at, 3, text


def _interruptions(case: Case, meeting: Meeting) -> Iterator[_Event]:
    rows = case.uow.all(Speech, order="sent_at,id", meeting_id=meeting.id, standing="interruption", edit=0)
    if rows:
        count = len({row.album or row.id for row in rows})
        yield rows[-1].sent_at, 4, printed("会外发言共{count}条,已留存,不计入发言。", count=count)


def _reminders(case: Case, meeting: Meeting) -> Iterator[_Event]:
    """Reminders that the chair gave and the group saw (5.5.2 e); flags themselves are in no record."""
    for flag in case.uow.all(CivilityFlag, meeting_id=meeting.id, state="reminded"):
        if flag.posted_at is not None:
            who = case.uow.must(Speech, flag.speech_id).person_id
            label = case.label(who) if who is not None else printed("一位发言人")
            yield flag.posted_at, 4, printed("主持人提醒{label}发言注意用语文明。", label=label)


def _points(case: Case, meeting: Meeting) -> Iterator[_Event]:
    """Points of order and the chair's answers."""
    for point in case.uow.all(PointOfOrder, meeting_id=meeting.id):
        label, text = case.label(point.person_id), case.uow.must(Content, point.content_id).text
        yield point.at, 4, printed("{label}提出程序异议:{text}", label=label, text=text or paper_words.ERASED)
        if point.decided_at is not None and point.reason_id is not None:
            verb, why = "采纳" if point.upheld else "没有采纳", case.uow.must(Content, point.reason_id).text
            sentence = "主持人{verb}上述程序异议,理由:{why}"
            yield point.decided_at, 4, printed(sentence, verb=verb, why=why or paper_words.ERASED)


def _requests(case: Case, meeting: Meeting) -> Iterator[_Event]:
    for row in case.uow.all(WordingRequest, meeting_id=meeting.id):
        yield row.asked_at, 5, printed("{label}请求修改协商意见:{text}", label=case.label(row.person_id), text=row.text)
        if row.decided_at is not None:
            verb = "采纳" if row.adopted else "没有采纳"
            yield row.decided_at, 5, printed("主持人{verb}上述修改,理由:{why}", verb=verb, why=row.reason)


def _stops(case: Case, meeting: Meeting) -> Iterator[_Event]:
    for stop in case.uow.all(Stop, meeting_id=meeting.id):
        sentence = "监督员叫停会议,理由:{why};要求更正:{what}。"
        yield stop.at, 6, printed(sentence, why=stop.reason, what=stop.correction)
        if stop.lifted_at is not None:
            yield stop.lifted_at, 6, printed("更正完成,会议从叫停时的环节继续。")


def _votes(case: Case, meeting: Meeting) -> Iterator[_Event]:
    for motion in case.uow.all(Motion, meeting_id=meeting.id):
        yield from _void(motion)
        if motion.decided_at is None:
            continue
        counts = printed(
            "赞成{in_favour}人,反对{against}人,弃权{abstain}人(应表决{roster}人)",
            in_favour=motion.in_favour,
            against=motion.against,
            abstain=motion.abstain,
            roster=motion.roster,
        )
        yield motion.decided_at, 1, _vote(motion, counts + _in_the_room(case, motion))


def _in_the_room(case: Case, motion: Motion) -> str:
    """How many of these hands were raised in the room, entered by one official and confirmed by another."""
    count = case.uow.one("SELECT COUNT(*) FROM vote WHERE motion_id = :id AND batch_id IS NOT NULL", {"id": motion.id})
    if count is None or not count[0]:
        return ""
    return printed(",其中现场举手{count}人,由记录员登记、第二位工作人员核对", count=count[0])


def _challenges(case: Case, meeting: Meeting) -> Iterator[_Event]:
    for row in case.uow.all(Challenge, order="id", meeting_id=meeting.id):
        label, about = case.label(row.person_id), _ABOUT[About(row.about)]
        yield row.at, 5, printed("{label}对表决提出异议({about}):{text}", label=label, about=about, text=row.text)
        if row.answered_at is not None:
            verb = "成立" if row.upheld else "不成立"
            sentence = "监督员答复{label}的异议:{verb},理由:{why}"
            yield row.answered_at, 5, printed(sentence, label=label, verb=verb, why=row.answer)


def _void(motion: Motion) -> Iterator[_Event]:
    if motion.voided_at is not None:
        told = "监督员宣布关于{what}的第{round}次表决作废,违反的条款:{clause},理由:{why}。"
        sentence = told + "举过的手留存备查,同一内容重新表决。"
        what = "协商规则" if motion.kind == MotionKind.RULES else "协商意见"
        facts = {"round": motion.round, "clause": motion.void_clause, "why": motion.void_reason}
        yield motion.voided_at, 6, printed(sentence, what=what, **facts)


def _vote(motion: Motion, counts: str) -> str:
    if motion.kind == MotionKind.RULES:
        passed = "通过" if motion.verdict == "agreed" else "没有通过"
        return printed("主持人公布协商规则并发起表决:{counts},规则{passed}。", counts=counts, passed=passed)
    return printed(
        "提供表决的协商意见(文本编号{digest}):{items}表决:{counts}。",
        digest=(motion.digest or "")[:8],
        items="".join(item_lines(motion.wording)),
        counts=counts,
    )
