"""The agreed opinion, or what the next consultation waits for, as papers print it (5.7.2, forms B.3 and B.4)."""

from datetime import date
from typing import Any, Final

from services import paper_words

_STOPS: Final = ("。", "\uff01", "\uff1f", ".", "!", "?", ";", "\uff1b")


def item_lines(wording: dict[str, Any]) -> tuple[str, ...]:
    """Each numbered item with its implementer and day, word for word as it was frozen."""
    return tuple(
        paper_words.printed(
            "{number}. {text}{stop}落实单位：{implementer}；办结期限：{due}。",
            stop="" if str(item["text"]).endswith(_STOPS) else "。",
            **(item | {"due": paper_words.day(date.fromisoformat(item["due"]))}),
        )
        for item in wording.get("items", ())
    )


def condition_lines(condition: dict[str, Any]) -> tuple[str, ...]:
    """When and on what terms the consultation is taken up again (5.7.2 c); () while nobody has named them."""
    if not condition:
        return ()
    day = condition.get("day")
    when = (f"最迟{paper_words.day(date.fromisoformat(day))}再次商议。",) if day else ()
    return (str(condition["text"]), *when)
