"""The fact sheet 说明材料: the button that leads to it, the message before the explanation, the page with its lines."""

from typing import Final

from bot.views.codec import pack
from bot.views.course import heading, topic_row
from bot.views.facts import listed
from bot.views.moments import moment
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered, Row, joined
from bot.views.words import Own, Words
from procedure.fact_sheet import CLAUSE, LINE_LIMIT, MOST_LINES, SOURCE_LIMIT

DIGEST_SHOWN: Final = 16
LINK: Final = "facts"
"""What the deep link begins with; the topic's number follows."""


def group_button(say: Words, username: str, topic_id: int) -> Button:
    """In the group: the sheet is read in private."""
    return Button(say("btn-fact_sheet"), url=f"https://t.me/{username}?start={LINK}-{topic_id}")


def group_rows(say: Words, shown: Facts | None) -> tuple[Row, ...]:
    """Below a message in the group; nothing without a sheet."""
    if not shown or not shown["bot_username"]:
        return ()
    return ((group_button(say.plain(), shown["bot_username"], shown["topic_id"]),),)


def private_rows(say: Words, topic_id: int, shown: Facts | None) -> tuple[Row, ...]:
    """Below a message in private; nothing without a sheet."""
    return ((Button(say.plain()("btn-fact_sheet"), pack("fact_sheet", topic_id)),),) if shown else ()


@view("facts_first")
def facts_first(say: Words, facts: Facts) -> Rendered:
    """In the group when the explanation begins."""
    return Rendered(joined([say("facts_first"), say.clause(CLAUSE)]), group_rows(say, facts["fact_sheet"]))


@view("fact_sheet")
def fact_sheet(say: Words, facts: Facts) -> Rendered:
    """Every line with its source, what this version changed; eight lines of the longest fit into one message."""
    when = moment(say, facts["attached_at"], str(facts["tz"]))
    lines = [say("fact_sheet-head", version=facts["version"]), heading(say, facts), say("fact_sheet-at", at=when)]
    lines += _changes(say, facts["changes"])
    lines.append(Own(""))
    if facts["lines"] is None:
        lines.append(say("fact_sheet-erased"))
    for number, one in enumerate((facts["lines"] or [])[:MOST_LINES], start=1):
        text, source = say.people(one["text"], LINE_LIMIT), say.people(one["source"], SOURCE_LIMIT)
        lines += [say("fact_sheet-line", number=number, text=text), say("fact_sheet-source", source=source)]
    lines += [Own(""), say("fact_sheet-digest", digest=Own(facts["digest"][:DIGEST_SHOWN]))]
    if facts["readers"] is not None:
        lines.append(say("fact_sheet-readers", count=facts["readers"]))
    return Rendered(joined([*lines, say.clause(CLAUSE)]), (topic_row(say, facts),))


def _changes(say: Words, changes: Facts) -> list[Own]:
    """Which numbers came, went, or say something else than in the version before."""
    parts = [
        say.of("fact_sheet", how, numbers=listed(say, [Own(str(one)) for one in changes[how]], MOST_LINES))
        for how in ("added", "removed", "changed")
        if changes.get(how)
    ]
    return [say("fact_sheet-changes", changes=listed(say, parts))] if parts else []
