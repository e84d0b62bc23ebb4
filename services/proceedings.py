"""The minutes as paragraphs in the order of time: 协商过程 of record B.3, pages in the chat (5.6.1, annex B.4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from procedure.challenge import About
from procedure.minuted_votes import Item, VoteHeld
from procedure.minutes import Correction, Minutes
from procedure.terms import Capacity, MotionKind, Stance
from services import minutes_facts, minutes_questions, order_lines, paper_words, speech_lines
from services.item_lines import item_vote, requested
from services.opinion_text import item_lines
from services.paper_words import ERASED, printed

_SAID: Final = {
    "chair_taken": "原主持人没有回应，由副主持人接着主持。",
    "chair_handed_over": "主持人把主持交给另一位主持人。",
    "chair_returned": "原主持人回来主持。",
    "adjourned": "休会，改日继续。",
    "sitting_resumed": "复会，从休会时的环节继续。",
    "declared_open": "主持人宣布协商正式开始。",
    "explanation_read": "议题提出人没有到场，由记录员宣读书面的协商事由。",
    "wording_opened": "讨论结束，主持人和记录员整理提供表决的协商意见。",
    "announced": "主持人公布协商结果。",
    "hands_left_uncounted": "现场登记的一批举手没有人核对，主持人说明理由后不计入。",
    "annex_raised": "有人提出议题属于附录D规定的事项，会议中止。",
    "annex_referred": "议题是否属于附录D规定的事项，由两委联席会议在3日内研究答复。",
    "annex_over": "经两委联席会议研究，议题不属于附录D规定的事项，会议从中止时的环节继续。",
    "annex_diverted": "议题属于附录D规定的事项，不再表决，转入“五议两公开”民主决策程序，协商会结束。",
}
HAPPENED: Final = frozenset(_SAID)
"""Steps that stand in the minutes, under the journal's own name for them."""
_MOTIONS: Final = {MotionKind.RULES: "协商规则", MotionKind.ITEM: "协商意见其中一条", MotionKind.MAIN: "协商意见"}
_ABOUT: Final = {About.HAND: "本人的举手", About.CALL: "举手的过程"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``order`` says which comes first at the same instant; ``link`` leads to the message in the group."""

    at: datetime
    order: tuple[int, ...]
    text: str
    link: str | None = None


def proceedings(minutes: Minutes) -> tuple[str, ...]:
    """What form B.3 prints; of a very long statement its beginning."""
    return tuple(dated(paragraphs(minutes, speech_lines.SPEECH_SHOWN)))


def dated(found: Sequence[Paragraph]) -> Iterator[str]:
    """Each paragraph with its time of day in front, with the day where another one begins."""
    day = found[0].at.date() if found else None
    for one in found:
        clock = f"{one.at.hour}时{one.at.minute:02d}分"
        begins = "" if one.at.date() == day else paper_words.day(one.at.date())
        day = one.at.date()
        yield printed("{at},{text}", at=begins + clock, text=one.text)


def paragraphs(minutes: Minutes, shown: int | None = None) -> list[Paragraph]:
    """Check-in, votes, speeches, wording, result; of a statement at most ``shown`` characters, or all of it."""
    parts = (_checked_in, _happened, _interruptions, _points, _reminders, _wordings, _requests, _votes, _stops)
    found = [one for part in (*parts, _challenges) for one in part(minutes)]
    found += [Paragraph(at, (0, 1), text) for at, text in minutes_facts.lines(minutes.fact_sheet, minutes.opened_at)]
    found += _turns(minutes, shown)
    found += [Paragraph(at, (4, 2), text) for at, text in order_lines.lines(minutes)]
    asked = minutes_questions.lines(minutes.questions, minutes.ended_at)
    found += [Paragraph(at, (4, 3), text) for at, text in asked]
    return sorted(found, key=lambda one: (one.at, one.order))


def _checked_in(minutes: Minutes) -> Iterator[Paragraph]:
    if minutes.opened_at is None:
        return
    people = {one.label: one.capacity for one in minutes.attendance}
    stakeholders = sum(capacity == Capacity.STAKEHOLDER for capacity in people.values())
    sentence = "会议开始。签到的利益相关方{count}人，其他人员{others}人，见签到表。"
    text = printed(sentence, count=stakeholders, others=len(people) - stakeholders)
    yield Paragraph(minutes.opened_at, (0,), text)


def _happened(minutes: Minutes) -> Iterator[Paragraph]:
    for step in minutes.happened:
        yield Paragraph(step.at, (2,), printed(_SAID[step.what]))


def _turns(minutes: Minutes, shown: int | None) -> Iterator[Paragraph]:
    for turn in minutes.turns:
        at = turn.starts_at or turn.granted_at
        yield Paragraph(at, (3, turn.number, 0), speech_lines.heading(turn))
        for place, one in enumerate(turn.statements, start=1):
            link = one.links[0] if one.links else None
            # A word that was sent before its turn's clock began still stands below the turn's heading.
            when = max(at, one.sent_at)
            yield Paragraph(when, (3, turn.number, place), speech_lines.statement(one, shown), link)


def _interruptions(minutes: Minutes) -> Iterator[Paragraph]:
    found = minutes.interruptions
    for one in found.each:
        who = one.label or printed("一位没有登记的人")
        stopped = printed("主持人请其停止。") if one.stopped else ""
        text = printed("{who}的会外发言（消息{id}），已留存，不计入发言。", who=who, id=one.message)
        yield Paragraph(one.at, (4,), text + stopped, one.link)
    if found.last_at is not None:
        stopped = printed("其中主持人请停止{count}次。", count=found.stops) if found.stops else ""
        text = printed("会外发言共{count}条，已留存，不计入发言。", count=found.count)
        yield Paragraph(found.last_at, (4, 1), text + stopped)


def _reminders(minutes: Minutes) -> Iterator[Paragraph]:
    """Reminders that the chair gave and the group saw (5.5.2 e); flags themselves are in no record."""
    for one in minutes.reminders:
        label = one.label or printed("一位发言人")
        yield Paragraph(one.at, (4,), printed("主持人提醒{label}发言注意用语文明。", label=label))


def _points(minutes: Minutes) -> Iterator[Paragraph]:
    """Points of order and the chair's answers."""
    for one in minutes.points:
        yield Paragraph(
            one.at, (4,), printed("{label}提出程序异议：{text}", label=one.label, text=_or_erased(one.text))
        )
        if one.decided_at is not None and one.upheld is not None:
            verb = "采纳" if one.upheld else "没有采纳"
            text = printed("主持人{verb}上述程序异议，理由：{why}", verb=verb, why=_or_erased(one.reason))
            yield Paragraph(one.decided_at, (4,), text)


def _wordings(minutes: Minutes) -> Iterator[Paragraph]:
    for one in minutes.wordings:
        sentence = "贴出协商意见第{version}稿（文本编号{digest}）：{items}"
        items = _listed(one.items)
        text = printed(sentence, version=one.version, digest=one.digest[: speech_lines.DIGEST_SHOWN], items=items)
        objections = printed("异议内容：{text}", text=one.objections) if one.objections else ""
        yield Paragraph(one.at, (5,), text + objections)


def _requests(minutes: Minutes) -> Iterator[Paragraph]:
    for row in minutes.requests:
        yield Paragraph(row.at, (5,), printed("{label}{asked}", label=row.label, asked=requested(row)))
        if row.decided_at is not None:
            verb = "采纳" if row.adopted else "没有采纳"
            text = printed("主持人{verb}上述请求，理由：{why}", verb=verb, why=row.reason)
            yield Paragraph(row.decided_at, (5,), text)


def _stops(minutes: Minutes) -> Iterator[Paragraph]:
    for stop in minutes.stops:
        sentence = "监督员叫停会议，理由：{why}；要求更正：{what}。"
        yield Paragraph(stop.at, (6,), printed(sentence, why=stop.reason, what=stop.correction))
        if stop.lifted_at is not None:
            yield Paragraph(stop.lifted_at, (6,), printed("更正完成，会议从叫停时的环节继续。"))


def _votes(minutes: Minutes) -> Iterator[Paragraph]:
    for vote in minutes.votes:
        yield from _void(vote)
        if vote.decided_at is None:
            continue
        counts = printed(
            "赞成{in_favour}人，反对{against}人，弃权{abstain}人（应表决{roster}人）",
            in_favour=vote.in_favour,
            against=vote.against,
            abstain=vote.abstain,
            roster=vote.roster,
        )
        yield Paragraph(vote.decided_at, (1,), _vote(vote, counts + _in_the_room(vote)))
        if vote.hands:
            yield Paragraph(vote.decided_at, (1, 1), printed("各人举手：{hands}。", hands=_hands(vote)))


def _in_the_room(vote: VoteHeld) -> str:
    """How many of these hands were raised in the room, entered by one official and confirmed by another."""
    sentence = "，其中现场举手{count}人，由记录员登记、第二位工作人员核对"
    return printed(sentence, count=vote.in_the_room) if vote.in_the_room else ""


def _hands(vote: VoteHeld) -> str:
    """Who raised which hand, for officials (5.5.3 b: hands are raised openly)."""
    sides = {stance: [one.label for one in vote.hands if one.stance == stance] for stance in Stance}
    return printed(";").join(
        printed("{side}:{labels}", side=paper_words.STANCES[stance], labels="、".join(labels))
        for stance, labels in sides.items()
        if labels
    )


def _void(vote: VoteHeld) -> Iterator[Paragraph]:
    if vote.voided_at is not None:
        told = "监督员宣布关于{what}的第{round}次表决作废，违反的条款：{clause}，理由：{why}。"
        sentence = told + "举过的手留存备查，同一内容重新表决。"
        what = _MOTIONS[MotionKind(vote.kind)]
        facts = {"round": vote.round, "clause": vote.void_clause, "why": vote.void_reason}
        yield Paragraph(vote.voided_at, (6,), printed(sentence, what=what, **facts))


def _vote(vote: VoteHeld, counts: str) -> str:
    if vote.kind == MotionKind.RULES:
        passed = "通过" if vote.verdict == "agreed" else "没有通过"
        return printed("主持人公布协商规则并发起表决：{counts}，规则{passed}。", counts=counts, passed=passed)
    if vote.item is not None:
        return item_vote(vote, vote.item, counts)
    return printed(
        "提供表决的协商意见（文本编号{digest}）：{items}表决：{counts}。",
        digest=(vote.digest or "")[: speech_lines.DIGEST_SHOWN],
        items=_listed(vote.items),
        counts=counts,
    )


def _listed(items: tuple[Item, ...]) -> str:
    wording = [{"number": i.number, "text": i.text, "implementer": i.implementer, "due": i.due} for i in items]
    return "".join(item_lines({"items": wording}))


def _challenges(minutes: Minutes) -> Iterator[Paragraph]:
    for row in minutes.challenges:
        about = _ABOUT[About(row.about)]
        text = printed("{label}对表决提出异议（{about}）：{text}", label=row.label, about=about, text=row.text)
        yield Paragraph(row.at, (5,), text)
        if row.answered_at is not None:
            verb = "成立" if row.upheld else "不成立"
            sentence = "监督员答复{label}的异议：{verb}，理由：{why}"
            text = printed(sentence, label=row.label, verb=verb, why=row.answer)
            yield Paragraph(row.answered_at, (5,), text)


def corrections(minutes: Minutes) -> tuple[str, ...]:
    """Adopted corrections, refused ones with the reason, and the numbered addenda after the 24 hours (our rules)."""
    return tuple(_correction(row) for row in minutes.corrections if row.addendum or row.answered_at is not None)


def _correction(row: Correction) -> str:
    said = printed("{label}:{text}", label=row.label, text=row.text)
    if row.addendum:
        return printed("补充{number}（{day}）{said}", number=row.number, day=paper_words.day(row.at.date()), said=said)
    ending = "{said}（已采纳）" if row.adopted else "{said}（未采纳，理由：{why}）"
    return printed(ending, said=said, why=row.answer)


def _or_erased(text: str | None) -> str:
    return ERASED if text is None else text
