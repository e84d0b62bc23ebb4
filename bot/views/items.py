"""A vote on one item of the wording, as group, boards and forms read of it (5.5.3 b, our rule)."""

from typing import Any, Final

from bot.views import lines
from bot.views.floor import with_clause
from bot.views.registry import Facts, view
from bot.views.rendered import Rendered
from bot.views.words import Own, Words
from procedure.errors import OUR_RULE
from procedure.wording import TEXT_LIMIT

_LIMIT: Final = TEXT_LIMIT + 10


def question_lines(say: Words, item: dict[str, Any]) -> list[Own]:
    """The item as it reads, the other text of it, and what a hand for and a hand against mean."""
    found = [say("item-now", number=item["number"], text=say.long(item["text"], _LIMIT))]
    if item["alternative"]:
        found.append(say("item-other", number=item["number"], text=say.long(item["alternative"], _LIMIT)))
    return [*found, say(f"item-means-{lines.item_way(item)}")]


def request_words(say: Words, one: Facts, limit: int) -> Own:
    """What somebody asks for while the wording can be corrected."""
    if one.get("item") is None:
        return say.long(one["text"], limit)
    if not one["text"]:
        return say("item-demand", number=one["item"])
    return say("item-demand-other", number=one["item"], text=say.long(one["text"], limit))


@view("item_result")
def item_result(say: Words, facts: Facts) -> Rendered:
    """Counted: what becomes of the text, its arithmetic, and that it is no outcome of the consultation."""
    item, result = facts["item"], facts["result"]
    tally = result["tally"]
    left, total = 2 * int(tally["for"]), int(tally["total"])
    sign = Own(">") if left > total else Own("=") if left == total else lines.LESS
    body = [
        say("item_result", number=item["number"]),
        say("board-motion-counts", **{side: tally[side] for side in ("for", "against", "abstain")}),
    ]
    if total:
        body.append(say("rules_result-sum", **{"for": tally["for"]}, left=left, sign=sign, total=total))
    body += [
        say(f"item_result-{lines.item_way(item)}-{result['verdict']}", number=item["number"]),
        say("item_result-no-outcome"),
    ]
    if facts["changed"]:
        body.append(say("item_result-version"))
    return Rendered(with_clause(say, body, OUR_RULE))
