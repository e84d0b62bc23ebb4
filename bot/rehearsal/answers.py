"""What the bot's answers mean to a resident who reads them."""

import re
from typing import Final

_CODE: Final = re.compile(r"回执号\s*(\d{4})")


def signed_in(answer: str) -> bool:
    """Signed in, now or before."""
    return "已签到" in answer or "已经签到" in answer


def raised(answer: str) -> bool:
    """The hand went up by this tap."""
    return "手举起来了" in answer


def already_up(answer: str) -> bool:
    """The hand was up before."""
    return "手已经举着" in answer


def lowered(answer: str) -> bool:
    """The hand came down by this tap."""
    return "手放下了" in answer


def not_up(answer: str) -> bool:
    """No hand was up."""
    return "没有举手" in answer


def turn_ended(answer: str) -> bool:
    """The speaker's own word ended the turn."""
    return "发言结束" in answer or "说明结束" in answer


def hand_counted(answer: str) -> bool:
    """A vote was counted or changed by this tap."""
    return "✅ 记下了" in answer or "改成了" in answer


def hand_known(answer: str) -> bool:
    """This vote had been counted before."""
    return "只算一次" in answer and code(answer) is not None


def code(answer: str) -> str | None:
    """The receipt's number."""
    found = _CODE.search(answer)
    return found[1] if found else None
