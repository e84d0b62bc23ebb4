"""Reminders of a hand that is not there: in private, and one line in the group that names nobody (our rule)."""

from bot.views.buttons import vote_row
from bot.views.facts import term
from bot.views.floor import with_clause
from bot.views.lines import label, motion_name
from bot.views.registry import Facts, view
from bot.views.rendered import Rendered
from bot.views.words import Words


@view("vote_nudge")
def vote_nudge(say: Words, facts: Facts) -> Rendered:
    """To one person: which call it is, with its buttons, and that nobody has to vote."""
    calling = facts["calling"]
    how = say("vote_nudge-calling", stance=term(say, "stance", calling)) if calling else say("vote_nudge-correcting")
    body = [
        say("vote_nudge", label=label(say, facts["label"]), motion=motion_name(say, facts)),
        how,
        say("vote_nudge-open"),
    ]
    row = vote_row(say.plain(), facts["meeting_id"], facts["motion_id"], calling)
    return Rendered(with_clause(say, body, "5.5.3 b"), (row,))


@view("vote_nudge_group")
def vote_nudge_group(say: Words, facts: Facts) -> Rendered:
    """To the group: how many, never who; and what counts now."""
    calling = facts["calling"]
    how = say("vote_nudge_group-correcting")
    if calling:
        how = say("vote_nudge_group-calling", stance=term(say, "stance", calling))
    return Rendered(with_clause(say, [say("vote_nudge_group", count=facts["count"]), how], "5.5.3 b"))
