"""Votes on single items as the record B.3 prints them: what they did to the text, and that they are no outcome."""

from typing import Final

from procedure.items import ItemOutcome, ItemQuestion, changes_text
from procedure.minuted_votes import ItemAsked, VoteHeld, WordingAsked
from procedure.votes import MAJORITY, Tally, arithmetic
from services.paper_words import printed

_RESULTS: Final = {
    ("keep", ItemOutcome.ADOPTED): "这一条保留",
    ("keep", ItemOutcome.REFUSED): "这一条去掉",
    ("other", ItemOutcome.ADOPTED): "这一条换成改过的写法",
    ("other", ItemOutcome.REFUSED): "这一条仍用原来的写法",
}


def item_vote(vote: VoteHeld, item: ItemAsked, counts: str) -> str:
    """One paragraph: the question, the hands, the sum that decides, and the text that follows from it."""
    facts = {"asked": _asked(item), "counts": counts, "sum": _sum(vote), "came": _came(vote, item)}
    return printed("单独表决{asked}：{counts}，{sum}，{came}。单独表决只定文字，不构成协商结果。", **facts)


def _asked(item: ItemAsked) -> str:
    if not item.alternative:
        return printed("第{number}条“{text}”", number=item.number, text=item.text)
    facts = {"number": item.number, "text": item.text, "other": item.alternative}
    return printed("第{number}条“{text}”是否改成“{other}”", **facts)


def _sum(vote: VoteHeld) -> str:
    sums = arithmetic(Tally(vote.in_favour or 0, vote.against or 0, vote.abstain or 0), MAJORITY)
    facts = {"count": vote.in_favour, "left": sums.left, "sign": sums.sign, "right": sums.right}
    return printed("赞成{count}×2={left}{sign}{right}", **facts)


def _came(vote: VoteHeld, item: ItemAsked) -> str:
    result = ItemOutcome(vote.verdict or ItemOutcome.NONE)
    if result is ItemOutcome.NONE:
        return printed("没有人举手，文字不变")
    what = _RESULTS["other" if item.alternative else "keep", result]
    changed = changes_text(ItemQuestion(item.number, item.text, 0, item.alternative), result)
    return printed("{what}，协商意见成为新的一稿", what=what) if changed else what


def requested(row: WordingAsked) -> str:
    """What a stakeholder asked for while the wording could be corrected."""
    if row.item is None:
        return printed("请求修改协商意见：{text}", text=row.text)
    return printed("请求单独表决{asked}", asked=_asked(row.item))
