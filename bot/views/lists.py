"""Lists of a console on pages (T5): who waits, who is here, who is not, who has not voted, what was asked."""

from typing import Any, Final

from bot.views import lines
from bot.views.codec import pack
from bot.views.facts import term
from bot.views.lines import QUEUE_SHOWN
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row
from bot.views.words import Own, Words
from procedure.errors import OUR_RULE

_TEXT_LIMIT: Final = 50


def console_row(say: Words, facts: Facts) -> list[Row]:
    """Where a console names the first few only, the whole is a tap away."""
    lists = {
        "queue": len(facts["queue"]) > QUEUE_SHOWN,
        "not_voted": facts.get("not_voted_more"),
        "absent": facts.get("absent_more"),
        "questions": (facts.get("questions_more") or 0) > len(facts.get("questions") or []),
    }
    first = next((name for name, more in lists.items() if more), None)
    return [(Button(say("btn-lists"), pack("open_list", facts["meeting_id"], first)),)] if first else []


@view("name_list")
def name_list(say: Words, facts: Facts) -> Rendered:
    """One page, with the ways to the pages beside it and to the other lists."""
    name, page, meeting_id = facts["list"], facts["page"], facts["meeting_id"]
    head = say("names-head", name=term(say, "names", name), count=facts["count"], page=page, pages=facts["pages"])
    found = [_entry(say, name, place, one) for place, one in enumerate(facts["entries"], start=facts["first"])]
    text = [Own(f"<b>{head}</b>"), *(found or [say("names-nobody")]), say.clause(OUR_RULE)]
    plain = say.plain()
    turns = [("btn-list-back", page - 1)] if page > 1 else []
    turns += [("btn-list-on", page + 1)] if page < facts["pages"] else []
    beside = tuple(Button(plain(key), pack("list", meeting_id, name, to)) for key, to in turns)
    rows: list[Row] = [beside] if beside else []
    others = [one for one in facts["lists"] if one != name]
    rows += [(Button(term(plain, "names", one), pack("list", meeting_id, one, 1)),) for one in others]
    return Rendered("\n".join(text), tuple(rows))


def _entry(say: Words, name: str, place: int, one: dict[str, Any]) -> Own:
    if name == "queue":
        stance, reason = term(say, "stance", one["stance"]), term(say, "queue-reason", one["reason"])
        return say("board-queue-line", place=place, label=lines.seated(say, one), stance=stance, reason=reason)
    if name == "questions":
        text = say.people(one["text"], _TEXT_LIMIT)
        return say("question-line", number=one["number"], label=lines.label(say, one["label"]), text=text)
    return say("names-line", place=place, label=lines.seated(say, one))
