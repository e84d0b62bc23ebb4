"""What waits on a console besides hands and votes: points of order, borrowed words, readings, voice notes."""

from typing import Final

from bot.views import expert_lines
from bot.views.facts import term
from bot.views.lines import label
from bot.views.moments import clock
from bot.views.order import order_lines
from bot.views.registry import Facts
from bot.views.words import Own, Words

_EXCERPT: Final = 60
_SHOWN: Final = 5
_LISTS: Final = (("points", "console-point"), ("borrowed", "console-borrowed"), ("readings", "console-reading"))


def floor_lines(say: Words, facts: Facts) -> list[Own]:
    """One line for each, the first few of each kind."""
    found: list[Own] = []
    hindered = facts.get("hindered")
    if hindered:
        how = term(say, "hindered", hindered["how"])
        found.append(say("console-hindered", label=label(say, hindered["label"]), how=how))
    for name, key in _LISTS:
        for one in (facts.get(name) or [])[:_SHOWN]:
            excerpt = say.people(one["excerpt"], _EXCERPT)
            found.append(say(key, label=label(say, one["label"]), excerpt=excerpt))
    found += order_lines(say, facts)
    found += expert_lines.console_lines(say, facts)
    if facts.get("fact_sheet_readers") is not None:
        found.append(say("fact_sheet-readers", count=facts["fact_sheet_readers"]))
    voices = facts.get("voices") or []
    for one in voices[:_SHOWN]:
        found.append(say("console-voice", label=label(say, one["label"]), time=clock(one["at"], facts["tz"])))
    if len(voices) > _SHOWN:
        found.append(say("console-more", count=len(voices)))
    return found
