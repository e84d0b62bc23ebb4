"""The notice of the result, figure B.2 of the standard (5.8 c)."""

from datetime import datetime
from typing import Final

from services import board_facts, minutes, paper_facts
from services.case import Case
from services.documents.papers import ResultNotice
from services.paper_words import printed
from storage.tables import Motion

_SIGNS: Final = {">": "大于", "=": "等于", "<": "小于"}


def result_notice(case: Case, now: datetime) -> ResultNotice:
    """Exactly the frozen text, the verdict and its sum; no person stands in it. LookupError before the meeting."""
    meeting = minutes.held(case)
    assert meeting.opened_at is not None
    motion = minutes.main_motion(case, meeting)
    return ResultNotice(
        community=case.community.name,
        number=case.topic.number,
        topic=case.topic.title,
        began=meeting.opened_at.astimezone(case.tz).date(),
        ended=minutes.ended_at(meeting, now).astimezone(case.tz).date(),
        result=minutes.result_of(case, meeting),
        outcome=minutes.outcome(case, meeting, motion),
        arithmetic=_sum(motion if minutes.result_of(case, meeting) != minutes.DIVERTED else None),
        issued_on=now.astimezone(case.tz).date(),
        issuer=paper_facts.issuer(case),
    )


def _sum(motion: Motion | None) -> str:
    """The arithmetic anyone can do again (5.5.3 c)."""
    if motion is None or motion.in_favour is None:
        return "没有表决结果。"
    told = board_facts.outcome(motion)
    tally, percents, sums = told["tally"], told["percent"], told["arithmetic"]
    counts = "、".join(
        printed("{word}{count}人（{share}%）", word=word, count=tally[side], share=percents[side])
        for side, word in (("for", "赞成"), ("against", "反对"), ("abstain", "弃权"))
    )
    share = motion.threshold["numerator"]
    right = f"{share}×{tally['total']}={sums['right']}" if share != 1 else str(sums["right"])
    left = f"{motion.threshold['denominator']}×{tally['for']}={sums['left']}"
    return printed(
        "应表决{roster}人；{counts}，共{total}人；{left}，{sign}{right}。",
        roster=motion.roster,
        counts=counts,
        total=tally["total"],
        left=left,
        sign=_SIGNS[sums["sign"]],
        right=right,
    )
