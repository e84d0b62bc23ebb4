"""The order of a meeting (5.5.2 d): words taken out of the group, members muted, and what the chair is told of it."""

from bot.views.codec import pack
from bot.views.floor import WHY_LIMIT, way, way_rows, with_clause
from bot.views.lines import label
from bot.views.moments import clock
from bot.views.registry import Facts, view
from bot.views.rendered import Button, Rendered
from bot.views.words import Own, Words
from procedure.errors import OUR_RULE
from procedure.floor import CLAUSE


def interruption_lines(say: Words, facts: Facts) -> list[Own]:
    """How much was said out of turn, and how much of it is no longer to be seen in the group."""
    count, removed = facts["interruptions"], facts.get("removed") or 0
    if not count:
        return []
    if not removed:
        return [say("board-interruptions", count=count)]
    if removed >= count:
        return [say("board-interruptions-removed", count=count)]
    return [say("board-interruptions-some", count=count, removed=removed)]


def may_remove(facts: Facts) -> bool:
    """Whether something said out of turn is still to be seen in the group."""
    return any(not one["removed"] for one in facts.get("outspoken") or [])


def order_lines(say: Words, facts: Facts) -> list[Own]:
    """For chair and supervisor: who is muted until when; for the supervisor why the chair removed what."""
    found: list[Own] = []
    for one in facts.get("muted") or []:
        name = label(say, one["label"])
        if one["state"] == "unknown":
            found.append(say("console-muted-unknown", label=name))
        elif one["ends_at"] is None:
            found.append(say("console-muted-end", label=name))
        else:
            found.append(say("console-muted", label=name, time=clock(one["ends_at"], facts["tz"])))
    reasons = facts.get("removals") or []
    if reasons:
        found.append(say("console-removals"))
    for one in reasons:
        why = say.people(one["why"], WHY_LIMIT)
        found.append(say("console-removal", label=label(say, one["label"]), why=why))
    return found


@view("words_removed")
def words_removed(say: Words, facts: Facts) -> Rendered:
    """To the group: the chair took a message away, and why; it stays in the record."""
    why = say.people(facts["why"], WHY_LIMIT)
    return Rendered(with_clause(say, [say("words_removed", label=label(say, facts["label"]), why=why)], CLAUSE))


@view("floor_hint")
def floor_hint(say: Words, facts: Facts) -> Rendered:
    """To the group, for whoever the bot may not write to: how to be heard."""
    return Rendered(with_clause(say, [say("floor_hint"), way(say, facts)], CLAUSE), way_rows(say, facts, in_group=True))


@view("hint_removed")
def hint_removed(say: Words, facts: Facts) -> Rendered:
    """Private: the words are kept, and how to be heard."""
    return Rendered(with_clause(say, [say("hint_removed"), way(say, facts)], CLAUSE), way_rows(say, facts))


@view("mute_posted")
def mute_posted(say: Words, facts: Facts) -> Rendered:
    """To the group: who writes no more for how long, why, and what this person still can do."""
    name, minutes = label(say, facts["label"]), facts["minutes"]
    head = say("mute_posted-end", label=name) if minutes is None else say("mute_posted", label=name, minutes=minutes)
    return Rendered(with_clause(say, [head, _why(say, facts), say("mute-still")], CLAUSE))


@view("mute_told")
def mute_told(say: Words, facts: Facts) -> Rendered:
    """Private, to whoever is muted: for how long, why, and every way that is still open."""
    minutes = facts["minutes"]
    head = say("mute_told-end") if minutes is None else say("mute_told", minutes=minutes)
    button = Button(say.plain()("btn-reading"), pack("reading_form", facts["meeting_id"]))
    lines = [head, _why(say, facts), say("mute-still"), say("mute_told-reading")]
    return Rendered(with_clause(say, lines, CLAUSE), ((button,),))


def _why(say: Words, facts: Facts) -> Own:
    return say("mute-why", why=say.people(facts["why"], WHY_LIMIT))


@view("mute_over")
def mute_over(say: Words, facts: Facts) -> Rendered:
    """Private: the right to write is back."""
    return Rendered(with_clause(say, [say("mute_over")], OUR_RULE))


@view("mute_by_hand")
def mute_by_hand(say: Words, facts: Facts) -> Rendered:
    """Private, to chair and convener: what the bot cannot undo, and how a person can."""
    lines = [say("mute_by_hand", label=label(say, facts["label"])), say("mute_by_hand-how"), say("mute_by_hand-again")]
    return Rendered(with_clause(say, lines, OUR_RULE))


@view("order_told")
def order_told(say: Words, facts: Facts) -> Rendered:
    """Private, to the chair: why somebody was not muted, or that the floor is kept in another way."""
    return Rendered(with_clause(say, [say.of("order_told", facts["code"], label=label(say, facts["label"]))], CLAUSE))
